"""Rows of an xlsx sheet with nothing in them that the guard has to look at closely, told from the bytes alone.

Most rows are such: numbers and shared or short texts.  Walking through each of their cells would take most of
the time that reading a large file takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mingxi_desktop.exchange.cells import column_number
from mingxi_desktop.exchange.reading import limits

Skip = Callable[[int, int, int], None]
"""Told of each plain row with values: row and last column with one, 0-based, and how many."""

_CLOSER = ((b"f", b"<f"), (b"e", b'"e"'), (b"e", b"'e'"), (b"!", b"<!"), (b"&", b"&#"), (b"h", b"hidden"))
"""Formulas, errors, comments and the like: such rows are looked at cell by cell.

Before each a sign of it that plain rows lack: looking for one byte takes a tenth of the time.
"""
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d{1,7})"[^>]*>')
_REFERENCE = re.compile(rb'([A-Z]{1,3})(\d{1,7})"')
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
        kept = at = 0
        while True:
            start = data.find(_BEGIN, at)
            end = data.find(_END, start) if start >= 0 else -1
            if end < 0:
                break
            at = end + len(_END)
            found = self._plain(data[start:at])
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

    def end(self) -> None:
        """There is no more."""
        self._feed(self._rest)
        self._rest = b""

    def _has_signs(self, data: bytes) -> bool:
        if any(byte in data and sign in data for byte, sign in _CLOSER):
            return True
        return any(style in data for style in self._styles)

    def _plain(self, row: bytes) -> tuple[int, int, int] | None:
        """What `Skip` is told of a plain row, None of any other."""
        if len(row) > limits.MAX_CELL or (not self._clean and self._has_signs(row)):
            return None
        number = _ROW_NUMBER.match(row)
        if number is None or row.find(_BEGIN, 1) > 0 or row.count(_ANY_CELL) != row.count(_CELL):
            return None
        last = max(row.rfind(_VALUE), row.rfind(_INLINE) if self._inline else -1)
        if last < 0:
            return int(number[1]) - 1, -1, 0
        reference = _REFERENCE.match(row, row.rfind(_CELL, 0, last) + len(_CELL))
        if reference is None or reference[2] != number[1] or number[1] == b"0":
            return None
        column = self._columns.get(reference[1])
        if column is None:
            column = self._columns[reference[1]] = column_number(reference[1].decode())
        values = row.count(_VALUE) + (row.count(_INLINE) if self._inline else 0)
        return int(number[1]) - 1, column, values
