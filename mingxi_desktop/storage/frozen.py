"""Frozen versions of reports: kept whole, and noted in the history, whose chain covers their hashes.

A version can be withdrawn but neither changed nor removed: whoever does that outside the program leaves the
history's entry behind, which says what was frozen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import peewee

from mingxi_desktop.domain.stamp import now
from mingxi_desktop.storage.journal import FIRST, Journal
from mingxi_desktop.storage.statements import among
from mingxi_desktop.storage.store import Store

KIND, FREEZE, WITHDRAW = "frozen", "定稿", "撤回"
"""What their entries in the history are called, and the two actions."""
_PARTS = {"numbers": "数字", "text": "文字", "pdf": "PDF"}
_SAID = ("template", "year", "span", "as_of", "at", "by", "reason", "history", "change_set")
_WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawn_why")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a version keeps.  numbers: packed by whoever freezes; pdf: the file's bytes."""

    numbers: bytes
    text: str
    pdf: bytes

    @property
    def sha256(self) -> str:
        """The hash over numbers, text (UTF-8) and PDF, one after the other."""
        return hashlib.sha256(self.numbers + self.text.encode() + self.pdf).hexdigest()

    @property
    def parts(self) -> dict[str, str]:
        """Name of each part → its own hash."""
        found = {"numbers": self.numbers, "text": self.text.encode(), "pdf": self.pdf}
        return {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


def has_any(store: Store, year: int) -> bool:
    """Whether any report of a year was ever frozen."""
    table = store.schema.frozen
    return table.select(table.id).where(table.year == year).limit(1).tuples().first() is not None


@dataclass(frozen=True, slots=True)
class Report:
    """Which report a version is of.  span: "" for the template's usual one.  as_of: cut-off date, ISO."""

    template: str
    year: int
    span: str
    as_of: str


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A version without its contents.  history: the chain's last hash before it.  withdrawn_at: None in force."""

    id: int
    template: str
    year: int
    span: str
    as_of: str
    at: str
    by: str
    sha256: str
    history: str
    change_set: int
    reason: str
    withdrawn_at: str | None
    withdrawn_by: str
    withdrawn_why: str


@dataclass(frozen=True, slots=True)
class Touch:
    """An entry of the history about a record: who did what to it and when.  changes: field → (before, after)."""

    at: str
    by: str
    action: str
    record: int
    changes: Mapping[str, Any]


class FrozenTable:
    """The frozen versions of one ledger file.  Call the writers inside a change."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal
        self._table = store.schema.frozen
        self._columns = [getattr(self._table, field.name) for field in fields(FrozenRow)]

    def add(self, report: Report, contents: Contents, by: str, reason: str, change_set: int) -> int:
        """Keep a version; its number."""
        said = {**asdict(report), "at": now(), "by": by, "reason": reason}
        said["history"] = self._journal.tail_hash()
        kept = {"numbers": contents.numbers, "text": contents.text, "pdf": contents.pdf}
        row = {**said, **kept, "sha256": contents.sha256, "change_set": change_set}
        number = int(self._table.insert(row).execute())
        noted = {**said, **contents.parts, "sha256": contents.sha256}
        self._note(change_set, FREEZE, number, noted)
        return number

    def withdraw(self, number: int, by: str, why: str, change_set: int) -> None:
        """A version is no longer in force; it stays."""
        said = dict(zip(_WITHDRAWN, (now(), by, why), strict=True))
        self._table.update(said).where(self._table.id == number).execute()
        self._note(change_set, WITHDRAW, number, said)

    def rows(self, year: int | None = None) -> list[FrozenRow]:
        """The versions of a year, or all, oldest first."""
        chosen = self._table.select(*self._columns).order_by(self._table.id)
        if year is not None:
            chosen = chosen.where(self._table.year == year)
        return [FrozenRow(*row) for row in chosen.tuples()]

    def row(self, number: int) -> FrozenRow | None:
        """One version; None if there is none of that number."""
        found = self._table.select(*self._columns).where(self._table.id == number).tuples().first()
        return FrozenRow(*found) if found else None

    def contents(self, number: int) -> Contents:
        """What a version that is there keeps."""
        table = self._table
        # As bytes whatever they are: who changes them outside the program need not keep their types.
        columns = [column.cast("BLOB") for column in (table.numbers, table.text, table.pdf)]
        numbers, text, pdf = table.select(*columns).where(table.id == number).tuples()[0]
        return Contents(numbers, text.decode(errors="replace"), pdf)

    def numbers(self, number: int) -> bytes:
        """Its numbers alone: the PDF need not be read for a look at them."""
        table = self._table
        return bytes(table.select(table.numbers.cast("BLOB")).where(table.id == number).tuples()[0][0])

    def faults(self, number: int | None = None) -> Iterator[tuple[int, str]]:
        """(version, what is not as the history says) of one version or of all: "PDF", "数字", "不见了"."""
        noted = self._noted(number)
        rows = {row.id: row for row in self.rows() if number in (None, row.id)}
        for id, said in noted.items():
            if id not in rows:
                yield id, "不见了"
                continue
            row = asdict(rows[id])
            if any(row[name] != said.get(name) for name in (*_SAID, *_WITHDRAWN, "sha256")):
                yield id, "签字人、日期等说明被改动过"
            if self._tail_before(id) != said.get("history"):
                yield id, "定稿时的变更历史被改写过"
            contents = self.contents(id)
            wrong = [label for name, label in _PARTS.items() if contents.parts[name] != said.get(name)]
            if wrong:
                yield id, f"{'、'.join(wrong)}被改动过"
        for id in rows.keys() - noted.keys():
            yield id, "不是本程序定的稿"

    def touched(self, change_set: int, kind: str, records: Sequence[int] | None = None) -> list[Touch]:
        """What later change sets did to records of a kind, oldest first; records: only these."""
        table = self._store.schema.history
        where = (table.kind == kind) & (table.change_set > change_set)
        if records is not None:
            where &= among(table.record, records)
        columns = (table.at, table.by, table.action, table.record, table.changes)
        rows = table.select(*columns).where(where).order_by(table.id).tuples()
        return [Touch(at, by, action, id, json.loads(text)) for at, by, action, id, text in rows.iterator()]

    def uids(self, kind: str, records: Sequence[int]) -> dict[int, str]:
        """Id → uid of records, those in the trash too."""
        table = self._store.schema.table[kind]
        return dict(table.select(table.id, table.uid).where(among(table.id, records)).tuples())

    def written(self) -> int:
        """How much was ever written through this connection, the only one: the same number, the same content."""
        return int(self._store.database.connection().total_changes)

    def _note(self, change_set: int, action: str, number: int, said: Mapping[str, Any]) -> None:
        text = json.dumps([action, number, said], ensure_ascii=False, sort_keys=True)
        state = hashlib.sha256(text.encode()).digest()
        changes = {name: (None, value) for name, value in said.items()}
        self._journal.write(change_set, self._store.operator, action, KIND, number, changes, state)

    def _tail_before(self, number: int) -> str:
        """The chain's hash before the entry that a version was frozen with."""
        table = self._store.schema.history
        of_version = (table.kind == KIND) & (table.record == number)
        first = table.select(peewee.fn.MIN(table.id)).where(of_version).scalar()
        row = table.select(table.hash).where(table.id == first - 1).tuples().first()
        return bytes(row[0]).hex() if row else FIRST.hex()

    def _noted(self, number: int | None) -> dict[int, dict[str, Any]]:
        """Version → all that the history says of it."""
        table = self._store.schema.history
        where = table.kind == KIND
        if number is not None:
            where &= table.record == number
        columns = (table.record, table.change_set, table.changes)
        found: dict[int, dict[str, Any]] = {}
        for id, change_set, changes in table.select(*columns).where(where).order_by(table.id).tuples():
            new = {"change_set": change_set, "withdrawn_at": None, "withdrawn_by": "", "withdrawn_why": ""}
            found.setdefault(id, new).update({name: pair[1] for name, pair in json.loads(changes).items()})
        return found
