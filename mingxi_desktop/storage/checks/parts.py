"""Numbers of one record that cannot both be right, and totals of which a part is larger than the whole."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import peewee

from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.domain.kinds.hazard import MAJOR
from mingxi_desktop.storage.schema import Schema

_STAGES = ("初报", "续报", "核报")


@dataclass(frozen=True, slots=True)
class Pair:
    """A record in which the part is more than the whole."""

    id: int
    area: str
    day: datetime.date
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Month:
    """Totals of a township and month: what they add up to, and the records."""

    area: str
    month: int
    found: int
    records: tuple[int, ...]


def larger(schema: Schema, kind: str, part: str, whole: str, year: int) -> list[Pair]:
    """The records of a year (of a state ledger, those there in it) in which `part` is more than `whole`."""
    table = schema.table[kind]
    one, other = (schema.column(kind, name) for name in (part, whole))
    columns = (table.id, table.area, table.record_date, one, other)
    query = table.select(*columns).where(_of_year(schema, kind, year) & (one > other))
    return [Pair(*row) for row in query.order_by(table.record_date, table.id).tuples()]


def replaced(schema: Schema, losses: Sequence[int]) -> set[int]:
    """Those of these loss reports that a later one of the same flood and township has taken the place of."""
    table = schema.table["disaster_loss"]
    keys = (table.id, table.event, table.area, table.stage, table.record_date)
    events = table.select(table.event).where(table.id.in_(list(losses)))
    rows = table.select(*keys).where(table.deleted_at.is_null() & table.event.in_(events)).tuples()
    last: dict[tuple[str, str], tuple[int, datetime.date, int]] = {}
    ranks: dict[int, tuple[tuple[str, str], tuple[int, datetime.date, int]]] = {}
    for number, event, area, stage, day in rows:
        rank = (_STAGES.index(stage), day, number)
        ranks[number] = (event, area), rank
        last[event, area] = max(rank, last.get((event, area), rank))
    return {number for number in losses if ranks[number][1] != last[ranks[number][0]]}


def major_totals(schema: Schema, year: int) -> list[Month]:
    """The major hazards that came as totals, by township and month."""
    table = schema.table["hazard"]
    return _months(schema, year, table.level == MAJOR)


def other_totals(schema: Schema, year: int, places: Sequence[Month]) -> Mapping[tuple[str, int], Month]:
    """(township, month) → the other hazards that came as totals, where there are totals of major ones."""
    table = schema.table["hazard"]
    areas = table.area.in_(sorted({place.area for place in places}))
    months = {f"{year}-{place.month:02}" for place in places}
    near = peewee.fn.SUBSTR(table.record_date, 1, 7).coerce(False).in_(sorted(months))
    return {
        (one.area, one.month): one for one in _months(schema, year, (table.level != MAJOR) & areas & near)
    }


def _months(schema: Schema, year: int, chosen: Any) -> list[Month]:
    table = schema.table["hazard"]
    columns = (table.area, table.record_date, table.quantity_found, table.id)
    totals = _of_year(schema, "hazard", year) & chosen & (table.granularity == AGGREGATE)
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for area, day, number, record in table.select(*columns).where(totals).order_by(table.id).tuples():
        found.setdefault((area, day.month), []).append((number, record))
    return [
        Month(area, month, sum(number for number, _ in rows), tuple(record for _, record in rows))
        for (area, month), rows in found.items()
    ]


def _of_year(schema: Schema, kind: str, year: int) -> Any:
    table = schema.table[kind]
    if not schema.kinds[kind].state:
        return table.deleted_at.is_null() & (table.year == year)
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    there = (table.from_date <= last) & (table.to_date.is_null() | (table.to_date > first))
    return table.deleted_at.is_null() & there
