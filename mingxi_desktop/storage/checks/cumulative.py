"""Figures that may be running totals: the daily reports of a flood, and rows that stand for many things."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any

import peewee

from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.storage.store import Store

TALLY_FIGURES = ("cadres", "evacuees", "deaths", "missing", "injured")
FIGURES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hazard": ("quantity_found", "quantity_rectified"),
        "inspection": ("times", "visits", "staff"),
        "meeting": ("times", "attendance"),
        "activity": ("sessions", "participants"),
        "enforcement_case": ("cases", "fine"),
        "accident": ("cases", "deaths", "injured", "loss"),
        "fund": ("amount",),
    }
)
"""Ledger → what its rows add, the quantity first."""
_THINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hazard": ("field", "level", "campaign", "category", "in_total"),
        "inspection": ("type", "key_period"),
        "meeting": ("type", "convener"),
        "activity": ("type", "title"),
        "enforcement_case": ("measure", "campaign"),
        "accident": ("field", "grade"),
        "fund": ("direction", "purpose"),
    }
)
"""Ledger → the fields in which the rows of one series agree."""
_SAID: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hazard": ("description", "note"),
        "meeting": ("topic", "note"),
        "activity": ("title", "note"),
        "enforcement_case": ("cause", "note"),
    }
)
"""Ledger → the texts in which a clerk says that a figure runs on; elsewhere the note."""
_WORDS = ("累计", "截")
"""What is looked for in rows that are no totals: each word is looked for in every text of the year."""
_GOODS = "supply_movement"
_LARGE = "hazard"


@dataclass(frozen=True, slots=True)
class Tally:
    """A daily report.  figures: as `TALLY_FIGURES`, None where not reported.  batch: of the import, if any."""

    id: int
    event: str
    area: str
    day: datetime.date
    basis: str
    figures: tuple[int | None, ...]
    note: str
    source: str
    batch: int | None


@dataclass(frozen=True, slots=True)
class Batch:
    """A row that stands for many things, or says that it does.

    thing: what rows of one series agree in, beside the area.  figures: what it adds, None where empty.
    said: its own texts.  source: file, sheet and row.
    """

    id: int
    area: str
    thing: tuple[Any, ...]
    day: datetime.date
    figures: tuple[int | None, ...]
    aggregate: bool
    said: str
    source: str


def tallies(store: Store, year: int) -> list[Tally]:
    """The daily reports of the floods of a year, by flood and township in the order of their days.

    A flood that began in the year before has its reports from then too.
    """
    table = store.schema.table["response_tally"]
    alive = table.deleted_at.is_null()
    events = [
        row[0] for row in table.select(table.event.distinct()).where(alive & (table.year == year)).tuples()
    ]
    figures = [getattr(table, name) for name in TALLY_FIGURES]
    own = (table.id, table.event, table.area, table.record_date, table.basis)
    query = table.select(*own, table.note, table.source_ref, table.batch, *figures).where(
        alive & table.event.in_(events)
    )
    rows = query.order_by(table.event, table.area, table.record_date, table.id).tuples()
    return [
        Tally(row[0], row[1], row[2], row[3], row[4], tuple(row[8:]), row[5] or "", row[6] or "", row[7])
        for row in rows
    ]


def batches(store: Store, kind: str, year: int) -> list[Batch]:
    """The rows of a ledger in a year that are totals, or speak of a running total; in the order of their days."""
    table = store.schema.table[kind]
    things = [getattr(table, name) for name in _THINGS[kind]]
    figures = [getattr(table, name).cast("INTEGER") for name in FIGURES[kind]]
    said = [getattr(table, name) for name in _SAID.get(kind, ("note",))]
    columns = [table.id, table.area, table.record_date, table.granularity, table.source_ref]
    where = _in_year(table, year) & ((table.granularity == AGGREGATE) | _speaking(said))
    if kind == _LARGE:
        # One thing that was found is no total, and this is asked before the long texts are looked at.
        where = peewee.fn.IFNULL(table.quantity_found > 1, 0) & where
    if kind == "fund":
        where &= table.parent.is_null()
    query = table.select(*columns, *things, *figures, *said).where(where)
    split, end = 5 + len(things), 5 + len(things) + len(figures)
    return [
        Batch(
            row[0],
            row[1],
            tuple(row[5:split]),
            row[2],
            tuple(row[split:end]),
            row[3] == AGGREGATE,
            "\n".join(text for text in row[end:] if text),
            row[4] or "",
        )
        for row in query.order_by(table.record_date, table.id).tuples()
        if row[1] is not None
    ]


def goods(store: Store, year: int) -> list[Batch]:
    """The same of the movements of the store; what they add is each of the goods, by its id.

    thing: (type, receiver, ids of the goods that the figures are of).
    """
    table, line = store.schema.table[_GOODS], store.schema.table["supply_line"]
    where = _in_year(table, year) & ((table.granularity == AGGREGATE) | _speaking([table.note]))
    own = (table.id, table.area, table.record_date, table.granularity, table.source_ref, table.note)
    rows = list(
        table.select(*own, table.type, table.receiver)
        .where(where)
        .order_by(table.record_date, table.id)
        .tuples()
    )
    numbers = [row[0] for row in rows]
    amount = peewee.fn.SUM(line.quantity.cast("INTEGER"))
    added = line.select(line.movement, line.item, amount).where(
        line.deleted_at.is_null() & line.movement.in_(numbers)
    )
    by_movement: dict[int, dict[str, int]] = {}
    for movement, item, number in added.group_by(line.movement, line.item).tuples():
        by_movement.setdefault(int(movement.rpartition(":")[2]), {})[item] = number
    found = []
    for row in rows:
        moved = by_movement.get(row[0], {})
        items = tuple(sorted(moved))
        figures = tuple(moved[item] for item in items)
        thing = (row[6], row[7], items)
        found.append(
            Batch(row[0], row[1], thing, row[2], figures, row[3] == AGGREGATE, row[5] or "", row[4] or "")
        )
    return found


def _in_year(table: Any, year: int) -> Any:
    """As something no index knows: the texts of nearly all records are looked at, and from front to back is sooner."""
    return peewee.fn.IFNULL(table.deleted_at.is_null() & (table.year == year), 0)


def _speaking(texts: Sequence[Any]) -> Any:
    return reduce(or_, [peewee.fn.INSTR(text, word) > 0 for text in texts for word in _WORDS])
