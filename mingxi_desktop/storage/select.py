"""From a `Query` to peewee expressions, the one way records are chosen."""

from __future__ import annotations

import datetime
from array import array
from typing import Any

import peewee

from mingxi_desktop import texts
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.query import EMPTY, Query, Range
from mingxi_desktop.storage import derived
from mingxi_desktop.storage.columns import MULTI_MARK, MomentColumn
from mingxi_desktop.storage.schema import Schema

SYSTEM_FIELDS = frozenset({"id", "uid", "year", "batch", "created_at", "updated_at", "deleted_at"})


def expression(schema: Schema, kind: Kind, name: str) -> Any:
    """The column or derived expression behind a field name; KeyError if the kind has none."""
    if name in SYSTEM_FIELDS:
        return schema.column(kind.name, name)
    field = kind.field(name)
    if field.type is FieldType.DERIVED:
        return derived.expression(schema, kind.name, name)
    return schema.column(kind.name, name)


def condition(schema: Schema, query: Query) -> Any:
    """The WHERE of a query."""
    kind = schema.kinds[query.kind]
    table = schema.table[query.kind]
    parts: list[Any] = [table.deleted_at.is_null(not query.trash)]
    if query.year is not None:
        parts.append(_in_year(table, kind, query.year))
    if query.batch is not None:
        parts.append(table.batch == query.batch)
    if query.ids:
        parts.append(table.id.in_(query.ids))
    parts += [table.search.contains(needle) for needle in texts.needles(query.search)]
    parts += [_wanted(schema, kind, name, wanted) for name, wanted in query.where]
    whole = parts[0]
    for part in parts[1:]:
        whole &= part
    return whole


def order(schema: Schema, query: Query) -> list[Any]:
    """The ORDER BY of a query; newest first unless it says otherwise, the id breaks ties."""
    kind = schema.kinds[query.kind]
    table = schema.table[query.kind]
    if not query.sort:
        return [table.record_date.desc(), table.id.desc()]
    columns = []
    for name, descending in query.sort:
        column = _sorting(schema, kind, name)
        columns.append(column.desc() if descending else column.asc())
    return [*columns, table.id.desc() if query.sort[-1][1] else table.id]


def ids(schema: Schema, query: Query) -> array[int]:
    """The ids of the records meant, in order."""
    table = schema.table[query.kind]
    rows = table.select(table.id).where(condition(schema, query)).order_by(*order(schema, query)).tuples()
    return array("q", (row[0] for row in rows.iterator()))


def count(schema: Schema, query: Query) -> int:
    """How many records are meant."""
    table = schema.table[query.kind]
    rows = table.select(peewee.fn.COUNT(table.id)).where(condition(schema, query)).tuples()
    return int(rows[0][0])


def _in_year(table: Any, kind: Kind, year: int) -> Any:
    if not kind.state:
        return table.year == year
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return (table.from_date <= last) & (table.to_date.is_null() | (table.to_date >= first))


def _wanted(schema: Schema, kind: Kind, name: str, wanted: Any) -> Any:
    if name not in SYSTEM_FIELDS and kind.field(name).type is FieldType.MULTI_REF:
        return _linked(schema, kind, kind.field(name), wanted)
    column = expression(schema, kind, name)
    if isinstance(wanted, Range):
        return _within(column, wanted)
    choices: list[Any] = []
    multi = name not in SYSTEM_FIELDS and kind.field(name).type is FieldType.MULTI
    for value in wanted:
        if value is None or value == EMPTY:
            choices.append(column.is_null() | (column == "") if _textual(kind, name) else column.is_null())
        elif multi:
            choices.append(column.contains(f"{MULTI_MARK}{value}{MULTI_MARK}"))
        else:
            choices.append(column == value)
    whole = choices[0] if choices else peewee.SQL("0")
    for choice in choices[1:]:
        whole |= choice
    return whole


def _textual(kind: Kind, name: str) -> bool:
    return name not in SYSTEM_FIELDS and kind.field(name).type in (FieldType.TEXT, FieldType.CHOICE)


def _within(column: Any, wanted: Range) -> Any:
    low, high = wanted.low, wanted.high
    if (
        isinstance(high, datetime.date)
        and not isinstance(high, datetime.datetime)
        and isinstance(column, MomentColumn)
    ):
        high = datetime.datetime.combine(high, datetime.time(23, 59))
    if low is not None and high is not None:
        return (column >= low) & (column <= high)
    return column >= low if low is not None else column <= high


def _linked(schema: Schema, kind: Kind, field: Field, wanted: Any) -> Any:
    link = schema.link
    table = schema.table[kind.name]
    of_field = (link.kind == kind.name) & (link.field == field.name)
    targets = [value for value in wanted if value is not None]
    if not targets:
        return table.id.not_in(link.select(link.record).where(of_field))
    return table.id.in_(link.select(link.record).where(of_field & link.target.in_(targets)))


def _sorting(schema: Schema, kind: Kind, name: str) -> Any:
    """Names sort by their list's order for areas, by name for the rest."""
    if name not in SYSTEM_FIELDS:
        field = kind.field(name)
        if field.type is FieldType.REF and len(field.targets) == 1 and field.targets[0] not in schema.kinds:
            if field.targets[0] == "area":
                return schema.column(kind.name, name)
            reference = schema.reference.alias(f"sort_{name}")
            return reference.select(reference.search).where(reference.id == schema.column(kind.name, name))
    return expression(schema, kind, name)
