"""Loss reports by flood and place, and the floods themselves."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from mingxi_desktop.domain.fields import NUMERIC
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.storage.store import Store

FIGURES = tuple(field.name for field in kind_of("disaster_loss").fields if field.type in NUMERIC)
"""What a loss report says, in its order."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss report.  figures: as `FIGURES`, as the integers they are in the file, None where not reported."""

    id: int
    event: str
    area: str
    day: datetime.date
    stage: str
    figures: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A flood as it was entered."""

    id: int
    name: str
    type: str
    typhoon: str
    area: str
    first: datetime.date
    last: datetime.date | None


def losses(store: Store, year: int) -> list[Loss]:
    """The loss reports of all floods of which one was reported in the year, in the order of their days."""
    table = store.schema.table["disaster_loss"]
    alive = table.deleted_at.is_null()
    events = [
        row[0] for row in table.select(table.event.distinct()).where(alive & (table.year == year)).tuples()
    ]
    figures = [getattr(table, name).cast("INTEGER") for name in FIGURES]
    columns = (table.id, table.event, table.area, table.record_date, table.stage)
    rows = table.select(*columns, *figures).where(alive & table.event.in_(events))
    return [
        Loss(row[0], row[1], row[2], row[3], row[4], tuple(row[5:]))
        for row in rows.order_by(table.record_date, table.id).tuples()
    ]


def events(store: Store, year: int) -> list[Event]:
    """The floods that began in the year, in order."""
    table = store.schema.table["disaster_event"]
    columns = (table.id, table.name, table.type, table.typhoon, table.area, table.record_date, table.end_date)
    rows = table.select(*columns).where(table.deleted_at.is_null() & (table.year == year))
    return [
        Event(row[0], row[1], row[2], row[3] or "", row[4], row[5], row[6])
        for row in rows.order_by(table.record_date, table.id).tuples()
    ]
