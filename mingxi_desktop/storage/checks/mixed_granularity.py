"""Totals of a ledger, and which other records of their place and month lie beside them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.storage import grouping
from mingxi_desktop.storage.schema import Schema


@dataclass(frozen=True, slots=True)
class Cell:
    """The records of one place, month (1–12; 0 in ledgers of states) and flag.

    place: id of the area, or "list:id" of who receives.  flag: `in_total` where the kind has it.
    quantity: their sum as the integer it is in the file.
    """

    place: int | str | None
    month: int
    flag: bool | None
    ids: tuple[int, ...]
    quantity: int


def totals(schema: Schema, kind: Kind, year: int) -> list[int]:
    """The ids of the aggregate records of a year; of a ledger of states those in force in it."""
    table = schema.table[kind.name]
    where = in_year(schema, kind, year) & (table.granularity == AGGREGATE)
    return [row[0] for row in table.select(table.id).where(where).tuples()]


def cells(
    schema: Schema,
    kind: Kind,
    year: int,
    months: Collection[int],
    places: Sequence[int | str | None] | None = None,
    flags: Collection[bool] = (False, True),
) -> list[Cell]:
    """All records of some months and places (None: of all), cell by cell."""
    table = schema.table[kind.name]
    at, month = place(schema, kind), _month(schema, kind)
    flag = table.in_total if kind.has("in_total") else peewee.Value(None)
    where = in_year(schema, kind, year)
    if not kind.state:
        first, last = f"{year}-{min(months):02}-01", f"{year}-{max(months):02}-31"
        where &= grouping.day_column(schema, kind).between(first, last) & month.in_(sorted(months))
    if places is not None:
        known = [one for one in places if one is not None]
        where &= at.in_(known) | at.is_null() if None in places else at.in_(known)
    if kind.has("in_total") and len(set(flags)) == 1:
        where &= table.in_total == next(iter(flags))
    amount = grouping.raw(schema, kind, kind.quantity) if kind.quantity else peewee.Value(0)
    listed = peewee.fn.GROUP_CONCAT(table.id).coerce(False)
    # Not by the names of columns: GROUP BY takes those for the table's own.
    names = ("key0", "key1", "key2")
    columns = [part.alias(name) for part, name in zip((at, month, flag), names, strict=True)]
    query = table.select(*columns, listed, peewee.fn.SUM(amount).coerce(False)).where(where)
    query = query.group_by(*[peewee.SQL(name) for name in names])
    found = schema.database.execute(query)
    return [
        Cell(at_, month_, None if flag_ is None else bool(flag_), _numbers(ids), amount_ or 0)
        for at_, month_, flag_, ids, amount_ in found
    ]


def place(schema: Schema, kind: Kind) -> Any:
    """Where a record belongs: its area; of goods who receives them, where that is said."""
    table = schema.table[kind.name]
    if kind.has("receiver"):
        return peewee.fn.COALESCE(table.receiver, peewee.Value("area:").concat(table.area)).coerce(False)
    return table.area


def in_year(schema: Schema, kind: Kind, year: int) -> Any:
    """Not in the trash and of the year, or in force in it."""
    table = schema.table[kind.name]
    alive = table.deleted_at.is_null()
    if not kind.state:
        return alive & (table.year == year)
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return alive & (table.from_date <= last) & (table.to_date.is_null() | (table.to_date >= first))


def _month(schema: Schema, kind: Kind) -> Any:
    return peewee.Value(0) if kind.state else grouping.key(schema, kind, grouping.MONTH)


def _numbers(listed: str) -> tuple[int, ...]:
    return tuple(sorted(map(int, listed.split(","))))
