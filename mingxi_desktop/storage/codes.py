"""Automatic codes: prefix + year + running number, 2024-0001."""

from __future__ import annotations

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage.store import Store

_MOST_DIGITS = 6
"""A longer number is a slip of the pen; numbering does not go on after it."""


class Codes:
    """Hands out the next code of a kind and year; counts in memory between two looks at the file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: dict[tuple[str, int], int] = {}

    def next(self, kind: Kind, year: int, number: int = 1) -> list[str]:
        """So many codes that no record of this kind and year has."""
        stem = f"{kind.code_prefix}{year}-"
        last = self._known(kind, year, stem)
        self._last[kind.name, year] = last + number
        return [f"{stem}{one:04d}" for one in range(last + 1, last + number + 1)]

    def saw(self, kind: Kind, year: int, code: str) -> None:
        """A record of this kind and year brings its own code: numbering goes on after it."""
        stem = f"{kind.code_prefix}{year}-"
        number = _number(code, stem)
        if number:
            self._last[kind.name, year] = max(self._known(kind, year, stem), number)

    def forget(self) -> None:
        """Look at the file again before the next code."""
        self._last.clear()

    def _known(self, kind: Kind, year: int, stem: str) -> int:
        if (kind.name, year) not in self._last:
            self._last[kind.name, year] = self._highest(kind, stem)
        return self._last[kind.name, year]

    def _highest(self, kind: Kind, stem: str) -> int:
        """By SQLite alone, from the index of the codes: to take a million of them over takes seconds."""
        table = self._store.schema.table[kind.name]
        column = table._meta.fields[kind.code_field]
        digits = peewee.fn.SUBSTR(column, len(stem) + 1)
        ours = (column > stem) & (column < stem[:-1] + chr(ord(stem[-1]) + 1))
        ours &= peewee.fn.GLOB("*[^0-9]*", digits) == 0
        ours &= peewee.fn.LENGTH(digits) <= _MOST_DIGITS
        return table.select(peewee.fn.MAX(digits.cast("INTEGER"))).where(ours).scalar() or 0


def _number(code: str, stem: str) -> int:
    """The running number in a code; 0 where it is not one of ours (or too long to be one)."""
    digits = code.removeprefix(stem)
    ours = code.startswith(stem) and digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    return int(digits) if ours else 0
