"""What was done with a ledger without changing a record: kept in its history like everything else.

A remark is a change set with one entry of its own, so that the chain covers it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.store import Store

EXPORT, PASSWORD = "export", "password"
"""What their entries in the history are called, where those of records have the name of a ledger."""


class Remarks:
    """Reads and writes the remarks of one ledger file.  Call the writer inside a change."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def write(self, change_set: int, kind: str, action: str, said: Mapping[str, Any]) -> None:
        """One remark.  action: a verb as the history shows it.  said: what can be read from it again."""
        changes = {name: (None, value) for name, value in said.items()}
        state = hashlib.sha256(json.dumps([action, said], ensure_ascii=False).encode()).digest()
        self._journal.write(change_set, self._store.operator, action, kind, change_set, changes, state)

    def all(self, kind: str) -> list[tuple[str, str, dict[str, Any]]]:
        """(when, by whom, what it says) of one sort, the newest first."""
        table = self._store.schema.history
        rows = (
            table.select(table.at, table.by, table.changes)
            .where(table.kind == kind)
            .order_by(table.id.desc())
            .tuples()
        )
        return [
            (at, by, {name: pair[1] for name, pair in json.loads(changes).items()})
            for at, by, changes in rows
        ]
