"""Pages that are going to be opened are loaded while the clerk looks at the first one."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QTimer

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority

PAGES = ("ledger_tab", "checks", "reporting", "deadlines", "report", "import_page")
"""Modules of ui.pages, in the order in which they are likely to be wanted."""
_REST = 1_500
"""Milliseconds after which the first page is there and being read."""


class LoadingAhead(QObject):
    """Loads one page's modules at a time, when nobody waits for the ledger.

    On the interface's thread that takes longer than a click may, and so it is done behind it: whoever opens a page
    in the meantime waits for its modules as without it.
    """

    def __init__(self, context: Context, pages: Iterable[str] = PAGES, rest: int = _REST) -> None:
        super().__init__(context)
        self._context = context
        self._left: Iterator[str] = iter(pages)
        QTimer.singleShot(rest, self, self._next)

    def _next(self) -> None:
        name = next(self._left, None)
        if name is not None:
            self._context.read(_load, name, done=lambda _: self._next(), owner=self, priority=Priority.LAST)


def _load(_: Ledger, page: str) -> None:
    importlib.import_module(f"mingxi_desktop.ui.pages.{page}")
