"""Responses with what was tallied for them."""

from __future__ import annotations

from typing import NamedTuple

import peewee

from mingxi_desktop.storage.store import Store


class Response(NamedTuple):
    """A response.  start, end: YYYY-MM-DD HH:MM; end None while it lasts.  event_end: of its event, if it has one."""

    id: int
    type: str
    area: int | None
    start: str
    end: str | None
    event: int | None
    event_name: str | None
    event_end: str | None


class Tallied(NamedTuple):
    """What one area tallied of an event.  last: the last day."""

    event: int
    area: int | None
    number: int
    last: str


def responses(store: Store, year: int | None = None) -> list[Response]:
    """The responses of a year, or all of them, in the order of their start."""
    table, event = store.schema.table["response"], store.schema.table["disaster_event"]
    linked = (table.event == event.id) & event.deleted_at.is_null()
    query = (
        table.select(
            table.id,
            table.type,
            table.area,
            table.start_at,
            table.end_at,
            event.id,
            event.name,
            event.end_date,
        )
        .join(event, peewee.JOIN.LEFT_OUTER, on=linked)
        .where(table.deleted_at.is_null() & (year is None or table.year == year))
        .order_by(table.start_at, table.id)
    )
    return [Response(*row) for row in store.database.execute(query)]


def tallied(store: Store, events: list[int]) -> list[Tallied]:
    """What was tallied of these events, by event and area."""
    table = store.schema.table["response_tally"]
    count, last = peewee.fn.COUNT(peewee.SQL("*")), peewee.fn.MAX(table.record_date)
    query = (
        table.select(table.event, table.area, count, last)
        .where(table.deleted_at.is_null() & table.event.in_(events))
        .group_by(table.event, table.area)
    )
    return [Tallied(*row) for row in store.database.execute(query)]


def tallied_between(store: Store, first: str, last: str) -> int:
    """How many tallies there are of days from one to another, of whatever event."""
    table = store.schema.table["response_tally"]
    count = peewee.fn.COUNT(peewee.SQL("*"))
    days = (table.record_date >= first) & (table.record_date <= last)
    query = table.select(count).where(table.deleted_at.is_null() & days)
    return int(store.database.execute(query).fetchone()[0])
