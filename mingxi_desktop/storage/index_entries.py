"""The entries of a file's indexes, counted and looked up: what `PRAGMA quick_check` leaves out of SQLite's own check.

That check looks each row up in each index, in places all over the file: a minute for a million records. Whether an
index has as many entries as its table has rows takes a tenth of a second, whether it has those of a few records
takes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import peewee

_ALL = "1"


@dataclass(frozen=True, slots=True)
class _Index:
    """columns: as SQL names them, the row's number last.  condition: of the rows that it has, as it says it itself."""

    name: str
    columns: tuple[str, ...]
    condition: str


def miscounted(database: peewee.SqliteDatabase, table: str) -> list[str]:
    """The indexes of a table that have more or fewer entries than there are rows for them."""
    found = list(_indexes(database, table))
    if not found:
        return []
    kinds = list({index.condition: None for index in found})
    sums = ", ".join(f"SUM({condition})" for condition in kinds)
    numbers = database.execute_sql(f'SELECT COUNT(*), {sums} FROM "{table}" NOT INDEXED').fetchone()
    rows = {condition: number or 0 for condition, number in zip(kinds, numbers[1:], strict=True)}
    rows[_ALL] = numbers[0]
    return [index.name for index in found if _entries(database, table, index) != rows[index.condition]]


def missing(database: peewee.SqliteDatabase, table: str, rows: Collection[int]) -> list[str]:
    """The indexes of a table that lack the entry of one of these rows, or have another one in its place."""
    found, numbers = [], json.dumps(list(rows))
    for index in _indexes(database, table):
        same = " AND ".join(f"{column} IS r.{column}" for column in index.columns)
        entry = f'SELECT 1 FROM "{table}" INDEXED BY "{index.name}" WHERE {index.condition} AND {same}'
        wanted = f"rowid IN (SELECT value FROM json_each(?)) AND {index.condition}"
        lacking = f'SELECT 1 FROM "{table}" AS r NOT INDEXED WHERE {wanted} AND NOT EXISTS ({entry}) LIMIT 1'
        if database.execute_sql(lacking, (numbers,)).fetchone():
            found.append(index.name)
    return found


def _entries(database: peewee.SqliteDatabase, table: str, index: _Index) -> int:
    # Without a condition SQLite counts by whatever index is the smallest.
    counted = f'SELECT COUNT(*) FROM "{table}" INDEXED BY "{index.name}" WHERE {index.condition}'
    return int(database.execute_sql(counted).fetchone()[0])


def _indexes(database: peewee.SqliteDatabase, table: str) -> Iterator[_Index]:
    for _, name, _, _, partial in database.execute_sql(f'PRAGMA index_list("{table}")').fetchall():
        over = database.execute_sql(f'PRAGMA index_xinfo("{name}")').fetchall()
        condition = _ALL
        if partial:
            query = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?"
            condition = database.execute_sql(query, (name,)).fetchone()[0].partition(" WHERE ")[2]
        columns = (f'"{column}"' if number >= 0 else "rowid" for _, number, column, *_ in over)
        yield _Index(name, tuple(columns), f"({condition})" if partial else _ALL)
