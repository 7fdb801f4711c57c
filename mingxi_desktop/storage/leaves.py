"""Rows straight from the pages of a damaged file, where SQLite no longer finds its way to them.

The format is SQLite's: https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1. Only table leaves are read;
which table a row is of, its reader must tell from the row. What makes no sense is passed over.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

_LEAF = 0x0D
_FIRST_HEADER = 100
_SIZES = frozenset(1 << power for power in range(9, 17))
_USUAL = 4096
_MOST = 100_000_000
"""Bytes of one row; a longer one is damage."""
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
Leaf = tuple[int, list[Any]]
"""(rowid, values); the primary key's value is None, it is the rowid."""


def rows(path: Path) -> Iterator[Leaf]:
    """Every row of every table leaf that can be read, page by page; texts that are no UTF-8 with � in them."""
    with path.open("rb") as file:
        pages = _Pages(file)
        for number in range(1, pages.count + 1):
            yield from _of_page(pages, number)


class _Pages:
    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        head = file.read(_FIRST_HEADER)
        size = int.from_bytes(head[16:18], "big")
        size = 65536 if size == 1 else size
        whole = head[:16] == b"SQLite format 3\x00" and size in _SIZES
        self.size = size if whole else _USUAL
        self.usable = self.size - (head[20] if whole and head[20] < self.size // 2 else 0)
        file.seek(0, 2)
        self.count = -(-file.tell() // self.size)

    def page(self, number: int) -> bytes:
        self._file.seek((number - 1) * self.size)
        return self._file.read(self.size)


def _of_page(pages: _Pages, number: int) -> Iterator[Leaf]:
    page = pages.page(number)
    start = _FIRST_HEADER if number == 1 else 0
    if len(page) < start + 8 or page[start] != _LEAF:
        return
    cells = int.from_bytes(page[start + 3 : start + 5], "big")
    for at in range(start + 8, min(start + 8 + 2 * cells, len(page) - 1), 2):
        place = int.from_bytes(page[at : at + 2], "big")
        try:
            yield _cell(pages, page, place)
        except (IndexError, ValueError, struct.error):
            continue


def _cell(pages: _Pages, page: bytes, place: int) -> Leaf:
    size, place = _varint(page, place)
    rowid, place = _varint(page, place)
    if not 2 <= size <= _MOST:
        raise ValueError("no row")
    usable = pages.usable
    if size <= usable - 35:
        payload = page[place : place + size]
    else:
        least = (usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (usable - 4)
        local = local if local <= usable - 35 else least
        payload = page[place : place + local]
        payload += _overflow(pages, page[place + local : place + local + 4], size - local)
    if len(payload) != size:
        raise ValueError("cut short")
    return rowid, _values(payload)


def _overflow(pages: _Pages, pointer: bytes, size: int) -> bytes:
    parts: list[bytes] = []
    seen = set()
    while size > 0:
        number = int.from_bytes(pointer, "big")
        if not 2 <= number <= pages.count or number in seen:
            raise ValueError("overflow leads nowhere")
        seen.add(number)
        page = pages.page(number)
        pointer = page[:4]
        parts.append(page[4 : 4 + min(size, pages.usable - 4)])
        size -= pages.usable - 4
    return b"".join(parts)


def _values(payload: bytes) -> list[Any]:
    end, at = _varint(payload, 0)
    if end > len(payload):
        raise ValueError("no header")
    place, found = end, []
    while at < end:
        sort, at = _varint(payload, at)
        value, place = _value(payload, sort, place)
        found.append(value)
    if place != len(payload):
        raise ValueError("sizes do not add up")
    return found


def _value(payload: bytes, sort: int, place: int) -> tuple[Any, int]:
    if sort == 0:
        return None, place
    if sort in (8, 9):
        return sort - 8, place
    size = _INTEGERS.get(sort, 8 if sort == 7 else (sort - 12) // 2)
    part = payload[place : place + size]
    if sort in (10, 11) or len(part) != size:
        raise ValueError("no value")
    if sort in _INTEGERS:
        return int.from_bytes(part, "big", signed=True), place + size
    if sort == 7:
        return struct.unpack(">d", part)[0], place + size
    return (part.decode("utf-8", "replace") if sort % 2 else part), place + size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """(number, where it ends)."""
    number = 0
    for place in range(at, at + 8):
        byte = data[place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + 1
    number = number << 8 | data[at + 8]
    return number - (1 << 64) if number >> 63 else number, at + 9
