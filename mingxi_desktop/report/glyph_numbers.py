"""Which glyph a character has and how wide it is, looked up in the font's own tables.

fontTools makes dictionaries of all thirty thousand first, which takes longer than setting a page.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

Lookup = Callable[[int], int]
"""Code point → number of its glyph, 0 where the font has none."""

_BEST = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the Unicode tables, the most complete one first."""
_RECORD, _GROUP, _METRIC = struct.Struct(">HHL"), 3, 4
_OF_PLANE_0, _OF_ALL = 4, 12
"""Formats of a table: ranges of 16-bit characters with gaps, ranges of any."""


def characters(font: Any) -> Lookup:
    """Of a TTFont that was opened from a file; KeyError where it has no Unicode table."""
    data: bytes = font.reader["cmap"]
    (count,) = struct.unpack_from(">H", data, 2)
    records = (_RECORD.unpack_from(data, 4 + _RECORD.size * place) for place in range(count))
    tables = {(platform, encoding): offset for platform, encoding, offset in records}
    start = next((tables[key] for key in _BEST if key in tables), None)
    if start is None:
        raise KeyError("cmap")
    (form,) = struct.unpack_from(">H", data, start)
    if form == _OF_ALL:
        return _of_all(data, start)
    if form == _OF_PLANE_0:
        return _of_plane_0(data, start)
    names = font.getBestCmap() or {}
    return lambda code: int(font.getGlyphID(names[code])) if code in names else 0


def advances(font: Any) -> Callable[[int], int]:
    """Number of a glyph → its width in font units; those behind the last width have that one too."""
    data: bytes = font.reader["hmtx"]
    last = font["hhea"].numberOfHMetrics - 1
    return lambda glyph: int.from_bytes(data[_METRIC * min(glyph, last) :][:2], "big")


def _of_all(data: bytes, start: int) -> Lookup:
    (count,) = struct.unpack_from(">L", data, start + 12)
    groups = _numbers("I", data[start + 16 : start + 16 + 4 * _GROUP * count])
    firsts, lasts, glyphs = groups[0::_GROUP], groups[1::_GROUP], groups[2::_GROUP]

    def find(code: int) -> int:
        place = bisect_right(firsts, code) - 1
        return glyphs[place] + code - firsts[place] if place >= 0 and code <= lasts[place] else 0

    return find


def _of_plane_0(data: bytes, start: int) -> Lookup:
    length, _language, twice = struct.unpack_from(">HHH", data, start + 2)
    count = twice // 2
    # Some tables are longer than the 16 bits of their length can say.
    words = _numbers("H", data[start + 14 : max(start + length, start + 16 + 4 * twice)])
    lasts, firsts = words[:count], words[count + 1 : 2 * count + 1]
    deltas, offsets = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 :]

    def find(code: int) -> int:
        place = bisect_left(lasts, code)
        if place == count or code < firsts[place]:
            return 0
        if not offsets[place]:
            return (code + deltas[place]) & 0xFFFF
        # An offset counts from where it stands itself, into the numbers behind all offsets.
        glyph = offsets[place + offsets[place] // 2 + code - firsts[place]]
        return (glyph + deltas[place]) & 0xFFFF if glyph else 0

    return find


def _numbers(size: str, data: bytes) -> array[int]:
    numbers = array(size, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
