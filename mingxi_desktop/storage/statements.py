"""Statements that every save needs, written once: peewee takes longer to write one than SQLite to carry it out."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from operator import le
from typing import Any

import peewee

from mingxi_desktop.storage.stopping import let_others_in

BLANK: Any = object()
"""Stands among the values of a statement for one that comes each time, in the form of the file."""
_MOST = 500
"""So many statements are kept; more come of indicators that somebody tries out."""
_MOST_VALUES = 20
_PART = 20_000


def blank() -> Any:
    """Stands in a statement where a value comes each time, in the form of the file."""
    return peewee.SQL("?", (BLANK,))


def listed() -> Any:
    """Stands to the right of IN where a list of numbers or texts comes each time, as JSON."""
    return peewee.SQL("(SELECT value FROM json_each(?))", (BLANK,))


def among(column: Any, values: Sequence[int] | Sequence[str]) -> Any:
    """Whether a column holds one of these, however many: a statement takes a limited number of values."""
    if len(values) <= _MOST_VALUES:
        return column.in_(list(values))
    return column.in_(peewee.SQL("(SELECT value FROM json_each(?))", (json.dumps(list(values)),)))


def parted(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids in their order, so many at a time: as one list in a statement a million would take 100 MB.

    Between two parts others are let in; nor does any one call compare, copy or sort more than a part, for other
    threads wait until it ends.
    """
    for heap in [ids] if _is_ordered(ids) else _dealt(ids):
        for start in range(0, len(heap), _PART):
            yield array("q", heap[start : start + _PART])
            let_others_in()


def _is_ordered(ids: Sequence[int]) -> bool:
    starts = range(0, len(ids), _PART)
    return all(all(map(le, ids[at : at + _PART], ids[at + 1 : at + _PART + 1])) for at in starts)


def _dealt(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids in their order, those of one stretch of numbers after those of another; each about as many as a part."""
    parts = [ids[at : at + _PART] for at in range(0, len(ids), _PART)]
    first, last = min(map(min, parts)), max(map(max, parts))
    width = (last - first) // len(parts) + 1
    heaps = [array("q") for _ in parts]
    for number in ids:
        heaps[(number - first) // width].append(number)
    return map(sorted, heaps)


class Asked:
    """Stands among the values of a statement for what follows from the `of` of each time, in the form of the file."""

    __slots__ = ("what",)

    def __init__(self, what: Callable[[Any], Any]) -> None:
        self.what = what


class Statements:
    """The statements of one open database."""

    def __init__(self, database: peewee.SqliteDatabase) -> None:
        self._database = database
        self._written: dict[Hashable, tuple[str, list[Any]]] = {}

    def run(self, key: Hashable, make: Callable[[], Any], *values: Any, of: Any = None) -> Any:
        """The cursor of a statement with its blanks filled, in order, and with what it asks `of`.

        key: says which statement it is.  make: gives the peewee query with its blanks; asked once.
        """
        if key not in self._written:
            if len(self._written) >= _MOST:
                self._written.clear()
            statement, parameters = make().sql()
            self._written[key] = statement, list(parameters)
        statement, parameters = self._written[key]
        return self._database.execute_sql(statement, _filled(parameters, values, of))

    def once(self, query: Any, of: Any = None) -> Any:
        """The cursor of a query that is not kept, with what it asks `of`."""
        statement, parameters = query.sql()
        return self._database.execute_sql(statement, _filled(parameters, (), of))


def _filled(parameters: Iterable[Any], values: Iterable[Any], of: Any) -> list[Any]:
    given = iter(values)
    return [
        next(given) if value is BLANK else value.what(of) if isinstance(value, Asked) else value
        for value in parameters
    ]
