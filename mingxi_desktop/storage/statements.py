"""Statements that every save needs, written once: peewee takes longer to write one than SQLite to carry it out."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import peewee

_BLANK: Any = object()


def blank() -> Any:
    """Stands in a statement where a value comes each time, in the form of the file."""
    return peewee.SQL("?", (_BLANK,))


def listed() -> Any:
    """Stands to the right of IN where a list of numbers or texts comes each time, as JSON."""
    return peewee.SQL("(SELECT value FROM json_each(?))", (_BLANK,))


class Statements:
    """The statements of one open database."""

    def __init__(self, database: peewee.SqliteDatabase) -> None:
        self._database = database
        self._written: dict[Hashable, tuple[str, list[Any]]] = {}

    def run(self, key: Hashable, make: Callable[[], Any], *values: Any) -> Any:
        """The cursor of a statement with its blanks filled, in order.

        key: says which statement it is.  make: gives the peewee query with its blanks; asked once.
        """
        if key not in self._written:
            statement, parameters = make().sql()
            self._written[key] = statement, list(parameters)
        statement, parameters = self._written[key]
        given = iter(values)
        filled = [next(given) if value is _BLANK else value for value in parameters]
        return self._database.execute_sql(statement, filled)
