"""The day or the period that a title names: 截至6月13日18时, 2024年6月, 第二季度, 1-6月, 202406."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.patterns import pattern

_YEAR = r"(?:(?:20)?\d\d\s*年\s*)"
_TO = r"\s*(?:[-至到—~～]|--)+\s*"
_MONTH_DAY = r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]?"
_DOTTED = r"\d{1,2}\.\d{1,2}"
_UNTIL = pattern(rf"截[至止到]?\s*({_YEAR}?(?:{_MONTH_DAY}|{_DOTTED})|20\d\d[.\-/]\d{{1,2}}[.\-/]\d{{1,2}})")
_RANGE = pattern(
    rf"({_YEAR}?{_MONTH_DAY}{_TO}(?:{_YEAR}?{_MONTH_DAY}|\d{{1,2}}\s*[日号])|(?<![\d.]){_DOTTED}{_TO}{_DOTTED}(?![\d.]))"
)
_DAY = pattern(rf"({_YEAR}?\d{{1,2}}\s*月\s*\d{{1,2}}\s*[日号]|20\d\d[.\-/]\d{{1,2}}[.\-/]\d{{1,2}})")
_DIGITS = pattern(r"(?<!\d)(20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)(?!\d)")
_PERIOD = pattern(
    rf"({_YEAR}?(?:第?[一二三四1-4]季度|[上下]半年|\d{{1,2}}{_TO}\d{{1,2}}\s*月份?|\d{{1,2}}\s*月份?)"
    r"|20\d\d[.\-]\d{1,2}(?![.\-\d]))"
)
_NUMERALS = pattern(
    r"(?:[〇○零一二三四五六七八九]{4}年)?[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十廿]{1,3}[日号])?"
)
_QUOTED = pattern(r"[“\"「][^”\"」]*[”\"」]")
_REPORTED = pattern(
    rf"(?:填报|填表|报送|上报|制表|统计|打印|印发|报告|编制)(?:日期|时间)\s*:?\s*({_YEAR}?{_MONTH_DAY}|20\d\d[.\-/]\d{{1,2}}[.\-/]\d{{1,2}})"
)
_RUNNING = pattern(r"累计|截[至止到]|(?<!\d)1\s*(?:[-至—~]|--)\s*\d{1,2}\s*月")


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a text names, and what was assumed in reading it."""

    first: datetime.date
    last: datetime.date
    assumed: str


def find_span(text: str, year: int | None) -> Span | None:
    """The one day or period that a text names; the day on which a form was filled in does not count."""
    plain = _QUOTED.sub("", _REPORTED.sub("", text))
    for form in (_UNTIL, _RANGE, _DAY, _PERIOD, _DIGITS, _NUMERALS):
        found = list(dict.fromkeys(re.sub(r"\s", "", part) for part in form.findall(plain)))
        if len(found) == 1:
            return _read(found[0], year)
        if found:
            return None
    return None


def find_report_day(text: str, year: int | None) -> Span | None:
    """The day on which a form was filled in, for tables that name no other."""
    found = list(dict.fromkeys(re.sub(r"\s", "", part) for part in _REPORTED.findall(text)))
    return _read(found[0], year) if len(found) == 1 else None


def _read(text: str, year: int | None) -> Span | None:
    if text.isdecimal() and len(text) == 6:
        text = f"{text[:4]}年{text[4:]}月"
    try:
        span = parse.parse_date_range(text, year=year)
    except ParseError:
        return None
    if span.value is None:
        return None
    first, last = span.value
    said = "没有写明日，按最后一天" if first != last else ""
    return Span(first, last, "；".join(part for part in (span.assumed, said) if part))


def is_running_total(text: str) -> bool:
    """Whether a title says that its numbers run from the beginning of the year or of the event."""
    return _RUNNING.search(text) is not None
