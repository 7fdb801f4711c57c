"""The child process in which files from outside are taken apart: `python -m mingxi_desktop.exchange.reading.reader`.

A stray cell can make calamine end its whole process, and time and memory of a process can be limited, so none
of this happens in ours.  Protocol, all lengths big-endian: in 8 bytes length + the file, again and again until
the input ends; out 4 bytes length + JSON frames: per sheet {"sheet": {…}} and then some rows again and again, at last
{"end": true}; {"error": code, "detail": text} ends it too.  Rows are
{"cells": […], "named": […], "more": true or false, "lengths": […], "width": number}: their cells, equal ones once;
those that JSON has no type for as [place among the cells, name]; whether they come behind the cells of the frame before
instead of replacing them; how many cells each row has.  A frame with the place of each cell follows, row by row, as
numbers of 4 bytes in this machine's order: as many for a row as its cells, or `width`, if that is not 0.  A name is a
letter and a text: d, t, h date, moment, time in ISO form, s duration in seconds, e error: its code, a blank, its
text.
"""

from __future__ import annotations

import datetime
import gc
import json
import os
import struct
import sys
from array import array
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, count
from typing import TYPE_CHECKING, Any, BinaryIO

from mingxi_desktop.exchange.cells import Cell, CellError, Row, Sheet
from mingxi_desktop.exchange.reading import PLACES, limits
from mingxi_desktop.exchange.reading.refusal import RefusedError

if TYPE_CHECKING:
    from mingxi_desktop.exchange.reading.grid import Grid

IN_LENGTH, OUT_LENGTH = struct.Struct(">Q"), struct.Struct(">I")
_CELLS_A_FRAME = 20_000
_CELLS_A_LOOK = 256
"""Rows are looked at together up to the width of one."""
_TEXT_A_FRAME = 1_000_000
_PLAIN = frozenset({str, int, float, bool, type(None)})
_NUMBERS = frozenset({int, float, bool})


def main() -> None:
    """Serve until the input ends."""
    _limit_memory()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not get between the frames.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    source = sys.stdin.buffer
    while head := source.read(IN_LENGTH.size):
        (length,) = IN_LENGTH.unpack(head)
        serve(source.read(length), output)
        output.flush()


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))


def serve(data: bytes, output: BinaryIO) -> None:
    """In the child: read one file and write its sheets, or the refusal, as frames to `output`."""
    from mingxi_desktop.exchange.reading.parse import parse

    gc.disable()  # what is read has no cycles, and looking for them takes long
    try:
        sender = _Sender(output)
        for sheet, rows, grid in parse(data):
            sender.begin(sheet)
            if grid is not None:
                sender.add_grid(grid)
            for row in rows:
                sender.add(row)
        sender.end()
    except RefusedError as refusal:
        _send(output, {"error": refusal.code, "detail": refusal.detail})
    except MemoryError:
        _send(output, {"error": "E_MEMORY", "detail": ""})
    gc.enable()


class _Sender:
    """Gathers rows into frames and counts the text in them."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._rows: list[Row] = []
        self._new: list[Row] = []
        self._waiting = self._cells = self._length = self._total = 0

    def begin(self, sheet: Sheet) -> None:
        """The rows that follow are this sheet's."""
        self._flush()
        head = {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "merged": [[one.top, one.left, one.bottom, one.right] for one in sheet.merged],
            "formulas": sheet.formulas,
            "hidden_rows": sorted(sheet.hidden_rows),
            "hidden_columns": sorted(sheet.hidden_columns),
            "separated": sheet.separated,
        }
        _send(self._output, {"sheet": head})

    def add(self, row: Row) -> None:
        """One more row.  Raises RefusedError when there is too much text."""
        size = len(row) + 1
        if self._waiting + size > _CELLS_A_LOOK:
            self._look()
        self._new.append(row)
        self._waiting += size

    def end(self) -> None:
        """All sheets were sent."""
        self._flush()
        _send(self._output, {"end": True})

    def _look(self) -> None:
        """Take the rows added since the last look into the frame."""
        self._rows += self._new
        self._length += sum(map(len, [cell for row in self._new for cell in row if type(cell) is str]))
        self._cells += self._waiting
        self._new, self._waiting = [], 0
        if self._cells > _CELLS_A_FRAME or self._length > _TEXT_A_FRAME:
            self._send_rows()

    def _flush(self) -> None:
        self._look()
        self._send_rows()

    def add_grid(self, grid: Grid) -> None:
        """All rows of a sheet.  Raises RefusedError when there is too much text."""
        # A negative zero is a zero.
        cells = [cell + 0.0 if type(cell) is float else cell for cell in grid.cells]
        sizes = [len(cell) if type(cell) is str else 0 for cell in cells]
        for block in grid.blocks:
            self._total += sum(map(sizes.__getitem__, block.places))
        self._look_at_total()
        start = length = 0
        for end, size in enumerate(sizes, 1):
            length += size
            if end - start >= _CELLS_A_FRAME or length > _TEXT_A_FRAME or end == len(sizes):
                self._send_frame(cells[start:end], more=start > 0)
                start, length = end, 0
        for block in grid.blocks:
            self._send_frame([], block.places, block.lengths, width=block.width, more=True)

    def _send_rows(self) -> None:
        self._total += self._length
        self._look_at_total()
        if self._rows:
            self._send_frame(*_once(self._rows), list(map(len, self._rows)))
        self._rows, self._cells, self._length = [], 0, 0

    def _look_at_total(self) -> None:
        if self._total > limits.MAX_TEXT:
            raise RefusedError("E_TOO_MANY_FILLED")

    def _send_frame(
        self,
        cells: list[Cell],
        places: Sequence[int] = (),
        lengths: Sequence[int] = (),
        *,
        width: int = 0,
        more: bool = False,
    ) -> None:
        named = [(place, _named(cell)) for place, cell in enumerate(cells) if type(cell) not in _PLAIN]
        for place, _ in named:
            cells[place] = None
        frame = {"cells": cells, "named": named, "more": more, "lengths": lengths, "width": width}
        _send(self._output, frame)
        _send_bytes(self._output, array(PLACES, places).tobytes())


def _once(rows: Sequence[Row]) -> tuple[list[Cell], array[int]]:
    """The cells of rows, equal ones once, and the place there of each.  A negative zero is a zero."""
    cells: list[Any] = list(chain.from_iterable(rows))
    numbers = _NUMBERS.intersection(map(type, cells))
    mixed = len(numbers) > 1  # 1, 1.0 and True are equal, but not the same
    known: defaultdict[Any, int] = defaultdict(count().__next__)
    places = array(
        PLACES, map(known.__getitem__, zip(map(type, cells), cells, strict=True) if mixed else cells)
    )
    once = [cell for _, cell in known] if mixed else list(known)
    zero = (float, 0.0) if mixed else 0.0
    if float in numbers and zero in known:
        once[known[zero]] = 0.0
    return once, places


@lru_cache(maxsize=4096)
def _named(cell: Cell) -> str:
    """A cell that JSON has no type for; days repeat themselves."""
    if type(cell) is datetime.date:
        return f"d{cell.isoformat()}"
    if isinstance(cell, CellError):
        return f"e{cell.code} {cell.text}"
    if isinstance(cell, datetime.datetime):
        return f"t{cell.isoformat()}"
    if isinstance(cell, datetime.time):
        return f"h{cell.isoformat()}"
    assert isinstance(cell, datetime.timedelta)
    return f"s{cell.total_seconds()!r}"


def _send(output: BinaryIO, frame: dict[str, Any]) -> None:
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    _send_bytes(output, text.encode("utf-8", "surrogatepass"))


def _send_bytes(output: BinaryIO, data: bytes) -> None:
    output.write(OUT_LENGTH.pack(len(data)))
    output.write(data)


if __name__ == "__main__":
    main()
