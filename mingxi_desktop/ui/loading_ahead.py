"""What is going to be wanted is loaded while the clerk looks at the first page."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority

PAGES = ("ledger_tab", "checks", "reporting", "deadlines", "report", "import_page")
"""Modules of ui.pages, in the order in which they are likely to be wanted."""
DEEDS = ("dialogs.print_table", "handing_over")
"""Modules of ui that a click needs at once, and that take long to load."""
_WRITING = "mingxi_desktop.ledger.undoing"
"""What the first save needs, and no page that is only read."""
_REST = 1_500
"""Milliseconds after which the first page is there and being read."""


class LoadingAhead(QObject):
    """Loads one part at a time, when nobody waits for the ledger.

    On the interface's thread that takes longer than a click may, and so it is done behind it: whoever opens a page
    in the meantime waits for its modules as without it.
    """

    def __init__(self, context: Context, pages: Iterable[str] = PAGES, rest: int = _REST) -> None:
        super().__init__(context)
        self._context = context
        parts = (*(f"pages.{page}" for page in pages), *DEEDS)
        modules = (_WRITING, *(f"mingxi_desktop.ui.{part}" for part in parts))
        self._left: Iterator[Callable[[Ledger], object]] = iter(
            (*(partial(_load, name) for name in modules), _read_templates)
        )
        QTimer.singleShot(rest, self, self._begin)

    def _begin(self) -> None:
        """PySide makes its classes of widgets now, which takes as long as a short click, and the next click less."""
        QScrollArea().viewport()  # one that Qt made, and so looked for among all of them: see `scrolling`
        self._next()

    def _next(self) -> None:
        step = next(self._left, None)
        if step is not None:
            self._context.read(step, done=lambda _: self._next(), owner=self, priority=Priority.LAST)


def _load(name: str, _: Ledger) -> None:
    importlib.import_module(name)


def _read_templates(_: Ledger) -> None:
    from mingxi_desktop.ledger.reports import narrating

    for name in narrating.TEMPLATES:
        narrating.delivered_template(name)
