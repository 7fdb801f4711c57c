"""Stretches of days: 6.9-6.11, 2024.6.9—6.11, 6月9日至11日, 1-6月, 2024年6月, 第二季度."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from mingxi_desktop.domain.parse.clock import split_clock
from mingxi_desktop.domain.parse.dates import RawDate, parse_date
from mingxi_desktop.domain.parse.day_text import (
    Spelled,
    ambiguous,
    arabic_date,
    first_and_last,
    no_date,
    spell,
    with_year,
)
from mingxi_desktop.domain.parse.result import (
    Parsed,
    ParseError,
    join_sentences,
    refuse_no_value,
    shown,
    squeeze,
)

_JOINT = re.compile(r"-?(?:至|到|~+|—+|–+|―+|--+)-?|(?<=[日号月]) ?- ?|(?<=\d) - (?=\d)")
_DASH = "-"
_AUTUMN, _SPRING = 10, 3
_DAY_ONLY = re.compile(r"(\d{1,2})[日号]?")
_MONTHS_ONLY = re.compile(r"(?:(\d{4}|\d{2})年)?(\d{1,2})-(\d{1,2})月份?")
_BARE_PAIR = re.compile(r"\d{1,2}-\d{1,2}")
_QUOTES = str.maketrans("", "", "“”\"'()")


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
    first, last = _ends(text)
    if last is None:
        first = with_year(text, first, year)
        return Parsed(first_and_last(text, first), first.assumed)
    return _between(text, *_share_year(text, first, last, year))


def _ends(text: str) -> tuple[Spelled, Spelled | None]:
    """The spelled start and end; end None for a single day, month, quarter or year."""
    spoken = arabic_date(text.translate(_QUOTES))
    months = _MONTHS_ONLY.fullmatch(spoken)
    if months:
        prefix = f"{months[1]}年" if months[1] else ""
        return spell(f"{prefix}{months[2]}月"), spell(f"{months[3]}月")
    if _BARE_PAIR.fullmatch(spoken):
        raise ambiguous(text, "可能是某月某日，也可能是几月到几月")
    left, right = _halves(spoken)
    if right is None:
        return spell(split_clock(left)[0]), None
    start = spell(split_clock(left)[0])
    end_text = split_clock(right)[0]
    day_only = _DAY_ONLY.fullmatch(end_text)
    if day_only and start.what == "day":
        day = int(day_only[1])
        return start, Spelled(None, (start.months[1], start.months[1]), (day, day))
    return start, spell(end_text)


def _halves(text: str) -> tuple[str, str | None]:
    """The two sides of a stretch.  A dash may also be part of a date, so the dashes are counted."""
    joints = list(_JOINT.finditer(text))
    if len(joints) == 1:
        return text[: joints[0].start()], text[joints[0].end() :]
    if joints:
        raise no_date(text)
    parts = text.split(_DASH)
    if len(parts) in (4, 6):
        half = len(parts) // 2
        return _DASH.join(parts[:half]), _DASH.join(parts[half:])
    # 2024-06 is a month; 20240609-20240611 and 6.9-6.11 are stretches.
    if len(parts) == 2 and not (parts[1].isdigit() and parts[0].isdigit() and len(parts[0]) < 8):
        return parts[0], parts[1]
    return text, None


def _share_year(text: str, first: Spelled, last: Spelled, year: int | None) -> tuple[Spelled, Spelled]:
    """Both ends with a year: one end's stands for the other, `year` for neither.

    Only from autumn to spring may the end belong to the next year (12.28-1.3).
    """
    turns = first.months[0] >= _AUTUMN and last.months[1] <= _SPRING
    if first.year is None and last.year is not None:
        return replace(first, year=last.year - turns), last
    first = with_year(text, first, year)
    if last.year is not None or first.year is None:
        return first, last
    said = f"结束日期按次年（{first.year + 1}年）" if turns else ""
    return first, replace(last, year=first.year + turns, assumed=join_sentences(last.assumed, said))


def _between(text: str, first: Spelled, last: Spelled) -> Parsed[tuple[dt.date, dt.date]]:
    start, end = first_and_last(text, first)[0], first_and_last(text, last)[1]
    if end < start:
        raise ParseError("E_DATE_IMPOSSIBLE", f"{shown(text)}的结束日期早于开始日期")
    if last.what != first.what and "day" in (first.what, last.what):
        raise ambiguous(text, "一头写到日，一头没有写到日")
    return Parsed((start, end), join_sentences(first.assumed, last.assumed))
