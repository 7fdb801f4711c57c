"""Which report is wanted, and which days it covers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.kinds import ALL
from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.event_names import event_label
from mingxi_desktop.report.template import Span

ANNUAL = "annual"
_HALF = (6, 30)
_EVENT = "disaster_event"


@dataclass(frozen=True, slots=True)
class Order:
    """A report as it is ordered.

    as_of: cut-off date, None = the last day of what the report covers.  month: of a monthly brief.
    event: id of the disaster event of a flood report.  annex: with the trace annex; full_annex: with every
    record in it.  pictures: charts also as PNG, for Word.
    """

    year: int
    as_of: datetime.date | None = None
    template: str = ANNUAL
    month: int = 0
    event: int = 0
    annex: bool = False
    full_annex: bool = False
    draft: bool = False
    bundled_fonts: bool = False
    pictures: bool = False

    @property
    def span(self) -> str:
        """What tells it from other reports of the template and the year: the month, the event, or nothing."""
        return str(self.month or self.event or "")

    @property
    def plain(self) -> Order:
        """The same report without annex or mark."""
        return replace(self, annex=False, full_annex=False, draft=False, pictures=False)


@dataclass(frozen=True, slots=True)
class Covered:
    """What a report covers.

    event, end, told_on: of a flood its name, its last day, and the day of the latest record counted of it.
    """

    span: Span
    period: Period
    event: str = ""
    end: datetime.date | None = None
    told_on: datetime.date | None = None


def check(ledger: Core, order: Order, found: Covered) -> None:
    """Whether such a report may be made; UserError where its flood is not of the year or its cut-off date too early.

    Not asked of what was made once and is only compared: its flood may have gone to the trash since.
    """
    if order.event:
        record = ledger.get(_EVENT, order.event)
        if record.deleted_at:
            raise UserError(
                f"“{found.event}”已经删除，不能写专报", "", "先到回收站恢复它，或换一次灾害过程。"
            )
        if found.period.year != order.year:
            raise UserError(
                f"“{found.event}”是{found.period.year}年的，不是{order.year}年的", "", "换成那一年再写专报。"
            )
    first = found.period.first()
    if order.as_of is not None and order.as_of < first:
        raise UserError(
            f"截止日期{order.as_of}在{first.year}年{first.month}月{first.day}日之前，那时还没有开始",
            "",
            "把截止日期改晚一些，或空着。",
        )


def covered(ledger: Core, order: Order, span: Span) -> Covered:
    """The days that an order of a template of this span covers; UserError where month or event is missing."""
    if span is Span.MONTH:
        if not 1 <= order.month <= 12:
            raise UserError("还没有选月份", "", "选好是几月的月报再生成。")
        return Covered(span, Period.month(order.year, order.month, order.as_of))
    if span is Span.EVENT:
        return _of_event(ledger, order)
    if span is Span.HALF:
        last = datetime.date(order.year, *_HALF)
        return Covered(span, Period.of(order.year, order.as_of, last=last))
    return Covered(span, Period.of(order.year, order.as_of))


def _of_event(ledger: Core, order: Order) -> Covered:
    if not order.event:
        raise UserError(
            "还没有选灾害过程", "", "选好是哪一次灾害过程的专报再生成；还没有登记的先到防汛响应里登记。"
        )
    values = ledger.get(_EVENT, order.event).values
    first, last = values["record_date"], values.get("end_date")
    end = order.as_of or last or max(first, min(datetime.date.today(), datetime.date(first.year, 12, 31)))
    # Relief that went out after the rain counts, unless a cut-off date was set.
    until = order.as_of or datetime.date(first.year + 1, 12, 31)
    period = Period(first.year, end, first, order.event, until)
    return Covered(Span.EVENT, period, event_label(values), last, _latest(ledger, order.event, until))


def _latest(ledger: Core, event: int, until: datetime.date) -> datetime.date | None:
    """The day of the latest record that names an event, up to a day."""
    ref = f"{_EVENT}:{event}"
    found = [
        record.values["record_date"]
        for kind in ALL
        if kind.has("event")
        for record in ledger.records(
            kind.name, list(ledger.ids(Query(kind.name, where=(("event", (ref,)),))))
        )
    ]
    return max((day for day in found if day <= until), default=None)
