"""Rows of an xlsx sheet with nothing in them that the guard has to look at closely, told from the bytes alone.

Most rows are such: numbers and shared or short texts.  Walking through each of their cells would take most of
the time that reading a large file takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat

from mingxi_desktop.exchange.cells import column_number
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.grid import Grid, Run
from mingxi_desktop.exchange.reading.usual_rows import are_usual, may_be_usual

Skip = Callable[[int, Sequence[int], int], None]
"""Told of such rows."""

_CLOSER = ((b"f", b"<f"), (b"e", b'"e"'), (b"e", b"'e'"), (b"!", b"<!"), (b"&", b"&#"), (b"h", b"hidden"))
"""Formulas, errors, comments and the like: such rows are looked at cell by cell.

Before each a sign of it that plain rows lack: looking for one byte takes a tenth of the time.
"""
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d{1,7})"[^>]*>')
_FILLED_ROW = re.compile(rb'(?>%b).*<c r="([A-Z]{1,3})\1"[^>]*>\s*<(?:v|is)' % _ROW_NUMBER.pattern, re.DOTALL)
"""A row up to the value of its last cell with one: its number, and the column of that cell."""
_BEGIN, _END, _ANY_CELL, _CELL = b"<row ", b"</row>", b"<c", b'<c r="'
_VALUE, _INLINE = b"<v", b"<is"
_EMPTY_ROW = b"<row/>"


class PlainRows:
    """Takes the XML in pieces and gives back what is left of it without the plain rows.

    check: given all of it to see that it is whole; in place of many usual rows, which are, it gets an empty one.
    grid: given the sheet as long as all of its rows are usual.
    """

    def __init__(
        self,
        feed: Callable[[bytes], None],
        skip: Skip,
        styles: Iterable[str],
        check: Callable[[bytes], object],
        grid: Grid,
    ) -> None:
        self._feed = feed
        self._check = check
        self._skip = skip
        self._grid = grid
        self._styles = [f's="{style}"'.encode() for style in styles]
        self._columns: dict[bytes, int] = {}
        self._rest = b""
        self._usual: bool | None = None
        self._clean = self._inline = False

    def piece(self, data: bytes) -> None:
        """Take in the next bytes of the sheet's XML; a row may be divided between two of them."""
        data = self._rest + data
        if self._usual is None:
            self._usual = may_be_usual(data)
        self._inline = _INLINE in data
        checked = kept = at = self._usual_rows(data)
        if not at:
            if _END in data:
                self._grid.give_up()
            self._clean = not self._has_signs(data)
            kept = at = self._all_rows(data)
        while True:
            start = data.find(_BEGIN, at)
            end = data.find(_END, start) if start >= 0 else -1
            if end < 0:
                break
            at = end + len(_END)
            found = self._plain([data[start:end]])
            if found is None:
                continue
            if kept < start:
                self._feed(data[kept:start])
            kept = at
            if found[2]:
                self._skip(*found)
        whole = start if start >= 0 and len(data) - start <= limits.MAX_CELL else len(data) - len(_BEGIN)
        whole = max(whole, at)
        self._check(data[checked:whole])
        self._grid.outside(data[checked:whole])
        self._feed(data[kept:whole])
        self._rest = data[whole:]

    def _usual_rows(self, data: bytes) -> int:
        """Where the last whole row ends, if all rows are usual and plain: they are taken out at once.  Otherwise 0."""
        start, end = data.find(_BEGIN), data.rfind(_END)
        if not self._usual or not 0 <= start < end or any(style in data for style in self._styles):
            return 0
        runs = self._runs(data[start : end + len(_END)], data[:start])
        if runs is None:
            return 0
        self._check(data[:start] + _EMPTY_ROW)
        self._feed(data[:start])
        for run in runs:
            self._skip(*run)
        return end + len(_END)

    def _runs(self, rows: bytes, above: bytes) -> Sequence[Run] | None:
        """What `Skip` is told of whole rows; None unless all are usual and plain.  above: what stands before them."""
        self._grid.outside(above)
        runs = self._grid.take(rows)
        if runs is not None:
            return runs
        found = self._plain(rows.removesuffix(_END).split(_END), usual=True) if are_usual(rows) else None
        return [found] if found is not None and found[2] else None

    def _all_rows(self, data: bytes) -> int:
        """Where the last whole row ends, if all rows are plain: they are taken out at once.  Otherwise 0."""
        start, end = data.find(_BEGIN), data.rfind(_END)
        if not self._clean or not 0 <= start < end:
            return 0
        found = self._plain(data[start:end].split(_END))
        if found is None or not found[2]:
            return 0
        self._feed(data[:start])
        self._skip(*found)
        return end + len(_END)

    def end(self) -> None:
        """There is no more."""
        self._check(self._rest)
        self._grid.outside(self._rest)
        self._feed(self._rest)
        self._rest = b""

    def _has_signs(self, data: bytes) -> bool:
        if any(byte in data and sign in data for byte, sign in _CLOSER):
            return True
        return any(style in data for style in self._styles)

    def _plain(self, rows: Sequence[bytes], *, usual: bool = False) -> Run | None:
        """What `Skip` is told of rows, without their ends; None unless all are plain and follow each other.

        Rows with values and rows without are not taken together.  usual: that they are is known (`are_usual`).
        """
        whole = _END.join(rows)
        if max(map(len, rows)) > limits.MAX_CELL or not (usual or self._has_plain_cells(whole, len(rows))):
            return None
        values = whole.count(_VALUE) + (whole.count(_INLINE) if self._inline else 0)
        heads = [(_FILLED_ROW if values else _ROW_NUMBER).match(row) for row in rows]
        found = [head for head in heads if head is not None]
        if len(found) < len(rows):
            return None
        first = int(found[0][1])
        if not values:
            return first - 1, (), 0
        if not usual and self._has_more(rows, [head.end() for head in found]):
            return None
        following = len(rows) == 1 or [head[1] for head in found] == [
            b"%d" % number for number in range(first, first + len(rows))
        ]
        if not first or not following:
            return None
        return first - 1, [self._column(head[2]) for head in found], values

    def _has_plain_cells(self, rows: bytes, number: int) -> bool:
        """Whether so many rows have no cell that is looked at closely, and each cell says where it is."""
        if not self._clean and self._has_signs(rows):
            return False
        return rows.count(_BEGIN) == number and rows.count(_ANY_CELL) == rows.count(_CELL)

    def _has_more(self, rows: Sequence[bytes], ends: Sequence[int]) -> bool:
        """Whether values stand in rows behind these places."""
        return any(map(bytes.count, rows, repeat(_VALUE), ends)) or (
            self._inline and any(map(bytes.count, rows, repeat(_INLINE), ends))
        )

    def _column(self, text: bytes) -> int:
        column = self._columns.get(text)
        if column is None:
            column = self._columns[text] = column_number(text.decode())
        return column
