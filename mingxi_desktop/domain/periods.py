"""Periods that reports are due for: days, ISO weeks, months, quarters, half-years, and floods, which set their own."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_DAY = datetime.timedelta(days=1)
_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_HALVES = ("上半年", "下半年")
_IN_EVENT = "/"
"""Between an event and its day in the key of a period."""


class Often(StrEnum):
    """How often something is to be reported; the last two only while a disaster event goes on."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    EVENT_DAY = "event-day"
    EVENT = "event"

    @property
    def label(self) -> str:
        """The words for it on the screen."""
        return _LABELS[self]

    @property
    def of_events(self) -> bool:
        """Whether disaster events decide when it is due, not the calendar."""
        return self in (Often.EVENT_DAY, Often.EVENT)


_LABELS = {
    Often.DAY: "每日",
    Often.WEEK: "每周",
    Often.MONTH: "每月",
    Often.QUARTER: "每季",
    Often.HALF: "每半年",
    Often.EVENT_DAY: "过程中每日",
    Often.EVENT: "每个过程一次",
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days that one report is about, both ends included.

    key: as it is kept: "2024-06-09", "2024-W23", "2024-06", "2024-Q2", "2024-H1", for events "disaster_event:4"
    and "disaster_event:4/2024-06-09".  year: whose period it is; a week belongs to the year of its Thursday.
    label: 6月第2周（6.10–6.16）.  short: for the head of a column, 6.10–6.16.
    """

    often: Often
    key: str
    year: int
    first: datetime.date
    last: datetime.date
    label: str
    short: str

    @property
    def full(self) -> str:
        """The label with its year: 2024年6月."""
        return f"{self.year}年{self.label}"

    @property
    def month(self) -> int:
        """The month it is told under: of a week that of its Thursday, of longer ones the last."""
        return _thursday(self.first).month if self.often is Often.WEEK else self.last.month


def periods(often: Often, year: int) -> tuple[Period, ...]:
    """All periods of a year, in order; none of what disaster events decide."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if often.of_events:
        return ()
    found = [period_of(often, first)]
    if found[0].year < year:
        found = [period_of(often, found[0].last + _DAY)]
    while True:
        following = period_of(often, found[-1].last + _DAY)
        if following.year != year or following.first > last:
            return tuple(found)
        found.append(following)


def period_of(often: Often, day: datetime.date) -> Period:
    """The period that a day belongs to; ValueError for what disaster events decide."""
    year, month = day.year, day.month
    match often:
        case Often.DAY:
            return day_period(day)
        case Often.WEEK:
            return _week(day)
        case Often.MONTH:
            return _months(often, f"{year}-{month:02d}", month, month, f"{month}月")
        case Often.QUARTER:
            number = (month - 1) // 3
            key = f"{year}-Q{number + 1}"
            return _months(often, key, number * 3 + 1, number * 3 + 3, _QUARTERS[number])
        case Often.HALF:
            number = (month - 1) // 6
            return _months(often, f"{year}-H{number + 1}", number * 6 + 1, number * 6 + 6, _HALVES[number])
        case _:
            raise ValueError(often)


def day_period(day: datetime.date, event: str = "") -> Period:
    """One day.  event: reference of the disaster event whose day it is."""
    key = f"{event}{_IN_EVENT}{day.isoformat()}" if event else day.isoformat()
    often = Often.EVENT_DAY if event else Often.DAY
    return Period(often, key, day.year, day, day, f"{day.month}月{day.day}日", _dotted(day))


def event_period(event: str, label: str, first: datetime.date, last: datetime.date) -> Period:
    """A whole disaster event, by its reference and what it is called."""
    return Period(Often.EVENT, event, first.year, first, last, label, label)


def listed(many: Sequence[Period]) -> str:
    """Periods of one sort in order, neighbours told from the first to the last: 1月至3月、5月, 6月12日至14日."""
    runs: list[list[Period]] = []
    for period in many:
        if runs and runs[-1][-1].last + _DAY == period.first:
            runs[-1].append(period)
        else:
            runs.append([period])
    return "、".join(_run(run[0], run[-1], len(run)) for run in runs)


def _run(first: Period, last: Period, number: int) -> str:
    if number == 1:
        return first.label
    if first.often is Often.WEEK:
        return f"{_dotted(first.first)}–{_dotted(last.last)}共{number}周"
    if first.often in (Often.DAY, Often.EVENT_DAY) and first.month == last.month:
        return f"{first.label}至{last.first.day}日"
    return f"{first.label}{'、' if number == 2 else '至'}{last.label}"


def _months(often: Often, key: str, first: int, last: int, label: str) -> Period:
    year = int(key[:4])
    end = datetime.date(year, last, calendar.monthrange(year, last)[1])
    return Period(often, key, year, datetime.date(year, first, 1), end, label, label)


def _week(day: datetime.date) -> Period:
    """An ISO week: Monday first; it is the n-th of the month in which its Thursday is the n-th."""
    monday = day - day.weekday() * _DAY
    sunday = monday + 6 * _DAY
    year, number, _ = day.isocalendar()
    middle = _thursday(monday)
    days = f"{_dotted(monday)}–{_dotted(sunday)}"
    label = f"{middle.month}月第{(middle.day - 1) // 7 + 1}周（{days}）"
    return Period(Often.WEEK, f"{year}-W{number:02d}", year, monday, sunday, label, days)


def _thursday(monday: datetime.date) -> datetime.date:
    return monday + 3 * _DAY


def _dotted(day: datetime.date) -> str:
    return f"{day.month}.{day.day}"
