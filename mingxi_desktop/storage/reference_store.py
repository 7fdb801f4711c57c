"""Reference lists in the file, held in memory: from id to entry and from any spelling to id."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from mingxi_desktop import texts
from mingxi_desktop.domain.county import County
from mingxi_desktop.domain.names import normal_name, tidy
from mingxi_desktop.domain.references import CHOICE_PREFIX, GROWING, Entry, delivered_entries
from mingxi_desktop.storage.inserting import insert_rows
from mingxi_desktop.storage.schema import Schema

_NO_EXTRA = "{}"
MERGED = "merged"
"""Attribute of an entry that has gone up in another one: the number of that one."""


class ReferenceStore:
    """All reference lists of one ledger file.

    An entry merged into another one is in no list any more and has no name: only records of the past know
    it, by its reference.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._database = schema.database
        self._table = schema.reference
        self._rows: dict[int, _Row] = {}
        self._known: set[bool] = set()
        self._last = 0
        self._by_id: dict[int, Entry] = {}
        self._by_list: dict[str, list[int]] = {}
        self._by_name: dict[str, dict[str, int]] = {}
        self._waiting: list[dict[str, Any]] | None = None

    def deliver(self, county: County) -> None:
        """Fill a new file with the lists that are delivered for a county."""
        insert_rows(self._database, "reference", [row_of(one) for one in delivered_entries(county)])

    def get(self, ref: str) -> Entry | None:
        """The entry "list:id" points to; None if there is none."""
        listed, _, number = ref.rpartition(":")
        self._read(listed)
        entry = self._entry(int(number)) if number.isdigit() else None
        return entry if entry is not None and entry.list == listed else None

    def now(self, ref: str) -> str:
        """The reference; of an entry that was merged into another one that of the other one."""
        while (entry := self.get(ref)) is not None and MERGED in entry.extra:
            ref = f"{entry.list}:{entry.extra[MERGED]}"
        return ref

    def all(self, listed: str, *, active_only: bool = True) -> list[Entry]:
        """The entries of one list in the order they were added."""
        of_list = self._of_list(listed)
        return [entry for entry in of_list if entry.active or not active_only]

    def search_text(self, entry: Entry) -> str:
        """What a stored entry is found by."""
        return self._read(entry.list)[entry.id].search

    def find(self, listed: str, name: str) -> Entry | None:
        """The entry of that name, alias or code, in any spelling; None if there is none."""
        number = self._names(listed).get(_spelling(name))
        return self._entry(number) if number is not None else None

    def words(self, vocabulary: str) -> tuple[str, ...]:
        """The words the clerk added to a vocabulary."""
        return tuple(entry.name for entry in self._of_list(CHOICE_PREFIX + vocabulary) if entry.active)

    def save(self, entry: Entry) -> Entry:
        """Store a new entry (id 0) or change one; returns it with its id.  Call inside a transaction."""
        row = row_of(entry)
        if entry.id:
            self._table.update(row).where(self._table.id == entry.id).execute()
            self.forget()
            return entry
        row["id"] = number = self._last_of_all() + 1
        if self._waiting is None:
            insert_rows(self._database, "reference", [row])
        else:
            self._waiting.append(row)
        self._remember(_Row._make(map(row.__getitem__, _Row._fields)))
        stored = self._entry(number)
        assert stored is not None
        return stored

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Inside a transaction: new entries are known at once and written together when this ends."""
        waiting: list[dict[str, Any]] = []
        self._waiting = waiting
        try:
            yield
        finally:
            self._waiting = None
        if waiting:
            insert_rows(self._database, "reference", waiting)

    def find_or_add(self, listed: str, name: str) -> tuple[Entry | None, bool]:
        """(entry, whether it was added).  Only growing lists add; others answer None."""
        entry = self.find(listed, name)
        if entry is not None or listed not in GROWING:
            return entry, False
        return self.save(Entry(listed, name)), True

    def forget(self) -> None:
        """Read the lists anew at the next use (after a rollback or a change)."""
        self._rows, self._by_id, self._by_list, self._by_name = {}, {}, {}, {}
        self._known.clear()
        self._last = 0

    def _read(self, listed: str) -> dict[int, _Row]:
        """Rows by id, those of this list among them.  An entry is made of one when it is asked for.

        The lists that grow have thousands, of which a page shows a few and the first page none; the others are read
        together.
        """
        growing = listed in GROWING
        if growing not in self._known:
            asked = self._schema.statements.run(("references", growing), partial(self._part, growing=growing))
            found = list(map(partial(tuple.__new__, _Row), asked))
            for row in found:
                self._rows[row.id] = row
                self._list(row)
            self._last = max(self._last, found[-1].id if found else 0)
            self._known.add(growing)
        return self._rows

    def _last_of_all(self) -> int:
        """The highest id in any list."""
        for listed in ("", *GROWING):
            self._read(listed)
        return self._last

    def _part(self, *, growing: bool) -> Any:
        table = self._table
        these = table.list.in_(sorted(GROWING)) if growing else table.list.not_in(sorted(GROWING))
        return (
            table.select(*(table._meta.fields[name] for name in _Row._fields)).where(these).order_by(table.id)
        )

    def _remember(self, row: _Row) -> None:
        """Know a row that is new."""
        self._read(row.list)[row.id] = row
        self._last = max(self._last, row.id)
        self._list(row)
        if row.list in self._by_name and not row.merged:
            _note_names(self._by_name[row.list], row)

    def _list(self, row: _Row) -> None:
        if not row.merged:
            self._by_list.setdefault(row.list, []).append(row.id)

    def _entry(self, number: int) -> Entry | None:
        entry = self._by_id.get(number)
        if entry is None and (row := self._rows.get(number)) is not None:
            entry = self._by_id[number] = entry_of(row._asdict())
        return entry

    def _of_list(self, listed: str) -> list[Entry]:
        self._read(listed)
        found = map(self._entry, self._by_list.get(listed, ()))
        return [entry for entry in found if entry is not None]

    def _names(self, listed: str) -> dict[str, int]:
        """Any spelling in a list → id."""
        rows = self._read(listed)
        if listed not in self._by_name:
            known = self._by_name[listed] = dict[str, int]()
            for number in self._by_list.get(listed, ()):
                _note_names(known, rows[number])
        return self._by_name[listed]


class _Row(NamedTuple):
    """What of an entry lies in the file, in the file's form."""

    id: int
    list: str
    name: str
    code: str
    aliases: str
    unit: str
    group: str
    parent: str
    extra: str
    active: int
    search: str

    @property
    def merged(self) -> bool:
        """Whether the entry has gone up in another one."""
        return MERGED in self.extra and MERGED in json.loads(self.extra)


def _note_names(known: dict[str, int], row: _Row) -> None:
    """Note every spelling of an entry; the one that came first keeps it."""
    for name in (row.name, *row.aliases.split("|"), row.code):
        if name:
            known.setdefault(_spelling(name), row.id)


def _spelling(name: str) -> str:
    """By what names are compared; a name of nothing but brackets and dots stands for itself."""
    return normal_name(name) or tidy(name)


def row_of(entry: Entry) -> dict[str, Any]:
    """An entry by column as it lies in the file, but for its id."""
    return {
        "list": entry.list,
        "name": entry.name,
        "normal": normal_name(entry.name),
        "code": entry.code,
        "aliases": "|".join(entry.aliases),
        "unit": entry.unit,
        "group": entry.group,
        "parent": entry.parent,
        "extra": json.dumps(dict(entry.extra), ensure_ascii=False) if entry.extra else _NO_EXTRA,
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
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        unit=row["unit"],
        group=row["group"],
        parent=row["parent"],
        active=bool(row["active"]),
        extra={} if row["extra"] == _NO_EXTRA else json.loads(row["extra"]),
    )
