"""Days and moments as clerks and spreadsheets write them."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from functools import lru_cache

from mingxi_desktop.domain.parse.clock import Clock, split_clock
from mingxi_desktop.domain.parse.day_text import (
    EXAMPLE,
    YEARS,
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

RawDate = str | int | float | dt.date | dt.time | None
"""What a cell or a form may hand over for a date (datetime is among them by inheritance)."""

_ISO_LENGTH = 10
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_LEAP_BUG = 60  # Excel's 1900 system has a 29 February 1900 as day 60; earlier days are one off
_SERIALS = range(18264, 73416)  # 1950 to 2100: below and above it is some other number
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TAIL = re.compile(r"(底|末|终)?(之前|以前|为止|前|止)?$")
_TWO_DATES = re.compile(r"\d[日号]?(?:至|到|~|—|–|、|-{1,2})\d")


def parse_date(
    raw: RawDate, *, year: int | None = None, date1904: bool = False, serials: bool = False
) -> Parsed[dt.date]:
    """A day: 2024.6.9 · 2024年6月9日 · 二〇二四年六月九日 · 20240609 · 6月9日 · 6.13 20:00 · 2024年底前.

    year: for dates that name none (without it they are errors).  serials: whether bare numbers in
    the range of Excel's day numbers are days; date1904: counted from 1904.  A time of day is
    dropped; a month, a quarter and the like stand for their last day, which `assumed` says.
    Raises ParseError.
    """
    if isinstance(raw, str):
        quick = _iso(raw)
        if quick is not None:
            return Parsed(quick)
        text = squeeze(raw)
        if not text:
            return Parsed(None)
        if not (serials and _is_serial(text)):
            return _read_date(text, year)
        raw = float(text)
    elif isinstance(raw, dt.date):
        return Parsed(_to_minute(raw).date() if isinstance(raw, dt.datetime) else _in_years(raw))
    elif raw is None:
        return Parsed(None)
    text = _number_text(raw)
    if not _is_serial(text):
        return _read_number(text, raw, year)
    moment = _from_serial(text, raw, date1904=date1904, serials=serials)
    return Parsed(moment.date(), f"{shown(text)}是Excel的日期序号，按{_day_words(moment.date())}")


def parse_datetime(
    raw: RawDate, *, year: int | None = None, date1904: bool = False, serials: bool = False
) -> Parsed[dt.datetime]:
    """A moment to the minute: 6月9日8时 · 6.13 20:00 · 2024-06-09 08:00 · 6月13日17时30分 · 下午3点半.

    Arguments as in `parse_date`.  Without a time of day it is 0:00, and `assumed` says so.
    Raises ParseError.
    """
    if isinstance(raw, dt.datetime):
        return Parsed(_to_minute(raw))
    if (isinstance(raw, int | float) and not isinstance(raw, bool)) or (isinstance(raw, str) and serials):
        text = _number_text(raw) if not isinstance(raw, str) else squeeze(raw)
        if _is_serial(text):
            moment = _from_serial(text, raw, date1904=date1904, serials=serials)
            return Parsed(moment, f"{shown(text)}是Excel的日期序号，按{moment:%Y-%m-%d %H:%M}")
    if isinstance(raw, str):
        text = squeeze(raw)
        return _read_datetime(text, year) if text else Parsed(None)
    day = parse_date(raw, year=year)
    if day.value is None:
        return Parsed(None)
    at_midnight = dt.datetime.combine(day.value, dt.time())
    return Parsed(at_midnight, join_sentences(day.assumed, "没有时刻，按0时"))


def last_day(text: str, spelled: Spelled, year: int | None) -> Parsed[dt.date]:
    """The day a spelled date stands for: itself, or the last day of a month, quarter or half year."""
    dated = with_year(text, spelled, year)
    day = first_and_last(text, dated)[1]
    said = "" if dated.what == "day" else f"没有写明日，按{_day_words(day)}"
    return Parsed(day, join_sentences(dated.assumed, said))


@lru_cache(maxsize=4096)
def _read_date(text: str, year: int | None) -> Parsed[dt.date]:
    refuse_no_value(text, "E_DATE", "日期")
    return _dated(text, split_clock(arabic_date(text))[0], year)


@lru_cache(maxsize=4096)
def _read_datetime(text: str, year: int | None) -> Parsed[dt.datetime]:
    refuse_no_value(text, "E_DATE", "日期和时刻")
    date_text, clock = split_clock(arabic_date(text))
    day = _dated(text, date_text, year)
    if day.value is None:
        raise no_date(text)
    moment = dt.datetime.combine(day.value, dt.time())
    if clock is None or clock.hour is None:
        return Parsed(moment, join_sentences(day.assumed, "没有时刻，按0时"))
    moment += dt.timedelta(hours=clock.hour, minutes=clock.minute)
    return Parsed(moment, join_sentences(day.assumed, _clock_words(clock)))


def _dated(text: str, date_text: str, year: int | None) -> Parsed[dt.date]:
    """The day in `date_text`, the part of `text` before the time of day."""
    if not date_text:
        raise ParseError("E_DATE", f"{shown(text)}只有时刻，缺少日期，{EXAMPLE}")
    tail = _TAIL.search(date_text)
    end, before = tail.groups(default="") if tail else ("", "")
    body = date_text[: tail.start()] if tail else date_text
    try:
        spelled = spell(body)
    except ParseError as error:
        if error.code != "E_DATE":
            raise
        if _TWO_DATES.search(body):
            message = f"{shown(text)}里不止一个日期，请只填一个"
            raise ParseError("E_COMPOUND", message) from None
        raise no_date(text) from None
    if end and spelled.what not in ("month", "year"):
        raise no_date(text)
    if spelled.what == "year" and not end:
        raise ParseError("E_DATE", f"{shown(text)}只有年份，缺少月和日，{EXAMPLE}")
    if before and not end and spelled.what != "day":
        raise ambiguous(text, f"不清楚含不含“{body}”本身")
    parsed = last_day(text, spelled, year)
    if not (before and spelled.what == "day"):
        return parsed
    return Parsed(parsed.value, join_sentences(parsed.assumed, f"写的是“{before}”，按当天"))


def _clock_words(clock: Clock) -> str:
    if clock.until:
        return "写的是一段时间，取开始时刻"
    return "24时按次日0时" if clock.hour == 24 else ""


def _iso(raw: str) -> dt.date | None:
    """The fast way for 2024-06-09; None for anything else, wrong dates included."""
    if len(raw) != _ISO_LENGTH or raw[4] != "-" or raw[7] != "-":
        return None
    try:
        return _in_years(dt.date.fromisoformat(raw))
    except ValueError:
        return None


def _in_years(day: dt.date) -> dt.date:
    if day.year not in YEARS:
        raise ParseError("E_DATE_IMPOSSIBLE", f"“{day.isoformat()}”的年份不对，应在1900到2100之间")
    return day


def _number_text(raw: RawDate) -> str:
    """A cell's number as its digits; ParseError for what is no number."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        kind = "是“是/否”" if isinstance(raw, bool) else "只有时刻"
        raise ParseError("E_DATE", f"单元格里{kind}，不是日期，{EXAMPLE}")
    if not math.isfinite(raw):
        raise ParseError("E_DATE", f"{shown(raw)}不是日期，{EXAMPLE}")
    return format(Decimal(format(raw, ".15g")), "f")


def _read_number(text: str, raw: RawDate, year: int | None) -> Parsed[dt.date]:
    """A number that is a date as typed: 20240609, 6.9, 2024.12; 6.1 may have been 6.10."""
    _, point, decimals = text.partition(".")
    if point and decimals in ("1", "2", "3") and isinstance(raw, float):
        raise ambiguous(text, f"是数字，可能是{text}，也可能是{text}0")
    if not point and int(text) in YEARS:
        raise ParseError("E_DATE", f"{shown(text)}只有年份，缺少月和日，{EXAMPLE}")
    return _read_date(text, year)


def _is_serial(text: str) -> bool:
    """Whether the digits are in the range of Excel's day numbers (20240609 is not)."""
    return _NUMBER.fullmatch(text) is not None and int(float(text)) in _SERIALS


def _from_serial(text: str, raw: RawDate, *, date1904: bool, serials: bool) -> dt.datetime:
    """The moment of an Excel day number, to the minute."""
    if not serials:
        raise ParseError("E_DATE", f"{shown(raw)}像是Excel的日期序号，请把单元格设为日期格式；{EXAMPLE}")
    return _to_minute((_EPOCH_1904 if date1904 else _EPOCH) + dt.timedelta(days=float(text)))


def _to_minute(moment: dt.datetime) -> dt.datetime:
    """Without seconds; half a second first makes up for Excel's 07:59:59.9997."""
    _in_years(moment)
    return (moment + dt.timedelta(milliseconds=500)).replace(second=0, microsecond=0, tzinfo=None)


def _day_words(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
