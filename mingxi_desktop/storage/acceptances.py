"""Findings of the checks that were accepted with a reason, kept beside the records and in the history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mingxi_desktop.domain.concerns import Acceptance, Concern
from mingxi_desktop.domain.stamp import now
from mingxi_desktop.storage.journal import ADD, DELETE, Journal
from mingxi_desktop.storage.store import Store

KIND = "acceptance"
"""What their entries in the history are called."""
_NAMES = ("key", "code", "year", "message", "reason", "at", "by")


class AcceptanceTable:
    """Reads and writes the acceptances of one ledger file.  Call the writers inside a change."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal
        self._table = store.schema.acceptance

    def of_year(self, year: int) -> tuple[Acceptance, ...]:
        """All of a year, the oldest first."""
        rows = self._select().where(self._table.year == year).order_by(self._table.id).tuples()
        return tuple(Acceptance(*row) for row in rows)

    def by_key(self) -> dict[str, Acceptance]:
        """Key of a concern → why it was accepted, of all years: what concerns two was accepted in one of them."""
        return {row[0]: Acceptance(*row) for row in self._select().tuples()}

    def get(self, key: str) -> Acceptance | None:
        """Why a concern was accepted; None where it was not.  key: `Concern.key`."""
        row = self._select().where(self._table.key == key).tuples().first()
        return Acceptance(*row) if row else None

    def put(self, concern: Concern, year: int, reason: str, change_set: int) -> None:
        """Keep this one; one that is there for the same finding is replaced."""
        self.remove(concern.key, change_set)
        by = self._store.operator
        self._add(Acceptance(concern.key, concern.code, year, concern.message, reason, now(), by), change_set)

    def remove(self, key: str, change_set: int) -> bool:
        """Take one back; whether it was there."""
        row = self._table.select(self._table.id).where(self._table.key == key).tuples().first()
        known = self.get(key)
        if row is None or known is None:
            return False
        self._table.delete().where(self._table.id == row[0]).execute()
        self._note(change_set, DELETE, row[0], known)
        return True

    def reverse(self, entries: Sequence[Mapping[str, Any]], change_set: int) -> None:
        """Undo entries of the history that this table wrote, given oldest first."""
        for entry in reversed(entries):
            changes = entry["changes"]
            if entry["action"] == ADD:
                self.remove(changes["key"][1], change_set)
            elif self.get(changes["key"][0]) is None:
                self._add(Acceptance(**{name: changes[name][0] for name in _NAMES}), change_set)

    def _select(self) -> Any:
        return self._table.select(*(getattr(self._table, name) for name in _NAMES))

    def _add(self, acceptance: Acceptance, change_set: int) -> None:
        row = {name: getattr(acceptance, name) for name in _NAMES}
        self._note(change_set, ADD, int(self._table.insert(row).execute()), acceptance)

    def _note(self, change_set: int, action: str, number: int, acceptance: Acceptance) -> None:
        values = {name: getattr(acceptance, name) for name in _NAMES}
        changes = {name: (None, value) if action == ADD else (value, None) for name, value in values.items()}
        state = hashlib.sha256(json.dumps([action, *values.values()], ensure_ascii=False).encode()).digest()
        self._journal.write(change_set, self._store.operator, action, KIND, number, changes, state)
