"""Small xls files made by hand: the records that matter, in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
DATE = 1
"""The cell format that shows a number as a date."""


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def number(row: int, column: int, value: float, form: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, form, value))


def text(row: int, column: int, value: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + value.encode("utf-16-le"))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def boolean(row: int, column: int, value: bool) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, 0))


def formula(row: int, column: int, result: float | None = None, *, failed: int | None = None) -> bytes:
    """With a number, an error or, with neither, an empty text as its result."""
    if failed is not None:
        shown = struct.pack("<BBBBHH", 2, 0, failed, 0, 0, 0xFFFF)
    elif result is None:
        shown = struct.pack("<BBBBHH", 3, 0, 0, 0, 0, 0xFFFF)
    else:
        shown = struct.pack("<d", result)
    tokens = b"\x1e\x01\x00"
    rest = struct.pack("<HIH", 0, 0, len(tokens)) + tokens
    return record(0x0006, struct.pack("<HHH", row, column, 0) + shown + rest)


def hidden_row(row: int) -> bytes:
    return record(0x0208, struct.pack("<HHHHHHI", row, 0, 1, 255, 0, 0, 0x20 | 0x100))


def hidden_columns(first: int, last: int) -> bytes:
    return record(0x007D, struct.pack("<HHHHHH", first, last, 2000, 0, 1, 0))


def merged(top: int, left: int, bottom: int, right: int) -> bytes:
    return record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def workbook(
    sheets: Sequence[tuple[str, bytes, int]], *, epoch_1904: bool = False, extra: bytes = b""
) -> bytes:
    """The workbook stream; a sheet is its name, its records and its state (0 shown, 1 hidden, 2 very hidden)."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)) + extra
    start += record(0x0042, struct.pack("<H", 1200)) + record(0x0022, struct.pack("<H", epoch_1904))
    for form in (0, 14):
        start += record(0x00E0, struct.pack("<HHHBBBBIIH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0))
    names = [name.encode("utf-16-le") for name, _, _ in sheets]
    size = len(start) + sum(12 + len(name) for name in names) + 4
    bound, parts = b"", b""
    for name, (_, records, state) in zip(names, sheets, strict=True):
        content = struct.pack("<IBBBB", size + len(parts), state, 0, len(name) // 2, 1) + name
        bound += record(0x0085, content)
        part = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
        parts += part + records + record(0x000A)
    return start + bound + record(0x000A) + parts


def xls(records: bytes, **options: bool) -> bytes:
    """An xls with one sheet."""
    return compound({"Workbook": workbook([("表", records, 0)], **options)})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file; every stream is filled up so that none is a small one."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number_, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(4096, b"\x00")
        pieces = [data[at : at + _SECTOR].ljust(_SECTOR, b"\x00") for at in range(0, len(data), _SECTOR)]
        right = number_ + 1 if number_ < len(streams) else _FREE
        entries.append(_entry(name, 2, len(sectors), len(data), right=right))
        chain += [*range(len(sectors) + 1, len(sectors) + len(pieces)), _END]
        sectors += pieces
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\x00")
    first = len(sectors)
    pieces = [directory[at : at + _SECTOR] for at in range(0, len(directory), _SECTOR)]
    chain += [*range(first + 1, first + len(pieces)), _END]
    sectors += pieces
    fats = 1
    while (len(sectors) + fats) * 4 > fats * _SECTOR:
        fats += 1
    chain += [_FAT] * fats
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(fats * _SECTOR, b"\xff")
    places = list(range(len(sectors), len(sectors) + fats))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fats, first, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - fats))
    return header + b"".join(sectors) + table


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le")
    tail = struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, right, child) + bytes(36)
    return raw.ljust(64, b"\x00") + tail + struct.pack("<IQ", start, size)
