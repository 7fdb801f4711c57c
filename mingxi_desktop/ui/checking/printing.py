"""核对清单 on paper: the listed findings with their records, for those who are to look into them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, concern_list
from mingxi_desktop.ledger.concern_list import Listed
from mingxi_desktop.ledger.table_printing import Wanted
from mingxi_desktop.report.table_pages.model import Progress
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.print_table import Maker, PrintTableDialog


class PrintConcernsDialog(PrintTableDialog):
    """Shows the pages of the list and prints them, or saves them as PDF."""

    def __init__(
        self,
        context: Context,
        listed: Sequence[Listed],
        title: str,
        conditions: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """conditions: which findings these are, in words."""
        self._listed = tuple(listed)
        self._conditions = conditions
        self._name = title
        super().__init__(context, Query(""), (), title, parent=parent)
        self.options.totals.hide()

    def maker(self, _wanted: Wanted) -> Maker:
        return partial(_press, self._listed, self._name, self._conditions)


def _press(
    listed: Sequence[Listed], title: str, conditions: str, ledger: Ledger, progress: Progress
) -> object:
    return concern_list.press(ledger, listed, title, conditions, progress)
