"""Who reported casualties for which flood, and what other ledgers say of the dead, missing and injured."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import peewee

from mingxi_desktop.storage.schema import Schema

FIELDS = ("deaths", "missing", "injured")


@dataclass(frozen=True, slots=True)
class Event:
    """A flood of which something was tallied.  last: its last day, or the day of its last tally."""

    id: int
    name: str
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Reported:
    """What one township told of one flood.

    record: its last tally.  lacking: fields in no tally of it.  most: the largest number in any of them.
    """

    event: int
    area: str
    record: int
    lacking: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A record of another ledger that tells of people hurt: its day, township, flood if it names one, and words."""

    kind: str
    id: int
    area: str
    day: datetime.date
    event: int | None
    deaths: int
    injured: int
    note: str


def events(schema: Schema, year: int) -> list[Event]:
    """The floods of which there are tallies of the year, the oldest first."""
    tally, event = schema.table["response_tally"], schema.table["disaster_event"]
    last = peewee.fn.COALESCE(event.end_date, peewee.fn.MAX(tally.record_date)).coerce(False)
    query = (
        event.select(event.id, event.name, event.record_date, last)
        .join(tally, on=(tally.event == event.id))
        .where(_alive(tally, year) & event.deleted_at.is_null())
        .group_by(event.id)
        .order_by(event.record_date, event.id)
    )
    return [
        Event(number, name or "", first, datetime.date.fromisoformat(end))
        for number, name, first, end in query.tuples()
    ]


def reported(schema: Schema, year: int) -> list[Reported]:
    """What each township told of each flood in the year."""
    table = schema.table["response_tally"]
    columns = [getattr(table, name) for name in FIELDS]
    counts = [peewee.fn.COUNT(column) for column in columns]
    most = [peewee.fn.IFNULL(peewee.fn.MAX(column), 0) for column in columns]
    keys = (table.event.cast("INTEGER"), table.area)
    query = table.select(*keys, peewee.fn.MAX(table.id), *counts, *most).where(_alive(table, year))
    found = []
    for event, area, record, *numbers in query.group_by(table.event, table.area).tuples():
        told, largest = numbers[: len(FIELDS)], numbers[len(FIELDS) :]
        lacking = tuple(name for name, number in zip(FIELDS, told, strict=True) if not number)
        found.append(Reported(event, area, record, lacking, max(largest)))
    return found


def hurt(schema: Schema, year: int, event: int, area: str) -> list[int]:
    """The tallies of a flood and township that tell of anybody hurt."""
    table = schema.table["response_tally"]
    anybody = reduce(or_, [getattr(table, name) > 0 for name in FIELDS])
    of_them = _alive(table, year) & (table.event == event) & (table.area == area)
    query = table.select(table.id).where(of_them & anybody).order_by(table.record_date, table.id)
    return [row[0] for row in query.tuples()]


def mentions(schema: Schema, year: int) -> list[Mention]:
    """Accidents with people hurt, and loss reports with a note."""
    accident, loss = schema.table["accident"], schema.table["disaster_loss"]
    harmed = (accident.deaths > 0) | (accident.injured > 0)
    found = [
        Mention("accident", number, area, day, None, deaths or 0, injured or 0, note or "")
        for number, area, day, deaths, injured, note in accident.select(
            accident.id, accident.area, accident.record_date, accident.deaths, accident.injured, accident.note
        )
        .where(_alive(accident, year) & harmed)
        .tuples()
    ]
    columns = (loss.id, loss.area, loss.record_date, loss.event.cast("INTEGER"), loss.note)
    noted = loss.select(*columns).where(_alive(loss, year) & loss.note.is_null(False)).tuples()
    return found + [
        Mention("disaster_loss", number, area, day, event, 0, 0, note)
        for number, area, day, event, note in noted
    ]


def _alive(table: Any, year: int) -> Any:
    return table.deleted_at.is_null() & (table.year == year)
