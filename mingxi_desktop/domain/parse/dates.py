"""Days and moments as clerks and spreadsheets write them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from mingxi_desktop.domain.parse.clock import Clock, split_clock
from mingxi_desktop.domain.parse.day_text import (
    EXAMPLE,
    YEARS,
    Spelled,
    ambiguous,
    bare_date,
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
from mingxi_desktop.domain.parse.stretches import Stretch, read_stretch
from mingxi_desktop.patterns import pattern

RawDate = str | int | float | dt.date | dt.time | None
"""What a cell or a form may hand over for a date (datetime is among them by inheritance)."""

_ISO_LENGTH, _LONGEST_DAY = 10, 8
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_LEAP_BUG = 60  # Excel's 1900 system has a 29 February 1900 as day 60; earlier days are one off
_SERIALS = range(29221, 58806)  # 1980 to 2060: below and above it is some other number (20248, 62024)
_NUMBER = pattern(r"\d{5}(?:\.\d{1,20})?")
_TAIL = pattern(r"(底|末|终)?(之前|以前|为止|前|止)?$")
_TWO_DATES = pattern(r"\d[日号月时点分]?(?:至|到|~|—|–|、|-{1,2})\d")
_TENTHS = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a date is read.

    year: for dates that name none.  end: of a stretch its last day is meant (a deadline), not its first.
    whole_year: a year alone will do; it stands for its last day.
    """

    year: int | None = None
    end: bool = False
    whole_year: bool = False


def parse_date(
    raw: RawDate,
    *,
    year: int | None = None,
    date1904: bool = False,
    serials: bool = False,
    end: bool = False,
    whole_year: bool = False,
) -> Parsed[dt.date]:
    """A day: 2024.6.9 · 2024年6月9日 · 二〇二四年六月九日 · 20240609 · 6月9日 · 6.13 20:00 · 2024年底前.

    year: for dates that name none (without it they are errors).  serials: whether bare numbers in
    the range of Excel's day numbers are days; date1904: counted from 1904.  A time of day is
    dropped.  What `assumed` says: a month, a quarter and the like stand for their last day, a
    stretch of days (6.9-6.11) for its first or, with `end`, its last; with `whole_year` a year
    alone is taken too.  Raises ParseError.
    """
    wanted = Wanted(year, end, whole_year)
    if isinstance(raw, str):
        quick = _iso(raw)
        if quick is not None:
            return Parsed(quick)
        text = squeeze(raw)
        if not text:
            return Parsed(None)
        if not (serials and _is_serial(text)):
            return _read_date(text, wanted)
        raw = float(text)
    elif isinstance(raw, dt.date):
        return Parsed(_to_minute(raw).date() if isinstance(raw, dt.datetime) else _in_years(raw))
    elif raw is None:
        return Parsed(None)
    text = _number_text(raw)
    if not _is_serial(text):
        return _read_number(text, raw, wanted)
    moment = _from_serial(text, raw, date1904=date1904, serials=serials)
    return Parsed(moment.date(), f"{shown(text)}是Excel的日期序号，按{_day_words(moment.date())}")


def parse_datetime(
    raw: RawDate,
    *,
    year: int | None = None,
    date1904: bool = False,
    serials: bool = False,
    end: bool = False,
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
        if not isinstance(raw, str) and len(text) > _LONGEST_DAY:
            raw = text
    if isinstance(raw, str):
        text = squeeze(raw)
        return _read_datetime(text, Wanted(year, end)) if text else Parsed(None)
    day = parse_date(raw, year=year)
    if day.value is None:
        return Parsed(None)
    at_midnight = dt.datetime.combine(day.value, dt.time())
    return Parsed(at_midnight, join_sentences(day.assumed, "没有时刻，按0时"))


@lru_cache(maxsize=8192)
def _read_date(text: str, wanted: Wanted) -> Parsed[dt.date]:
    refuse_no_value(text, "E_DATE", "日期")
    day, _ = _dated(text, wanted)
    return day


@lru_cache(maxsize=8192)
def _read_datetime(text: str, wanted: Wanted) -> Parsed[dt.datetime]:
    refuse_no_value(text, "E_DATE", "日期和时刻")
    day, clock = _dated(text, wanted)
    if day.value is None:
        raise no_date(text)
    moment = dt.datetime.combine(day.value, dt.time())
    if clock is None or clock.hour is None:
        return Parsed(moment, join_sentences(day.assumed, "没有时刻，按0时"))
    moment += dt.timedelta(hours=clock.hour, minutes=clock.minute)
    return Parsed(moment, join_sentences(day.assumed, _clock_words(clock)))


def _dated(text: str, wanted: Wanted) -> tuple[Parsed[dt.date], Clock | None]:
    """The day a text names and its time of day."""
    bare, said = bare_date(text)
    date_text, clock = split_clock(bare)
    if not bare:
        raise no_date(text)
    if not date_text:
        raise ParseError("E_DATE", f"{shown(text)}只有时刻，缺少日期，{EXAMPLE}")
    tail = _TAIL.search(date_text)
    close, before = tail.groups(default="") if tail else ("", "")
    body = date_text[: tail.start()] if tail else date_text
    if before and clock is None:  # 6月19日12时止
        body, clock = split_clock(body)
    try:
        spelled = spell(body, wanted.year)
    except ParseError as error:
        if error.code != "E_DATE":
            raise
        stretch = _stretch(text, bare, wanted)
        day, clock = _end_of(text, stretch, wanted)
        return Parsed(day.value, join_sentences(day.assumed, said)), clock
    if clock is not None and clock.hour is not None and spelled.what != "day":
        raise no_date(text)  # 9月9时
    day = _one_day(text, spelled, wanted, close, before)
    return Parsed(day.value, join_sentences(day.assumed, said)), clock


def _one_day(text: str, spelled: Spelled, wanted: Wanted, close: str, before: str) -> Parsed[dt.date]:
    """The day of a spelled date.  close: 底 and its like; before: 前 and its like, "" if absent."""
    if close and spelled.what not in ("month", "year"):
        raise no_date(text)
    if spelled.what == "year" and not close and not (wanted.whole_year and spelled.year):
        raise ParseError("E_DATE", f"{shown(text)}只有年份，缺少月和日，{EXAMPLE}")
    if before and not close and spelled.what != "day":
        raise ambiguous(text, f"不清楚含不含“{text.removesuffix(before)}”本身")
    dated = with_year(text, spelled, wanted.year)
    day = first_and_last(text, dated)[1]
    said = "" if dated.what == "day" else f"没有写明日，按{_day_words(day)}"
    if before and spelled.what == "day":
        said = f"写的是“{before}”，按当天"
    return Parsed(day, join_sentences(dated.assumed, said))


def _stretch(text: str, bare: str, wanted: Wanted) -> Stretch:
    """The stretch a text spells that is no single date; ParseError if it is none."""
    try:
        return read_stretch(bare, wanted.year)
    except ParseError as error:
        if error.code != "E_DATE":
            raise
    if _TWO_DATES.search(bare):
        raise ParseError("E_COMPOUND", f"{shown(text)}里不止一个日期，请只填一个")
    raise no_date(text)


def _end_of(text: str, stretch: Stretch, wanted: Wanted) -> tuple[Parsed[dt.date], Clock | None]:
    """The end that is meant: the first day as a rule; whole months stand for their last day."""
    first, last = stretch.days(text)
    if stretch.last.what != "day":
        return Parsed(last, join_sentences(stretch.assumed, f"没有写明日，按{_day_words(last)}")), None
    if stretch.single:
        return Parsed(first, stretch.assumed), stretch.clocks[0]
    if wanted.end:
        return Parsed(last, join_sentences(stretch.assumed, "写的是一段时间，取结束日期")), stretch.clocks[1]
    return Parsed(first, join_sentences(stretch.first.assumed, "写的是一段时间，取开始日期")), stretch.clocks[
        0
    ]


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


def _read_number(text: str, raw: RawDate, wanted: Wanted) -> Parsed[dt.date]:
    """A number that is a date as typed: 20240609, 6.9, 2024.12; 6.1 may have been 6.10."""
    _, point, decimals = text.partition(".")
    if point and decimals in _TENTHS and isinstance(raw, float) and _is_day(f"{text}0", wanted):
        raise ambiguous(text, f"是数字，可能是{text}，也可能是{text}0")
    return _read_date(text, wanted)


def _is_day(text: str, wanted: Wanted) -> bool:
    try:
        return _read_date(text, wanted).value is not None
    except ParseError as error:
        return error.code == "E_YEAR_MISSING"


def _is_serial(text: str) -> bool:
    """Whether the digits are in the range of Excel's day numbers (20240609 is not)."""
    return _NUMBER.fullmatch(text) is not None and int(text[:5]) in _SERIALS


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
