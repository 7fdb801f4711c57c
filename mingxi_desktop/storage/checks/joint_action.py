"""Actions of one sort that several places report of the same day or the next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any

import peewee

from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.storage.store import Store

_FIELDS: Mapping[str, tuple[str, str, str, str, tuple[str, ...]]] = MappingProxyType(
    {
        "inspection": ("times", "leader", "", "", ("staff", "visits")),
        "activity": ("sessions", "", "title", "venue", ("participants", "departments", "enterprises")),
        "meeting": ("times", "convener", "topic", "", ("attendance",)),
    }
)
"""Ledger → its quantity, who leads, what it is called, where it was, its other numbers."""
KINDS = tuple(_FIELDS)


@dataclass(frozen=True, slots=True)
class Action:
    """One report of an action; "" and () where it says nothing.

    who: leader or convener.  title: what it is called.  numbers: people and visits.  linked: field → what it
    names: units that took part, enterprises, townships.  file: where it was imported from.
    """

    id: int
    area: str
    type: str
    day: datetime.date
    who: str
    title: str
    venue: str
    numbers: tuple[int | None, ...]
    note: str
    file: str
    linked: Mapping[str, frozenset[str]]


def actions(store: Store, kind: str, year: int) -> list[Action]:
    """The single actions of a year of which another place reports one like it: of that day, or by the same name."""
    quantity, who, title, venue, numbers = _FIELDS[kind]
    table = store.schema.table[kind]
    single = table.deleted_at.is_null() & (table.year == year)
    single &= (table.granularity != AGGREGATE) & (getattr(table, quantity) == 1)
    marks = [_mark(table.type, table.record_date)]
    marks += [_mark(table.type, getattr(table, name)) for name in (title or who,)]
    several = [
        mark.in_(
            table.select(mark).where(single).group_by(mark).having(peewee.fn.COUNT(table.area.distinct()) > 1)
        )
        for mark in marks
    ]
    names = [name for name in (who, title, venue) if name]
    columns = [table.id, table.area, table.type, table.record_date, table.note, table.source_ref]
    columns += [getattr(table, name) for name in (*names, *numbers)]
    rows = table.select(*columns).where(single & reduce(or_, several)).order_by(table.record_date, table.id)
    said = ("id", "area", "type", "day", "note", "source", *names, *numbers)
    found = [dict(zip(said, row, strict=True)) for row in rows.tuples()]
    linked = _linked(store, kind, [row["id"] for row in found])
    return [
        Action(
            row["id"],
            row["area"],
            row["type"],
            row["day"],
            row.get(who) or "",
            row.get(title) or "",
            row.get(venue) or "",
            tuple(row[name] for name in numbers),
            row["note"] or "",
            (row["source"] or "").rpartition(" · ")[0],
            linked.get(row["id"], {}),
        )
        for row in found
        if row["area"] is not None
    ]


def _mark(*columns: Any) -> Any:
    """Several columns as one text; empty where one of them is."""
    return reduce(lambda one, other: one.concat("|").concat(other), columns)


def _linked(store: Store, kind: str, ids: list[int]) -> dict[int, dict[str, frozenset[str]]]:
    link = store.schema.link
    wanted = frozenset(ids)
    found: dict[int, dict[str, set[str]]] = {}
    rows = link.select(link.field, link.record, link.target).where(link.kind == kind).tuples()
    for field, record, target in rows.iterator():
        if record in wanted:
            found.setdefault(record, {}).setdefault(field, set()).add(target)
    return {
        record: {field: frozenset(refs) for field, refs in fields.items()} for record, fields in found.items()
    }
