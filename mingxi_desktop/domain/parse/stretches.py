"""Stretches as they are spelled: 6.9-6.11, 2024年6月9日8时至11日12时, 1-6月, split into their two ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from mingxi_desktop.domain.parse.clock import Clock, split_clock
from mingxi_desktop.domain.parse.day_text import (
    Spelled,
    ambiguous,
    arabic_date,
    first_and_last,
    no_date,
    spell,
    with_year,
)
from mingxi_desktop.domain.parse.result import ParseError, join_sentences, shown
from mingxi_desktop.patterns import pattern

_JOINT = pattern(r"-?(?:至|到|~+|—+|–+|―+|--+)-?|(?<=[日号月时点分]) ?- ?|(?<=\d) - (?=\d)")
_DASH = "-"
_AUTUMN, _SPRING = 10, 3
_DAY_ONLY = pattern(r"(\d{1,2})[日号]?")
_MONTHS_ONLY = pattern(r"(?:(\d{4}|\d{2})年)?(\d{1,2})-(\d{1,2})月份?")
_BARE_PAIR = pattern(r"\d{1,2}-\d{1,2}")
_QUOTES = str.maketrans("", "", "“”\"'()")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Two ends of a stretch with their years; a single day, month or quarter is both ends.

    clocks: the times of day at the two ends, None where none is named.  single: only one end was spelled.
    """

    first: Spelled
    last: Spelled
    clocks: tuple[Clock | None, Clock | None] = (None, None)
    single: bool = False

    @property
    def assumed(self) -> str:
        """What reading the two ends took for granted."""
        return self.first.assumed if self.single else join_sentences(self.first.assumed, self.last.assumed)

    def days(self, text: str) -> tuple[dt.date, dt.date]:
        """First and last day; ParseError if there are none, or the end lies before the start."""
        start, end = first_and_last(text, self.first)[0], first_and_last(text, self.last)[1]
        if end < start:
            raise ParseError("E_DATE_IMPOSSIBLE", f"{shown(text)}的结束日期早于开始日期")
        if self.last.what != self.first.what and "day" in (self.first.what, self.last.what):
            raise ambiguous(text, "一头写到日，一头没有写到日")
        return start, end


def read_stretch(text: str, year: int | None) -> Stretch:
    """The stretch a squeezed text names; year: for texts that name none.  Raises ParseError."""
    spoken = arabic_date(text.translate(_QUOTES))
    months = _MONTHS_ONLY.fullmatch(spoken)
    if months:
        prefix = f"{months[1]}年" if months[1] else ""
        ends = _share_year(text, spell(f"{prefix}{months[2]}月"), spell(f"{months[3]}月"), year)
        return Stretch(*ends)
    if _BARE_PAIR.fullmatch(spoken):
        raise ambiguous(text, "可能是某月某日，也可能是几月到几月")
    left, right = _halves(spoken)
    date_text, clock = split_clock(left)
    if right is None:
        only = with_year(text, spell(date_text, year), year)
        return Stretch(only, only, (clock, clock), single=True)
    end_text, end_clock = split_clock(right)
    start = spell(date_text, year)
    return Stretch(*_share_year(text, start, _end(start, end_text, year), year), (clock, end_clock))


def _end(start: Spelled, text: str, year: int | None) -> Spelled:
    """The end of a stretch, which may leave out the month (6月9日至11日)."""
    day_only = _DAY_ONLY.fullmatch(text)
    if day_only and start.what == "day":
        day = int(day_only[1])
        return Spelled(None, (start.months[1], start.months[1]), (day, day))
    return spell(text, year)


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
