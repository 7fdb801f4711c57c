"""The day or the period that a title names: 截至6月13日18时, 2024年6月, 第二季度, 1-6月."""

from __future__ import annotations

import datetime
import re

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.parse import ParseError

_YEAR = r"(?:(?:20)?\d\d\s*年\s*)"
_UNTIL = re.compile(
    rf"截[至止到]?\s*({_YEAR}?\d{{1,2}}\s*[月.]\s*\d{{1,2}}\s*[日号]?|20\d\d[.\-/]\d{{1,2}}[.\-/]\d{{1,2}})"
)
_DAY = re.compile(rf"({_YEAR}?\d{{1,2}}\s*月\s*\d{{1,2}}\s*[日号]|20\d\d[.\-/]\d{{1,2}}[.\-/]\d{{1,2}})")
_PERIOD = re.compile(
    rf"({_YEAR}?(?:第?[一二三四1-4]季度|[上下]半年|\d{{1,2}}\s*(?:[-至—~]|--)\s*\d{{1,2}}\s*月份?|\d{{1,2}}\s*月份?)|20\d\d[.\-]\d{{1,2}}(?![.\-\d]))"
)
_QUOTED = re.compile(r"[“\"「][^”\"」]*[”\"」]")
_RUNNING = re.compile(r"累计|截[至止到]|(?<!\d)1\s*(?:[-至—~]|--)\s*\d{1,2}\s*月")


def find_day(text: str, year: int | None) -> tuple[datetime.date, str] | None:
    """(the day, or the last day of the period, what was assumed); None if the text names none or several."""
    plain = _QUOTED.sub("", text)
    for pattern in (_UNTIL, _DAY, _PERIOD):
        found = list(dict.fromkeys(re.sub(r"\s", "", part) for part in pattern.findall(plain)))
        if len(found) == 1:
            return _read(found[0], year)
        if found:
            return None
    return None


def _read(text: str, year: int | None) -> tuple[datetime.date, str] | None:
    try:
        span = parse.parse_date_range(text, year=year)
    except ParseError:
        return None
    if span.value is None:
        return None
    first, last = span.value
    said = "没有写明日，按最后一天" if first != last else ""
    return last, "；".join(part for part in (span.assumed, said) if part)


def is_running_total(text: str) -> bool:
    """Whether a title says that its numbers run from the beginning of the year or of the event."""
    return _RUNNING.search(text) is not None
