"""Records in the form they have in the file, one after another: for comparing many without loading them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.select import among

Take = Callable[[int, tuple[Any, ...]], None]
"""What is done with a record: its id, and the forms of the fields asked for."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which records are meant.

    days: first and last record_date.  years: first and last year.  ids: only these.  parents: only the rows of a
    child table that belong to these records.
    """

    days: tuple[datetime.date, datetime.date] | None = None
    years: tuple[int, int] | None = None
    ids: Sequence[int] | None = None
    parents: Sequence[int] | None = None


ALL = Chosen()


def scan(schema: Schema, kind: Kind, names: Sequence[str], take: Take, chosen: Chosen = ALL) -> None:
    """Show `take` every record chosen that is not in the trash.

    names: stored fields and MULTI_REF fields; the latter come as a tuple of refs.
    """
    table = schema.table[kind.name]
    where = table.deleted_at.is_null()
    years, ids = chosen.years, chosen.ids
    if chosen.days is not None:
        first_day, last_day = chosen.days
        where &= (table.record_date >= first_day) & (table.record_date <= last_day)
        if kind.date == "record_date":
            years = first_day.year, last_day.year
    if years is not None:
        first, last = years
        where &= (table.year == first) if first == last else table.year.between(first, last)
    if ids is not None:
        where &= among(table.id, ids)
    if chosen.parents is not None:
        where &= among(table._meta.fields[kind.parent], chosen.parents)
    listed = {name: _links(schema, kind, name, ids) for name in names if _is_list(kind, name)}
    columns = [table.id if name in listed else table._meta.fields[name] for name in names]
    # Straight from the cursor: what lies in the file, not what a column makes of it.
    rows = schema.database.execute(table.select(table.id, *columns).where(where).order_by(table.id))
    if not listed:
        for row in rows:
            take(row[0], row[1:])
        return
    for row in rows:
        forms = (
            listed[name].get(row[0]) if name in listed else form
            for name, form in zip(names, row[1:], strict=True)
        )
        take(row[0], tuple(forms))


def ids_of_uids(schema: Schema, kind: Kind, uids: Sequence[str]) -> dict[str, tuple[int, bool]]:
    """uid → (id, whether it is in the trash), for those that are there."""
    table = schema.table[kind.name]
    rows = table.select(table.uid, table.id, table.deleted_at).where(among(table.uid, uids)).tuples()
    return {uid: (number, deleted is not None) for uid, number, deleted in rows.iterator()}


def _is_list(kind: Kind, name: str) -> bool:
    return kind.field(name).type is FieldType.MULTI_REF


def _links(schema: Schema, kind: Kind, name: str, ids: Sequence[int] | None) -> dict[int, tuple[str, ...]]:
    link = schema.link
    where = (link.kind == kind.name) & (link.field == name)
    if ids is not None:
        where &= among(link.record, ids)
    found: dict[int, tuple[str, ...]] = {}
    rows: Iterator[tuple[int, str]] = (
        link.select(link.record, link.target).where(where).order_by(link.id).tuples().iterator()
    )
    for record, target in rows:
        found[record] = (*found.get(record, ()), target)
    return found
