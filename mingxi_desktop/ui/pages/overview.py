"""概览: what needs doing today, who has reported, key indicators, charts; every number is a door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.charts.data import ChartData
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.charting import chart
from mingxi_desktop.ledger.overview import CALM, GOOD, SOON, URGENT, Overview, ReportingRow, Todo, overview
from mingxi_desktop.ui import icons, style, theme
from mingxi_desktop.ui.chart_view import ChartView
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.filters import month_range
from mingxi_desktop.ui.proof import value_words
from mingxi_desktop.ui.shapes import Card, button, card, label, row

CHARTS = ("hazards_by_month", "hazards_by_industry", "evacuees_by_event", "activities_by_type")
_ICON = {
    URGENT: ("warning", "error"),
    SOON: ("info", "warning"),
    CALM: ("calendar", "muted"),
    GOOD: ("ok", "ok"),
}
_WORD = {URGENT: "紧急", SOON: "待办", CALM: "提醒", GOOD: "正常"}
_MOST_TODOS = 9
_CARD_WIDTH = 178


class OverviewPage(QScrollArea):
    """The first page of a year."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        body.setProperty("plain", True)
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(theme.GAP)
        self._todos = card()
        self._grid = card()
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(self._todos, 5)
        top.addWidget(self._grid, 6)
        column.addLayout(top, 4)
        self._cards = QGridLayout()
        self._cards.setSpacing(theme.GAP)
        self._indicators: list[IndicatorCard] = []
        self._card_columns = 0
        column.addLayout(self._cards)
        charts = QHBoxLayout()
        charts.setSpacing(theme.GAP)
        self._charts: list[tuple[QLabel, ChartView]] = []
        for _ in CHARTS:
            frame = card()
            title, view = label(role="muted"), ChartView()
            view.opened.connect(self._open)
            frame.column.addWidget(title)
            frame.column.addWidget(view, 1)
            charts.addWidget(frame, 1)
            self._charts.append((title, view))
        column.addLayout(charts, 3)
        self.setWidget(body)
        context.changed.connect(lambda _: self.refresh())
        context.year_changed.connect(lambda _: self.refresh())

    def refresh(self) -> None:
        """Read everything anew; nothing while the page is out of sight."""
        if self.isVisible():
            self._context.read(_look, self._context.year, done=self._show, owner=self)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def _show(self, found: tuple[Overview, list[ChartData]]) -> None:
        seen, charts = found
        self._show_todos(seen.todos, empty=seen.records == 0)
        self._show_grid(seen.reporting, seen.year)
        self._show_cards(seen.cards)
        for (title, view), data in zip(self._charts, charts, strict=True):
            title.setText(f"{data.title.removeprefix(f'{seen.year}年')}（{data.unit}）")
            view.set_data(data)

    def _show_todos(self, todos: Sequence[Todo], *, empty: bool) -> None:
        column = _emptied(self._todos)
        column.addWidget(label("今天要办", "title"))
        if empty:
            column.addWidget(label(f"{self._context.year} 年还没有记录。可以先做这两件事：", "muted"))
            column.addLayout(
                row(
                    button(
                        "导入乡镇报来的表", lambda: self._context.page_wanted.emit("import"), icon="import"
                    ),
                    button(
                        "登记第一条隐患", lambda: self._context.page_wanted.emit("new:hazard"), icon="add"
                    ),
                    None,
                )
            )
        for todo in todos[:_MOST_TODOS]:
            column.addLayout(self._todo_row(todo))
        if len(todos) > _MOST_TODOS:
            column.addWidget(label(f"另有 {len(todos) - _MOST_TODOS} 项", "muted"))
        column.addStretch(1)

    def _todo_row(self, todo: Todo) -> QHBoxLayout:
        picture = QLabel()
        name, role = _ICON[todo.severity]
        picture.setPixmap(icons.pixmap(name, role, 16, self.devicePixelRatioF()))
        picture.setToolTip(_WORD[todo.severity])
        picture.setAccessibleName(_WORD[todo.severity])
        picture.setFixedWidth(20)
        text = label(todo.sentence)
        text.setWordWrap(True)
        line = row(picture, text)
        line.setStretch(1, 1)
        if todo.action:
            link = button(todo.action, lambda: self._follow(todo), link=True)
            link.setAccessibleName(f"{todo.action}：{todo.sentence}")
            line.addWidget(link)
        return line

    def _follow(self, todo: Todo) -> None:
        if todo.query is not None:
            self._context.show(todo.query)
        else:
            self._context.page_wanted.emit(todo.target)

    def _show_grid(self, rows: Sequence[ReportingRow], year: int) -> None:
        column = _emptied(self._grid)
        column.addLayout(
            row(label("报送情况 · 隐患", "title"), None, label("数字是当月记录条数，“—”为没有记录", "muted"))
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(2)
        grid.setVerticalSpacing(1)
        for month in range(1, 13):
            head = label(f"{month}月", "muted")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(head, 0, month)
            grid.setColumnStretch(month, 1)
        for place, line in enumerate(rows, 1):
            grid.addWidget(label(line.area), place, 0)
            for month, number in enumerate(line.months, 1):
                grid.addWidget(self._cell(line, month, number, year), place, month)
        column.addLayout(grid)
        column.addStretch(1)

    def _cell(self, line: ReportingRow, month: int, number: int, year: int) -> QWidget:
        if not number:
            blank = label("—", "muted")
            blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
            blank.setToolTip(f"{line.area} {month} 月没有隐患记录")
            return blank
        query = _month_query(year, month).with_where("area", (line.ref,))
        cell = button(str(number), lambda: self._context.show(query), link=True)
        cell.setAccessibleName(f"{line.area}{month}月隐患 {number} 条")
        cell.setMinimumWidth(0)
        style.set_state(cell, "cell", True)
        return cell

    def _show_cards(self, values: Sequence[IndicatorValue]) -> None:
        clear(self._cards)
        self._indicators = [IndicatorCard(value, self._context) for value in values]
        for shown in self._indicators:
            self._cards.addWidget(shown)
        self._card_columns = 0
        self._arrange_cards()

    def _arrange_cards(self) -> None:
        """As many cards side by side as can be read."""
        count = len(self._indicators)
        columns = max(1, min(count, self.viewport().width() // _CARD_WIDTH))
        if columns == self._card_columns or not count:
            return
        # Not by itemAt: adding a card again deletes its item in Qt, and PySide would go on holding the wrapper,
        # which a widget that comes to lie at the same address then gets.
        for place, shown in enumerate(self._indicators):
            self._cards.addWidget(shown, place // columns, place % columns)
        for column in range(count):
            self._cards.setColumnStretch(column, 1 if column < columns else 0)
        self._card_columns = columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_cards()

    def _open(self, key: object) -> None:
        if isinstance(key, Query):
            self._context.show(key)


class IndicatorCard(QPushButton):
    """One key indicator with last year's beside it; a click opens its proof."""

    proof_wanted = Signal(str)

    def __init__(self, value: IndicatorValue, context: Context) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self._id = value.indicator.id
        style.set_state(self, "indicator", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        figure = value_words(value)
        parts = (
            label(value.indicator.label, "muted"),
            label(figure, "figure"),
            label(_compared(value), "muted"),
        )
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        self.setAccessibleName(f"{value.indicator.label} {figure}，{_compared(value)}")
        self.clicked.connect(lambda: context.page_wanted.emit(f"indicator:{self._id}"))


def _look(ledger: Ledger, year: int) -> tuple[Overview, list[ChartData]]:
    return overview(ledger, year), [chart(ledger, name, year) for name in CHARTS]


def _month_query(year: int, month: int) -> Query:
    return Query("hazard", year=year, where=(("record_date", month_range(year, (month,))),))


def _compared(value: IndicatorValue) -> str:
    if value.last_year is None:
        return "去年没有数据"
    unit = "" if value.last_year_text.endswith("%") else value.indicator.unit
    last = f"去年 {_thousands(value.last_year_text)}{unit}"
    if (
        value.change is None
        or not isinstance(value.last_year, int)
        or not value.last_year
        or "%" in value.text
    ):
        return last
    per_cent = value.change * 100 / value.last_year
    sign = "▲" if per_cent > 0 else "▼" if per_cent < 0 else "＝"
    return f"{last}  {sign} {plain(round(abs(per_cent), 1))}%"


def _thousands(text: str) -> str:
    digits = text.rstrip("余以上%")
    return f"{int(digits):,}{text[len(digits) :]}" if digits.isdigit() else text


def _emptied(frame: Card) -> QVBoxLayout:
    """The card's layout with everything taken out of it."""
    clear(frame.column)
    return frame.column


def clear(layout: Any) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item.widget():
            item.widget().deleteLater()
        elif item.layout():
            clear(item.layout())
            item.layout().deleteLater()
