"""SQL as text with its values beside it, for statements that peewee takes longer to write than SQLite to carry out.

Names of tables and columns come from the declarations, whatever else comes from outside is a value.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Sql:
    """A piece of a statement.  values: for its question marks, in order; blanks of `statements` may be among them."""

    __slots__ = ("text", "values")

    def __init__(self, text: str, values: tuple[Any, ...] = ()) -> None:
        self.text = text
        self.values = values

    def sql(self) -> tuple[str, tuple[Any, ...]]:
        """Text and values, as a query of peewee gives them."""
        return self.text, self.values


def sql(text: str, *parts: Any) -> Sql:
    """The text with a part in the place of each {}: SQL as it stands, anything else as a value."""
    texts: list[str] = []
    values: tuple[Any, ...] = ()
    for part in parts:
        if isinstance(part, Sql):
            texts.append(part.text)
            values += part.values
        else:
            texts.append("?")
            values += (part,)
    return Sql(text.format(*texts), values)


def column(alias: str, name: str) -> Sql:
    """A column of a table under its alias in the statement."""
    return Sql(f'"{alias}"."{name}"')


def every(parts: Iterable[Sql]) -> Sql:
    """Whether all of the conditions hold; at least one."""
    return _joined(" AND ", parts)


def some(parts: Iterable[Sql]) -> Sql:
    """Whether any of the conditions holds; at least one."""
    return _joined(" OR ", parts)


def in_series(parts: Iterable[Sql]) -> Sql:
    """Columns, or what a statement is ordered by, one after the other."""
    found = list(parts)
    return Sql(", ".join(part.text for part in found), _values(found))


def is_one_of(column: Sql, listed: Any) -> Sql:
    """Whether a column holds one of many values.  listed: these as JSON."""
    return sql("({} IN (SELECT value FROM json_each({})))", column, listed)


def contains(text: Sql, word: str) -> Sql:
    """Whether a text contains a word, be there signs in it that mean something to LIKE."""
    escaped = word.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%")
    if escaped == word:
        return sql("({} LIKE {})", text, f"%{word}%")
    return sql("({} LIKE {} ESCAPE '\\')", text, f"%{escaped}%")


def _joined(word: str, parts: Iterable[Sql]) -> Sql:
    found = list(parts)
    if len(found) == 1:
        return found[0]
    return Sql(f"({word.join(part.text for part in found)})", _values(found))


def _values(parts: Iterable[Sql]) -> tuple[Any, ...]:
    return tuple(value for part in parts for value in part.values)
