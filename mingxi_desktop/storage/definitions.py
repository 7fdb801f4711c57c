"""The clerk's own indicators as they are kept: one JSON text each."""

from __future__ import annotations

import peewee

from mingxi_desktop.storage.store import Store

_ROWID = peewee.SQL("rowid")


class DefinitionTable:
    """Definitions by indicator id, in the order in which they were first kept."""

    def __init__(self, store: Store) -> None:
        self._table = store.schema.indicator

    def all(self) -> dict[str, str]:
        """Id → definition."""
        table = self._table
        return dict(table.select(table.id, table.definition).order_by(_ROWID).tuples())

    def put(self, id: str, definition: str) -> None:
        """Keep a definition; one of that id is replaced where it stands."""
        table = self._table
        if not table.update(definition=definition).where(table.id == id).execute():
            table.insert(id=id, definition=definition).execute()

    def remove(self, id: str) -> bool:
        """Forget a definition; whether there was one."""
        return bool(self._table.delete().where(self._table.id == id).execute())
