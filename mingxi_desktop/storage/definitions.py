"""The clerk's own indicators as they are kept: one JSON text each, told in the history so that undo can reach them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import peewee

from mingxi_desktop.storage.journal import ADD, DELETE, EDIT, Journal
from mingxi_desktop.storage.store import Store

KIND = "definition"
"""What their entries in the history are called.  Their changes: id of the indicator → (text before, after)."""
_ROWID = peewee.SQL("rowid")


class DefinitionTable:
    """Definitions by indicator id, in the order in which they were first kept.  Call the writers inside a change."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal
        self._table = store.schema.indicator

    def all(self) -> dict[str, str]:
        """Id of each own or changed indicator → its definition as it was kept, in order of their coming."""
        return dict(self._store.schema.statements.run("definitions", self._all))

    def _all(self) -> Any:
        table = self._table
        return table.select(table.id, table.definition).order_by(_ROWID)

    def put(self, id: str, definition: str, change_set: int) -> None:
        """Keep a definition; one of that id is replaced where it stands."""
        self._set(id, definition, change_set)

    def remove(self, id: str, change_set: int) -> None:
        """Forget a definition, if there is one."""
        self._set(id, None, change_set)

    def reverse(self, entries: Sequence[Mapping[str, Any]], change_set: int) -> str:
        """Undo entries of the history that this table wrote, given oldest first.

        Gives the id of a definition that has been changed since; nothing is stored then.
        """
        pairs = [pair for entry in reversed(entries) for pair in entry["changes"].items()]
        for id, (_, after) in pairs:
            if self._now(id)[1] != after:
                return str(id)
        for id, (before, _) in pairs:
            self._set(id, before, change_set)
        return ""

    def _set(self, id: str, definition: str | None, change_set: int) -> None:
        number, before = self._now(id)
        if definition == before:
            return
        table = self._table
        if definition is None:
            table.delete().where(table.id == id).execute()
        elif before is None:
            table.insert(id=id, definition=definition).execute()
            number = self._now(id)[0]
        else:
            table.update(definition=definition).where(table.id == id).execute()
        action = DELETE if definition is None else ADD if before is None else EDIT
        state = hashlib.sha256(json.dumps([id, definition], ensure_ascii=False).encode()).digest()
        changes = {id: (before, definition)}
        self._journal.write(change_set, self._store.operator, action, KIND, number, changes, state)

    def _now(self, id: str) -> tuple[int, str | None]:
        """(number of the row, definition); 0 and None where there is none."""
        table = self._table
        row = table.select(_ROWID, table.definition).where(table.id == id).tuples().first()
        return (row[0], row[1]) if row else (0, None)
