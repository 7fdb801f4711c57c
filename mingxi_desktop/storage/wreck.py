"""A damaged ledger file, read as far as it can be.

By key ranges, halved around what SQLite cannot read; what is missing then, page by page. A copy is opened here,
and only for reading: the damaged file itself is not touched.

An encrypted file is read by key ranges alone: a page that is not as it was written cannot be decrypted, so nothing
is to be found in it, and those that can be are found by SQLite.  Its first page comes from a backup if need be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import peewee

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage import cipher, leaves, pages, sqlite
from mingxi_desktop.storage.schema import VERSION, Schema

_RANGE = 2048
_TYPES: tuple[tuple[type[Any], type[Any]], ...] = (
    (peewee.BlobField, bytes),
    (peewee.IntegerField, int),
    (peewee.BigIntegerField, int),
    (peewee.BooleanField, int),
)
Row = dict[str, Any]


class Wreck:
    """The tables of a damaged file.

    layouts: the columns of each table in the order of the file, where the file itself no longer tells.
    donor: a good backup of an encrypted file.  tables: all of them; kinds: those that hold records.
    """

    def __init__(
        self, copy: Path, layouts: Mapping[str, list[str]] | None = None, donor: Path | None = None
    ) -> None:
        self._copy = copy
        self._secret = cipher.key_of(copy)
        schema = Schema(peewee.SqliteDatabase(None))
        self.kinds = tuple(schema.table)
        self._models = {model._meta.table_name: model for model in (*schema.system, *schema.table.values())}
        self.tables = tuple(self._models)
        self._connection: Any = None
        self._layouts = dict(layouts or {})
        self.hurt: set[str] = set()
        """Tables of which SQLite could not read everything."""
        self._connect()
        if self._secret and donor is not None and not self.opened:
            self.close()
            pages.transplant(copy, donor, self._secret)
            self._connect()

    def _connect(self) -> None:
        where = f"{self._copy.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = None
        with suppress(*_faults()):
            self._connection = (
                cipher.connect(where, self._secret, uri=True)
                if self._secret
                else sqlite3.connect(where, uri=True)
            )
            self._connection.text_factory = lambda raw: raw.decode("utf-8", "replace")

    def close(self) -> None:
        """Let go of the copy."""
        if self._connection is not None:
            self._connection.close()

    @property
    def opened(self) -> bool:
        """Whether SQLite takes it for a database at all."""
        if self._connection is None:
            return False
        try:
            return bool(self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        except _faults():
            return False

    @cached_property
    def older(self) -> bool:
        """Whether its header says that it is of an earlier schema than today's."""
        with suppress(OSError, UserError):
            return sqlite.version_of(sqlite.look(self._copy)[1]) < VERSION
        return False

    def columns(self, table: str) -> list[str]:
        """The columns of a table, in the order they have in the file."""
        found: list[str] = []
        if self._connection is not None:
            with suppress(*_faults()):
                rows = self._connection.execute(f'PRAGMA table_info("{table}")').fetchall()
                found = [str(row[1]) for row in rows]
        return found or self._layouts.get(table) or list(self._models[table]._meta.fields)

    def rows(self, table: str, most: int = 0) -> Iterator[tuple[int, Row]]:
        """(rowid, row) of what SQLite can read.  most: the highest rowid that is known of, if any.

        Afterwards the table is among `hurt` if some of it could not be read.
        """
        if self._connection is None:
            self.hurt.add(table)
            return
        columns = self.columns(table)
        try:
            found = self._connection.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()
            most = max(most, found[0] or 0)
        except _faults():
            self._hurt(table)
        for start in range(1, most + 1, _RANGE):
            yield from self._range(table, columns, start, min(start + _RANGE - 1, most))

    def _range(self, table: str, columns: list[str], first: int, last: int) -> Iterator[tuple[int, Row]]:
        query = f'SELECT rowid, * FROM "{table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'
        try:
            rows = self._connection.execute(query, (first, last)).fetchall()
        except _faults():
            self._hurt(table)
            if first == last:
                return
            middle = (first + last) // 2
            yield from self._range(table, columns, first, middle)
            yield from self._range(table, columns, middle + 1, last)
            return
        for rowid, *values in rows:
            yield rowid, dict(zip(columns, values, strict=False))

    def _hurt(self, table: str) -> None:
        """Note that not all of a table can be read; SQLCipher reads nothing more after such a page, so begin anew."""
        self.hurt.add(table)
        if self._secret:
            self.close()
            self._connect()

    @cached_property
    def _scanned(self) -> list[tuple[int, list[Any]]]:
        return [] if self._secret else list(leaves.rows(self._copy))

    def scanned(self, tables: Collection[str]) -> Iterator[tuple[str, int, Row]]:
        """(table, rowid, row) of rows found page by page that may be of these tables.

        A row is given once for each table it may be of; one that has gone from its table may be among them.
        """
        shapes = []
        for table in tables:
            columns, sorts = self.columns(table), self._sorts(table)
            shapes.append((table, columns, [sorts.get(name, (None, True)) for name in columns]))
        fitting: dict[tuple[Any, ...], list[tuple[str, list[str]]]] = {}
        for rowid, values in self._scanned:
            shape = tuple(map(type, values))
            if shape not in fitting:
                fitting[shape] = [
                    (table, columns)
                    for table, columns, sorts in shapes
                    if len(shape) <= len(columns) and all(map(_fits, shape, sorts))
                ]
            for table, columns in fitting[shape]:
                row = dict.fromkeys(columns) | dict(zip(columns, values, strict=False))
                if "id" in row and row["id"] is None:
                    row["id"] = rowid
                yield table, rowid, row

    def _sorts(self, table: str) -> dict[str, tuple[type[Any] | None, bool]]:
        """Column → (type of its values, whether it may be empty)."""
        found: dict[str, tuple[type[Any] | None, bool]] = {}
        for name, field in self._models[table]._meta.fields.items():
            if isinstance(field, peewee.AutoField):
                found[name] = (None, True)
                continue
            sort = next((to for of, to in _TYPES if isinstance(field, of)), str)
            form = getattr(field, "field_type", "").upper()
            found[name] = (int if form in ("INT", "INTEGER", "BIGINT") else sort, bool(field.null))
        return found


def _faults() -> tuple[type[Exception], ...]:
    """What reading a wreck raises, whichever of the two reads it."""
    return (*cipher.faults(), OverflowError, UnicodeError, AttributeError)


def _fits(found: type[Any], sort: tuple[type[Any] | None, bool]) -> bool:
    """Whether a value of this type may stand in a column."""
    of, empty = sort
    return empty if found is type(None) else found is of
