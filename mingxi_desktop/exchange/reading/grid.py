"""Where the cells of a large xlsx sheet stand that has usual rows alone, and which of them are different.

A table repeats itself: of a million cells a fifth may be different ones.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, groupby, islice
from typing import Any

from mingxi_desktop.exchange.cells import Cell, column_number
from mingxi_desktop.exchange.reading import PLACES, limits
from mingxi_desktop.exchange.reading.usual_rows import are_text, are_usual_heads, rows_of

Run = tuple[int, Sequence[int], int]
"""Rows that follow each other: the first, the last column with a value of each, 0-based; how many values."""
_CELL = re.compile(rb'<c r="([A-Z]{1,3})\d')
_MOST_COLUMNS = 64
_MOST_EMPTY = 1_000
"""Rows without a value above one with some."""
_MOST_DIFFERENT, _MOST_BYTES, _MOST_PLACES = 500_000, 40_000_000, limits.MAX_AREA
"""Of cells of all grids of a file: they are held in memory."""
_ENOUGH = 20_000
"""Cells after which half have to be repetitions: otherwise nothing is saved."""


class _DoubtError(Exception):
    """The reader is to be asked for the sheet as it is."""


class Room:
    """What all grids of a file hold together: different cells, bytes of these, places."""

    def __init__(self) -> None:
        self.different = self.size = self.places = 0

    def has(self) -> bool:
        """Whether there is room for more."""
        return self.different <= _MOST_DIFFERENT and self.size <= _MOST_BYTES and self.places <= _MOST_PLACES


class _Different:
    """Numbers the XML of cells behind their names: equal ones have one, from 1 on; cells without a value have 0."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._numbers: defaultdict[bytes | None, int] = defaultdict(None, {None: 0})
        self._last = 0

    def __len__(self) -> int:
        return self._last

    def cells(self) -> list[bytes]:
        """In the order of their numbers."""
        return [cell for cell, number in self._numbers.items() if cell is not None and number]

    def places(self, cells: Sequence[bytes | None]) -> array[int]:
        """The number of each.  Raises _DoubtError."""
        places, new = self._numbered(cells)
        empty = [cell for cell in new if b"</v>" not in cell and b"</is>" not in cell]
        if empty:  # a few ways to say so: they have no number of their own, the others begin anew
            for cell in new:
                del self._numbers[cell]
            self._numbers.update(dict.fromkeys(empty, 0))
            places, new = self._numbered(cells)
        if max(map(len, new), default=0) > limits.MAX_CELL:
            raise _DoubtError
        self._last += len(new)
        self._room.different += len(new)
        self._room.size += sum(map(len, new))
        self._room.places += len(places)
        return places

    def _numbered(self, cells: Sequence[bytes | None]) -> tuple[array[int], list[bytes]]:
        """The numbers of cells, and those of them that had none before."""
        known = len(self._numbers)
        self._numbers.default_factory = count(self._last + 1).__next__
        places = array(PLACES, map(self._numbers.__getitem__, cells))
        new = list(islice(reversed(self._numbers), len(self._numbers) - known))
        return places, [cell for cell in new if cell is not None]


class Block:
    """Some rows.

    lengths: of each, without the empty cells at its end.  width: so many of `places` belong to each row.
    places: row by row, where each cell is found in `Grid.cells`.
    """

    def __init__(self, lengths: list[int], width: int, places: array[int]) -> None:
        self.lengths = lengths
        self.width = width
        self.places = places


class Grid:
    """Takes in a sheet while it is guarded.

    part: its name in the package.  going: whether the sheet is a grid, as far as it is known.
    blocks: its rows, from the top to the last one with a value.
    different: how many different cells there are.
    cells: these, behind an empty one; merged: corners of merged cells; both once they were read (`grid_cells.py`).
    """

    def __init__(self, part: str, room: Room, *, going: bool = True) -> None:
        self.part = part
        self.going = going
        self._room = room
        self.blocks: list[Block] = []
        self.cells: list[Cell] = []
        self.merged: Sequence[Any] | None = None
        self.different = 0
        self._different = _Different(room)
        self._above: list[bytes] = []
        self._below: list[bytes] = []
        self._width = self._rows = self._last = self._values = 0

    def take(self, rows: bytes) -> list[Run] | None:
        """The runs of rows with values in these whole rows.  None unless all are usual: the grid is then given up."""
        if self.going:
            try:
                return self._runs(rows)
            except _DoubtError:
                self.give_up()
        return None

    def outside(self, xml: bytes) -> None:
        """To be told of all that is not taken in: what stands above the rows and below."""
        if self.going and xml:
            (self._below if self._last else self._above).append(xml)

    def give_up(self) -> None:
        """The reader is to be asked for the sheet as it is."""
        self.going = False
        self.blocks = []
        self.release()

    def release(self) -> list[bytes]:
        """The XML of the different cells behind their names, which is no longer held."""
        cells, self._different = self._different.cells(), _Different(self._room)
        return cells

    def around(self) -> tuple[bytes, bytes]:
        """The sheet's XML above its rows and below."""
        return b"".join(self._above), b"".join(self._below)

    def _runs(self, rows: bytes) -> list[Run]:
        parts = self._parts(rows)
        step = self._width + 3
        numbers = parts[1::step]
        first, last = int(numbers[0]), int(numbers[0]) + len(numbers) - 1
        if self._below or not self._last < first <= self._rows + _MOST_EMPTY:
            raise _DoubtError
        if numbers != [b"%d" % number for number in range(first, last + 1)]:
            raise _DoubtError
        if not (are_usual_heads(parts[2::step]) and are_text(rows)):
            raise _DoubtError
        for other in (step, step - 1, step - 2):  # what stands before each row, its number, what else it says
            del parts[::other]
        places = self._different.places(parts)
        block = Block(_lengths(places, self._width), self._width, places)
        runs = list(_filled(first - 1, block))
        self._last = last
        self._values += sum(values for _, _, values in runs)
        self._look()
        self._add(first - 1, block)
        return runs

    def _parts(self, rows: bytes) -> list[Any]:
        """Of each row what stands before it, its number, what else it says, its cells from A on; and a last piece."""
        parts = rows_of(self._width).split(rows) if self._width else [rows]
        if any(parts[:: self._width + 3]):
            widest = 1 + max(map(column_number, map(bytes.decode, set(_CELL.findall(rows)))), default=0)
            self._width = max(self._width, widest)
            if self._width > _MOST_COLUMNS:
                raise _DoubtError
            parts = rows_of(self._width).split(rows)
            if any(parts[:: self._width + 3]):
                raise _DoubtError
        return parts

    def _look(self) -> None:
        """Whether it is still worth it."""
        self.different = len(self._different)
        often = self._values <= _ENOUGH or 2 * self.different <= self._values
        if not (often and self._room.has()):
            raise _DoubtError

    def _add(self, first: int, block: Block) -> None:
        while block.lengths and not block.lengths[-1]:
            block.lengths.pop()
        if block.lengths:
            above = first - self._rows
            empty = array(PLACES, bytes(above * block.width * block.places.itemsize))
            block.lengths[:0] = [0] * above
            block.places = empty + block.places[: (len(block.lengths) - above) * block.width]
            self.blocks.append(block)
            self._rows += len(block.lengths)


def _lengths(places: array[int], width: int) -> list[int]:
    """Of rows of that many places: how many there are up to the last one with a value."""
    lengths = [width] * (len(places) // width)
    rows: Sequence[int] = range(len(lengths))
    for column in range(width - 1, -1, -1):
        cells = places[column::width]
        rows = [row for row in rows if not cells[row]]
        for row in rows:
            lengths[row] = column
    return lengths


def _filled(first: int, block: Block) -> Iterator[Run]:
    """The rows with values, those together that follow each other."""
    if 0 not in block.lengths:
        yield first, [length - 1 for length in block.lengths], len(block.places) - block.places.count(0)
        return
    for filled, group in groupby(range(len(block.lengths)), lambda row: block.lengths[row] > 0):
        rows = list(group)
        if filled:
            columns = [length - 1 for length in block.lengths[rows[0] : rows[-1] + 1]]
            places = block.places[rows[0] * block.width : (rows[-1] + 1) * block.width]
            yield first + rows[0], columns, len(places) - places.count(0)
