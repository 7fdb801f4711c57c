"""The charts of the year: a list of them, the chosen one large, its figures beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop import texts
from mingxi_desktop.charts.data import LAST_YEAR, TOTAL, Amount, ChartData, rows_of
from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, chart_titles, charting
from mingxi_desktop.ledger.indicator_charts import PARTED, SORTS, Proof, sorts_for
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.chart_frame import ChartFrame
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.part_keys import PartKeys
from mingxi_desktop.ui.rows_table import RowsTable
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import Card, button, card, label, row, thousands, toggle
from mingxi_desktop.ui.value_words import until

_NAME = Qt.ItemDataRole.UserRole
_USUAL, _BY_INDICATOR = "常用图表", "按指标"
_WIDTHS = (220, 700, 340)
_HEIGHTS = (280, 180)
"""Of the chart and of its figures below it."""
_LEAST = 520
"""Pixels the chart should have; where there are fewer, its figures stand below it."""


class ChartsPage(QWidget):
    """The charts that the report can show, and any indicator over the years, months and townships."""

    status = Signal(str)
    """What the status bar says of this page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sort = next(iter(SORTS))
        self._book: IndicatorBook | None = None
        self._before: dict[str, Amount] = {}
        self._modes = {
            name: toggle(name, "segment", partial(self._use, name)) for name in (_USUAL, _BY_INDICATOR)
        }
        self.list = _list("图表")
        for name, title in chart_titles.TITLES.items():
            _add(self.list, name, title)
        self.search = SearchLine("搜索指标", "搜索：文字或拼音")
        self.indicators = _list("画图的指标")
        self._none = label("没有找到，换几个字试试", "muted")
        self._none.setWordWrap(True)
        self._none.hide()
        self.search.textChanged.connect(self._search)
        self.search.went_on.connect(self.indicators.setFocus)
        self._left = QStackedWidget()
        self._sorts = {
            sort: toggle(title, "pill", partial(self._sorted, sort)) for sort, title in SORTS.items()
        }
        self.frame = ChartFrame(
            context, [*self._sorts.values()], "点柱子，或用方向键选好再按回车，打开它的记录"
        )
        self.view = self.frame.view
        self.frame.opened.connect(self._open)
        self.table = RowsTable("图表的数据")
        self._right = self._make_right()
        # What is made inside its parent is polished once, not at every move.
        self._outer = QSplitter(Qt.Orientation.Horizontal, self)
        self._outer.addWidget(self._make_left())
        scroll = UprightScroll(self._outer)
        self._inner = QSplitter(Qt.Orientation.Horizontal, scroll.viewport())
        self._inner.addWidget(self.frame)
        self._inner.addWidget(self._right)
        self._inner.setStretchFactor(0, 1)
        self._inner.setChildrenCollapsible(False)
        scroll.setWidget(self._inner)
        self._outer.addWidget(scroll)
        self._outer.setStretchFactor(1, 1)
        self._outer.setChildrenCollapsible(False)
        self._outer.setSizes([_WIDTHS[0], sum(_WIDTHS[1:])])
        self._inner.setSizes([*_WIDTHS[1:]])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._outer)
        self.list.currentRowChanged.connect(lambda _: self.refresh())
        self.indicators.currentRowChanged.connect(lambda _: self.refresh())
        context.changed.connect(lambda _: self.refresh())
        context.year_changed.connect(lambda _: self.refresh())
        parts = (self.list, self.search, self.indicators, self.view, self.table)
        PartKeys(self, [(part, part.setFocus) for part in parts])
        self.list.setCurrentRow(0)
        self._use(_USUAL)

    def _make_left(self) -> Card:
        left = card()
        left.column.addLayout(row(*self._modes.values(), None))
        by_indicator = QWidget()
        inside = QVBoxLayout(by_indicator)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.HALF)
        inside.addWidget(self.search)
        inside.addWidget(self._none)
        inside.addWidget(self.indicators, 1)
        self._left.addWidget(self.list)
        self._left.addWidget(by_indicator)
        left.column.addWidget(self._left, 1)
        return left

    def _make_right(self) -> Card:
        right = card()
        copy = button("复制数据", self._copy_rows, icon="copy", tip="把表格复制到剪贴板，粘贴到 Excel 或 WPS")
        self._unit = label("数据", "title")
        right.column.addLayout(row(self._unit, None, copy))
        right.column.addWidget(self.table, 1)
        return right

    @property
    def chosen(self) -> str:
        """The name of the chart shown."""
        if self._mode == _USUAL:
            return _named(self.list)
        id = _named(self.indicators)
        return f"{self._sort}{PARTED}{id}" if id else ""

    @property
    def _mode(self) -> str:
        return _USUAL if self._left.currentIndex() == 0 else _BY_INDICATOR

    def show_chart(self, name: str) -> None:
        """Go to a chart by its name, one of an indicator included."""
        sort, parted, id = name.partition(PARTED)
        if parted:
            self._sort = sort
            self._use(_BY_INDICATOR)
            _choose(self.indicators, id)
        else:
            self._use(_USUAL)
            _choose(self.list, name)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: Any) -> None:
        """Where it is narrow the figures stand below the chart."""
        super().resizeEvent(event)
        room = self.width() - self._left.minimumSizeHint().width() - self.table.minimumWidth()
        below = room < _LEAST + _WIDTHS[0]
        way = Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal
        if way != self._inner.orientation():
            self._inner.setOrientation(way)
            for part, height in zip((self.frame, self._right), _HEIGHTS, strict=True):
                part.setMinimumHeight(height if below else 0)
            self._inner.setSizes([*(_HEIGHTS if below else _WIDTHS[1:])])

    def refresh(self) -> None:
        """Read the chart anew; nothing while out of sight."""
        if self.isVisible():
            self._context.read(_look, self.chosen, self._context.year, done=self._show, owner=self)

    def say(self) -> None:
        """Say in the status bar what the chart adds up to, and up to which day; nothing out of sight."""
        data = self.frame.data
        if data is not None and self.isVisible():
            self.status.emit(f"{data.title}　{_sums(data, self._before)}　{until(self._context.year)}")

    def _use(self, mode: str) -> None:
        """Show the list of the charts that are named, or of the indicators that can be drawn."""
        self._left.setCurrentIndex(0 if mode == _USUAL else 1)
        for name, pill in self._modes.items():
            pill.setChecked(name == mode)
        self.refresh()

    def _sorted(self, sort: str) -> None:
        self._sort = sort
        self.refresh()

    def _show(self, seen: _Seen) -> None:
        data, self._before, book = seen
        if book is not self._book:
            self._book = book
            self._fill(book)
        self._show_sorts(book, data)
        if data is not None:
            self.frame.show_data(data, self._before)
            self._unit.setText(f"数据（{data.unit}）" if data.unit else "数据")
            self.table.show_rows(rows_of(data, self._before), data.unit)
            self.say()

    def _fill(self, book: IndicatorBook) -> None:
        """The indicators that can be drawn, the clerk's own marked."""
        kept = _named(self.indicators)
        self.indicators.blockSignals(True)
        self.indicators.clear()
        for indicator in book.indicators:
            if sorts_for(indicator):
                own = "（自建）" if indicator.id in book.own else ""
                _add(self.indicators, indicator.id, f"{indicator.label}{own}")
        _choose(self.indicators, kept)
        self.indicators.blockSignals(False)
        self._find(self.search.text())
        if self._mode == _BY_INDICATOR:
            self.refresh()

    def _show_sorts(self, book: IndicatorBook, data: ChartData | None) -> None:
        """The ways in which the chosen indicator can be drawn, and the one that is shown."""
        sort, parted, id = data.name.partition(PARTED) if data is not None else ("", "", "")
        possible = sorts_for(book.by_id[id]) if parted else ()
        for name, pill in self._sorts.items():
            pill.setVisible(name in possible)
            pill.setChecked(name == sort)

    def _search(self, words: str) -> None:
        """Narrow the list; the first that is left is drawn where the one that was is not among them."""
        left = self._find(words)
        if left and self.indicators.currentRow() not in left:
            self.indicators.setCurrentRow(left[0])

    def _find(self, words: str) -> list[int]:
        """Show those that fit; which they are."""
        found = []
        for place in range(self.indicators.count()):
            item = self.indicators.item(place)
            fits = not words or texts.matches(words, texts.search_text((item.text(), item.data(_NAME))))
            item.setHidden(not fits)
            if fits:
                found.append(place)
        self._none.setVisible(not found and self.indicators.count() > 0)
        return found

    def _copy_rows(self) -> None:
        if self.table.copy():
            self._context.said.emit("数据已复制，可以粘贴到 Excel 或 WPS")

    def _open(self, key: object) -> None:
        open_key(self._context, key, self)


def open_key(context: Context, key: object, parent: QWidget) -> None:
    """What a bar leads to: its records, or the proof of its number."""
    if isinstance(key, Query):
        context.show(key)
    elif isinstance(key, Proof):
        from mingxi_desktop.ui.proof import prove

        prove(context, key.indicator, key.period, parent)


def _sums(data: ChartData, before: Mapping[str, Amount]) -> str:
    """What the rows of bars add up to: 合计 排查数 1,683 条、整改数 1,679 条，上年排查数 1,502 条."""
    if data.empty:
        return "还没有记录"
    *_, last = rows_of(data, before).rows
    if last[0] != TOTAL:
        return f"{data.axis} {len(data.categories)} 个"
    names = [series.name for series in data.series]
    now, ago = last[1 : len(names) + 1], last[len(names) + 1 :]
    said = "、".join(f"{name} {thousands(text)} {data.unit}" for name, text in zip(names, now, strict=True))
    return f"合计 {said}" + "".join(f"，{LAST_YEAR}{names[0]} {thousands(text)} {data.unit}" for text in ago)


_Seen = tuple[ChartData | None, dict[str, Amount], IndicatorBook]


def _look(ledger: Ledger, name: str, year: int) -> _Seen:
    """The chart, last year beside it, and the indicators that there are; of an indicator a sort that it has."""
    book, period = ledger.definitions.book, Period.of(year)
    sort, parted, id = name.partition(PARTED)
    if parted:
        possible = sorts_for(book.by_id[id]) if id in book.by_id else ()
        name = f"{sort if sort in possible else possible[0]}{PARTED}{id}" if possible else ""
    if not name:
        return None, {}, book
    data = charting.chart(ledger, name, period)
    return data, charting.last_year(ledger, name, period, data), book


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setFrameShape(QListWidget.Shape.NoFrame)
    made.setSpacing(2)
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _add(to: QListWidget, name: str, title: str) -> None:
    item = QListWidgetItem(title)
    item.setData(_NAME, name)
    to.addItem(item)


def _named(chosen_in: QListWidget) -> str:
    item = chosen_in.currentItem()
    return str(item.data(_NAME)) if item is not None else ""


def _choose(of: QListWidget, name: str) -> None:
    """Put the cursor on an entry; on the first where there is none of that name."""
    names = [of.item(place).data(_NAME) for place in range(of.count())]
    if names:
        of.setCurrentRow(names.index(name) if name in names else 0)
