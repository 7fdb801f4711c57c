"""What a search of a ledger looks in: the search text of each record, kept beside it in its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from mingxi_desktop import texts
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.records import Record
from mingxi_desktop.domain.show import Naming, show
from mingxi_desktop.storage.select import wanted
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.titles import Titles

_SEARCHED = frozenset({FieldType.TEXT, FieldType.CHOICE, FieldType.MULTI, FieldType.REF, FieldType.MULTI_REF})
_AS_IT_IS = frozenset({FieldType.TEXT, FieldType.CHOICE})
_UNSEARCHED = frozenset({"granularity", "approx", "source_ref", "reporter"})


class SearchTexts:
    """The search texts of one ledger file.  load: the records of these ids."""

    def __init__(
        self, store: Store, titles: Titles, load: Callable[[Kind, Sequence[int]], list[Record]]
    ) -> None:
        self._store = store
        self._titles = titles
        self._load = load

    def of(self, kind: Kind, values: Mapping[str, Any], naming: Naming | None = None) -> str:
        """All words of a record with these values, their pinyin and initials."""
        naming = naming or self._titles.name
        parts = []
        for field in _searched(kind):
            value = values.get(field.name)
            if value:
                parts.append(value if field.type in _AS_IT_IS else show(field, value, naming))
        return texts.search_text(parts)

    def refresh(self, listed: str, number: int) -> None:
        """What is shown by another name now is found by it: the search text of whatever points to it."""
        ref = f"{listed}:{number}"
        schema = self._store.schema
        for kind in schema.kinds.values():
            table = schema.table[kind.name]
            for field in kind.fields:
                if listed not in field.targets or field.name in _UNSEARCHED:
                    continue
                rows = table.select(table.id).where(wanted(schema, kind, field.name, (ref,))).tuples()
                for record in self._load(kind, [row[0] for row in rows]):
                    self.write(kind, record)

    def write(self, kind: Kind, record: Record) -> None:
        """Have a record found by what it says now."""
        table = self._store.schema.table[kind.name]
        search = self.of(kind, record.values)
        table.update(search=search).where(table.id == record.id).execute()
        self._store.marks.touch(kind.name, (record.id,))


@cache
def _searched(kind: Kind) -> tuple[Field, ...]:
    """The fields whose texts a search looks in."""
    return tuple(field for field in kind.fields if field.type in _SEARCHED and field.name not in _UNSEARCHED)
