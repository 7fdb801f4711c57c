"""How references are shown: an entry by its name, a record by its title."""

from __future__ import annotations

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.show import show
from mingxi_desktop.storage.store import Store

MISSING = "（已不存在）"
_LIMIT = 20_000


class Titles:
    """Names of whatever "list:id" can mean, remembered."""

    def __init__(self, store: Store) -> None:
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

    def forget(self, kind: str, number: int) -> None:
        """The record changed: its title is made anew, and those of its children."""
        if self._records.pop(f"{kind}:{number}", None) is not None:
            children = [name for name, other in self._store.schema.kinds.items() if other.parent_kind == kind]
            for ref in [ref for ref in self._records if ref.partition(":")[0] in children]:
                del self._records[ref]

    def clear(self) -> None:
        """Forget everything."""
        self._records.clear()

    def _title(self, kind_name: str, number: int) -> str:
        kind = self._store.schema.kinds[kind_name]
        table = self._store.schema.table[kind_name]
        row = table.select().where(table.id == number).dicts().first()
        if row is None:
            return MISSING
        parts = []
        for name in kind.title:
            field = kind.field(name)
            if field.type is not FieldType.MULTI_REF:
                parts.append(show(field, row[name], self.name))
        return " ".join(part for part in parts if part) or f"#{number}"
