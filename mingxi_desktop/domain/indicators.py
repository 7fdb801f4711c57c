"""Indicators: each number of the report as data, with the rule by which records become it.

An `Indicator` is read from resources/indicators; evaluating it is the business of `storage`, wording
its value that of `wording`.  Nothing here is evaluated as code.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Aggregate(StrEnum):
    """How records become a value.

    SUM sums the field (default: the kind's quantity).  COUNT counts chains (kinds without quantity).
    DISTINCT counts different references in the field.  RATIO divides `of` by `per`, two indicators, or by
    a target.  TALLY takes, per event and area, the latest cumulative row, else the sum of increments.
    LATEST takes, per event and area, the last loss report: 核报 before 续报 before 初报, then the latest day; it
    counts in the span of the first one.
    STATE sums over what exists on the cut-off date.  STATE_AREAS counts the townships that have one then
    (县直 is no township).
    PICK takes one record (`pick` = field whose largest value wins) and shows `field` of it.
    YEARS counts consecutive years up to the report year that have a record.  EVENT, TYPHOON and DAY name
    the main event of the year, its typhoon and the first day of a campaign.
    """

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    RATIO = "ratio"
    TALLY = "tally"
    LATEST = "latest"
    STATE = "state"
    STATE_AREAS = "state_areas"
    PICK = "pick"
    YEARS = "years"
    EVENT = "event"
    TYPHOON = "typhoon"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as data.

    where: conditions by field name, all of which must hold: a tuple of values means any of them.  An entry
    of a list is given by its name; None is an empty field; "~特勤" a text that contains 特勤; a `Between` a range of
    days or numbers.  Each `Other` among them must hold beside any of the rest (`indicator_wanted`).  A field of the
    parent is "parent.field", an attribute of a list entry "item.group".  fields: what is summed, several
    are added.  whole: a record whose `parent` record is counted too is left out (parts of a whole).
    date: field that puts a record into the year; default the kind's own, which falls back to record_date
    where it is empty (a field named here does not fall back).
    until: a later date field: where it lies after the cut-off date the record does not count (empty: it does).
    years: how many years up to the report year.  target: settings key of a denominator: the value is then
    a share of it in %; default_target its delivered value (0 = number of townships).
    unit: as printed; money in 万元 or 元.  wording: rule of `wording.py`.  agrees_with: an indicator that
    must have the same value.  names: the records are also listed by name.  complete: every township must
    have reported every field for every event.  Definitions are read by `indicator_data.py`.
    """

    id: str
    label: str
    kind: str
    aggregate: Aggregate
    unit: str
    wording: str = "exact"
    fields: tuple[str, ...] = ()
    where: Mapping[str, tuple[object, ...]] | None = None
    date: str = ""
    until: str = ""
    years: int = 1
    of: str = ""
    per: str = ""
    target: str = ""
    default_target: int = 0
    pick: str = ""
    names: bool = False
    complete: bool = False
    whole: bool = False
    agrees_with: str = ""
    section: str = ""
    note: str = ""


IndicatorNumber = Decimal | int
"""Exact values; never a float."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a report covers: a year up to a day (inclusive, within the year), or a part of it.

    as_of: that day.
    start: first day where it is not 1 January (a month, a flood).  event: id of the one disaster event that
    is reported on; ledgers that name their event are then taken by it, others by the days.
    event_until: of those that name it, the last day that counts; None where it is `as_of`, too.
    followed: the cut-off date where that is later than what is covered: what was found in December counts as put
    right in January.
    """

    year: int
    as_of: datetime.date
    start: datetime.date | None = None
    event: int = 0
    event_until: datetime.date | None = None
    followed: datetime.date | None = None

    @classmethod
    def of(
        cls, year: int, cut_off: datetime.date | None = None, *, last: datetime.date | None = None
    ) -> Period:
        """The year up to the cut-off date, by default and at most to `last` (None: 31 December)."""
        return cls._up_to(cut_off, last or datetime.date(year, 12, 31), year)

    @classmethod
    def month(cls, year: int, month: int, cut_off: datetime.date | None = None) -> Period:
        """One month, up to the cut-off date where that lies within it."""
        first = datetime.date(year, month, 1)
        begun = None if cut_off is None else max(first, cut_off)
        return cls._up_to(begun, _month_end(year, month), year, first)

    @classmethod
    def _up_to(
        cls, cut_off: datetime.date | None, last: datetime.date, year: int, start: datetime.date | None = None
    ) -> Period:
        if cut_off is None or cut_off <= last:
            return cls(year, cut_off or last, start)
        return cls(year, last, start, followed=cut_off)

    @property
    def cut_off(self) -> datetime.date:
        """Up to which day counts what became of what was found."""
        return self.followed or self.as_of

    def first(self, years: int = 1) -> datetime.date:
        """The first day of the span; of several years that end with this one, 1 January of the first."""
        if years == 1 and self.start is not None:
            return self.start
        return datetime.date(self.year - years + 1, 1, 1)

    @property
    def whole_year(self) -> bool:
        """Whether it is the year from its first day to its last."""
        return self.start is None and not self.event and (self.as_of.month, self.as_of.day) == (12, 31)

    @property
    def last_year(self) -> Period:
        """The same span of the year before (29 February becomes 28, the end of a February its end)."""
        return self.before(1)

    def before(self, years: int) -> Period:
        """The same span so many years before."""
        year = self.year - years
        start = None if self.start is None else _same_day(self.start, year)
        whole_month = self.as_of == _month_end(self.year, self.as_of.month)
        as_of = _month_end(year, self.as_of.month) if whole_month else _same_day(self.as_of, year)
        followed = None if self.followed is None else _same_day(self.followed, self.followed.year - years)
        return Period(year, as_of, start, followed=followed)


def _same_day(day: datetime.date, year: int) -> datetime.date:
    leap = day.month == 2 and day.day == 29
    return datetime.date(year, day.month, 28 if leap else day.day)


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """An indicator of one year.

    value: exact, in `unit` (万元 for money in 万元); a str for names and dates (ISO); None = no records or
    not fully reported.  text: as printed, without the unit word unless the wording brings it (%).
    names: names of the records where the indicator lists them.  records: how many records it rests on.
    approx: strongest approximation among its records ("", "约", "余", "以上").
    last_year: value of the same span of last year; last_year_source: "records", "opening" or "".
    change: value − last_year where both are numbers.  exactly: unrounded value where `value` is rounded.
    problem: a Chinese sentence when the value may not be printed as it stands ("夏坊乡未报").
    """

    indicator: Indicator
    value: IndicatorNumber | str | None
    text: str
    records: int
    names: tuple[str, ...] = ()
    approx: str = ""
    last_year: IndicatorNumber | str | None = None
    last_year_text: str = ""
    last_year_source: str = ""
    change: Decimal | None = None
    exactly: Decimal | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One record behind a number and what it adds (in the indicator's unit; None where nothing is summed)."""

    kind: str
    id: int
    title: str
    date: str
    area: str
    contributes: Decimal | None
    source: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """An indicator proved: the rule in one Chinese sentence and the records behind the number."""

    value: IndicatorValue
    rule: str
    records: tuple[Contribution, ...]
