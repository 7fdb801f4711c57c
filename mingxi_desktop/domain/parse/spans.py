"""Stretches of days: 6.9-6.11, 2024.6.9—6.11, 6月9日至11日, 1-6月, 2024年6月, 第二季度."""

from __future__ import annotations

import datetime as dt

from mingxi_desktop.domain.parse.dates import RawDate, parse_date
from mingxi_desktop.domain.parse.result import Parsed, refuse_no_value, squeeze
from mingxi_desktop.domain.parse.stretches import read_stretch


def parse_date_range(raw: RawDate, *, year: int | None = None) -> Parsed[tuple[dt.date, dt.date]]:
    """First and last day of a stretch of days.

    A single day is both.  The second date may leave out what the first has said (6月9日至11日); a
    month, a quarter, a year run from their first day to their last.

    year: for texts that name none.  Raises ParseError, also when the end lies before the start.
    """
    if not isinstance(raw, str):
        day = parse_date(raw, year=year)
        return Parsed(None) if day.value is None else Parsed((day.value, day.value), day.assumed)
    text = squeeze(raw)
    if not text:
        return Parsed(None)
    refuse_no_value(text, "E_DATE", "起止日期")
    stretch = read_stretch(text, year)
    return Parsed(stretch.days(text), stretch.assumed)
