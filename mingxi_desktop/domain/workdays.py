"""Working days: weekends and public holidays off, make-up days on, as the State Council announces them each year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from mingxi_desktop import paths, toml_files

_DAY = datetime.timedelta(days=1)
_SATURDAY = 5
_LONGEST = 31
"""Days in a row that can be off at most; more is a typing error."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off in a row, both ends included.  They may begin in the year before."""

    name: str
    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> Iterator[datetime.date]:
        """Every day of it, first and last included."""
        return (self.first + number * _DAY for number in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class YearOff:
    """The holidays of one year.  on: weekend days that are worked instead.  source: the notice they come from."""

    year: int
    off: tuple[Holiday, ...]
    on: tuple[datetime.date, ...]
    source: str = ""

    def fault(self) -> str:
        """Why this cannot be right, in Chinese; "" when it can."""
        for one in self.off:
            if not one.name:
                return f"{one.first:%m-%d} 这一行没有写节日名称"
            if one.last < one.first:
                return f"{one.name}的止日早于起日"
            if (one.last - one.first).days >= _LONGEST:
                return f"{one.name}有{(one.last - one.first).days + 1}天，请核对起止日"
            if self.year not in (one.first.year, one.last.year):
                return f"{one.name}（{one.first}）不在{self.year}年"
        for day in self.on:
            if day.year != self.year:
                return f"上班日 {day} 不在{self.year}年"
            if day.weekday() < _SATURDAY:
                return f"{day} 是{weekday(day)}，本来就上班，不用登记"
        days = [day for one in self.off for day in one.days]
        twice = sorted({day for day in days if days.count(day) > 1} | set(days).intersection(self.on))
        return f"{twice[0]} 登记了两次" if twice else ""


class Workdays:
    """Tells working days by the holidays of some years; of other years it knows the weekends alone."""

    def __init__(self, years: Iterable[YearOff]) -> None:
        self.years = {year.year: year for year in years}
        self._off = {day for year in self.years.values() for one in year.off for day in one.days}
        self._on = {day for year in self.years.values() for day in year.on}

    def knows(self, year: int) -> bool:
        """Whether the holidays of a year are there."""
        return year in self.years

    def is_workday(self, day: datetime.date) -> bool:
        """Whether the bureau works on a day."""
        return day in self._on or (day.weekday() < _SATURDAY and day not in self._off)

    def next_workday(self, day: datetime.date) -> datetime.date:
        """The day itself if it is worked, else the first one after it that is."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def after_workdays(self, day: datetime.date, number: int) -> datetime.date:
        """The working day so many of them after a day; that day itself is not counted."""
        for _ in range(number):
            day = self.next_workday(day + _DAY)
        return day

    def between(self, first: datetime.date, last: datetime.date) -> int:
        """The working days after the first day up to the last one; negative the other way round."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_workday(first + number * _DAY) for number in range(1, (last - first).days + 1))

    @cached_property
    def latest(self) -> int:
        """The last year whose holidays are there; 0 for none."""
        return max(self.years, default=0)


def weekday(day: datetime.date) -> str:
    """The day of the week in Chinese: 周一 to 周日."""
    return f"周{'一二三四五六日'[day.weekday()]}"


def to_plain(year: YearOff) -> dict[str, Any]:
    """A year as plain values, to be kept as JSON."""
    return {
        "source": year.source,
        "off": [[one.name, one.first.isoformat(), one.last.isoformat()] for one in year.off],
        "on": [day.isoformat() for day in year.on],
    }


def from_plain(year: int, plain: Mapping[str, Any]) -> YearOff:
    """The year that `to_plain` wrote, or that lies in the delivered list."""
    return YearOff(
        year,
        tuple(Holiday(str(name), _day(first), _day(last)) for name, first, last in plain["off"]),
        tuple(_day(day) for day in plain["on"]),
        str(plain.get("source", "")),
    )


@cache
def delivered_years() -> Mapping[int, YearOff]:
    """The holidays delivered with the program, by year."""
    found = toml_files.read(paths.resources() / "lists" / "holidays.toml")
    return MappingProxyType({int(year): from_plain(int(year), plain) for year, plain in found.items()})


def _day(value: datetime.date | str) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)
