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

Run = tuple[int, Sequence[int], int]
"""Plain rows that follow each other: the first, the last column with a value of each, 0-based; how many values."""
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


class PlainRows:
    """Takes the XML in pieces and gives back what is left of it without the plain rows."""

    def __init__(self, feed: Callable[[bytes], None], skip: Skip, styles: Iterable[str]) -> None:
        self._feed = feed
        self._skip = skip
        self._styles = [f's="{style}"'.encode() for style in styles]
        self._columns: dict[bytes, int] = {}
        self._rest = b""
        self._clean = self._inline = False

    def piece(self, data: bytes) -> None:
        """Take in the next bytes of the sheet's XML; a row may be divided between two of them."""
        data = self._rest + data
        self._clean = not self._has_signs(data)
        self._inline = _INLINE in data
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
        self._feed(data[kept:whole])
        self._rest = data[whole:]

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
        self._feed(self._rest)
        self._rest = b""

    def _has_signs(self, data: bytes) -> bool:
        if any(byte in data and sign in data for byte, sign in _CLOSER):
            return True
        return any(style in data for style in self._styles)

    def _plain(self, rows: Sequence[bytes]) -> Run | None:
        """What `Skip` is told of rows, without their ends; None unless all are plain and follow each other.

        Rows with values and rows without are not taken together.
        """
        whole = _END.join(rows)
        if max(map(len, rows)) > limits.MAX_CELL or (not self._clean and self._has_signs(whole)):
            return None
        if whole.count(_BEGIN) != len(rows) or whole.count(_ANY_CELL) != whole.count(_CELL):
            return None
        values = whole.count(_VALUE) + (whole.count(_INLINE) if self._inline else 0)
        heads = [(_FILLED_ROW if values else _ROW_NUMBER).match(row) for row in rows]
        found = [head for head in heads if head is not None]
        if len(found) < len(rows):
            return None
        first = int(found[0][1])
        if not values:
            return first - 1, (), 0
        ends = [head.end() for head in found]
        if any(map(bytes.count, rows, repeat(_VALUE), ends)) or (
            self._inline and any(map(bytes.count, rows, repeat(_INLINE), ends))
        ):
            return None
        following = len(rows) == 1 or [head[1] for head in found] == [
            b"%d" % number for number in range(first, first + len(rows))
        ]
        if not first or not following:
            return None
        return first - 1, [self._column(head[2]) for head in found], values

    def _column(self, text: bytes) -> int:
        column = self._columns.get(text)
        if column is None:
            column = self._columns[text] = column_number(text.decode())
        return column
