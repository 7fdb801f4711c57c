"""What was read from the file, kept as long as nothing in the file changes.

The program has its file to itself, so that its own connection knows of every change.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import peewee

_T = TypeVar("_T")
_MOST = 256


class Remembered:
    """Answers that follow from the file alone (not from the clock or the settings of the PC)."""

    def __init__(self, database: peewee.SqliteDatabase) -> None:
        self._database = database
        self._mark: int | None = None
        self._known: dict[Hashable, Any] = {}

    def known(self, key: Hashable) -> Any | None:
        """The answer of that key if there is one and it holds still; it must not be changed."""
        return self._known.get(key) if self._now() is not None else None

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The answer of that key, made only if there is none that holds; it must not be changed."""
        mark = self._now()
        if mark is None:
            return make()
        if key in self._known:
            found: _T = self._known[key]
            return found
        answer = make()
        # Only if nothing has changed meanwhile, not even in the eyes of a part of this answer.
        if mark == self._now():
            self._known[key] = answer
        return answer

    def _now(self) -> int | None:
        """Another number after each change; None while a change is on its way, as it may be taken back."""
        connection = self._database.connection()
        if connection.in_transaction:
            return None
        mark: int = connection.total_changes
        if mark != self._mark or len(self._known) >= _MOST:
            self._known = {}
            self._mark = mark
        return mark
