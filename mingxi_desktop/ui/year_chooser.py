"""The year that all pages show."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox

from mingxi_desktop.ui.context import Context

MayLeave = Callable[[Callable[[], object]], bool]


class YearChooser(QComboBox):
    """Offers the years that have records and this one; something unsaved may keep the year as it is."""

    def __init__(self, context: Context, may_leave: MayLeave) -> None:
        """may_leave: whether what is shown may change; what it is handed is done later, once it may."""
        super().__init__()
        self._context = context
        self._may_leave = may_leave
        self.setAccessibleName("年度")
        self.currentIndexChanged.connect(self._chosen)

    def offered(self) -> set[int]:
        """The calendar years that can be chosen."""
        return {self.itemData(place) for place in range(self.count())}

    def offer(self, years: Sequence[int]) -> None:
        """These years, newest first, and this year; the first time the newest with records is chosen."""
        chosen = self._context.year
        if not self.count() and years and chosen not in years:
            chosen = years[0]
        offered = sorted({*years, datetime.date.today().year, chosen}, reverse=True)
        self.blockSignals(True)
        self.clear()
        for year in offered:
            self.addItem(f"{year} 年", year)
        self.setCurrentIndex(offered.index(chosen))
        self.blockSignals(False)
        self._context.set_year(chosen)

    def _chosen(self, _: int) -> None:
        year = self.currentData()
        if year is not None and year != self._context.year:
            self.go_to(year if self._may_leave(lambda: self.go_to(year)) else self._context.year)

    def go_to(self, year: int) -> None:
        """Show a year everywhere."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(year))
        self.blockSignals(False)
        self._context.set_year(year)
