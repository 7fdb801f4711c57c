"""How each supply of the county's store stands on a day: what is left of it, and whether that is enough."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mingxi_desktop.domain.references import ITEM, Entry
from mingxi_desktop.storage import stock
from mingxi_desktop.storage.stock import Sums
from mingxi_desktop.storage.store import Store

FLOOR = "floor"
"""Attribute of a supply: the quantity its stock should not fall below."""
_CENT = Decimal("0.01")


class State(StrEnum):
    """How a supply stands; the words that are shown."""

    NEGATIVE = "出大于入"
    SHORT = "低于下限"
    ENOUGH = "够用"
    UNWATCHED = ""


WANTING = (State.SHORT, State.NEGATIVE)
"""Something is to be bought or to be put right."""


@dataclass(frozen=True, slots=True)
class StockRow:
    """One supply.

    moved: whether anything was ever moved.  floor: what was set, None for none.
    watched: whether the floor is minded: only of what is in use, in a store that is kept.
    """

    entry: Entry
    sums: Sums
    moved: bool
    floor: int | None
    watched: bool = True

    @property
    def state(self) -> State:
        """How it stands. Of what never came in there is nothing, which is less than any floor."""
        if self.sums.left < 0:
            return State.NEGATIVE
        if self.floor is None or not self.watched:
            return State.UNWATCHED
        return State.SHORT if self.sums.left < self.floor else State.ENOUGH

    @property
    def worth(self) -> Decimal | None:
        """What is left × the price it came in at, in 元; None where no price is known."""
        price = self.sums.price
        return (self.sums.left * price).quantize(_CENT) if price is not None and self.sums.left > 0 else None


def sheet(store: Store, as_of: datetime.date) -> list[StockRow]:
    """Every supply as at the end of a day: those in use, and those that were.

    A store is kept from the day something first came in; before it, and where only what goes out is noted,
    nobody knows what there is, and the floors, which come with the program, say nothing.
    """
    moved = stock.sums(store, as_of)
    kept = bool(moved) and stock.is_kept(store, as_of)
    return [
        StockRow(
            entry, moved.get(entry.ref, Sums()), entry.ref in moved, _floor(entry), kept and entry.active
        )
        for entry in store.references.all(ITEM, active_only=False)
        if entry.active or entry.ref in moved
    ]


def _floor(entry: Entry) -> int | None:
    text = entry.extra.get(FLOOR, "")
    return int(text) if text.isdecimal() else None
