"""Records of one kind side by side, field by field: what many of them say alike is treated once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, TypeVar

_T = TypeVar("_T")


class Abreast:
    """The values of several records.

    number: how many records.  columns: by field name the value of each record, in the Python shapes of `fields.py`;
    a field that is not there is empty in all of them.
    """

    def __init__(self, number: int, columns: dict[str, list[Any]]) -> None:
        self.number = number
        self.columns = columns

    @classmethod
    def of(cls, records: Sequence[Mapping[str, Any]]) -> Abreast:
        """From the values of each record by field name."""
        columns = {name: [values.get(name) for values in records] for name in names_in(records)}
        return cls(len(records), columns)

    def column(self, name: str) -> Sequence[Any]:
        """The value of each record in one field."""
        found = self.columns.get(name)
        return (None,) * self.number if found is None else found

    def row(self, place: int) -> dict[str, Any]:
        """The values of one record by field name, without the fields that are empty in all."""
        return {name: column[place] for name, column in self.columns.items()}

    def rows(self) -> Iterable[dict[str, Any]]:
        """The values of each record, as `row` gives them."""
        return map(self.row, range(self.number))

    def put(self, name: str, place: int, value: Any) -> None:
        """Give one record another value."""
        column = self.columns.get(name)
        if column is None:
            column = self.columns[name] = [None] * self.number
        column[place] = value


def names_in(records: Iterable[Mapping[str, Any]]) -> dict[str, None]:
    """The field names that any of the records has, each once.  records: their values by field name."""
    return dict.fromkeys(chain.from_iterable(dict.fromkeys(map(tuple, records))))  # most have the same


def mapped(values: Sequence[Any], make: Callable[[Any], _T]) -> list[_T]:
    """What `make` gives for each of the values; of equal ones it is asked for the first only."""
    if len(values) == 1:
        return [make(values[0])]
    known: dict[Any, Any] = dict.fromkeys(values)
    if len(known) == len(values):
        return list(map(make, values))
    known = dict(zip(known, map(make, known), strict=True))
    return list(map(known.__getitem__, values))


def joined(columns: Iterable[Sequence[str]], number: int) -> Iterable[str]:
    """For each of so many records its texts one after the other.  columns: the text of each record, field by field.

    What is the same in all of them, and follows each other, is put together once.
    """
    sides: list[Iterable[str]] = []
    alike = ""
    for column in columns:
        if column.count(column[0]) == number:
            alike += column[0]
        else:
            sides += [repeat(alike, number), column] if alike else [column]
            alike = ""
    sides.append(repeat(alike, number))
    return map("".join, zip(*sides, strict=True))
