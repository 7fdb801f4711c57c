"""From a `Query` to peewee expressions, the one way records are chosen."""

from __future__ import annotations

import datetime
import json
from array import array
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

import peewee

from mingxi_desktop import texts
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.query import EMPTY, Query, Range, Wanted
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.storage import derived
from mingxi_desktop.storage.columns import MULTI_MARK, MomentColumn
from mingxi_desktop.storage.schema import Schema

SYSTEM_FIELDS = frozenset({"id", "uid", "year", "batch", "created_at", "updated_at", "deleted_at"})
_MOST_VALUES = 500
_LONGEST_SEARCH = 200


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
        parts.append(among(table.id, query.ids))
    parts += [table.search.contains(needle) for needle in texts.needles(query.search[:_LONGEST_SEARCH])]
    parts += [wanted(schema, kind, name, asked) for name, asked in query.where]
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
        column = sorting(schema, kind, name)
        columns.append(peewee.Desc(column) if descending else peewee.Asc(column))
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


def wanted(schema: Schema, kind: Kind, name: str, asked: Wanted) -> Any:
    """The condition that a field holds one of several values or lies in a range."""
    if name not in SYSTEM_FIELDS and kind.field(name).type is FieldType.MULTI_REF:
        return _linked(schema, kind, kind.field(name), asked)
    column = expression(schema, kind, name)
    if isinstance(asked, Range):
        return _within(column, asked)
    filled = [value for value in asked if value is not None and value != EMPTY]
    choices: list[Any] = []
    if len(filled) < len(asked):
        choices.append(column.is_null() | (column == "") if _textual(kind, name) else column.is_null())
    if name not in SYSTEM_FIELDS and kind.field(name).type is FieldType.MULTI:
        choices += [column.contains(f"{MULTI_MARK}{value}{MULTI_MARK}") for value in filled]
    elif filled:
        choices.append(column.in_(filled) if len(filled) > 1 else column == filled[0])
    return reduce(or_, choices) if choices else peewee.SQL("0")


def among(column: Any, ids: Sequence[int] | Sequence[str]) -> Any:
    """Whether an id (or uid) is one of these, however many: a statement takes a limited number of values."""
    if len(ids) <= _MOST_VALUES:
        return column.in_(list(ids))
    return column.in_(peewee.SQL("(SELECT value FROM json_each(?))", (json.dumps(list(ids)),)))


def _textual(kind: Kind, name: str) -> bool:
    return name not in SYSTEM_FIELDS and kind.field(name).type in (FieldType.TEXT, FieldType.CHOICE)


def _within(column: Any, asked: Range) -> Any:
    low, high = asked.low, asked.high
    if low is None and high is None:
        return peewee.SQL("1")
    if (
        isinstance(high, datetime.date)
        and not isinstance(high, datetime.datetime)
        and isinstance(column, MomentColumn)
    ):
        high = datetime.datetime.combine(high, datetime.time(23, 59))
    if low is not None and high is not None:
        return (column >= low) & (column <= high)
    return column >= low if low is not None else column <= high


def _linked(schema: Schema, kind: Kind, field: Field, asked: Any) -> Any:
    link = schema.link
    table = schema.table[kind.name]
    of_field = (link.kind == kind.name) & (link.field == field.name)
    targets = [value for value in asked if value is not None and value != EMPTY]
    choices: list[Any] = []
    if len(targets) < len(asked):
        choices.append(table.id.not_in(link.select(link.record).where(of_field)))
    if targets:
        choices.append(table.id.in_(link.select(link.record).where(of_field & link.target.in_(targets))))
    return reduce(or_, choices) if choices else peewee.SQL("0")


def sorting(schema: Schema, kind: Kind, name: str) -> Any:
    """Areas sort in the order of their list, other entries by name, words as their vocabulary has them."""
    if name in SYSTEM_FIELDS:
        return expression(schema, kind, name)
    field = kind.field(name)
    if field.type is FieldType.CHOICE:
        words = delivered()[field.choices].values
        return peewee.Case(schema.column(kind.name, name), [(word, rank) for rank, word in enumerate(words)])
    if field.type is FieldType.MULTI_REF:
        link = schema.link.alias(f"link_{name}")
        mine = (link.kind == kind.name) & (link.field == name) & (link.record == schema.table[kind.name].id)
        return _entry_name(schema, name, link.select(link.target).where(mine).order_by(link.id).limit(1))
    column = schema.column(kind.name, name) if field.stored else expression(schema, kind, name)
    if field.type is not FieldType.REF or field.targets in ((AREA,), *((kind,) for kind in schema.kinds)):
        return column
    if len(field.targets) > 1:
        return _entry_name(schema, name, column)
    reference = schema.reference.alias(f"sort_{name}")
    return reference.select(reference.search).where(reference.id == column)


def _entry_name(schema: Schema, name: str, ref: Any) -> Any:
    """What a "list:id" in the file sorts by; records, which have no entry, come first."""
    reference = schema.reference.alias(f"sort_{name}")
    mark = peewee.fn.INSTR(ref, ":")
    number = peewee.fn.SUBSTR(ref, mark + 1).cast("INTEGER")
    listed = peewee.fn.SUBSTR(ref, 1, mark - 1)
    return reference.select(reference.search).where((reference.id == number) & (reference.list == listed))
