"""概览: what needs doing today, who has reported, key indicators, charts; every number is a door."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from mingxi_desktop.charts.data import Amount, ChartData
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.charting import chart, last_year
from mingxi_desktop.ledger.duties.grids import Reporting
from mingxi_desktop.ledger.overview import Overview, overview
from mingxi_desktop.ledger.todos import CALM, GOOD, REMIND, SOON, URGENT, Todo
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.chart_view import ChartView
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.focus import TabPlace
from mingxi_desktop.ui.indicator_card import WIDTH, IndicatorCard
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.reporting_card import ReportingCard
from mingxi_desktop.ui.scrolling import viewport_made_here
from mingxi_desktop.ui.shapes import Card, label
from mingxi_desktop.ui.tiles import Tiles
from mingxi_desktop.ui.todo_list import TodoList
from mingxi_desktop.ui.value_words import until

CHARTS = ("hazards_by_month", "hazards_by_industry", "evacuees_by_event", "activities_by_type")
_TOP_WIDTH, _CHART_WIDTH = 520, 270
_EMPTY = 500
"""Milliseconds of reading after which the page is shown without its figures."""
_PURPOSE = "每天先看这一页：要办的事、哪个乡镇还没有报、全年的主要数字。现在还没有记录，从这里开始："
_ORDER = (URGENT, SOON, CALM, GOOD)
_Charts = list[tuple[ChartData, dict[str, Amount]]]


def no_todos(_ledger: Ledger) -> Sequence[Todo]:
    """Nothing to do beside what the ledger file knows."""
    return ()


class OverviewPage(QScrollArea):
    """The first page of a year."""

    read = Signal()
    """Everything has been read and is shown."""
    status = Signal(str)
    """What the status bar says of this page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.extra_todos: Callable[[Ledger], Sequence[Todo]] = no_todos
        """Set by who knows of more to do, e.g. drafts; called on the ledger's thread at every reading."""
        self._seen: Overview | None = None
        self._late: Sequence[Todo] = ()
        self._listed: Sequence[Todo] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Each is made inside what it stands in: at every move Qt looks at the style of all that is within.
        body = QWidget(viewport_made_here(self))
        body.setProperty("plain", True)
        top = Tiles(_TOP_WIDTH, shares=(5, 6), parent=body)
        self.todos = TodoList(top)
        self._todo_place = TabPlace(self.todos)
        self.reporting = ReportingCard(context, top)
        top.set_tiles((self.todos, self.reporting))
        self.cards = Tiles(WIDTH, parent=body)
        self._card_place = TabPlace(self.cards)
        charts = Tiles(_CHART_WIDTH, parent=body)
        self.charts = [_ChartCard(charts) for _ in CHARTS]
        charts.set_tiles(self.charts)
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(theme.GAP)
        column.addWidget(top, 4)
        column.addWidget(self.cards)
        column.addWidget(charts, 3)
        self._body = body
        body.hide()
        QTimer.singleShot(_EMPTY, self, self._put_up)
        self.todos.followed.connect(self._follow)
        self.todos.way_wanted.connect(context.page_wanted)
        self.reporting.kind_chosen.connect(self.refresh)
        for shown in self.charts:
            shown.view.opened.connect(self._open)
        context.changed.connect(lambda _: self.refresh())
        context.year_changed.connect(lambda _: self.refresh())

    def refresh(self) -> None:
        """Read everything anew; nothing while the page is out of sight."""
        if self.isVisible():
            context = self._context
            wanted = context.year, self.reporting.kind, self.extra_todos
            context.read(_look, *wanted, done=self._show, owner=self, priority=Priority.PAGE)
            context.read(_draw, context.year, done=self._show_charts, owner=self, priority=Priority.PAGE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _put_up(self) -> None:
        """Have the page arranged and painted: once, with all that it shows, unless that takes long to read."""
        if self.widget() is None:
            self.setWidget(self._body)  # which shows it

    def set_late(self, todos: Sequence[Todo]) -> None:
        """What else is to be done, of which one knows only after the page has shown."""
        if tuple(todos) != tuple(self._late):
            self._late = tuple(todos)
            self._show_todos()

    def say(self) -> None:
        """Say in the status bar how much there is to do, and of when the figures are; nothing out of sight."""
        if self._seen is None or not self.isVisible():
            return
        urgent, soon = (sum(todo.severity == one for todo in self._listed) for one in (URGENT, SOON))
        today = f"今天 {datetime.date.today().isoformat()}　紧急 {urgent} 项，待办 {soon} 项"
        self.status.emit(f"{today}　{self._seen.year} 年的指标和图，{until(self._seen.year)}")

    def _show_todos(self) -> None:
        seen = self._seen
        if seen is None:
            return
        beginning = ""
        if not seen.records:
            beginning = f"{seen.year} 年还没有记录，从这里开始：" if seen.ever else _PURPOSE
        late = self._late if seen.year == self._context.year else ()
        self._listed = sorted((*seen.todos, *late), key=lambda todo: _ORDER.index(todo.severity))
        self.todos.show_todos(self._listed, beginning)
        self._todo_place.put(self.todos.stops)
        self.say()

    def _show(self, seen: Overview) -> None:
        self._seen = seen
        self._show_todos()
        self.reporting.show_reporting(seen.reporting, seen.bureau, seen.duties)
        cards = [IndicatorCard(value, seen.year, self.cards) for value in seen.cards]
        for made in cards:
            made.proof_wanted.connect(lambda name: self._context.page_wanted.emit(f"indicator:{name}"))
        self.cards.set_tiles(cards)
        self._card_place.put(cards)
        self.read.emit()

    def _show_charts(self, found: _Charts) -> None:
        for shown, (data, before) in zip(self.charts, found, strict=True):
            shown.show_data(data, before)
        self._put_up()

    def _follow(self, todo: Todo) -> None:
        verb, _, kind = todo.target.partition(":")
        if todo.query is not None:
            self._context.show(todo.query)
        elif verb == REMIND:
            year = self._context.year
            self._context.read(_grid, kind, year, done=self.reporting.copy_reminder_of, owner=self)
            self.reporting.show_kind(kind)
        else:
            self._context.page_wanted.emit(todo.target)

    def _open(self, key: object) -> None:
        from mingxi_desktop.ui.pages.charts import open_key

        open_key(self._context, key, self)


class _ChartCard(Card):
    """A chart under its title."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(role="muted", parent=self)
        self.view = ChartView(self)
        self.column.addWidget(self._title)
        self.column.addWidget(self.view, 1)

    def show_data(self, data: ChartData, before: dict[str, Amount]) -> None:
        """Show a chart; before: last year's values by category."""
        self._title.setText(f"{data.title.partition('年')[2]}（{data.unit}）")
        self.view.set_data(data, before)


def _look(ledger: Ledger, year: int, kind: str, extra: Callable[[Ledger], Sequence[Todo]]) -> Overview:
    return overview(ledger, year, kind=kind, extra_todos=extra(ledger))


def _draw(ledger: Ledger, year: int) -> _Charts:
    period = Period.of(year)
    shown = [chart(ledger, name, period) for name in CHARTS]
    return [(data, last_year(ledger, name, period, data)) for name, data in zip(CHARTS, shown, strict=True)]


def _grid(ledger: Ledger, kind: str, year: int) -> tuple[Reporting, str]:
    return ledger.zeros.grid(kind, year), ledger.setting("bureau")
