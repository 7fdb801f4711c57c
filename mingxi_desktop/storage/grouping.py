"""Counts and sums over many records in one query each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import peewee

from mingxi_desktop.domain.fields import DECIMAL_SCALE, FieldType, Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.show import plain
from mingxi_desktop.storage import indexes, select
from mingxi_desktop.storage.schema import Schema

MONTH = "month"
"""Stands for the month, 1 to 12, of a record's day among the names that records are grouped by."""
_CHUNK = 10_000


class Until(str):
    """The name of a numeric field that is summed only of records one of whose dates is empty or not after a day."""

    __slots__ = ("date", "day")
    date: str
    day: datetime.date

    def __new__(cls, name: str, date: str, day: datetime.date) -> Until:
        """date: the name of the date field.  day: the last one that counts."""
        made = super().__new__(cls, name)
        made.date, made.day = date, day
        return made


def totals(schema: Schema, kind: Kind, ids: Sequence[int]) -> dict[str, int | Decimal]:
    """Field → sum over the records of these ids, for the fields that are summed (MONEY in 分)."""
    fields = [field for field in kind.fields if field.total and field.stored]
    if not fields or not len(ids):
        return {}
    table = schema.table[kind.name]
    sums = [summed(schema, kind, field.name) for field in fields]
    found: dict[str, int | Decimal] = {field.name: 0 for field in fields}
    for start in range(0, len(ids), _CHUNK):
        part = list(ids[start : start + _CHUNK])
        row = table.select(*sums).where(table.id.in_(part)).tuples()[0]
        for field, value in zip(fields, row, strict=True):
            found[field.name] += unscaled(kind, field.name, value or 0)
    return found


def years(schema: Schema) -> list[int]:
    """The years in which any ledger has records, newest first.

    From one year to the one before it along an index: listing the years of all records would read all of them.
    """
    if schema.years is None:
        schema.years = _years(schema)
    return list(schema.years)


def _years(schema: Schema) -> list[int]:
    found: set[int] = set()
    for kind in schema.kinds.values():
        if not kind.parent and not kind.state:
            # As text: the first page asks for the years, and would have peewee make the models of most tables for that.
            newest = f'SELECT MAX("year") FROM "{kind.name}" WHERE "deleted_at" IS NULL'
            [year] = schema.database.execute_sql(newest).fetchone()
            while year is not None:
                found.add(year)
                [year] = schema.database.execute_sql(f'{newest} AND "year" < ?', (year,)).fetchone()
    return sorted(found, reverse=True)


def facet(schema: Schema, query: Query, field: str) -> list[tuple[Any, int]]:
    """(value, number of records), most frequent first; words of MULTI fields are counted one by one."""
    rows = grouped(schema, query, (field,), ("count",))
    kind = schema.kinds[query.kind]
    if kind.has(field) and kind.field(field).type is FieldType.MULTI:
        words: dict[str, int] = {}
        for value, number in rows:
            for word in value or ():
                words[word] = words.get(word, 0) + number
        rows = list(words.items())
    return sorted(rows, key=lambda row: -row[1])


def grouped(schema: Schema, query: Query, by: Sequence[str], sums: Sequence[str]) -> list[tuple[Any, ...]]:
    """(group values…, sums…) in order of the groups, from one query.

    by: field names, or MONTH (1–12, of the kind's date).  sums: numeric fields (MONEY in 分, DECIMAL as
    Decimal; `Until` for some records only), or "count" for the number of records.
    """
    kind = schema.kinds[query.kind]
    table = schema.table[query.kind]
    # The days lie in an index in their order, the months do not: SQLite adds up the days first, and these then.
    keys = [key(schema, kind, name) for name in by]
    by_day = bool(by) and by[-1] == MONTH and kind.date == "record_date" and query.year is not None
    by_day = by_day and all(isinstance(one, peewee.Field) for one in keys[:-1])
    if by_day:
        keys[-1] = table.record_date
    values = [_sum(schema, kind, name) for name in sums]
    read = [*by, *sums, *(name.date for name in sums if isinstance(name, Until))]
    read += [kind.date] if by_day else []
    # Along the index of the first field SQLite would look up in the table what that has not, record by record.
    alone = not by or (by_day and len(by) == 1) or indexes.orders(kind, by[0], _fields(kind, read, query))
    plain_fields = all(isinstance(key, peewee.Field) for key in keys)
    shapes = [_Shape(key.python_value) for key in keys] if plain_fields else None
    if not alone:
        keys = [select.unindexed(key) for key in keys]
    split = len(by)
    columns = [key.alias(f"key{number}") for number, key in enumerate(keys)]
    columns += [value.alias(f"value{number}") for number, value in enumerate(values)]
    groups = [peewee.SQL(f"key{number}") for number in range(split)]
    asked = (
        table.select(*columns).where(select.condition(schema, query, () if alone else read)).group_by(*groups)
    )
    asked = _by_month(asked, split, len(values)) if by_day else asked.order_by(*groups)
    if shapes is None:
        rows = asked.tuples()
    else:
        rows = _shaped(schema.statements.once(asked), shapes[: split - by_day])
    scaled = any(unscaled(kind, name, 1) != 1 for name in sums)
    return [
        (
            *row[:split],
            *(unscaled(kind, name, value or 0) for name, value in zip(sums, row[split:], strict=True)),
        )
        if scaled
        else (*row[:split], *(value or 0 for value in row[split:]))
        for row in rows
    ]


def _shaped(rows: Iterable[tuple[Any, ...]], shapes: Sequence[_Shape]) -> Iterator[tuple[Any, ...]]:
    """Rows as they lie in the file, with the groups' values in their own shape.  shapes: one for each of these."""
    for row in rows:
        yield (*[shape[value] for shape, value in zip(shapes, row, strict=False)], *row[len(shapes) :])


class _Shape(dict[Any, Any]):
    """From a value in the file to that in Python, each turned once: thousands of rows have a few hundred of them."""

    def __init__(self, turn: Callable[[Any], Any]) -> None:
        super().__init__()
        self._turn = turn

    def __missing__(self, value: Any) -> Any:
        self[value] = turned = self._turn(value)
        return turned


def _fields(kind: Kind, read: Sequence[str], query: Query) -> list[str]:
    return [name for name in (*read, *(name for name, _ in query.where)) if kind.has(name)]


def _sum(schema: Schema, kind: Kind, name: str) -> Any:
    if name == "count":
        return peewee.fn.COUNT(peewee.SQL("*"))
    added = summed(schema, kind, name)
    if not isinstance(name, Until):
        return added
    date = schema.column(kind.name, name.date)
    return added.filter(date.is_null() | (date <= name.day))


def _by_month(days: Any, split: int, sums: int) -> Any:
    """A query of days, which come last of what it groups by, added up to months.  split: how many groups it has."""
    last = split - 1
    month = peewee.fn.SUBSTR(days.c[f"key{last}"], 6, 2).cast("INTEGER").alias("month")
    added = [peewee.fn.SUM(days.c[f"value{number}"]) for number in range(sums)]
    groups = [peewee.SQL(name) for name in (*(f"key{number}" for number in range(last)), "month")]
    asked = peewee.Select([days], [*(days.c[f"key{number}"] for number in range(last)), month, *added])
    return asked.group_by(*groups).order_by(*groups)


def day_column(schema: Schema, kind: Kind) -> Any:
    """The day that puts a record into its year: the kind's date, else record_date, as text."""
    table = schema.table[kind.name]
    if kind.date == "record_date":
        return table.record_date
    return peewee.fn.COALESCE(table._meta.fields[kind.date], table.record_date)


def key(schema: Schema, kind: Kind, name: str) -> Any:
    """What records are grouped by: a field, or MONTH (1–12, of the kind's date)."""
    if name == MONTH:
        return peewee.fn.SUBSTR(day_column(schema, kind), 6, 2).cast("INTEGER")
    return select.expression(schema, kind, name)


def summed(schema: Schema, kind: Kind, name: str) -> Any:
    """The sum of a column, of the integers in the file; `unscaled` gives it the field's own shape.

    Nothing else can stand there: to have SQLite make an integer of each would take a fifth of the walk.
    """
    return peewee.fn.SUM(schema.column(kind.name, name))


def raw(schema: Schema, kind: Kind, name: str) -> Any:
    """The column as the integer it is in the file."""
    return schema.column(kind.name, name).cast("INTEGER")


def unscaled(kind: Kind, name: str, value: int) -> int | Decimal:
    """A sum of `raw` integers in the field's own shape."""
    if kind.has(name) and kind.field(name).type is FieldType.DECIMAL:
        return Decimal(plain(Decimal(value) / DECIMAL_SCALE))
    return value
