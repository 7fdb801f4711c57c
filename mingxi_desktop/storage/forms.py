"""Records in the form they have in the file, one after another: for going through many without loading them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import peewee

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.storage import share
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.select import expression
from mingxi_desktop.storage.statements import BLANK, among, blank, listed

Take = Callable[[int, tuple[Any, ...]], None]
"""What is done with a record: its id, and the forms of the fields asked for."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which records are meant.

    days: first and last record_date.  years: first and last year.  ids: only these.  parents: only the rows of a
    child table that belong to these records.  trash: those in the trash instead of the others.
    """

    days: tuple[datetime.date, datetime.date] | None = None
    years: tuple[int, int] | None = None
    ids: Sequence[int] | None = None
    parents: Sequence[int] | None = None
    trash: bool = False


ALL = Chosen()
_NAMED = frozenset({"ids", "parents"})
"""The conditions that name the records one by one."""


def scan(schema: Schema, kind: Kind, names: Sequence[str], take: Take, chosen: Chosen = ALL) -> None:
    """Show `take` every record chosen, by its id.

    names: any fields but FILES, or "uid"; MULTI_REF fields come as a tuple of refs.
    """
    asked = _asked(kind, chosen)
    through = not chosen.trash and _are_many(schema, kind, asked)
    make = partial(_statement, schema, kind, names, tuple(asked), trash=chosen.trash, through=through)
    key = "forms", kind.name, tuple(names), tuple(asked), chosen.trash, through, datetime.date.today()
    links = {name: _links(schema, kind, name, chosen.ids) for name in names if _is_list(kind, name)}
    rows = schema.statements.run(key, make, *chain.from_iterable(asked.values()))
    if not links:
        for row in rows:
            take(row[0], row[1:])
        return
    for row in rows:
        forms = (
            links[name].get(row[0]) if name in links else form
            for name, form in zip(names, row[1:], strict=True)
        )
        take(row[0], tuple(forms))


def columns(
    schema: Schema, kind: Kind, names: Sequence[str], ids: Sequence[int], *, trash: bool = False
) -> tuple[list[int], list[list[Any]]]:
    """(those of these records that are there, in this order; for each field their values in the form of the file).

    names, trash: as with `scan`.  SQLite writes each column as one text: many values come over in two thirds of the
    time that they take cell by cell, and the interpreter's lock is free meanwhile.
    """
    key = "columns", kind.name, tuple(names), trash, datetime.date.today()
    make = partial(_columns_statement, schema, kind, names, trash=trash)
    [texts] = schema.statements.run(key, make, json.dumps(list(ids)))
    found, *values = map(json.loads, texts)
    for place, name in enumerate(names):
        if _is_list(kind, name):
            values[place] = list(map(_links(schema, kind, name, found).get, found))
    return found, values


def _columns_statement(schema: Schema, kind: Kind, names: Sequence[str], *, trash: bool) -> Any:
    table = schema.table[kind.name]
    # CROSS JOIN keeps SQLite at the order of the list.
    source = peewee.NodeList((peewee.SQL("json_each(?) AS wanted CROSS JOIN", (BLANK,)), table))
    values = [table.id if _is_list(kind, name) else expression(schema, kind, name) for name in names]
    there = peewee.fn.IFNULL(table.deleted_at.is_null(not trash), 0)
    listed_each = [peewee.fn.JSON_GROUP_ARRAY(value) for value in (table.id, *values)]
    return table.select(*listed_each).from_(source).where(table.id == peewee.SQL("wanted.value"), there)


def _asked(kind: Kind, chosen: Chosen) -> dict[str, tuple[Any, ...]]:
    """Name of each condition (see `_condition`) → its values, as they are in the file."""
    asked: dict[str, tuple[Any, ...]] = {}
    years = chosen.years
    if chosen.days is not None:
        asked["days"] = tuple(day.isoformat() for day in chosen.days)
        if kind.date == "record_date":
            years = chosen.days[0].year, chosen.days[1].year
    if years is not None:
        first, last = years
        asked |= {"year": (first,)} if first == last else {"years": years}
    if chosen.ids is not None:
        asked["ids"] = (json.dumps(list(chosen.ids)),)
    if chosen.parents is not None:
        asked["parents"] = (json.dumps(list(chosen.parents)),)
    return asked


def _are_many(schema: Schema, kind: Kind, asked: Mapping[str, tuple[Any, ...]]) -> bool:
    """Whether the table is read from front to back, rather than by way of an index."""
    if not asked:
        return True
    if not _NAMED.isdisjoint(asked):
        return False
    table, values = schema.table[kind.name], chain.from_iterable(asked.values())
    return share.are_many(
        schema, kind, tuple(asked), lambda: [_condition(table, kind, name) for name in asked], *values
    )


def _statement(
    schema: Schema, kind: Kind, names: Sequence[str], asked: Sequence[str], *, trash: bool, through: bool
) -> Any:
    """Written once: peewee takes longer to write it than SQLite to read some hundred records."""
    table = schema.table[kind.name]
    there = table.deleted_at.is_null(not trash)
    conditions = [_condition(table, kind, name) for name in asked]
    if through or not _NAMED.isdisjoint(asked):
        there = peewee.fn.IFNULL(
            there, 0
        )  # else SQLite finds all records that are not in the trash by an index
    if through:
        conditions = [peewee.fn.IFNULL(part, 0) for part in conditions]
    conditions.insert(0, there)
    columns = [table.id if _is_list(kind, name) else expression(schema, kind, name) for name in names]
    return table.select(table.id, *columns).where(*conditions).order_by(table.id)


def _condition(table: Any, kind: Kind, name: str) -> Any:
    if name == "days":
        return (table.record_date >= blank()) & (table.record_date <= blank())
    if name == "year":
        return table.year == blank()
    if name == "years":
        return table.year.between(blank(), blank())
    return (table.id if name == "ids" else table._meta.fields[kind.parent]).in_(listed())


def ids_of_uids(schema: Schema, kind: Kind, uids: Sequence[str]) -> dict[str, tuple[int, bool]]:
    """uid → (id, whether it is in the trash), for those that are there."""
    table = schema.table[kind.name]
    rows = table.select(table.uid, table.id, table.deleted_at).where(among(table.uid, uids)).tuples()
    return {uid: (number, deleted is not None) for uid, number, deleted in rows.iterator()}


def _is_list(kind: Kind, name: str) -> bool:
    return kind.has(name) and kind.field(name).type is FieldType.MULTI_REF


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
