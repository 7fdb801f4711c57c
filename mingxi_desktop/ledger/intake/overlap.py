"""Totals beside their own parts: a township's monthly total and the single records of that month count twice.

Only records of the same things are parts of a total, as for the check that finds both in the ledger: drills are no
part of a total of trainings.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mingxi_desktop.domain import campaigns
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.kinds.common import AGGREGATE, ITEMISED
from mingxi_desktop.domain.query import EMPTY, Query, Range, Wanted
from mingxi_desktop.domain.records import IncomingRow, Named
from mingxi_desktop.domain.references import AREA, COUNTY_AREA
from mingxi_desktop.domain.same_things import ALL_SORTS, Things, like_of, may_hold, things_of
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.ledger.intake.result import Doubt, Doubtful, Preview, SheetPreview

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_Place = tuple[str, Any, int, int]
"""(ledger, area, year, month)."""


class _Of(NamedTuple):
    """What a row is of.

    counted: whether in the yearly total; None where there is no such question.  reporter: of a record of the
    county's own, of which each department has its own ones.
    """

    things: Things
    counted: bool | None
    reporter: object

    def may_hold(self, other: _Of) -> bool:
        """Whether what the other row says may be in this one, a total."""
        if self.counted != other.counted or not may_hold(self.things, other.things):
            return False
        return None in (self.reporter, other.reporter) or self.reporter == other.reporter


class _Sense:
    """Tells what rows are of."""

    def __init__(self, ledger: Ledger) -> None:
        self._campaigns = {entry.name: entry for entry in ledger.entries(campaigns.LIST, active_only=False)}
        self._county = next((entry.ref for entry in ledger.entries(AREA) if entry.name == COUNTY_AREA), "")

    def of(self, row: IncomingRow) -> _Of:
        """What a row is of."""
        values = row.values
        reporter = values.get("reporter") if values.get("area") == self._county else None
        return _Of(things_of(like_of(row.kind), values), self._counted(row), reporter)

    def _counted(self, row: IncomingRow) -> bool | None:
        kind = kind_of(row.kind)
        if not kind.has("in_total"):
            return None
        said: bool | None = row.values.get("in_total")
        if said is None and row.values.get("campaign"):
            said = campaigns.flag_of(row.values["campaign"], self._campaigns.get)
        return bool(kind.field("in_total").default) if said is None else said


def settle(ledger: Ledger, found: Preview) -> None:
    """Put totals in doubt whose parts are in the files or in the ledger, and running totals of which one is there."""
    tables = [table for table in found.sheets if table.taken and table.rows and _can_be_total(table.kind)]
    parts = [_single(table.rows) for table in tables]
    for table, rows in zip(tables, parts, strict=True):
        _warn_of_totals(ledger, table, rows)
    with_totals = [table for table in tables if any(map(_is_total, table.rows))]
    if not with_totals:
        return
    sense = _Sense(ledger)
    totals = {row.kind for table in with_totals for row in table.rows if _is_total(row)}
    single = _singly(sense, [row for table in tables for row in table.rows if row.kind in totals])
    for table in with_totals:
        kept: list[IncomingRow] = []
        for row in table.rows:
            doubtful = _doubt(ledger, table, row, sense.of(row), single) if _is_total(row) else None
            if doubtful is None:
                kept.append(row)
            else:
                _put_aside(table, row, doubtful)
        table.rows = kept


def _can_be_total(name: str) -> bool:
    kind = kind_of(name) if name else None
    return kind is not None and bool(kind.quantity) and kind.field(kind.quantity).default == 1


def _is_total(row: IncomingRow) -> bool:
    return row.values.get("granularity") == AGGREGATE


def _single(rows: Sequence[IncomingRow]) -> dict[_Place, IncomingRow]:
    """One of the single records of each place."""
    dates = {name: kind_of(name).date for name in {row.kind for row in rows}}
    by_day: dict[tuple[str, Any, Any], IncomingRow] = {}
    for row in rows:
        values = row.values
        if values.get("granularity") != AGGREGATE:
            day = values.get(dates[row.kind]) or values.get("record_date")
            by_day[row.kind, values.get("area"), day] = row
    return {
        (name, area, day.year if day else 0, day.month if day else 0): row
        for (name, area, day), row in by_day.items()
    }


def _singly(sense: _Sense, rows: Sequence[IncomingRow]) -> Mapping[_Place, set[_Of]]:
    """What the single records of each place are of."""
    found: dict[_Place, set[_Of]] = {}
    for row in rows:
        day = None if _is_total(row) else _day(kind_of(row.kind), row)
        if day is not None:
            place = (row.kind, row.values.get("area"), day.year, day.month)
            found.setdefault(place, set()).add(sense.of(row))
    return found


def _day(kind: Kind, row: IncomingRow) -> datetime.date | None:
    day = row.values.get(kind.date) or row.values.get("record_date")
    return day.date() if isinstance(day, datetime.datetime) else day


def _doubt(
    ledger: Ledger, table: SheetPreview, row: IncomingRow, own: _Of, single: Mapping[_Place, set[_Of]]
) -> Doubtful | None:
    kind = kind_of(row.kind)
    day = _day(kind, row)
    if day is None or kind.state:
        return None
    area = ledger.show(kind.name, "area", row.values.get("area"))
    first = _since(table, day)
    months = {(day.year, month) for month in range(first.month, day.month + 1)}
    said = f"{first:%Y-%m-%d}至{day:%Y-%m-%d}"
    beside = [single.get((row.kind, row.values.get("area"), *month), set()) for month in months]
    if any(own.may_hold(other) for month in beside for other in month):
        message = f"这些文件里已有{area}{said}逐条的{kind.label}，再记合计会重复，没有导入；确实不重复的请选择也导入"
        return Doubtful(Doubt.PARTS, [row.row], message)
    number = sum(1 for _ in _stored(ledger, row, first, day, ITEMISED, _of_things(row.kind, own)))
    if number:
        told = f"{area}{said}逐条的{kind.label}{number}条"
        message = f"台账中已有{told}，再记合计会重复，没有导入；确实不重复的请选择也导入"
        return Doubtful(Doubt.PARTS, [row.row], message)
    words = _of_words(kind, row)
    earlier = list(_stored(ledger, row, first, day, AGGREGATE, words)) if first.month < day.month else []
    if earlier:
        listed = "、".join(f"#{number}" for number in earlier[:3])
        message = (
            f"这是{said}的合计，台账中已有{area}其中的合计（{listed}），相加会重复；请选择替换它，或不导入"
        )
        return Doubtful(Doubt.PARTS, [row.row], message, earlier[0] if len(earlier) == 1 else 0)
    return None


def _since(table: SheetPreview, day: datetime.date) -> datetime.date:
    """The first day that a total counts from."""
    if table.running:
        return datetime.date(day.year, 1, 1)
    if table.since is not None and table.since.year == day.year:
        return table.since.replace(day=1)
    return day.replace(day=1)


def _warn_of_totals(ledger: Ledger, table: SheetPreview, rows: Mapping[_Place, IncomingRow]) -> None:
    """Single records of a month of which the ledger has the total already: told once for each.

    rows: one of each place.
    """
    years = {(name, year) for name, _, year, _ in rows if year and not kind_of(name).state}
    with_totals = {one for one in years if _has_totals(ledger, *one)}
    for place, row in rows.items():
        kind = kind_of(row.kind)
        day = _day(kind, row)
        if day is None or (row.kind, day.year) not in with_totals:
            continue
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        totals = list(_stored(ledger, row, day.replace(day=1), last, AGGREGATE))
        if totals:
            area = ledger.show(kind.name, "area", place[1])
            listed = "、".join(f"#{number}" for number in totals[:3])
            said = f"台账中已有{area}{day:%Y-%m}的合计（{listed}），又逐条导入会重复，请核对后删去一样"
            table.warnings.append(Notice("W_PARTS", said))


def _has_totals(ledger: Ledger, name: str, year: int) -> bool:
    """Whether there is any total in a ledger's year: a file has records of a hundred places and months."""
    days = Range(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    where = ((kind_of(name).date, days), ("granularity", (AGGREGATE,)))
    return any(True for _ in ledger.ids(Query(name, where=where)))


def _stored(
    ledger: Ledger,
    row: IncomingRow,
    first: datetime.date,
    last: datetime.date,
    granularity: str,
    more: Sequence[tuple[str, Wanted]] = (),
) -> Sequence[int]:
    """Records of the area and the time with the granularity, and as `more` says."""
    kind = kind_of(row.kind)
    where: tuple[tuple[str, Wanted], ...] = (
        (kind.date, Range(first, last)),
        ("area", (row.values.get("area"),)),
        ("granularity", (granularity,)),
    )
    return ledger.ids(Query(kind.name, where=(*where, *more)))


def _of_words(kind: Kind, row: IncomingRow) -> list[tuple[str, Wanted]]:
    """That a record has the words of a row."""
    words = [item for item in kind.fields if item.choices and item.filter and row.values.get(item.name)]
    return [(item.name, (row.values[item.name],)) for item in words]


def _of_things(name: str, own: _Of) -> list[tuple[str, Wanted]]:
    """That a record may be of the things that a total is of; see `_Of.may_hold`."""
    like, things = like_of(name), own.things
    where: list[tuple[str, Wanted]] = [
        (field, (EMPTY if value is None else value,))
        for field, value in zip(like.same, things.same, strict=True)
    ]
    where += [
        (field, _or_empty(value))
        for field, value in zip(like.apart, things.apart, strict=True)
        if value is not None and value not in ALL_SORTS
    ]
    where += [
        (field, (*sorted(words), EMPTY))
        for field, words in zip(like.lists, things.lists, strict=True)
        if words
    ]
    where += [] if own.counted is None else [("in_total", (own.counted,))]
    return where if own.reporter is None else [*where, ("reporter", _or_empty(own.reporter))]


def _or_empty(value: object) -> Wanted:
    """That a field has a value or none; a name that is not listed yet, no record has."""
    return (EMPTY,) if isinstance(value, Named) else (value, EMPTY)


def _put_aside(table: SheetPreview, row: IncomingRow, doubtful: Doubtful) -> None:
    doubtful.incoming = row
    table.set_aside(doubtful)
    table.warnings.append(Notice("W_PARTS", f"第{row.row}行：{doubtful.message}", row.row))
