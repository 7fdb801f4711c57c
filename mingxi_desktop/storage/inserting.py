"""New rows of a table, handed to SQLite without peewee in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import peewee

from mingxi_desktop.storage.database import Database

_VALUES = 16_000
"""Values of one statement: SQLite takes 32,766 of them at least."""


def insert_columns(database: peewee.SqliteDatabase, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows, values in the form of the file; columns that are not named are empty.  Inside a transaction.

    peewee takes longer to write the statement than SQLite to carry it out.  Where it is written behind, a statement
    has many rows: with one for each, two threads would wait for each other at every row.
    """
    behind = None
    if isinstance(database, Database):
        behind = database.behind
        if database.noted is not None:
            database.noted(_begin(table, columns), None)
    with peewee.__exception_wrapper__:  # type: ignore[attr-defined]  # SQLCipher's faults are not sqlite3's
        if behind is None:
            statement = f"{_begin(table, columns)} ({', '.join('?' * len(columns))})"
            database.connection().executemany(statement, zip(*columns.values(), strict=True))
            return
        for statement, values in _together(table, columns):
            behind.give(statement, values)


def _together(table: str, columns: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Statements of many rows, and the values of each; what is the same in all rows is one value."""
    number = len(next(iter(columns.values())))
    same = {name: column[0] for name, column in columns.items() if column.count(column[0]) == number}
    others = {name: column for name, column in columns.items() if name not in same}
    begin = _begin(table, (*same, *others))
    size = -(-number // -(-number * len(columns) // _VALUES))
    for start in range(0, number, size):
        rows = min(size, number - start)
        differing = zip(*[column[start : start + rows] for column in others.values()], strict=True)
        yield (
            f"{begin} {_marks(len(same), len(others), rows)}",
            [*same.values(), *chain.from_iterable(differing)],
        )


@lru_cache(maxsize=8)
def _marks(same: int, others: int, rows: int) -> str:
    """(?1, ?2, ?), (?1, ?2, ?) …: a value behind a number is one for all rows."""
    row = ", ".join([*(f"?{number}" for number in range(1, same + 1)), *"?" * others])
    return ", ".join([f"({row})"] * rows)


def _begin(table: str, names: Iterable[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({listed}) VALUES'


def insert_rows(database: peewee.SqliteDatabase, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for rows that name the same columns each."""
    insert_columns(database, table, {name: [row[name] for row in rows] for name in rows[0]})
