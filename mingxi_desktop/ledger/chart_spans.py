"""What a chart covers: the records of a span, the steps it goes in, and what a bar opens."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.query import EMPTY, Query, Range
from mingxi_desktop.ledger.core import Core

EVENT = "disaster_event"
_MOST_DAYS = 16
"""A span of so many days is shown day by day, a longer one of less than two months by 旬."""
_THIRDS = ((1, 10, "上旬"), (11, 20, "中旬"), (21, 31, "下旬"))


@dataclass(frozen=True, slots=True)
class Step:
    """One category of time.  month: where it is a whole month, or what of it lies in the span."""

    name: str
    first: datetime.date
    last: datetime.date
    month: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """The categories of time of a span, in order.  name: what they are: 月, 旬, 日."""

    name: str
    all: tuple[Step, ...]

    @property
    def months(self) -> bool:
        """Whether they are months."""
        return all(step.month for step in self.all)


def steps_of(period: Period) -> Steps:
    """Months; of a span within one month or little more its 旬, of a few days these days."""
    first, last = period.first(), period.as_of
    months = _months(first, last)
    if period.start is None or (first.day == 1 and len(months) > 1):
        return Steps("月", tuple(_month(period, *month) for month in months))
    days = (last - first).days + 1
    if days <= _MOST_DAYS:
        found = (first + datetime.timedelta(days=number) for number in range(days))
        return Steps("日", tuple(Step(f"{day.month}.{day.day}", day, day) for day in found))
    several = len(months) > 1
    thirds = [
        Step(f"{month}月{word}" if several else word, max(begin, first), min(end, last))
        for year, month in months
        for begin, end, word in _thirds(year, month)
        if begin <= last and end >= first
    ]
    return Steps("旬", tuple(thirds))


def span_title(period: Period) -> str:
    """The span as titles begin with it: 2024年, 2024年上半年, 2024年6月, 2024年1—11月, 2024年6月9日至18日."""
    first, last = period.first(), period.as_of
    year = f"{period.year}年"
    if period.whole_year:
        return year
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1] and not period.event:
        if (first.month, last.month) in ((1, 6), (7, 12)):
            return f"{year}{'上' if last.month == 6 else '下'}半年"
        return (
            f"{year}{first.month}月" if first.month == last.month else f"{year}{first.month}—{last.month}月"
        )
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    end = end if first.year == last.year else f"{last.year}年{end}"
    begin = f"{first.month}月{first.day}日"
    return f"{year}{begin}" if first == last else f"{year}{begin}至{end}"


def parts(query: Query, period: Period) -> list[Query]:
    """The query within the span: by the kind's date, and by record_date where that is empty.

    Of one flood: what names it, in ledgers that do.
    """
    kind = kinds.kind_of(query.kind)
    if period.event and query.kind == EVENT:
        return [replace(query, ids=(period.event,))]
    if period.event and kind.has("event"):
        return _between(_of_event(query, period), None, period.event_until or period.as_of)
    if period.whole_year:
        return [query]
    return _between(query, period.start, period.as_of)


def step_parts(query: Query, period: Period, step: Step) -> list[Query]:
    """What a query asks for within one step of a chart over time, as queries that add up."""
    if period.event and kinds.kind_of(query.kind).has("event"):
        query = _of_event(query, period)
    return _between(query, step.first, step.last)


def door(ledger: Core, queries: Sequence[Query]) -> Query:
    """One query for the records of several, which have none in common: what a bar opens."""
    filled = [query for query in queries[1:] if ledger.count(query)]
    if not filled:
        return queries[0]
    ids = tuple(number for query in (queries[0], *filled) for number in ledger.ids(query))
    return Query(queries[0].kind, ids=ids)


def _of_event(query: Query, period: Period) -> Query:
    # What follows a flood of December is of the next year.
    return replace(query, year=None).with_where("event", (f"{EVENT}:{period.event}",))


def _between(query: Query, first: datetime.date | None, last: datetime.date) -> list[Query]:
    date, span = kinds.kind_of(query.kind).date, Range(first, last)
    if first is not None:  # a flood of December may go on in the next year
        query = replace(query, year=first.year if first.year == last.year else None)
    if date == "record_date":
        return [query.with_where(date, span)]
    return [query.with_where(date, span), query.with_where(date, (EMPTY,)).with_where("record_date", span)]


def _months(first: datetime.date, last: datetime.date) -> list[tuple[int, int]]:
    """(year, month) from the month of one day to that of another."""
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [(number // 12, number % 12 + 1) for number in numbers]


def _month(period: Period, year: int, month: int) -> Step:
    first = datetime.date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    return Step(f"{month}月", max(first, period.first()), min(last, period.as_of), month)


def _thirds(year: int, month: int) -> list[tuple[datetime.date, datetime.date, str]]:
    last = calendar.monthrange(year, month)[1]
    return [
        (datetime.date(year, month, begin), datetime.date(year, month, min(end, last)), word)
        for begin, end, word in _THIRDS
    ]
