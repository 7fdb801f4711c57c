"""库存 on paper: the sheet of a day as the page shows it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, stock_paper
from mingxi_desktop.ledger.stock_sheet import StockRow
from mingxi_desktop.ledger.table_printing import Wanted
from mingxi_desktop.report.table_pages.model import Progress
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.print_table import Maker, PrintTableDialog


class PrintStockDialog(PrintTableDialog):
    """Shows the pages of the sheet and prints them, or saves them as PDF."""

    def __init__(
        self,
        context: Context,
        rows: Sequence[StockRow],
        as_of: datetime.date,
        parent: QWidget | None = None,
        *,
        short: bool = False,
    ) -> None:
        """short: these are only those that are wanting."""
        self._rows, self._as_of, self._short = tuple(rows), as_of, short
        super().__init__(context, Query(""), (), stock_paper.title(as_of), parent=parent)

    def maker(self, _wanted: Wanted) -> Maker:
        return partial(_press, self._rows, self._as_of, self._short)


def _press(
    rows: Sequence[StockRow], as_of: datetime.date, short: bool, ledger: Ledger, _progress: Progress
) -> object:
    return stock_paper.press(ledger.home.bureau, rows, as_of, short=short)
