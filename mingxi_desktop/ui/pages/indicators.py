"""All indicators of the year in one table, last year beside them, and the proof of the chosen one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop import texts
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import listing, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.proof import IndicatorProof, value_words
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import card, label, row, thousands

_COLUMNS = ("指标", "今年", "去年", "增减", "记录数", "台账", "报告位置")
_WIDTHS = (190, 110, 110, 90, 70, 110)
_NUMBERS = (1, 2, 3, 4)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ID, _SEARCH, _SORT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class IndicatorsPage(QWidget):
    """The list of indicators."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = QStandardItemModel(0, len(_COLUMNS), self)
        self._model.setHorizontalHeaderLabels(list(_COLUMNS))
        for place in range(len(_COLUMNS)):
            side = _RIGHT if place in _NUMBERS else _LEFT
            self._model.setHeaderData(
                place, Qt.Orientation.Horizontal, side, Qt.ItemDataRole.TextAlignmentRole
            )
        self._found = _Found(self)
        self._found.setSourceModel(self._model)
        self.search = SearchLine("搜索指标", "搜索指标：文字、拼音或首字母")
        self.search.setFixedWidth(300)
        self.search.textChanged.connect(self._found.search)
        self._count = label(role="muted")
        self.table = self._make_table()
        self.search.went_on.connect(self.table.setFocus)
        self.proof = IndicatorProof(context)
        scroll = UprightScroll()
        style.set_state(self.proof, "plain", value=True)
        scroll.setWidget(self.proof)
        frame = card()
        frame.column.addWidget(scroll, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.table)
        splitter.addWidget(frame)
        splitter.setSizes([880, 440])
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(row(self.search, self._count, None))
        column.addWidget(splitter, 1)
        context.changed.connect(lambda _: self.refresh())
        context.year_changed.connect(lambda _: self.refresh())

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._found)
        table.setAccessibleName("指标")
        table.setSortingEnabled(True)
        table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        listing.set_up(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.horizontalHeader().setStretchLastSection(True)
        for place, width in enumerate(_WIDTHS):
            table.setColumnWidth(place, width)
        table.selectionModel().currentRowChanged.connect(
            lambda now, _: self._chosen(now.siblingAtColumn(0).data(_ID))
        )
        return table

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read all values anew; nothing while out of sight."""
        if self.isVisible():
            self._context.read(_values, self._context.year, done=self._show, owner=self)

    def _show(self, values: list[IndicatorValue]) -> None:
        kept = self.table.currentIndex().siblingAtColumn(0).data(_ID)
        self._model.removeRows(0, self._model.rowCount())
        for value in values:
            self._model.appendRow(_items(value))
        known = sum(1 for value in values if value.records)
        self._count.setText(f"{len(values)} 个指标，{known} 个今年有记录")
        ids = [self._found.index(place, 0).data(_ID) for place in range(self._found.rowCount())]
        if ids:
            self.table.selectRow(ids.index(kept) if kept in ids else 0)

    def _chosen(self, indicator: str | None) -> None:
        if indicator:
            self.proof.show_indicator(indicator)


class _Found(QSortFilterProxyModel):
    """The indicators that fit the search; sorted by number where a column is numbers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._query = ""
        self.setSortRole(_SORT)

    def search(self, text: str) -> None:
        """Show only what holds the text, its pinyin or initials."""
        self.beginFilterChange()
        self._query = text.strip()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Any) -> bool:
        if not self._query:
            return True
        search = self.sourceModel().index(source_row, 0, source_parent).data(_SEARCH)
        return texts.matches(self._query, search)


def _items(value: IndicatorValue) -> list[QStandardItem]:
    indicator = value.indicator
    last = value.last_year_text
    change = "" if value.change is None else f"{'+' if value.change > 0 else ''}{plain(value.change)}"
    shown = (
        indicator.label,
        value_words(value),
        thousands(last),
        thousands(change),
        f"{value.records:,}",
        kind_of(indicator.kind).label,
        indicator.section,
    )
    numbers = (None, value.value, value.last_year, value.change, value.records, None, None)
    items = [QStandardItem(text) for text in shown]
    for place, (item, number) in enumerate(zip(items, numbers, strict=True)):
        sortable = float(number) if number is not None and not isinstance(number, str) else None
        item.setData(item.text() if numbers[place] is None or isinstance(number, str) else sortable, _SORT)
        if place in _NUMBERS:
            item.setTextAlignment(_RIGHT)
    items[0].setData(indicator.id, _ID)
    items[0].setData(texts.search_text((indicator.label, indicator.id)), _SEARCH)
    items[0].setToolTip(value.problem or indicator.note)
    return items


def _values(ledger: Ledger, year: int) -> list[IndicatorValue]:
    return ledger.indicators(year)
