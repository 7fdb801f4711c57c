"""The search text of each record, kept beside it in its table: written anew when a title in it changes."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Record
from mingxi_desktop.domain.show import Naming
from mingxi_desktop.storage.searching import searched, text_of, texts_of
from mingxi_desktop.storage.select import wanted
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.titles import Titles


class SearchTexts:
    """The search texts of one ledger file.  load: the records of these ids."""

    def __init__(
        self, store: Store, titles: Titles, load: Callable[[Kind, Sequence[int]], list[Record]]
    ) -> None:
        self._store = store
        self._titles = titles
        self._load = load

    def of(self, kind: Kind, values: Mapping[str, Any], naming: Naming | None = None) -> str:
        """The search text of a record with these values."""
        return text_of(self._store.schema, kind, values, naming or self._titles.name)

    def depend_on(self, kind: Kind, names: Container[str]) -> bool:
        """Whether a search text says anything of one of these fields."""
        return any(field.name in names for field in searched(kind))

    def of_all(self, kind: Kind, records: Abreast) -> list[str]:
        """The search text of each of several records."""
        return texts_of(self._store.schema, kind, records, self._titles.name)

    def refresh(self, target: str, number: int) -> None:
        """A record of this kind has another title: the search texts of whatever points to it say so."""
        ref = f"{target}:{number}"
        schema = self._store.schema
        for kind in schema.kinds.values():
            table = schema.table[kind.name]
            for field in searched(kind):
                if target in field.targets:
                    rows = table.select(table.id).where(wanted(schema, kind, field.name, (ref,))).tuples()
                    for record in self._load(kind, [row[0] for row in rows]):
                        self.write(kind, record)

    def write(self, kind: Kind, record: Record) -> None:
        """Have a record found by what it says now."""
        table = self._store.schema.table[kind.name]
        search = self.of(kind, record.values)
        table.update(search=search).where(table.id == record.id).execute()
        self._store.marks.touch(kind.name, (record.id,))
