"""The county's store day by day, and what the sheets say was left in it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import peewee

from mingxi_desktop.domain.kinds.supply import INCOMING, OUTGOING
from mingxi_desktop.domain.references import AREA, COUNTY_AREA
from mingxi_desktop.storage.stock import COUNTED
from mingxi_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Moved:
    """A line that moved the store.  signed: what it added; balance: what the sheet says was left; ten-thousandths."""

    movement: int
    day: datetime.date
    type: str
    signed: int
    balance: int | None


def openings(store: Store, year: int) -> dict[int, int]:
    """Supply → what was in store when the year began, in ten-thousandths.

    Of those alone that ever came in up to its end, by a record of the county: of others no stock is kept.
    """
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    county = store.references.find(AREA, COUNTY_AREA)
    came = movement.type.in_([*INCOMING, *COUNTED]) & (movement.area == (county.ref if county else None))
    before = peewee.fn.SUM(peewee.Case(None, ((movement.year < year, _signed(store)),), 0))
    query = (
        _lines(store, line.item, before)
        .where(movement.year <= year)
        .group_by(line.item)
        .having(peewee.fn.MAX(peewee.Case(None, ((came, 1),), 0)) == 1)
    )
    return dict(store.schema.database.execute(query).fetchall())


def negative(store: Store, year: int, opening: dict[int, int]) -> dict[int, tuple[datetime.date, int]]:
    """Supply → (first day of the year whose end saw less than nothing in store, how much that was)."""
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    query = (
        _lines(store, line.item, movement.record_date, peewee.fn.SUM(_signed(store)))
        .where(movement.year == year)
        .group_by(line.item, movement.record_date)
        .order_by(movement.record_date)
    )
    left = dict(opening)
    found = {item: (datetime.date(year, 1, 1), amount) for item, amount in left.items() if amount < 0}
    for item, day, moved in store.schema.database.execute(query):
        if item in left and item not in found:
            left[item] += moved
            if left[item] < 0:
                found[item] = datetime.date.fromisoformat(day), left[item]
    return found


def balanced(store: Store, year: int) -> list[int]:
    """The supplies for which a line of the year says what was left."""
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    query = _lines(store, line.item).where((movement.year == year) & line.balance.is_null(False)).distinct()
    return [row[0] for row in store.schema.database.execute(query)]


def moved(store: Store, year: int, items: Collection[int]) -> dict[int, list[Moved]]:
    """Supply → the lines of the year that moved it, in the order of their days."""
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    query = (
        _lines(
            store, line.item, movement.id, movement.record_date, movement.type, _signed(store), line.balance
        )
        .where((movement.year == year) & line.item.in_(list(items)))
        .order_by(movement.record_date, movement.id, line.id)
    )
    found: dict[int, list[Moved]] = {}
    for item, number, day, kind, signed, balance in store.schema.database.execute(query):
        row = Moved(number, datetime.date.fromisoformat(day), kind, signed, balance)
        found.setdefault(item, []).append(row)
    return found


def _lines(store: Store, *columns: Any) -> Any:
    """A query over the lines, with their movements, that change the county's store."""
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    return (
        line.select(*columns)
        .join(movement, on=(line.movement == movement.id))
        .where(
            line.deleted_at.is_null()
            & movement.deleted_at.is_null()
            & movement.type.in_([*INCOMING, *OUTGOING, *COUNTED])
        )
    )


def _signed(store: Store) -> Any:
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    quantity = line.quantity.cast("INTEGER")
    return peewee.Case(None, ((movement.type.in_(list(OUTGOING)), quantity * -1),), quantity)
