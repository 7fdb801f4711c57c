"""New rows of a table, handed to SQLite without peewee in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import peewee

from mingxi_desktop.storage.sqlite import Database


def insert_columns(database: peewee.SqliteDatabase, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows, values in the form of the file; columns that are not named are empty.  Inside a transaction.

    peewee takes longer to write the statement than SQLite to carry it out.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    if isinstance(database, Database) and database.noted is not None:
        database.noted(statement, None)
    # What SQLCipher raises is no fault of sqlite3's.
    with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
        database.connection().executemany(statement, zip(*columns.values(), strict=True))


def insert_rows(database: peewee.SqliteDatabase, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for rows that name the same columns each."""
    insert_columns(database, table, {name: [row[name] for row in rows] for name in rows[0]})
