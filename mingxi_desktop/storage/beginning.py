"""The beginning of a long list, to be seen while all of it is still being read.

Along the index that has the order so many records are walked as take some milliseconds; those of them that are meant
are the first of the list.  Where they are none, nothing has been found out, and the list is waited for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.storage import derived, in_turn, select
from mingxi_desktop.storage.gathering import gathered
from mingxi_desktop.storage.schema import Schema

_WALKED = 3_000
"""Records that are walked where each is then looked up in the table; and the most groups that are put in order."""
_PASSED = 50_000
"""Records that are passed where the index itself says which of them are meant."""


def first_ids(schema: Schema, query: Query, limit: int) -> array[int] | None:
    """The first of `select.ids`, perhaps fewer than the limit, where they come much sooner than all; else None."""
    kind = schema.kinds[query.kind]
    if query.year is None or query.trash or query.ids or query.batch is not None or kind.state or kind.parent:
        return None
    searched = bool(query.search.strip())
    wanted = _WALKED if searched or query.where else limit
    by_word = len(query.sort) == 1 and (kind.name, query.sort[0][0]) in derived.WORDS
    if select.is_covered(kind, query) and (by_word or in_turn.is_by_day(query)):
        walked: array[int] | None = _passed(schema, query, wanted if searched else limit, by_word=by_word)
    else:
        searched = searched or bool(query.where)
        walked = _walked(schema, kind, query, wanted)
    if searched and walked:
        meant = frozenset(select.ids(schema, replace(query, sort=(), ids=tuple(walked))))
        walked = array("q", islice((number for number in walked if number in meant), limit))
    return walked or None


def _passed(schema: Schema, query: Query, limit: int, *, by_word: bool) -> array[int]:
    """The first of the records passed in order of day that a query without its search means.

    by_word: only those with the word of a derived field that comes first.
    """
    kind, table = schema.kinds[query.kind], schema.table[query.kind]
    name, descending = query.sort[0] if query.sort else ("record_date", True)
    by_day = Query(query.kind, query.year, sort=(("record_date", descending),))
    days = tuple(pair for pair in query.where if pair[0] == "record_date")
    asked = [select.wanted(schema, kind, *pair) for pair in query.where if pair not in days]
    if by_word:
        shown, words = derived.expression(schema, kind.name, name), derived.WORDS[kind.name, name]
        asked.append(shown == words[-1 if descending else 0])
    told = [part.alias(f"meant{place}") for place, part in enumerate(asked)]
    passed = table.select(table.id, *told).where(select.condition(schema, replace(by_day, where=days)))
    walked = passed.order_by(*select.order(schema, by_day)).limit(_PASSED).alias("walked")
    chosen = peewee.Select((walked,), (walked.c.id,))
    for place in range(len(told)):
        chosen = chosen.where(getattr(walked.c, f"meant{place}"))
    return gathered(schema.database, chosen.limit(limit))


def _walked(schema: Schema, kind: Kind, query: Query, number: int) -> array[int] | None:
    """So many first ids of the whole year in the order of a query; None where no index has it."""
    name, descending = query.sort[0] if query.sort else ("record_date", True)
    if len(query.sort) > 1:
        return None
    if select.is_grouped(kind, name):
        return _in_groups(schema, query, name, number)
    if name != "record_date" and not select.is_in_order(kind, name):
        return None
    table, whole = schema.table[kind.name], Query(kind.name, query.year, sort=((name, descending),))
    chosen = table.select(table.id).where(select.condition(schema, whole))
    return gathered(schema.database, chosen.order_by(*select.order(schema, whole)).limit(number))


def _in_groups(schema: Schema, query: Query, name: str, number: int) -> array[int] | None:
    """The same of a field by which records lie in groups, those that it is not filtered by left out."""
    [(_, descending)] = query.sort
    kind = schema.kinds[query.kind]
    groups: list[Any]
    if select.is_by_entry(schema, kind.field(name)) and not any(asked == name for asked, _ in query.where):
        entries, value = _entries(schema, kind.field(name), descending=descending), "?"
        groups = [*entries, None] if descending else [None, *entries]
    else:
        groups, value = _ranked(schema, query, name), f'(SELECT "{name}" FROM "{kind.name}" WHERE "id" = ?)'
        if descending:
            groups.reverse()
    if not groups:
        return None
    way = "DESC" if descending else "ASC"
    in_group = f'"{name}" IS {value} ORDER BY "record_date" {way}, "id" {way} LIMIT ?'
    found = array("q")
    for group in groups:
        if len(found) >= number:
            break
        asked = (query.year, group, number - len(found))
        rows = schema.database.execute_sql(f"{_of_year(query)} AND {in_group}", asked)
        found.extend(row[0] for row in rows.fetchall())
    return found


def _entries(schema: Schema, field: Field, *, descending: bool) -> list[int]:
    """The first of the entries that a field can point to, in the order of their names; the year may have none of it."""
    reference = schema.reference
    names = [reference.search, reference.id]
    rows = reference.select(reference.id).where(reference.list == field.targets[0]).limit(_WALKED)
    ordered = rows.order_by(*[column.desc() if descending else column for column in names])
    return [row[0] for row in schema.database.execute(ordered)]


def _ranked(schema: Schema, query: Query, name: str) -> list[int]:
    """A record of each value of a field in the year that is asked for, in order; none where they are too many."""
    one_each = tuple(islice(_one_each(schema, query, name), _WALKED + 1))
    if not one_each or len(one_each) > _WALKED:
        return []
    own = tuple(pair for pair in query.where if pair[0] == name)
    groups = select.ranked(schema, Query(query.kind, where=own, ids=one_each), name)
    return [one for *_, one in sorted(groups, key=itemgetter(1))]


def _one_each(schema: Schema, query: Query, name: str) -> Iterator[int]:
    """A record of each value of a field in the year: from one value to the next along its index."""
    row: Any = schema.database.execute_sql(
        f'{_of_year(query, name)} ORDER BY "{name}" DESC LIMIT 1', (query.year,)
    ).fetchone()
    while row is not None and row[1] is not None:
        yield row[0]
        below = f'{_of_year(query, name)} AND "{name}" < ? ORDER BY "{name}" DESC LIMIT 1'
        row = schema.database.execute_sql(below, (query.year, row[1])).fetchone()
    unfilled = f'{_of_year(query)} AND "{name}" IS NULL LIMIT 1'
    yield from (row[0] for row in schema.database.execute_sql(unfilled, (query.year,)).fetchall())


def _of_year(query: Query, name: str = "id") -> str:
    return f'SELECT "id", "{name}" FROM "{query.kind}" WHERE "deleted_at" IS NULL AND "year" = ?'
