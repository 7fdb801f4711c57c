"""Automatic codes: prefix + year + running number, 2024-0001."""

from __future__ import annotations

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage.store import Store


class Codes:
    """Hands out the next code of a kind and year; counts in memory between two looks at the file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: dict[tuple[str, int], int] = {}

    def next(self, kind: Kind, year: int) -> str:
        """A code that no record of this kind and year has."""
        stem = f"{kind.code_prefix}{year}-"
        if (kind.name, year) not in self._last:
            self._last[kind.name, year] = self._highest(kind, stem)
        self._last[kind.name, year] += 1
        return f"{stem}{self._last[kind.name, year]:04d}"

    def forget(self) -> None:
        """Look at the file again before the next code."""
        self._last.clear()

    def _highest(self, kind: Kind, stem: str) -> int:
        table = self._store.schema.table[kind.name]
        column = table._meta.fields[kind.code_field]
        codes = table.select(column).where(column.startswith(stem)).tuples().iterator()
        return max((int(code[len(stem) :]) for (code,) in codes if code[len(stem) :].isdigit()), default=0)
