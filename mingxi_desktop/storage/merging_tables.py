"""The tables beside the records, out of a damaged ledger file into a sound one: lists, settings, notes and so on.

Each is taken as the damaged file has it, if that is as the program left it: its digest says so, also where it had to
be read page by page. If not, a backup's rows stay as they are and only those it has not are added, for records of
later may name them; where there is no backup, everything that can be read is taken. Either is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any

import peewee

from mingxi_desktop.storage import digests
from mingxi_desktop.storage.gleanings import KEPT_SETTINGS, Gleanings, Key, plausible
from mingxi_desktop.storage.inserting import insert_rows
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.wreck import Row

REFUSED = (
    peewee.IntegrityError,
    peewee.DataError,
    peewee.ProgrammingError,
    peewee.InterfaceError,
    OverflowError,
    UnicodeError,
)
"""What a sound file says to a row that it cannot hold; SQLite has undone that statement alone.

A full or broken disk says OperationalError, and may have undone everything: that is no fault of the row.
"""
_OWN_WAY = frozenset({"history", "link", "mark"})
_TOLD_ONLY = "change_set"
"""Comes with the history; whether its sentences are as they were is told here."""
_AT_ONCE = 500


class Tables:
    """unread: names of tables of which something is missing.  doubted: of those that were changed outside."""

    def __init__(self, store: Store, found: Gleanings, *, backup: bool) -> None:
        self._store = store
        self._found = found
        self._backup = backup
        self.unread: set[str] = set()
        self.doubted: set[str] = set()

    def bring(self, changed: Collection[Key]) -> None:
        """Everything but history, change sets and links.  changed: records that the history since the backup names."""
        said = self._said()
        for model in self._store.schema.system:
            name = model._meta.table_name
            if name in _OWN_WAY:
                continue
            rows = known(model, (row for _, row in self._found.all(name) if plausible(name, row)))
            hurt = name in self._found.wreck.hurt
            whole = said[name] == _digest(model, rows) if name in said else not hurt
            if not whole:
                (self.unread if hurt else self.doubted).add(name)
            if name == _TOLD_ONLY:
                continue
            if whole or not (hurt or self._backup):
                self._replace(model, rows)
            elif hurt:
                self._fill(model, rows)
            else:
                self._add(model, rows, changed)

    def _said(self) -> dict[str, digests.Digest]:
        """The damaged file's digests; none of a file of before they came in."""
        kept = (row["value"] for _, row in self._found.all("setting") if row.get("key") == digests.KEPT)
        return digests.read(next(kept, ""))

    def _replace(self, model: Any, rows: list[Row]) -> None:
        gone = model.delete()
        (
            gone.where(model.key.not_in(KEPT_SETTINGS)) if model is self._store.schema.setting else gone
        ).execute()
        with suppress(*REFUSED):
            with self._store.database.atomic():
                put_all(self._store.database, model._meta.table_name, rows)
            return
        self._fill(model, rows)

    def _add(self, model: Any, rows: list[Row], changed: Collection[Key]) -> None:
        """Those that are not there, and attachments of records that were changed since the backup."""
        key = model._meta.primary_key.name
        there = {row[0] for row in model.select(model._meta.primary_key).tuples()}
        attached = model is self._store.schema.attachment
        fresh = [
            row
            for row in rows
            if row.get(key) not in there or (attached and (row["kind"], row["record"]) in changed)
        ]
        self._fill(model, fresh)

    def _fill(self, model: Any, rows: list[Row]) -> None:
        """Put rows into a table, over those of the same key; one that it cannot hold is left out."""
        for row in rows:
            try:
                model.insert(row).on_conflict_replace().execute()
            except (*REFUSED, ValueError, TypeError):
                self.unread.add(model._meta.table_name)


def put_all(database: peewee.SqliteDatabase, table: str, rows: Iterable[Row]) -> None:
    """Insert rows, some hundred at a time."""
    waiting = list(rows)
    for start in range(0, len(waiting), _AT_ONCE):
        insert_rows(database, table, waiting[start : start + _AT_ONCE])


def known(model: Any, rows: Iterable[Row]) -> list[Row]:
    """Rows with the columns that a table has today."""
    names = list(model._meta.fields)
    return [{name: row[name] for name in names if name in row} for row in rows]


def _digest(model: Any, rows: list[Row]) -> digests.Digest | None:
    """What the rows deserve; None where they are none of this table."""
    key, names = model._meta.primary_key.name, model._meta.sorted_field_names
    with suppress(TypeError, KeyError, ValueError):
        ordered = sorted(rows, key=lambda row: row[key])
        return digests.of_rows(model._meta.table_name, ([row[name] for name in names] for row in ordered))
    return None
