"""Stock: never typed, always what the movements leave."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import peewee

from mingxi_desktop.domain.fields import DECIMAL_SCALE
from mingxi_desktop.domain.kinds.supply import INCOMING, OUTGOING
from mingxi_desktop.domain.show import plain
from mingxi_desktop.storage.store import Store

COUNTED = ("盘点",)
"""Lines that correct the stock by what they say (a count above the books came in)."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the movements did to the county's store of one supply, in its unit.

    opening: at the end of the year before the day asked for.  incoming, outgoing, counted: in the year, up to
    that day.  left: at the end of that day.  price: 元 for a unit, of what came in with a value; None if
    nothing did.
    """

    opening: Decimal = Decimal(0)
    incoming: Decimal = Decimal(0)
    outgoing: Decimal = Decimal(0)
    counted: Decimal = Decimal(0)
    left: Decimal = Decimal(0)
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StockLine:
    """A line of a movement.  signed: what it adds to the store, negative when it leaves."""

    movement: int
    day: datetime.date
    type: str
    signed: Decimal
    receiver: str | None
    doc_no: str | None


def sums(store: Store, as_of: datetime.date) -> dict[str, Sums]:
    """Supply → what was moved, for all supplies moved up to the end of the day.

    发放 does not touch the store: it happens in the township after 调拨.
    """
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    quantity, worth = line.quantity.cast("INTEGER"), line.value.cast("INTEGER")
    this_year = movement.record_date >= datetime.date(as_of.year, 1, 1)
    priced = movement.type.in_(INCOMING) & line.value.is_null(False)

    def total(condition: Any, amount: Any) -> Any:
        return peewee.fn.SUM(peewee.Case(None, ((condition, amount),), 0))

    rows = _moved(
        store,
        as_of,
        line.item,
        total(movement.type.in_((*INCOMING, *COUNTED)) & ~this_year, quantity),
        total(movement.type.in_(OUTGOING) & ~this_year, quantity),
        total(movement.type.in_(INCOMING) & this_year, quantity),
        total(movement.type.in_(OUTGOING) & this_year, quantity),
        total(movement.type.in_(COUNTED) & this_year, quantity),
        total(priced, quantity),
        total(priced, worth),
    ).group_by(line.item)
    return {row[0]: _sums(*row[1:]) for row in rows.tuples()}


def is_kept(store: Store, as_of: datetime.date) -> bool:
    """Whether anything came into the county's store up to the end of a day, or was counted in it."""
    movement = store.schema.table["supply_movement"]
    return bool(_moved(store, as_of, movement.id).where(movement.type.in_((*INCOMING, *COUNTED))).exists())


def lines_of(store: Store, item: str, as_of: datetime.date) -> list[StockLine]:
    """The lines that moved a supply in the year of the day, up to it, in the order of their day."""
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    columns = (movement.id, movement.record_date, movement.type, line.quantity, movement.receiver)
    rows = _moved(store, as_of, *columns, movement.doc_no).where(
        _of_item(store, item, (*INCOMING, *COUNTED, *OUTGOING))
        & (movement.record_date >= datetime.date(as_of.year, 1, 1))
    )
    return [
        StockLine(number, day, kind, -quantity if kind in OUTGOING else quantity, receiver, doc_no)
        for number, day, kind, quantity, receiver, doc_no in rows.order_by(
            movement.record_date, movement.id, line.id
        ).tuples()
    ]


def movements_of(
    store: Store, item: str, types: Sequence[str], span: tuple[datetime.date | None, datetime.date]
) -> list[int]:
    """The ids of the movements of some types that moved a supply in a span of days."""
    movement = store.schema.table["supply_movement"]
    first, last = span
    where = _of_item(store, item, types)
    if first is not None:
        where &= movement.record_date >= first
    rows = _moved(store, last, movement.id).where(where).distinct().order_by(movement.id)
    return [row[0] for row in rows.tuples()]


def _moved(store: Store, as_of: datetime.date, *columns: Any) -> Any:
    """A query over the lines with their movements, up to a day."""
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    return (
        line.select(*columns)
        .join(movement, on=(line.movement == movement.id))
        .where(line.deleted_at.is_null() & movement.deleted_at.is_null() & (movement.record_date <= as_of))
    )


def _of_item(store: Store, item: str, types: Sequence[str]) -> Any:
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    return (line.item == item) & movement.type.in_(list(types))


def _sums(
    before_in: int, before_out: int, incoming: int, outgoing: int, counted: int, priced: int, worth: int
) -> Sums:
    opening = before_in - before_out
    return Sums(
        _unscaled(opening),
        _unscaled(incoming),
        _unscaled(outgoing),
        _unscaled(counted),
        _unscaled(opening + incoming - outgoing + counted),
        Decimal(worth) / 100 / _unscaled(priced) if priced else None,
    )


def _unscaled(number: int) -> Decimal:
    return Decimal(plain(Decimal(number) / DECIMAL_SCALE))
