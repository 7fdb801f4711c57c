"""The legs of relief goods: what was sent to a township, what it gave out, what it wrote down as received."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import peewee

from mingxi_desktop.storage.store import Store

SENT, GIVEN, RECEIVED = "调拨", "发放", "接收调入"


@dataclass(frozen=True, slots=True)
class Leg:
    """A movement with its goods.

    area, reporter: numbers of the entries, 0 for none.  receiver: a reference, "" for none.  dispatch: the
    number of the 调拨 it came from, 0 where none is named or it is there no more.  goods: number of the
    supply → ten-thousandths of its unit.
    """

    id: int
    type: str
    day: datetime.date
    area: int
    receiver: str
    reporter: int
    dispatch: int
    doc_no: str
    people: int
    goods: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flow:
    """What went one way on a day: to or from whom (`area`, `receiver` as in `Leg`), of what, by which records."""

    type: str
    area: int
    receiver: str
    item: int
    day: datetime.date
    quantity: int
    movements: tuple[int, ...]


def any_given(store: Store, year: int) -> bool:
    """Whether anything was given out in a year."""
    movement = store.schema.table["supply_movement"]
    return bool(
        movement.select(movement.id)
        .where(movement.deleted_at.is_null() & (movement.year == year) & (movement.type == GIVEN))
        .exists()
    )


def legs(store: Store, types: Sequence[str], years: Sequence[int]) -> list[Leg]:
    """The movements of some types in some years, in the order of their days, with their goods."""
    schema = store.schema
    movement, line = schema.table["supply_movement"], schema.table["supply_line"]
    origin = movement.alias("origin")
    there = (movement.dispatch == origin.id) & origin.deleted_at.is_null() & (origin.type == SENT)
    query = (
        movement.select(
            movement.id,
            movement.type,
            movement.record_date,
            movement.area,
            movement.receiver,
            movement.reporter,
            origin.id,
            movement.doc_no,
            movement.beneficiaries,
            line.item,
            line.quantity,
        )
        .join(origin, peewee.JOIN.LEFT_OUTER, on=there)
        .switch(movement)
        .join(line, peewee.JOIN.LEFT_OUTER, on=(line.movement == movement.id) & line.deleted_at.is_null())
        .where(
            movement.deleted_at.is_null() & movement.year.in_(list(years)) & movement.type.in_(list(types))
        )
        .order_by(movement.record_date, movement.id)
    )
    return list(_gathered(schema.database.execute(query)))


def flows(store: Store, last: datetime.date) -> list[Flow]:
    """What was sent to townships and given out by them up to a day, by supply and day, the earliest first."""
    movement, line = store.schema.table["supply_movement"], store.schema.table["supply_line"]
    by = (movement.type, movement.area, movement.receiver, line.item, movement.record_date)
    query = (
        line.select(*by, peewee.fn.SUM(line.quantity), peewee.fn.GROUP_CONCAT(movement.id))
        .join(movement, on=(line.movement == movement.id))
        .where(
            line.deleted_at.is_null()
            & movement.deleted_at.is_null()
            & movement.type.in_([SENT, GIVEN])
            & (movement.record_date <= last)
        )
        .group_by(*by)
        .order_by(movement.record_date)
    )
    return [
        Flow(
            kind,
            area or 0,
            receiver or "",
            item,
            datetime.date.fromisoformat(day),
            quantity,
            tuple(sorted({int(number) for number in str(numbers).split(",")})),
        )
        for kind, area, receiver, item, day, quantity, numbers in store.schema.database.execute(query)
    ]


def _gathered(rows: Any) -> Iterator[Leg]:
    """One leg for the rows of its lines, which follow each other."""
    leg: Leg | None = None
    for number, kind, day, area, receiver, reporter, origin, doc_no, people, item, quantity in rows:
        if leg is None or leg.id != number:
            if leg is not None:
                yield leg
            leg = Leg(
                number,
                kind,
                datetime.date.fromisoformat(day),
                area or 0,
                receiver or "",
                reporter or 0,
                origin or 0,
                doc_no or "",
                people or 0,
            )
        if item is not None and quantity:
            leg.goods[item] = leg.goods.get(item, 0) + quantity
    if leg is not None:
        yield leg
