"""Which report is shown: its template, the month or the flood it is of, and the cut-off date."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.event_names import event_label
from mingxi_desktop.ledger.reports import narrating
from mingxi_desktop.ledger.reports.order import ANNUAL, Order
from mingxi_desktop.report.template import Span
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.inputs.date import DateInput
from mingxi_desktop.ui.shapes import label, row

_EVENT = "disaster_event"
_DAY = kind_of("fund").field("record_date")
_DAY_WIDTH = 140
_DAY_TIP = "只算到这一天；空着就算到年底（半年、本月、灾害过程结束）"
_TYPING = 600
"""Milliseconds after the last key before the day is taken."""

Event = tuple[int, str]
"""Id and name of a flood."""


class ReportChooser(QObject):
    """The widgets that choose a report, for a tool row."""

    changed = Signal()
    """Another report is wanted: see `order`."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._events: tuple[Event, ...] | None = None
        self._known_year = 0
        self.template = QComboBox()
        self.template.setAccessibleName("报告种类")
        for name in narrating.TEMPLATES:
            self.template.addItem(narrating.delivered_head(name).label, name)
        self.month = QComboBox()
        self.month.setAccessibleName("月份")
        for month in range(1, 13):
            self.month.addItem(f"{month} 月", month)
        self.flood = QComboBox()
        self.flood.setAccessibleName("灾害过程")
        self.flood.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._day_name = label("截至", "muted")
        self.day = DateInput()
        self.day.bind(_DAY, context.sources)
        for part in (self.day, self.day.editor):
            part.setAccessibleName("截止日期")
            part.setToolTip(_DAY_TIP)
        self.day.setFixedWidth(_DAY_WIDTH)
        self._day_name.setBuddy(self.day.editor)
        self._day_part = QWidget()  # so that a narrow window does not part the name from its day
        self._day_part.setLayout(row(self._day_name, self.day))
        self._taken: datetime.date | None = None
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._take_day)
        self.day.value_changed.connect(lambda _: self._typing.start())
        self.day.entered.connect(self._take_day)
        self.day.left.connect(self._take_day)
        for box in (self.template, self.month, self.flood):
            box.currentIndexChanged.connect(self._chosen)
        context.changed.connect(self._records_changed)
        context.year_changed.connect(self._another_year)
        self._to_usual_month()
        self._show_fitting()

    def widgets(self) -> list[QWidget]:
        """For a tool row, in their order."""
        return [self.template, self.month, self.flood, self._day_part]

    def set_shown(self, *, report: bool, day: bool) -> None:
        """Show what chooses the report, with what its template needs, and the cut-off date; or not."""
        self.template.setVisible(report)
        self._show_fitting()
        self._day_part.setVisible(day)

    def choose(self, template: str) -> None:
        """Choose a template by its name."""
        self.template.setCurrentIndex(max(self.template.findData(template), 0))

    def show(self, order: Order) -> None:
        """Show what was chosen before: another report could not be left."""
        for box, wanted in (
            (self.template, order.template),
            (self.month, order.month),
            (self.flood, order.event),
        ):
            if box.findData(wanted) >= 0:
                box.setCurrentIndex(box.findData(wanted))

    @property
    def name(self) -> str:
        """The chosen template."""
        return str(self.template.currentData() or ANNUAL)

    @property
    def label(self) -> str:
        """What the chosen report is called."""
        return self.template.currentText()

    def order(self) -> Order:
        """Year, template, month or flood, and cut-off date as they stand in the row."""
        span = narrating.delivered_head(self.name).span
        return Order(
            self._context.year,
            as_of=self._taken,
            template=self.name,
            month=int(self.month.currentData()) if span is Span.MONTH else 0,
            event=int(self.flood.currentData() or 0) if span is Span.EVENT else 0,
        )

    def refresh(self) -> None:
        """Read which floods the year has, where that is asked for."""
        if narrating.delivered_head(self.name).span is Span.EVENT and self._known_year != self._context.year:
            self._known_year = self._context.year
            self._context.read(_events, self._context.year, done=self._offer, owner=self)

    def _offer(self, events: Sequence[Event]) -> None:
        chosen = self.flood.currentData()
        if tuple(events) == self._events:
            return
        self._events = tuple(events)
        self.flood.blockSignals(True)
        self.flood.clear()
        for number, name in events:
            self.flood.addItem(name, number)
        if not events:
            self.flood.addItem("这一年还没有灾害过程", 0)
        self.flood.setCurrentIndex(max(self.flood.findData(chosen), 0))
        self.flood.blockSignals(False)
        self.changed.emit()

    def _chosen(self, _: int) -> None:
        self._show_fitting()
        self.refresh()
        self.changed.emit()

    def _show_fitting(self) -> None:
        span = narrating.delivered_head(self.name).span
        shown = not self.template.isHidden()
        self.month.setVisible(shown and span is Span.MONTH)
        self.flood.setVisible(shown and span is Span.EVENT)

    def _take_day(self) -> None:
        """The typed day counts once it is one; a day before the year is pointed out at the input."""
        self._typing.stop()
        text = self.day.text().strip()
        try:
            day = parse.parse_date(text, year=self._context.year).value if text else None
        except ValueError as error:
            self.day.set_error(str(error))
            return
        if day is not None and day.year < self._context.year:
            self.day.set_error(f"截止日期在{self._context.year}年之前")
            return
        self.day.set_error("")
        if day != self._taken:
            self._taken = day
            self.changed.emit()

    def _records_changed(self, changes: Changes) -> None:
        touched = {kind for kind, _ in (*changes.added, *changes.changed, *changes.removed)}
        if _EVENT in touched:
            self._known_year = 0
            self.refresh()

    def _another_year(self, _: int) -> None:
        self._taken = None
        self.day.set_text("")
        self._to_usual_month()
        self.refresh()

    def _to_usual_month(self) -> None:
        """The month that is over; of an earlier year its last."""
        today = datetime.date.today()
        month = max(today.month - 1, 1) if today.year == self._context.year else 12
        self.month.blockSignals(True)
        self.month.setCurrentIndex(month - 1)
        self.month.blockSignals(False)


def _events(ledger: Ledger, year: int) -> list[Event]:
    """The floods of a year, the latest first."""
    found = ledger.records(_EVENT, list(ledger.ids(Query(_EVENT, year=year))))
    found.sort(key=lambda record: record.values["record_date"], reverse=True)
    return [(record.id, event_label(record.values)) for record in found]
