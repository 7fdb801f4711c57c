"""Cells about which there is nothing to say, read a column at a time; what was read once is remembered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import is_normalized

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse import Parsed
from mingxi_desktop.exchange.cells import Cell
from mingxi_desktop.exchange.recognising.layout import Column
from mingxi_desktop.exchange.recognising.plan import MergedNumber, PlanRow

LONG_DIGITS = re.compile(r"[\d０-９][^\n]{5,}[\d０-９Xx]")
"""What may be a telephone or ID number."""
UNREAD: Any = object()
"""Stands for the value of a cell that takes more thought."""
Read = Callable[[Column, Cell | MergedNumber], Any]
_SEVERAL = (FieldType.MULTI, FieldType.MULTI_REF)
_REMEMBERED, _TEXTS_REMEMBERED = 10_000, 1_000


@dataclass(slots=True)
class Way:
    """How to read ordinary cells of a column.

    name: of the field.  known: by type and cell the values of cells read already, an empty one among them.  left:
    how many more are remembered.
    """

    name: str
    text: bool
    number: bool
    known: defaultdict[type, dict[Any, Any]]
    left: int

    def remember(self, cell: Cell | MergedNumber, value: Any) -> None:
        """The column's cells like this one have this value, and there is nothing to say of them."""
        if self.left:
            self.left -= 1
            self.known[type(cell)][cell] = value


class Ways:
    """The ways to read the columns of one table.

    read: gives the value of a cell that is no text and of which there is nothing to say, else UNREAD.
    personal: numbers of people are taken in.
    """

    def __init__(self, kind: Kind, columns: Sequence[Column], read: Read, *, personal: bool) -> None:
        self._personal = personal
        self._read = read
        counted = any(column.target and column.target.plain_name == kind.quantity for column in columns)
        ways = ((id(column), _way(column, counted=counted)) for column in columns)
        self._ways = {key: way for key, way in ways if way is not None}

    def of(self, column: Column) -> Way | None:
        """How to read a column; None for one of which each cell takes more thought."""
        return self._ways.get(id(column))

    def value(self, way: Way, cell: Cell | MergedNumber) -> Any:
        """What an ordinary cell says, None or () for an empty one; UNREAD for any other."""
        value = way.known[type(cell)].get(cell, UNREAD)
        return self._plain_text(way, cell) if value is UNREAD and way.text else value

    def abreast(self, rows: Sequence[PlanRow]) -> tuple[Abreast, set[int]] | None:
        """(what rows say, places of those with a cell that takes more thought); None where all of them do.

        All of them have the same columns.
        """
        known = [(column, way) for column in rows[0].columns if (way := self.of(column)) is not None]
        names = [way.name for _, way in known]
        if not len(rows[0].columns) == len(names) == len(set(names)):
            return None
        columns = zip(*[row.values for row in rows], strict=True)
        read = [self._column(*one, cells) for one, cells in zip(known, columns, strict=True)]
        said = Abreast(len(rows), {name: found for name, (found, _) in zip(names, read, strict=True)})
        return said, set().union(*(odd for _, odd in read))

    def _column(self, column: Column, way: Way, cells: Sequence[Any]) -> tuple[list[Any], Collection[int]]:
        """(what the cells say, places of those that take more thought)."""
        types = set(map(type, cells))
        if len(types) > 1:
            # 1 and 1.0 and True are the same to a dictionary, so each type has its own.
            keys = list(zip(map(type, cells), cells, strict=True))
            told = self._told(column, way, set(keys))
            found = list(map(told.__getitem__, keys))
        else:
            known, distinct = way.known[types.pop()], set(cells)
            new = list(distinct.difference(known))
            if not new:
                return list(map(known.__getitem__, cells)), ()
            before = [(cell, known[cell]) for cell in distinct.intersection(known)]
            told = dict(zip(new, self._read_new(column, way, new), strict=True))
            told.update(before)
            found = list(map(told.__getitem__, cells))
        if UNREAD not in told.values():
            return found, ()
        return found, [place for place, value in enumerate(found) if value is UNREAD]

    def _told(
        self, column: Column, way: Way, keys: Iterable[tuple[type, Any]]
    ) -> dict[tuple[type, Any], Any]:
        """What each of several cells says, by its type and itself."""
        told = {(one, cell): way.known[one].get(cell, UNREAD) for one, cell in keys}
        new = [key for key, value in told.items() if value is UNREAD]
        read = self._read_new(column, way, [cell for _, cell in new])
        told.update(zip(new, read, strict=True))
        return told

    def _read_new(self, column: Column, way: Way, cells: Sequence[Any]) -> Iterable[Any]:
        """What each of several cells says of which none is known yet."""
        return self._plain_texts(way, cells) if way.text else [self._read(column, cell) for cell in cells]

    def _plain_texts(self, way: Way, cells: Sequence[Any]) -> Iterable[Any]:
        """`_plain_text` of each of several cells.  Most are plain, which is seen of all of them at once."""
        if set(map(type, cells)) != {str} or not _are_plain(cells, personal=self._personal):
            return [self._plain_text(way, cell) for cell in cells]
        found = [UNREAD if cell.isascii() else cell.strip(" ") or UNREAD for cell in cells]
        for cell, value in zip(cells[: way.left], found, strict=False):
            if value is not UNREAD:
                way.remember(cell, value)
        return found

    def _plain_text(self, way: Way, cell: Cell | MergedNumber) -> Any:
        """A text about which there is nothing to say, tidy."""
        if type(cell) is not str or cell.isascii() or not cell.isprintable():
            return UNREAD
        if not self._personal and LONG_DIGITS.search(cell):
            return UNREAD
        value = tidy(cell) or UNREAD
        way.remember(cell, value)
        return value

    def keep(self, column: Column, cell: Cell | MergedNumber, parsed: Parsed[Any]) -> None:
        """Remember what a cell gave, if there was nothing to say of it."""
        way = self.of(column)
        if way is not None and not (way.text or parsed.assumed or parsed.approx):
            way.remember(cell, parsed.value)


def _are_plain(texts: Sequence[str], *, personal: bool) -> bool:
    """Whether of each of the texts only the ends may have to be tidied, and none may hold a number of people."""
    whole = "|".join(texts)
    if not whole.isprintable() or not is_normalized("NFC", whole):
        return False
    return personal or LONG_DIGITS.search("\n".join(texts)) is None


def nothing(item: Field) -> tuple[()] | None:
    """What a field holds that is empty."""
    return () if item.type in _SEVERAL else None


def _way(column: Column, *, counted: bool) -> Way | None:
    """counted: the table has a column for the ledger's quantity."""
    target = column.target
    if column.facets or target is None or target.child or target.sets or target.second is not None:
        return None
    item = target.field
    listed = item.long and item.required and not counted
    if listed or (item.type is FieldType.DATE and "月" in column.header):
        return None
    known: defaultdict[type, dict[Any, Any]] = defaultdict(dict)
    if not (item.required and item.default is not None):
        known[type(None)][None] = nothing(item)
    text = item.type is FieldType.TEXT
    return Way(item.name, text, item.type in NUMERIC, known, _TEXTS_REMEMBERED if text else _REMEMBERED)
