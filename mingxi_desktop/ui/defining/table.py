"""The table of indicators: searched, grouped, sorted by number where a column is numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.ui import listing, theme
from mingxi_desktop.ui.defining.model import SORT, IndicatorModel

_WIDTHS = (190, 124, 110, 116, 68, 110, 64)
_EMPTY = "没有找到这样的指标。换个词，或者点“新建指标”自己做一个。"


class IndicatorTable(QTableView):
    """One line for each indicator; Enter and a double click are `activated`."""

    chosen = Signal(str)
    """The id of the indicator with the cursor; "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = IndicatorModel(self)
        self.found = _Found(self._all, self)
        self.setModel(self.found)
        self.setAccessibleName("指标")
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        listing.set_up(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setStretchLastSection(True)
        for place, width in enumerate(_WIDTHS):
            self.setColumnWidth(place, width)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current_id()))

    def show_values(
        self, values: Sequence[IndicatorValue], marks: Mapping[str, str], year: int, wished: str = ""
    ) -> None:
        """Show these of a year.  marks: id → what to say of it.  wished: the one to go to; else the cursor stays."""
        kept = wished or self.current_id()
        self._all.show_values(values, marks, year)
        if not kept or self.current_id() != kept:
            self._go_to(kept)

    def filter(self, query: str, group: str) -> None:
        """Show only what holds the text, its pinyin or initials, and belongs to a group ("" for all)."""
        kept = self.current_id()
        self.found.filter(query, group)
        self._go_to(kept)
        self.viewport().update()

    def current_id(self) -> str:
        """The id of the indicator with the cursor; "" for none."""
        index = self.currentIndex()
        return self.found.id_of(index.row()) if index.isValid() else ""

    def step_away(self) -> None:
        """Move the cursor to a neighbour, where there is one."""
        row = self.currentIndex().row()
        last = self.found.rowCount() - 1
        if last > 0:
            self.selectRow(row + 1 if row < last else row - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._all.rowCount() and not self.found.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 8, -16, -8), flags, _EMPTY)

    def _go_to(self, id: str) -> None:
        ids = [self.found.id_of(row) for row in range(self.found.rowCount())]
        if ids:
            place = ids.index(id) if id in ids else 0
            self.selectRow(place)
            self.scrollTo(self.found.index(place, 0))
        else:
            self.chosen.emit("")


class _Found(QSortFilterProxyModel):
    """The indicators that fit search and group."""

    def __init__(self, all_of_them: IndicatorModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._all = all_of_them
        self._query = self._group = ""
        self.setSortRole(SORT)
        self.setSourceModel(all_of_them)

    def id_of(self, row: int) -> str:
        """The id of the indicator in a row that is shown."""
        return self._all.lines[self.mapToSource(self.index(row, 0)).row()].value.indicator.id

    def filter(self, text: str, group: str) -> None:
        """Show only what fits both."""
        self.beginFilterChange()
        self._query, self._group = text.strip(), group
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Any) -> bool:
        line = self._all.lines[source_row]
        if self._group and self._group not in line.groups:
            return False
        return not self._query or texts.matches(self._query, line.search)
