"""The table of indicators: searched, grouped, sorted by number where a column is numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ui import listing, theme
from mingxi_desktop.ui.shapes import thousands
from mingxi_desktop.ui.value_words import value_words

COLUMNS = ("指标", "今年", "去年", "增减", "记录数", "台账", "标记", "报告位置")
MINE = "mine"
"""The group of own and changed indicators; others are "tab:隐患排查" and "at:一(三)"."""
_WIDTHS = (190, 110, 110, 90, 70, 110, 64)
_NUMBERS = (1, 2, 3, 4)
_EMPTY = "没有找到这样的指标。换个词，或者点“新建指标”自己做一个。"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ID, _SEARCH, _SORT, _GROUPS = (Qt.ItemDataRole.UserRole + place for place in range(4))


class IndicatorTable(QTableView):
    """One line for each indicator; Enter and a double click are `activated`."""

    chosen = Signal(str)
    """The id of the indicator with the cursor; "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = QStandardItemModel(0, len(COLUMNS), self)
        self._all.setHorizontalHeaderLabels(list(COLUMNS))
        for place in range(len(COLUMNS)):
            side = _RIGHT if place in _NUMBERS else _LEFT
            self._all.setHeaderData(place, Qt.Orientation.Horizontal, side, Qt.ItemDataRole.TextAlignmentRole)
        self.found = _Found(self)
        self.found.setSourceModel(self._all)
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
        self, values: Sequence[IndicatorValue], marks: Mapping[str, str], wished: str = ""
    ) -> None:
        """Show these.  marks: id → what to say of it.  wished: the one to go to; else the cursor stays."""
        kept = wished or self.current_id()
        self._all.removeRows(0, self._all.rowCount())
        for value in values:
            self._all.appendRow(_items(value, marks.get(value.indicator.id, "")))
        self._go_to(kept)

    def filter(self, query: str, group: str) -> None:
        """Show only what holds the text, its pinyin or initials, and belongs to a group ("" for all)."""
        kept = self.current_id()
        self.found.filter(query, group)
        self._go_to(kept)
        self.viewport().update()

    def current_id(self) -> str:
        """The id of the indicator with the cursor; "" for none."""
        return str(self.currentIndex().siblingAtColumn(0).data(_ID) or "")

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
        ids = [self.found.index(place, 0).data(_ID) for place in range(self.found.rowCount())]
        if ids:
            place = ids.index(id) if id in ids else 0
            self.selectRow(place)
            self.scrollTo(self.found.index(place, 0))
        else:
            self.chosen.emit("")


class _Found(QSortFilterProxyModel):
    """The indicators that fit search and group."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._query = self._group = ""
        self.setSortRole(_SORT)

    def filter(self, text: str, group: str) -> None:
        """Show only what fits both."""
        self.beginFilterChange()
        self._query, self._group = text.strip(), group
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Any) -> bool:
        first = self.sourceModel().index(source_row, 0, source_parent)
        if self._group and self._group not in first.data(_GROUPS):
            return False
        return not self._query or texts.matches(self._query, first.data(_SEARCH))


def part_of(section: str) -> str:
    """The part of the report that a place lies in: 一(三)二是 → 一(三)."""
    head, bracket, _ = section.partition(")")
    return head + bracket


def _items(value: IndicatorValue, mark: str) -> list[QStandardItem]:
    indicator, kind = value.indicator, kind_of(value.indicator.kind)
    change = "" if value.change is None else f"{'+' if value.change > 0 else ''}{plain(value.change)}"
    shown = (
        indicator.label,
        value_words(value),
        thousands(value.last_year_text),
        thousands(change),
        f"{value.records:,}",
        kind.label,
        mark,
        indicator.section,
    )
    numbers = (None, value.value, value.last_year, value.change, value.records, None, None, None)
    items = [QStandardItem(text) for text in shown]
    for place, (item, number) in enumerate(zip(items, numbers, strict=True)):
        sortable = float(number) if number is not None and not isinstance(number, str) else None
        item.setData(item.text() if numbers[place] is None or isinstance(number, str) else sortable, _SORT)
        if place in _NUMBERS:
            item.setTextAlignment(_RIGHT)
    items[0].setData(indicator.id, _ID)
    items[0].setData(texts.search_text((indicator.label, indicator.id)), _SEARCH)
    items[0].setData((MINE if mark else "", f"tab:{kind.tab}", f"at:{part_of(indicator.section)}"), _GROUPS)
    items[0].setToolTip(value.problem or indicator.note)
    return items
