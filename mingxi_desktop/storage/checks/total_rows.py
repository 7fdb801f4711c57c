"""Records whose words may be those of a total."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

import peewee

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.storage.checks.mixed_granularity import in_year
from mingxi_desktop.storage.schema import Schema

_LONGEST = 40
_SIGNS = ("计", "总")


def named(schema: Schema, kind: Kind, field: str, year: int) -> list[tuple[int, str]]:
    """(id, text) of the records with a short text in which totals may be spoken of."""
    table = schema.table[kind.name]
    column = table._meta.fields[field]
    # A long text is looked through for one sign only: 总数 does not stand there alone.
    signs = _SIGNS[:1] if kind.field(field).long else _SIGNS
    may_be = reduce(or_, [peewee.fn.INSTR(column, sign) > 0 for sign in signs])
    where = in_year(schema, kind, year) & may_be & (peewee.fn.LENGTH(column) <= _LONGEST)
    return [tuple(row) for row in schema.database.execute(table.select(table.id, column).where(where))]


def pointing(schema: Schema, kind: Kind, field: str, refs: Sequence[str], year: int) -> list[tuple[int, str]]:
    """(id, reference) of the records that name one of these entries."""
    declared, table = kind.field(field), schema.table[kind.name]
    where = in_year(schema, kind, year)
    if declared.type is FieldType.MULTI_REF:
        link = schema.link
        on = (link.record == table.id) & (link.kind == kind.name) & (link.field == field)
        query = table.select(table.id, link.target).join(link, on=on).where(where & link.target.in_(refs))
        return [tuple(row) for row in schema.database.execute(query)]
    column = table._meta.fields[field]
    single = len(declared.targets) == 1
    query = table.select(table.id, column).where(where & column.in_(refs))
    rows = schema.database.execute(query)
    return [(row[0], f"{declared.targets[0]}:{row[1]}" if single else row[1]) for row in rows]


def without_place(schema: Schema, kind: Kind, year: int, least: int) -> list[int]:
    """The records of at least this quantity that name no place; none of a kind whose records have none."""
    if not kind.has("place"):
        return []
    table = schema.table[kind.name]
    # The quantity as something no index knows: by the index of the places there are few.
    enough = peewee.fn.IFNULL(table._meta.fields[kind.quantity], 0) >= least
    where = in_year(schema, kind, year) & table.place.is_null() & enough
    return [row[0] for row in schema.database.execute(table.select(table.id).where(where))]
