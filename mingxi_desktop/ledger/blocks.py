"""What is asked about many records at once: whether they take other values, what their cells add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Finding, Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.show import show
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import prepare
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage import grouping, statistics
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Summed:
    """The filled cells of one numeric field among those asked about.

    count: how many.  total: their sum, in the shape of the field (MONEY in 分).
    """

    field: Field
    count: int
    total: int | Decimal

    @property
    def average(self) -> Decimal:
        """The mean of the filled cells (MONEY in 分); 0 where there are none."""
        return Decimal(self.total) / self.count if self.count else Decimal()


@guarded
class Blocks:
    """Reads many records of one ledger file in few queries."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer

    def check(self, kind: str, many: Mapping[int, Mapping[str, Any]]) -> dict[int, list[Finding]]:
        """What is wrong with each record if it got these values, by id; as `edit_each` would find it.

        UserError where a record is missing or in the trash.
        """
        declared = self._store.schema.kinds[kind]
        found = {}
        seen: set[tuple[str, int, Any]] = set()
        for record in self._writer.alive(declared, list(many)):
            values = prepare.follow(declared, record.values, many[record.id])
            merged = {**record.values, **values}
            merged = prepare.complete(
                self._store, declared, merged, self._writer.parent_values(declared, merged)
            )
            try:
                prepare.resolve_records(declared, merged, self._writer.names)
            except UserError as error:
                found[record.id] = [Finding(error.field, error.title, "error", "E_REFERENCE")]
                continue
            findings = self._writer.checker.check(declared, merged, record)
            found[record.id] = findings + _repeated(declared, merged, values, seen)
        return found

    def sums(self, kind: str, ids: Sequence[int], names: Sequence[str]) -> list[Summed]:
        """Count and sum of the filled cells of numeric fields in these records."""
        if not len(ids) or not names:
            return []
        declared = self._store.schema.kinds[kind]
        counts = statistics.filled(self._store.schema, declared, ids, names)
        [totals] = grouping.grouped(self._store.schema, Query(kind, ids=tuple(ids)), (), names)
        return [
            Summed(declared.field(name), counts[name], total)
            for name, total in zip(names, totals, strict=True)
        ]

    def words(self, kind: str, ids: Sequence[int], name: str) -> list[tuple[str, int]]:
        """(text, how many of these records show it) of one field, most frequent first; "" for empty."""
        field = self._store.schema.kinds[kind].field(name)
        if field.type in (FieldType.MULTI, FieldType.MULTI_REF):
            records = self._writer.rows.each(self._store.schema.kinds[kind], ids)
            return Counter(record.shown[name] for record in records).most_common()
        found = grouping.facet(self._store.schema, Query(kind, ids=tuple(ids)), name) if len(ids) else []
        titles = self._writer.rows.titles
        return [(show(field, value, titles.name), number) for value, number in found]


def _repeated(
    kind: Kind, merged: Mapping[str, Any], changed: Mapping[str, Any], seen: set[tuple[str, int, Any]]
) -> list[Finding]:
    """A value that must differ within a year and is given to a second record at the same time."""
    found: list[Finding] = []
    if merged.get(kind.date) is None and merged.get("record_date") is None:
        return found  # without a day it is refused for that
    for name in kind.unique:
        value = merged.get(name)
        mark = (name, year_of(kind, merged), value)
        if name in changed and value:
            if mark in seen:
                message = f"{kind.field(name).label}“{value}”在这一批里给了两条记录"
                found.append(Finding(name, message, "error", "E_UNIQUE"))
            seen.add(mark)
    return found
