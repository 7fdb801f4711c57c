"""How references are shown: an entry by its name, a record by its title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.show import show
from mingxi_desktop.storage.reference_store import ReferenceStore
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import blank

MISSING = "（已不存在）"
_LIMIT = 20_000


class Told(Protocol):
    """A ledger file as far as its names go."""

    schema: Schema
    references: ReferenceStore


class Titles:
    """Names of whatever "list:id" can mean, remembered."""

    def __init__(self, store: Told) -> None:
        self._store = store
        self._records: dict[str, str] = {}

    def name(self, ref: str) -> str:
        """The text a reference is shown as."""
        listed, _, number = ref.rpartition(":")
        if listed not in self._store.schema.kinds:
            entry = self._store.references.get(ref)
            return entry.name if entry else MISSING
        known = self._records.get(ref)
        if known is None:
            known = self._title(listed, int(number))
            if len(self._records) >= _LIMIT:
                self._records.clear()
            self._records[ref] = known
        return known

    def clear(self) -> None:
        """Forget everything: a title may stand in other titles."""
        self._records.clear()

    def _title(self, kind_name: str, number: int) -> str:
        schema = self._store.schema
        kind, table = schema.kinds[kind_name], schema.table[kind_name]
        columns = [table._meta.fields[name] for name in kind.title]

        def asked() -> Any:
            return table.select(*columns).where(table.id == blank())

        row = schema.statements.run(("title", kind_name), asked, number).fetchone()
        if row is None:
            return MISSING
        values = {column.name: column.python_value(form) for column, form in zip(columns, row, strict=True)}
        return titled(kind, number, lambda name: show(kind.field(name), values[name], self.name))


def titled(kind: Kind, number: int, shown: Callable[[str], str]) -> str:
    """The title of a record from what its fields show; its number where they are all empty."""
    parts = [shown(name) for name in kind.title]
    return " ".join(part for part in parts if part) or f"#{number}"
