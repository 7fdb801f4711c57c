"""Reference lists in the file, held in memory: from id to entry and from any spelling to id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mingxi_desktop import texts
from mingxi_desktop.domain.names import normal_name, tidy
from mingxi_desktop.domain.references import CHOICE_PREFIX, GROWING, Entry, delivered_entries
from mingxi_desktop.storage import sqlite
from mingxi_desktop.storage.schema import Schema

MERGED = "merged"
"""Attribute of an entry that has gone up in another one: the number of that one."""


class ReferenceStore:
    """All reference lists of one ledger file.

    An entry merged into another one is in no list any more and has no name: only records of the past know
    it, by its reference.
    """

    def __init__(self, schema: Schema) -> None:
        self._database = schema.database
        self._table = schema.reference
        self._by_id: dict[int, Entry] | None = None
        self._by_list: dict[str, list[int]] = {}
        self._by_name: dict[tuple[str, str], int] = {}
        self._search: dict[int, str] = {}

    def deliver(self) -> None:
        """Fill a new file with the delivered lists."""
        self._table.insert_many([row_of(entry) for entry in delivered_entries()]).execute()

    def get(self, ref: str) -> Entry | None:
        """The entry "list:id" points to; None if there is none."""
        listed, _, number = ref.rpartition(":")
        entry = self._entries().get(int(number)) if number.isdigit() else None
        return entry if entry is not None and entry.list == listed else None

    def all(self, listed: str, *, active_only: bool = True) -> list[Entry]:
        """The entries of one list in the order they were added."""
        entries = self._entries()
        of_list = [entries[number] for number in self._by_list.get(listed, ())]
        return [entry for entry in of_list if entry.active or not active_only]

    def search_text(self, entry: Entry) -> str:
        """What a stored entry is found by."""
        self._entries()
        return self._search[entry.id]

    def find(self, listed: str, name: str) -> Entry | None:
        """The entry of that name, alias or code, in any spelling; None if there is none."""
        entries = self._entries()
        number = self._by_name.get((listed, _spelling(name)))
        return entries[number] if number is not None else None

    def words(self, vocabulary: str) -> tuple[str, ...]:
        """The words the clerk added to a vocabulary."""
        entries = self._entries()
        numbers = self._by_list.get(CHOICE_PREFIX + vocabulary, ())
        return tuple(entries[number].name for number in numbers if entries[number].active)

    def save(self, entry: Entry) -> Entry:
        """Store a new entry (id 0) or change one; returns it with its id.  Call inside a transaction."""
        row = row_of(entry)
        if entry.id:
            self._table.update(row).where(self._table.id == entry.id).execute()
            self.forget()
            return entry
        entries = self._entries()
        row["id"] = next(reversed(entries), 0) + 1
        sqlite.insert_rows(self._database, "reference", [row])
        stored = entry_of(row)
        self._remember(stored, row["search"])
        return stored

    def find_or_add(self, listed: str, name: str) -> tuple[Entry | None, bool]:
        """(entry, whether it was added).  Only growing lists add; others answer None."""
        entry = self.find(listed, name)
        if entry is not None or listed not in GROWING:
            return entry, False
        return self.save(Entry(listed, name)), True

    def forget(self) -> None:
        """Read the lists anew at the next use (after a rollback or a change)."""
        self._by_id = None
        self._by_list, self._by_name, self._search = {}, {}, {}

    def _entries(self) -> dict[int, Entry]:
        if self._by_id is None:
            self._by_id = {}
            for row in self._table.select().order_by(self._table.id).dicts():
                self._remember(entry_of(row), row["search"])
        return self._by_id

    def _remember(self, entry: Entry, search: str) -> None:
        assert self._by_id is not None
        self._by_id[entry.id] = entry
        self._search[entry.id] = search
        if MERGED in entry.extra:
            return
        self._by_list.setdefault(entry.list, []).append(entry.id)
        for name in (entry.name, *entry.aliases, entry.code):
            if name:
                self._by_name.setdefault((entry.list, _spelling(name)), entry.id)


def _spelling(name: str) -> str:
    """By what names are compared; a name of nothing but brackets and dots stands for itself."""
    return normal_name(name) or tidy(name)


def row_of(entry: Entry) -> dict[str, Any]:
    """An entry as it lies in the file, but for its id."""
    return {
        "list": entry.list,
        "name": entry.name,
        "normal": normal_name(entry.name),
        "code": entry.code,
        "aliases": "|".join(entry.aliases),
        "unit": entry.unit,
        "group": entry.group,
        "parent": entry.parent,
        "extra": json.dumps(dict(entry.extra), ensure_ascii=False),
        "active": entry.active,
        "search": texts.search_text((entry.name, *entry.aliases)),
    }


def entry_of(row: Mapping[str, Any]) -> Entry:
    """The entry of a row of the file."""
    return Entry(
        list=row["list"],
        name=row["name"],
        id=row["id"],
        code=row["code"],
        aliases=tuple(part for part in row["aliases"].split("|") if part),
        unit=row["unit"],
        group=row["group"],
        parent=row["parent"],
        active=bool(row["active"]),
        extra=json.loads(row["extra"]),
    )
