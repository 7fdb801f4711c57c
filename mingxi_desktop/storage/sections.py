"""Records in groups: their ids group after group, and what each group holds."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import peewee

from mingxi_desktop.domain.query import Query
from mingxi_desktop.storage import grouping, select
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
    kind = schema.kinds[query.kind]
    table = schema.table[query.kind]
    keys = [grouping.key(schema, kind, name) for name in by]
    # Values that sort alike (words that no list ranks) must not mix: the value itself comes second.
    order = []
    for name, key in zip(by, keys, strict=True):
        order += [key] if name == MONTH else [select.sorting(schema, kind, name), key]
    condition = select.condition(schema, query)
    rows = table.select(table.id).where(condition).order_by(*order, *select.order(schema, query)).tuples()
    ids = array("q", (row[0] for row in rows.iterator()))
    values = [peewee.fn.SUM(grouping.raw(schema, kind, name)) for name in sums]
    columns = [key.alias(f"key{number}") for number, key in enumerate(keys)]
    groups = (
        table.select(*columns, peewee.fn.COUNT(table.id), *values)
        .where(condition)
        .group_by(*[peewee.SQL(f"key{number}") for number in range(len(keys))])
        .order_by(*order)
        .tuples()
    )
    split = len(by)
    found = [
        (
            tuple(row[:split]),
            int(row[split]),
            tuple(
                grouping.unscaled(kind, name, value or 0)
                for name, value in zip(sums, row[split + 1 :], strict=True)
            ),
        )
        for row in groups
    ]
    return ids, found
