"""What a report says of itself: whose it is, what it covers, up to which day, signed by whom and when."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from mingxi_desktop.report.template import Span

DEFAULT_SIGNING = (1, 23)
"""Month and day of the signature, in the year after the report's."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says of itself.

    signer: name at the end (default: the bureau).  sign_date: None = 23 January of the next year, or the
    cut-off date where that is earlier than the year's end.
    as_of: the cut-off date; named below the title where it is not the last day of what is covered.
    covers: a year, its first half, a month or one flood.  start: its first day where that is not 1 January.
    event, end: name of the flood and, once it is over, its last day.  told_on: the day of the latest record
    that is counted of it; of all else the cut-off date where that is later than what is covered.
    imprint: which state of the ledger it was printed from.
    """

    bureau: str
    year: int
    as_of: datetime.date
    signer: str = ""
    sign_date: datetime.date | None = None
    sealed: bool = True
    mark: str = ""
    covers: Span = Span.YEAR
    start: datetime.date | None = None
    event: str = ""
    end: datetime.date | None = None
    told_on: datetime.date | None = None
    imprint: str = ""

    @property
    def texts(self) -> Mapping[str, str]:
        """What stands for the places of a template that are no indicators, by their names in `FACTS`."""
        return {
            "bureau": self.bureau,
            "year": str(self.year),
            "last_year": str(self.year - 1),
            "next_year": str(self.year + 1),
            "span": self.span,
            "month": str(self.as_of.month),
            "event": self.event,
            "event_days": self._event_days,
        }

    @property
    def signed_on(self) -> datetime.date:
        """The day below the name: of a whole year as set, unless that lies before the cut-off date."""
        latest = max(self.as_of, self.told_on or self.as_of)
        if self.covers is not Span.YEAR:
            return latest
        if self.sign_date is not None and self.sign_date >= latest:
            return self.sign_date
        return max(datetime.date(self.year + 1, *DEFAULT_SIGNING), latest) if self.complete else latest

    @property
    def complete(self) -> bool:
        """Whether the cut-off date is the last day of what is covered."""
        day = self.as_of
        if self.covers is Span.EVENT:
            return self.end is not None and day >= self.end
        if self.covers is Span.MONTH:
            return day.day == calendar.monthrange(day.year, day.month)[1]
        last = {Span.YEAR: (12, 31), Span.HALF: (6, 30)}.get(self.covers)
        return (day.month, day.day) == last

    @property
    def part(self) -> bool:
        """Whether what is covered is less than a year."""
        return self.covers is not Span.YEAR or not self.complete

    @property
    def span(self) -> str:
        """What the numbers cover: 全年, 上半年, 6月, 1至6月, 1月1日至6月15日."""
        day = self.as_of
        if self.covers is Span.EVENT:
            return self._event_days
        if self.complete:
            return f"{day.month}月" if self.covers is Span.MONTH else str(self.covers)
        if self.covers is Span.MONTH:
            return days_text(day.replace(day=1), day)
        if day.day == calendar.monthrange(day.year, day.month)[1]:
            return "1月" if day.month == 1 else f"1至{day.month}月"
        return f"1月1日至{day.month}月{day.day}日"

    @property
    def _event_days(self) -> str:
        """6月9日至18日; of a flood that is not over 6月9日以来."""
        first = self.start or self.as_of
        return days_text(first, self.as_of) if self.end else f"{first.month}月{first.day}日以来"

    @property
    def cut_off(self) -> str:
        """The line below the title; empty where the cut-off date is the last day of what is covered."""
        return "" if self.complete else f"（数据截至{date_text(self.as_of)}）"


def days_text(first: datetime.date, last: datetime.date) -> str:
    """Days of one year: 6月9日至18日, 6月28日至7月2日, 6月9日."""
    start = f"{first.month}月{first.day}日"
    if first == last:
        return start
    return f"{start}至{'' if first.month == last.month else f'{last.month}月'}{last.day}日"


def date_text(day: datetime.date) -> str:
    """A date as official documents write it: 2025年1月23日."""
    return f"{day.year}年{day.month}月{day.day}日"
