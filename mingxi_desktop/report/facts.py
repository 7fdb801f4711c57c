"""What a report says of itself: whose it is, of which year, up to which day, signed by whom and when."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_SIGNING = (1, 23)
"""Month and day of the signature, in the year after the report's."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says of itself.

    signer: name at the end (default: the bureau).  sign_date: None = 23 January of the next year, or the
    cut-off date where that is earlier than the year's end.
    as_of: the cut-off date; named below the title where it is not the last day of the year.
    """

    bureau: str
    year: int
    as_of: datetime.date
    signer: str = ""
    sign_date: datetime.date | None = None
    sealed: bool = True
    mark: str = ""

    @property
    def texts(self) -> Mapping[str, str]:
        """The places of a template that are no indicators."""
        return {
            "bureau": self.bureau,
            "year": str(self.year),
            "last_year": str(self.year - 1),
            "next_year": str(self.year + 1),
            "span": self.span,
        }

    @property
    def signed_on(self) -> datetime.date:
        """The day below the name: as set, unless that day lies before the cut-off date."""
        if self.sign_date is not None and self.sign_date >= self.as_of:
            return self.sign_date
        return datetime.date(self.year + 1, *DEFAULT_SIGNING) if self.whole_year else self.as_of

    @property
    def whole_year(self) -> bool:
        """Whether the cut-off date is the last day of the year."""
        return (self.as_of.month, self.as_of.day) == (12, 31)

    @property
    def span(self) -> str:
        """What the numbers cover: 全年, 1至6月, or 1月1日至6月15日."""
        if self.whole_year:
            return "全年"
        day = self.as_of
        if day.day == calendar.monthrange(day.year, day.month)[1]:
            return "1月" if day.month == 1 else f"1至{day.month}月"
        return f"1月1日至{day.month}月{day.day}日"

    @property
    def cut_off(self) -> str:
        """The line below the title; empty where the cut-off date is the last day of the year."""
        day = self.as_of
        if self.whole_year:
            return ""
        return f"（数据截至{date_text(day)}）"


def date_text(day: datetime.date) -> str:
    """A date as official documents write it: 2025年1月23日."""
    return f"{day.year}年{day.month}月{day.day}日"
