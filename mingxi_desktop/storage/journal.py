"""The history: append-only, each entry's hash covers the one before, so that no entry can be edited or cut."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import peewee

from mingxi_desktop.domain.stamp import now
from mingxi_desktop.storage.inserting import insert_columns, insert_rows
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among, blank

ADD, EDIT, DELETE, RESTORE = "新增", "修改", "删除", "恢复"
FIRST = bytes(32)
_CHUNK = 500
_PART = 2000
"""Entries of the chain that are followed at a time: some hundredths of a second."""
_HEAD = ("change_set", "at", "by", "action", "kind")
_NOTHING = '"{}"'
_ADDED = f", {_NOTHING}]".encode()
_encode = json.JSONEncoder(ensure_ascii=False).encode
_encode_changes = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Journal:
    """Writes and reads the history of one ledger file.  Call the writers inside a transaction."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._last: bytes | None = None
        self._number: int | None = None
        self._kinds: set[str] = set()
        self._waiting: list[dict[str, Any]] = []
        self._clock = (0, "")

    def begin(self, by: str, sentence: str, reverses: int | None = None) -> int:
        """A new change set: what one transaction does, with its sentence; returns its id."""
        table = self._schema.change_set

        def fresh() -> Any:
            return table.insert(at=blank(), by=blank(), sentence=blank(), reverses=blank())

        self._kinds.clear()
        asked = now(), by, sentence, reverses
        return int(self._schema.statements.run("journal.begin", fresh, *asked).lastrowid)

    def begun(self) -> bool:
        """Whether anything was ever changed; a new file has its lists and nothing else."""
        sets = self._schema.change_set
        return bool(
            self._schema.statements.run("journal.begun", lambda: sets.select(sets.id).limit(1)).fetchone()
        )

    def rename(self, change_set: int, sentence: str) -> None:
        """A better sentence, once the record's title is known."""
        table = self._schema.change_set
        table.update(sentence=sentence).where(table.id == change_set).execute()

    def write(
        self,
        change_set: int,
        by: str,
        action: str,
        kind: str,
        record: int,
        changes: Mapping[str, tuple[Any, Any]],
        state: bytes,
    ) -> None:
        """One entry.  changes: field → (before, after) in the file's form.  state: the record's hash after."""
        self._kinds.add(kind)
        at, said = self._now(), _encode_changes(changes) if changes else "{}"
        head = _head(change_set, at, by, action, kind)
        self._last = _hashed(self._last or self._tail(), head, record, said, state)
        self._waiting.append(
            {
                "change_set": change_set,
                "at": at,
                "by": by,
                "action": action,
                "kind": kind,
                "record": record,
                "changes": said,
                "state": state,
                "hash": self._last,
            }
        )
        if len(self._waiting) >= _CHUNK:
            self.flush()

    def write_added(
        self, change_set: int, by: str, kind: str, records: Sequence[int], states: Sequence[bytes]
    ) -> None:
        """An entry for each of these new records.  states: their hashes."""
        self.flush()
        self._kinds.add(kind)
        at, number, before = self._now(), len(records), self._last or self._tail()
        head, hashes = _head(change_set, at, by, ADD, kind).encode("utf-8"), []
        for record, state in zip(records, states, strict=True):  # as `_hashed` has it
            before = hashlib.sha256(b"%b%b%d%b%b" % (before, head, record, _ADDED, state)).digest()
            hashes.append(before)
        self._last = before
        same = {"change_set": change_set, "at": at, "by": by, "action": ADD, "kind": kind, "changes": "{}"}
        columns: dict[str, Sequence[Any]] = {name: [value] * number for name, value in same.items()}
        columns |= {"record": [*records], "state": [*states], "hash": hashes}
        insert_columns(self._schema.database, "history", columns)
        self._follow(number)

    def flush(self) -> None:
        """Hand the waiting entries to the file; the transaction's last act."""
        if self._waiting:
            insert_rows(self._schema.database, "history", self._waiting)
            self._follow(len(self._waiting))
            self._waiting = []

    def _follow(self, number: int) -> None:
        """So many entries have come: the last one's number, where it is known."""
        if self._number is not None:
            self._number += number

    def concerns(self, kind: str) -> bool:
        """Whether the change set begun last has an entry of a record of this kind."""
        return kind in self._kinds

    def forget(self) -> None:
        """After a rollback: the tail is read anew."""
        self._last = self._number = None
        self._waiting = []

    def tail_hash(self) -> str:
        """The hash of the last entry, for backup names and small print; zeros in a new file."""
        return self._tail().hex()

    def found(self, digits: str) -> tuple[int, int, str] | None:
        """The entry whose hash begins with these hex digits: (how many entries up to it, how many since, when).

        None where the history has none: it was another ledger's, or somebody has cut or rewritten it.
        """
        first = bytes.fromhex(digits.ljust(2 * len(FIRST), "0"))
        last = bytes.fromhex(digits.ljust(2 * len(FIRST), "f"))
        table = self._schema.history
        row = (
            table.select(table.id, table.at)
            .where((table.hash >= first) & (table.hash <= last))
            .order_by(table.id.desc())
            .tuples()
            .first()
        )
        if row is None:
            return None
        return row[0], table.select().where(table.id > row[0]).count(), row[1]

    def of_record(self, kind: str, record: int) -> list[dict[str, Any]]:
        """The entries of one record, oldest first, `changes` as a dict, with the set's sentence."""
        table, sets = self._schema.history, self._schema.change_set
        rows = (
            table.select(table, sets.sentence)
            .join(sets, on=(table.change_set == sets.id))
            .where((table.kind == kind) & (table.record == record))
            .order_by(table.id)
            .dicts()
        )
        return [{**row, "changes": json.loads(row["changes"])} for row in rows]

    def of_set(self, change_set: int, actions: Sequence[str] = ()) -> list[dict[str, Any]]:
        """The entries of one change set, oldest first; only those of some actions where they are named."""
        table = self._schema.history
        columns = (table.action, table.kind, table.record, table.changes)
        where = table.change_set == change_set
        if actions:
            where &= table.action.in_(actions)
        rows = table.select(*columns).where(where).order_by(table.id).dicts()
        return [{**row, "changes": json.loads(row["changes"])} for row in rows]

    def since(self, kind: str, change_set: int, records: Sequence[int]) -> list[dict[str, Any]]:
        """The entries of these records that later change sets made, oldest first."""
        table = self._schema.history
        columns = (table.change_set, table.at, table.by, table.action, table.record, table.changes)
        where = (table.kind == kind) & (table.change_set > change_set) & among(table.record, records)
        rows = table.select(*columns).where(where).order_by(table.id)
        return [{**row, "changes": json.loads(row["changes"])} for row in rows.dicts()]

    def root(self, change_set: int) -> tuple[int, bool]:
        """The change set that this one undid, did again, undid again …, the one a person made; whether it is undone."""
        table = self._schema.change_set
        undone = False
        while True:
            row = table.select(table.reverses).where(table.id == change_set).tuples().first()
            if row is None or row[0] is None:
                return change_set, undone
            change_set, undone = row[0], not undone

    def deleted_with(self, kind: str, record: int) -> set[tuple[str, int]]:
        """What went to the trash in the same change as this record did last: (kind, id)."""
        table = self._schema.history
        of_record = (table.kind == kind) & (table.record == record) & (table.action == DELETE)
        last = table.select(peewee.fn.MAX(table.id)).where(of_record)
        together = table.select(table.change_set).where(table.id == last)
        rows = table.select(table.kind, table.record).where(
            (table.change_set == together) & (table.action == DELETE)
        )
        return set(rows.tuples())

    def newest(self, most: int) -> tuple[range, set[tuple[str, int]]]:
        """(numbers, records as (kind, id)) of the last entries."""
        table = self._schema.history
        last = table.select(peewee.fn.MAX(table.id)).scalar() or 0
        rows = table.select(table.kind, table.record).where(table.id > last - most).tuples()
        return range(max(last - most, 0) + 1, last + 1), set(rows)

    def check(self, told: Callable[[int], object] = lambda _number: None) -> list[str]:
        """Chinese sentences on what is wrong with the chain; empty when it is whole.  told: entries followed."""
        number, before = 0, FIRST
        while True:
            told(number)
            problem, last, before = self.check_part(number, before)
            if problem:
                return [problem]
            if last == number:
                return self.check_tail(number, before)
            number = last

    def check_part(self, number: int, before: bytes) -> tuple[str, int, bytes]:
        """Follow the chain a while from behind entry `number`, whose hash is `before`.

        (what is wrong, "" for nothing; number and hash of the last entry looked at). The same number: the end.
        """
        table = self._schema.history

        def later() -> Any:
            columns = [table._meta.fields[name] for name in (*_HEAD, "record", "changes", "state", "hash")]
            return table.select(table.id, *columns).where(table.id > blank()).order_by(table.id).limit(_PART)

        # Straight from the cursor, in less than half the time.
        for found, *head, record, changes, state, kept in self._schema.statements.run(
            "journal.chain", later, number
        ):
            number += 1
            if found != number:
                return f"变更历史第{number}条不见了", number, before
            kept = bytes(kept)
            if _hashed(before, _head(*head), record, changes, bytes(state)) != kept:
                _, at, _, _, name = head
                kind = self._schema.kinds.get(name)
                what = f"{kind.label if kind else name} #{record}"
                return f"变更历史第{number}条（{at}，{what}）被改动过", number, before
            before = kept
        return "", number, before

    def check_tail(self, number: int, before: bytes) -> list[str]:
        """What is wrong with the end of the history, which was found to be entry `number` with hash `before`."""
        kept = self._schema.setting
        sealed = kept.select(kept.value).where(kept.key == "history.tail").tuples().first()
        if (sealed[0] if sealed else f"0:{FIRST.hex()}") != f"{number}:{before.hex()}":
            expected = sealed[0].partition(":")[0] if sealed else "0"
            return [f"变更历史的末尾被截断或改动过：应有{expected}条，现有{number}条"]
        return []

    def seal(self) -> None:
        """Note count and hash of the tail, so that a cut tail is noticed.  Inside the transaction."""
        self.flush()
        table, setting, statements = self._schema.history, self._schema.setting, self._schema.statements
        if self._number is None:
            newest = statements.run("journal.last", lambda: table.select(peewee.fn.MAX(table.id)))
            self._number = newest.fetchone()[0] or 0

        def sealed() -> Any:
            kept = setting.insert(key="history.tail", value=blank())
            return kept.on_conflict(conflict_target=[setting.key], preserve=[setting.value])

        statements.run("journal.seal", sealed, f"{self._number}:{self._tail().hex()}")

    def _now(self) -> str:
        """The time, worked out anew once a second: an import writes thousands of entries in one."""
        second = int(time.time())
        if second != self._clock[0]:
            self._clock = second, now()
        return self._clock[1]

    def _tail(self) -> bytes:
        if self._last is None:
            table = self._schema.history
            row = table.select(table.hash).order_by(table.id.desc()).limit(1).tuples().first()
            self._last = bytes(row[0]) if row else FIRST
        return self._last


def chained(before: bytes, row: Mapping[str, Any]) -> bytes:
    """The hash of an entry: over the hash before it and everything it says."""
    head = _head(*[row[name] for name in _HEAD])
    return _hashed(before, head, row["record"], row["changes"], bytes(row["state"]))


def _hashed(before: bytes, head: str, record: int, changes: str, state: bytes) -> bytes:
    said = f"{head}{record}, {_NOTHING if changes == '{}' else _encode(changes)}]"
    return hashlib.sha256(before + said.encode("utf-8") + state).digest()


@lru_cache(maxsize=64)
def _head(*said: Any) -> str:
    """The beginning of an entry as JSON: many entries begin alike."""
    return _encode(said)[:-1] + ", "
