"""A TrueType font with just the glyphs that a document uses, as PDF embeds it (ISO 32000-1, 9.9)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.report.outlines import BLANK, Outline

_MAGIC_OF_HEAD = 0x5F0F3CF5
_CHECKSUM_OF_FILE = 0xB1B0AFBA
_ALL = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Subset:
    """The font file, and its extent in font units (x_min, y_min, x_max, y_max)."""

    data: bytes
    box: tuple[int, int, int, int]


def build(outlines: Sequence[Outline], advances: Sequence[int], em: int) -> Subset:
    """A font of these glyphs in this order; the first is .notdef. Advances in font units.

    The same glyphs give the same bytes: the file carries no date.
    """
    drawn = [outline for outline in outlines if outline.data] or [BLANK]
    box = (
        min(outline.x_min for outline in drawn),
        min(outline.y_min for outline in drawn),
        max(outline.x_max for outline in drawn),
        max(outline.y_max for outline in drawn),
    )
    glyf, loca = _glyf(outlines)
    count = len(outlines)
    tables = {
        b"glyf": glyf,
        b"head": _head(em, box),
        b"hhea": _hhea(count, max(advances), box),
        b"hmtx": b"".join(
            struct.pack(">Hh", advance, outline.x_min)
            for advance, outline in zip(advances, outlines, strict=True)
        ),
        b"loca": loca,
        b"maxp": _maxp(outlines),
        b"post": struct.pack(">IihhIIIII", 0x00030000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return Subset(_joined(tables), box)


def _glyf(outlines: Sequence[Outline]) -> tuple[bytes, bytes]:
    parts: list[bytes] = []
    offsets = [0]
    for outline in outlines:
        data = outline.data + b"\0" * (-len(outline.data) % 4)
        parts.append(data)
        offsets.append(offsets[-1] + len(data))
    return b"".join(parts), struct.pack(f">{len(offsets)}I", *offsets)


def _head(em: int, box: tuple[int, int, int, int]) -> bytes:
    """With checksum adjustment 0, filled in at the end; long offsets in `loca`."""
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh", 0x00010000, 0x00010000, 0, _MAGIC_OF_HEAD, 0x0003, em, 0, 0, *box, 0, 8, 2, 1, 0
    )


def _hhea(count: int, widest: int, box: tuple[int, int, int, int]) -> bytes:
    left, bottom, right, top = box
    return struct.pack(
        ">IhhhHhhhhhhhhhhhH",
        0x00010000, top, bottom, 0, widest, left, 0, right, 1, 0, 0, 0, 0, 0, 0, 0, count,
    )  # fmt: skip


def _maxp(outlines: Sequence[Outline]) -> bytes:
    points = max(outline.points for outline in outlines)
    contours = max(outline.contours for outline in outlines)
    return struct.pack(">I14H", 0x00010000, len(outlines), points, contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)


def _joined(tables: dict[bytes, bytes]) -> bytes:
    """The file: directory, then the tables, each at a multiple of 4 bytes."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = [struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, (count << 4) - (16 << power))]
    body: list[bytes] = []
    offset = 12 + 16 * count
    where_is_head = 0
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        if tag == b"head":
            where_is_head = offset
        directory.append(struct.pack(">4sIII", tag, _checksum(padded), offset, len(data)))
        body.append(padded)
        offset += len(padded)
    file = bytearray(b"".join((*directory, *body)))
    struct.pack_into(">I", file, where_is_head + 8, (_CHECKSUM_OF_FILE - _checksum(bytes(file))) & _ALL)
    return bytes(file)


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & _ALL
