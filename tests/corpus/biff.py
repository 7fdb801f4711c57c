"""A small writer of BIFF8 workbooks (.xls, .et) in an OLE compound file."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Sequence
from typing import Any

Rows = Sequence[Sequence[Any]]

_SECTOR = 512
_MOST = 8224
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


def xls(
    rows: Rows,
    *,
    name: str = "表",
    date1904: bool = False,
    password: bool = False,
    hidden: Sequence[int] = (),
    others: Sequence[tuple[str, Rows, int]] = (),
    cut: int = 0,
) -> bytes:
    """A workbook: dates get a date format, ("error", "#REF!") and ("f", cached) are what they say.

    hidden: rows (from 1).  others: further sheets as (name, rows, state).  cut: bytes taken off the stream's end.
    """
    stream = workbook_stream([(name, rows, 0), *others], date1904=date1904, password=password, hidden=hidden)
    return ole({"Workbook": stream[: len(stream) - cut] if cut else stream})


def workbook_stream(
    sheets: Sequence[tuple[str, Rows, int]],
    *,
    date1904: bool = False,
    password: bool = False,
    hidden: Sequence[int] = (),
) -> bytes:
    """The stream that holds the workbook."""
    shared: dict[str, int] = {}
    bodies = [
        _sheet(rows, shared, date1904, hidden if not n else ()) for n, (_, rows, _) in enumerate(sheets)
    ]
    head = _bof(5)
    if password:
        head += _part(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    head += _part(0x42, struct.pack("<H", 1200)) + _part(0x22, struct.pack("<H", int(date1904)))
    head += _part(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _short("宋体"))
    head += _part(0x41E, struct.pack("<H", 164) + _long('yyyy"年"m"月"d"日"'))
    head += b"".join(
        _part(0xE0, struct.pack("<HHHBBBBIIH", 0, f, 0, 0, 0, 0, 0, 0, 0, 0)) for f in (0, 14, 164)
    )
    places = _shared(list(shared)) + _part(0xA)
    bounds = sum(4 + len(_bound(0, *sheet[::2])) for sheet in sheets)
    at = len(head) + bounds + len(places)
    listed = b""
    for (name, _, state), body in zip(sheets, bodies, strict=True):
        listed += _part(0x85, _bound(at, name, state))
        at += len(body)
    return head + listed + places + b"".join(bodies)


def _bound(at: int, name: str, state: int) -> bytes:
    return struct.pack("<IBB", at, state, 0) + _short(name)


def _sheet(rows: Rows, shared: dict[str, int], date1904: bool, hidden: Sequence[int]) -> bytes:
    width = max((len(row) for row in rows), default=0)
    out = _bof(0x10) + _part(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number in range(len(rows)):
        flags = 0x20 if number + 1 in hidden else 0
        out += _part(0x208, struct.pack("<HHHHHHI", number, 0, width, 255, 0, 0, 0x100 | flags))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                out += _cell(number, column, value, shared, date1904)
    return out + _part(0xA)


def _cell(row: int, column: int, value: Any, shared: dict[str, int], date1904: bool) -> bytes:
    place = struct.pack("<HH", row, column)
    if isinstance(value, tuple) and value[0] == "error":
        return _part(0x205, place + struct.pack("<HBB", 0, _ERRORS[value[1]], 1))
    if isinstance(value, tuple):
        formula = b"\x1e\x01\x00"  # the number 1; only the kept result matters
        kept = struct.pack("<d", value[1])
        return _part(0x6, place + struct.pack("<H", 0) + kept + struct.pack("<HIH", 0, 0, 3) + formula)
    if isinstance(value, datetime.date):
        start = datetime.date(1904, 1, 1) if date1904 else datetime.date(1899, 12, 30)
        return _part(0x203, place + struct.pack("<Hd", 1 + row % 2, (value - start).days))
    if isinstance(value, int | float):
        return _part(0x203, place + struct.pack("<Hd", 0, value))
    return _part(0xFD, place + struct.pack("<HI", 0, shared.setdefault(value, len(shared))))


def _shared(texts: Sequence[str]) -> bytes:
    """The table of texts; a text that is cut goes on in a CONTINUE record, its width stated again."""
    pieces = [struct.pack("<II", len(texts), len(texts))]
    for text in texts:
        data = _long(text)
        if len(pieces[-1]) + 5 > _MOST:
            pieces.append(b"")
        room = 3 + (_MOST - len(pieces[-1]) - 3) // 2 * 2
        pieces[-1] += data[:room]
        if data[room:]:
            pieces.append(b"\x01" + data[room:])
    kinds = [0xFC, *[0x3C] * (len(pieces) - 1)]
    return b"".join(
        struct.pack("<HH", kind, len(data)) + data for kind, data in zip(kinds, pieces, strict=True)
    )


def _bof(kind: int) -> bytes:
    return _part(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _part(kind: int, data: bytes = b"") -> bytes:
    """A record; what is too long goes on in CONTINUE records."""
    first, rest = data[:_MOST], data[_MOST:]
    out = struct.pack("<HH", kind, len(first)) + first
    return out + _part(0x3C, rest) if rest else out


def _short(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _long(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<HB", len(data) // 2, 1) + data


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each in sectors of its own (padded to 4,096 bytes at least)."""
    sectors, chains, entries = b"", [], []
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        count = -(-len(data) // _SECTOR)
        entries.append((name, len(chains), len(data)))
        first = len(chains)
        chains += [*range(first + 1, first + count), _END]
        sectors += data.ljust(count * _SECTOR, b"\0")
    folder = _entry("Root Entry", 5, _END, 0, child=1)
    for number, (name, start, size) in enumerate(entries, 1):
        folder += _entry(name, 2, start, size, right=number + 1 if number < len(entries) else _NONE)
    folder = folder.ljust(-(-len(folder) // _SECTOR) * _SECTOR, b"\0")
    at, count = len(chains), len(folder) // _SECTOR
    chains += [*range(at + 1, at + count), _END]
    tables = -(-(len(chains) + 1) // (_SECTOR // 4 - 1))
    fat_at = len(chains)
    chains += [_FAT] * tables
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<IIIIIIIII", 0, tables, at, 0, 4096, _END, 0, _END, 0)
    listed = [fat_at + n for n in range(tables)]
    head += struct.pack("<109I", *listed, *[_FREE] * (109 - tables))
    return head + sectors + folder + fat


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _NONE, right: int = _NONE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    out = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _NONE, right, child)
    return out + bytes(36) + struct.pack("<IQ", start, size)
