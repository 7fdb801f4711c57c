"""Stock: never typed, always what the movements leave."""

from __future__ import annotations

import datetime
from decimal import Decimal

import peewee

from mingxi_desktop.domain.fields import DECIMAL_SCALE
from mingxi_desktop.domain.kinds.supply import INCOMING, OUTGOING
from mingxi_desktop.domain.references import ITEM, Entry
from mingxi_desktop.domain.show import plain
from mingxi_desktop.storage.store import Store


def stock_of(store: Store, as_of: datetime.date) -> list[tuple[Entry, Decimal]]:
    """(supply, quantity in its unit) of the county's store at the end of a day, for all supplies moved.

    盘点 lines correct the stock by what they say (a count above the books came in).  发放 does not
    touch it: it happens in the township after 调拨.
    """
    line, movement = store.schema.table["supply_line"], store.schema.table["supply_movement"]
    signed = peewee.Case(
        None,
        (
            (movement.type.in_((*INCOMING, "盘点")), line.quantity.cast("INTEGER")),
            (movement.type.in_(OUTGOING), line.quantity.cast("INTEGER") * -1),
        ),
        0,
    )
    rows = (
        line.select(line.item, peewee.fn.SUM(signed))
        .join(movement, on=(line.movement == movement.id))
        .where(line.deleted_at.is_null() & movement.deleted_at.is_null() & (movement.record_date <= as_of))
        .group_by(line.item)
        .tuples()
    )
    left = {ref: Decimal(plain(Decimal(total) / DECIMAL_SCALE)) for ref, total in rows}
    return [
        (entry, left[entry.ref])
        for entry in store.references.all(ITEM, active_only=False)
        if entry.ref in left
    ]
