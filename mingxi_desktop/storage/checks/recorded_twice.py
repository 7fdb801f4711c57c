"""Records that share their day, place or number with others: where the same thing may lie twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among


def sharing(schema: Schema, kind: Kind, near: Sequence[str], also: Sequence[str], year: int) -> list[int]:
    """The ids of the records of a year (of states: of all years) that share their values in these fields with others.

    near: in the order of an index, so that nothing is sorted.  also: looked at only in those that share the former.
    """
    table = schema.table[kind.name]
    where = table.deleted_at.is_null()
    if not kind.state:
        where &= table.year == year
    found = _shared(schema, kind, near, where)
    return _shared(schema, kind, [*near, *also], among(table.id, found)) if found else []


def _shared(schema: Schema, kind: Kind, names: Sequence[str], where: Any) -> list[int]:
    table = schema.table[kind.name]
    columns = [table._meta.fields[name] for name in names]
    query = table.select(peewee.fn.GROUP_CONCAT(table.id)).where(where).group_by(*columns)
    rows = schema.database.execute(query.having(peewee.fn.COUNT(peewee.SQL("*")) > 1))
    return [int(number) for (ids,) in rows for number in ids.split(",")]


def plainly(
    schema: Schema, kind: Kind, names: Sequence[str], ids: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """(id, values…) of records, as they are in the file."""
    table = schema.table[kind.name]
    columns = [table._meta.fields[name] for name in names]
    yield from schema.database.execute(table.select(table.id, *columns).where(among(table.id, ids)))


def documents(schema: Schema, kind: Kind, field: str, year: int) -> list[tuple[int, str]]:
    """(id, document number) of the records of a year that have one."""
    table = schema.table[kind.name]
    column = table._meta.fields[field]
    where = table.deleted_at.is_null() & (table.year == year) & (column > "")
    return [tuple(row) for row in schema.database.execute(table.select(table.id, column).where(where))]
