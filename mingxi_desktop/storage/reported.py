"""What was reported during disaster events: who told something of which day, and whether it was all zeros."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import peewee

from mingxi_desktop.domain.fields import NUMERIC
from mingxi_desktop.storage.schema import Schema


@dataclass(frozen=True, slots=True)
class EventDays:
    """A disaster event and what tells how long it went on.

    ref, name: its reference and name; type, typhoon: what else it may be called by.  area: where, as a reference.
    first, end: as entered; end None while nobody has said.  responding: a response to it has not ended.
    told: the last day of which anything was reported, or on which a response to it ended; None for neither.
    """

    ref: str
    name: str
    type: str
    typhoon: str | None
    area: str
    first: datetime.date
    end: datetime.date | None
    responding: bool
    told: datetime.date | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one of those who owe it told of a day of an event.  rows: of which any number is more than 0.

    zeros: rows that say 0 wherever they say anything; rows that say nothing at all are in neither.
    """

    event: str
    who: str
    day: datetime.date
    rows: int
    zeros: int


def events(schema: Schema, year: int) -> list[EventDays]:
    """The disaster events that began in a year, in order."""
    table, response, tally = (schema.table[name] for name in ("disaster_event", "response", "response_tally"))
    here = (table.year == year) & table.deleted_at.is_null()
    ids = table.select(table.id).where(here)
    ends: dict[Any, list[Any]] = {}
    chains = response.select(response.event, response.end_at).where(
        response.event.in_(ids) & response.deleted_at.is_null()
    )
    for event, end in chains.tuples():
        ends.setdefault(event, []).append(end)
    tallies = tally.select(tally.event, peewee.fn.MAX(tally.record_date)).where(
        tally.event.in_(ids) & tally.deleted_at.is_null()
    )
    last = {event: day for event, day in tallies.group_by(tally.event).tuples() if day}
    columns = (table.id, table.name, table.type, table.typhoon, table.area, table.record_date, table.end_date)
    rows = table.select(*columns).where(here).order_by(table.record_date, table.id).tuples()
    found = []
    for number, name, sort, typhoon, area, first, end in rows:
        ref = f"disaster_event:{number}"
        closed = [at.date() for at in ends.get(ref, ()) if at is not None]
        known = [*closed, *([last[ref]] if ref in last else [])]
        responding = None in ends.get(ref, ())
        told = max(known, default=None)
        found.append(EventDays(ref, name, sort, typhoon, area, first, end, responding, told))
    return found


def told(schema: Schema, kind: str, by: str, events: Sequence[str]) -> list[Told]:
    """What a ledger of disaster events holds of some of them, by day.  by: the field that says who tells."""
    table, declared = schema.table[kind], schema.kinds[kind]
    figures = [
        schema.column(kind, field.name).cast("INTEGER") for field in declared.fields if field.type in NUMERIC
    ]
    total = reduce(add, [peewee.fn.IFNULL(figure, 0) for figure in figures])
    said = peewee.fn.COALESCE(*figures).is_null(False)
    who = schema.column(kind, by)
    count = peewee.fn.COUNT(peewee.SQL("*"))
    rows = (
        table.select(
            table.event, who, table.record_date, count.filter(total > 0), count.filter(said & (total == 0))
        )
        .where(table.event.in_(list(events)) & table.deleted_at.is_null() & who.is_null(False))
        .group_by(table.event, who, table.record_date)
        .tuples()
    )
    return [Told(*row) for row in rows]
