"""Records that share their day, place or number with others: where the same thing may lie twice."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among, parted
from mingxi_desktop.storage.stopping import by_and_by


def sharing(schema: Schema, kind: Kind, names: Sequence[str], year: int) -> array[int]:
    """The ids of the records of a year (of states: of all years) that share their values in these fields with others.

    names: in the order of an index, so that nothing is sorted.
    """
    table = schema.table[kind.name]
    where = table.deleted_at.is_null()
    if not kind.state:
        where &= table.year == year
    return _shared(schema, kind, names, where)


def sharing_of(schema: Schema, kind: Kind, names: Sequence[str], ids: Sequence[int]) -> array[int]:
    """Those of these records that share their values in these fields with others of them."""
    return _shared(schema, kind, names, among(schema.table[kind.name].id, ids)) if ids else array("q")


def _shared(schema: Schema, kind: Kind, names: Sequence[str], where: Any) -> array[int]:
    table = schema.table[kind.name]
    columns = [table._meta.fields[name] for name in names]
    query = table.select(peewee.fn.GROUP_CONCAT(table.id)).where(where).group_by(*columns)
    rows = schema.database.execute(query.having(peewee.fn.COUNT(peewee.SQL("*")) > 1))
    return array("q", (int(number) for (ids,) in by_and_by(rows) for number in ids.split(",")))


def plainly(
    schema: Schema, kind: Kind, names: Sequence[str], ids: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """(id, values…) of records, as they are in the file; so many at a time, however many they are."""
    table = schema.table[kind.name]
    columns = [table._meta.fields[name] for name in names]
    for part in parted(ids):
        yield from schema.database.execute(table.select(table.id, *columns).where(among(table.id, part)))


def documents(schema: Schema, kind: Kind, field: str, year: int) -> list[tuple[int, str]]:
    """(id, document number) of the records of a year that have one."""
    table = schema.table[kind.name]
    column = table._meta.fields[field]
    where = table.deleted_at.is_null() & (table.year == year) & (column > "")
    return [tuple(row) for row in schema.database.execute(table.select(table.id, column).where(where))]
