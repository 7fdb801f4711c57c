"""The year a dialog shows: another one is only asked for, since what was typed may have to be stored first."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.ui.calm import CalmCombo


class YearChoice(CalmCombo):
    """The year that is shown stays chosen until `show_year` says otherwise.

    wanted(int): another one is asked for.
    """

    wanted = Signal(int)

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__("年度", parent)
        self.shown = year
        self.activated.connect(lambda _: self._ask())

    def offer(self, years: Iterable[tuple[int, str]]) -> None:
        """These years and how each is called; the one that is shown must be among them."""
        self.clear()
        for year, name in years:
            self.addItem(name, year)
        self.show_year(self.shown)

    def show_year(self, year: int) -> None:
        """This one is shown now."""
        self.shown = year
        self.setCurrentIndex(self.findData(year))

    def _ask(self) -> None:
        year = self.currentData()
        if year != self.shown:
            self.show_year(self.shown)
            self.wanted.emit(year)
