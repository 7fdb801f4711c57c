"""Many new records at once: their table gets its indexes when all of them are in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage import cipher
from mingxi_desktop.storage.schema import Schema

_MANY = 5_000
"""So many new records, if they are more than there are, are worth it."""
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOT NULL ORDER BY rowid"
_AMID_READING = "table is locked"


@contextmanager
def filling(schema: Schema, kind: Kind, number: int) -> Iterator[None]:
    """While so many new records of a kind come, nothing else asking for any.  Inside a transaction.

    SQLite sorts an index of 100,000 records four times as fast as it finds their places one by one.  The unique
    indexes stay.  After a fault the rollback brings the others back.
    """
    table = schema.table[kind.name]
    last = table.select(peewee.fn.MAX(table.id)).scalar() or 0
    taken = _taken_away(schema.database, kind.name) if number >= max(_MANY, last) else []
    yield
    for made in taken:
        schema.database.execute_sql(made)


def _taken_away(database: peewee.SqliteDatabase, table: str) -> list[str]:
    """The statements that make the indexes which were dropped; none where somebody is amid reading the file."""
    rows = database.execute_sql(_INDEXES, (table,)).fetchall()
    found = [(name, made) for name, made in rows if not made.startswith("CREATE UNIQUE")]
    try:
        for name, _ in found:
            database.execute_sql(f'DROP INDEX "{name}"')
    except cipher.faults() as error:
        if _AMID_READING not in str(error):
            raise
        return []
    return [made for _, made in found]
