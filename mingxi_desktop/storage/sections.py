"""Records in groups: their ids group after group, and what each group holds."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.storage import grouping, select
from mingxi_desktop.storage.gathering import gathered, joined
from mingxi_desktop.storage.schema import Schema

MONTH = "month"
Section = tuple[tuple[Any, ...], int, tuple[Any, ...]]
"""(the group's value of each field grouped by, how many records, their sums)."""


def sectioned(
    schema: Schema, query: Query, by: Sequence[str], sums: Sequence[str]
) -> tuple[array[int], list[Section]]:
    """(the ids of the query's records, group after group; the groups in the same order).

    by: fields, or "month".  sums: as for `grouping.grouped`.  Within a group the query's own order holds.
    """
    if _in_index(schema.kinds[query.kind], query, by):
        return _from_index(schema, query, by, sums)
    kind = schema.kinds[query.kind]
    table = schema.table[query.kind]
    keys = [grouping.key(schema, kind, name) for name in by]
    # Values that sort alike (words that no list ranks) must not mix: the value itself comes second.
    order = []
    for name, key in zip(by, keys, strict=True):
        order += [key] if name == MONTH else [select.sorting(schema, kind, name), key]
    parts = select.distributed(schema, query, dict(zip(by, keys, strict=True)))
    values = [grouping.summed(schema, kind, name) for name in sums]
    columns = [select.unindexed(key).alias(f"key{number}") for number, key in enumerate(keys)]
    groups = (
        table.select(*columns, peewee.fn.COUNT(table.id), *values, peewee.fn.MAX(table.id))
        .where(select.condition(schema, query, (*by, *sums)))
        .group_by(*[peewee.SQL(f"key{number}") for number in range(len(keys))])
        .order_by(*order)
        .tuples()
    )
    split = len(by)
    lists: list[array[int]] = []
    found: list[Section] = []
    for row in groups:
        lists.append(parts[row[-1]])
        added = zip(sums, row[split + 1 : -1], strict=True)
        said = tuple(grouping.unscaled(kind, name, value or 0) for name, value in added)
        found.append((tuple(row[:split]), int(row[split]), said))
    return joined(lists), found


def _in_index(kind: Kind, query: Query, by: Sequence[str]) -> bool:
    """Whether an index holds the records group by group, each in the usual order."""
    outer, *inner = by
    other = query.search or any(name != outer for name, _ in query.where)
    if query.sort or query.year is None or other or kind.parent or kind.state:
        return False
    by_day = kind.date == "record_date"
    return (
        (by_day and not inner)
        if outer == MONTH
        else (select.is_grouped(kind, outer) and (not inner or (by_day and inner == [MONTH])))
    )


def _from_index(
    schema: Schema, query: Query, by: Sequence[str], sums: Sequence[str]
) -> tuple[array[int], list[Section]]:
    """The same along an index: a million records sorted by SQLite take five times as long."""
    table = schema.table[query.kind]
    newest = [table.record_date.desc(), table.id.desc()]
    ranks: dict[Any, tuple[bool, Any]] = {}
    if by[0] != MONTH:
        newest.insert(0, schema.column(query.kind, by[0]).desc())
        ranks = {value: rank for value, rank, *_ in select.ranked(schema, query, by[0])}
    chosen = table.select(table.id).where(select.condition(schema, query)).order_by(*newest)
    listed = gathered(schema.database, chosen)
    end = len(listed)
    groups: list[tuple[tuple[bool, Any], Section, array[int]]] = []
    for row in grouping.grouped(schema, query, by, ("count", *sums)):
        keys, number, added = row[: len(by)], row[len(by)], row[len(by) + 1 :]
        groups.append((ranks.get(keys[0], (False, None)), (keys, number, added), listed[end - number : end]))
        end -= number
    groups.sort(key=itemgetter(0))
    return joined(part for _, _, part in groups), [section for _, section, _ in groups]
