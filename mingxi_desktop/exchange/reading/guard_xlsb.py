"""xlsb under the guard: the records of its binary parts, read for what calamine does not tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from mingxi_desktop.exchange.cells import Merged
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.extent import Budget, Extent
from mingxi_desktop.exchange.reading.guard_xls import ERRORS
from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.package import Package
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.relations import Relations, workbook_part

_ROW, _ERROR, _STRING_ITEM, _COLUMN, _SHEET, _MERGED = 0, 3, 19, 60, 156, 176
_VALUES = (2, 4, 5, 6, 7, 62)
"""Numbers, booleans, texts: cells with something in them."""
_FORMULAS = (8, 9, 10, 11)
_FORMULA_ERROR = 11
_ROW_HIDDEN = 0x10
_CONTINUES = 0x80


def scan_xlsb(package: Package) -> list[SheetNotes]:
    """Notes of the sheets in their order.  Raises RefusedError."""
    workbook = workbook_part(package, "workbook.bin")
    relations = Relations(package, workbook)
    sheets = [_sheet(content) for kind, content in _records(package.content(workbook)) if kind == _SHEET]
    if not sheets:
        raise RefusedError("E_DAMAGED")
    if len(sheets) > limits.MAX_SHEETS:
        raise RefusedError("E_TOO_MANY_SHEETS")
    for part in relations.strings:
        for kind, content in _records(package.content(part)):
            if kind == _STRING_ITEM and struct.unpack_from("<I", content, 1)[0] > limits.MAX_CELL:
                raise RefusedError("E_CELL_TOO_LONG")
    budget = Budget()
    found: list[SheetNotes] = []
    for name, key in sheets:
        part = relations.targets.get(key, "")
        stream = package.content(part) if package.has(part) else b""
        found.append(_scan(stream, Extent(name, budget)))
    return found


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, content) of each record; types take one or two bytes, lengths up to four."""
    at = 0
    while at < len(stream):
        kind, at = _number(stream, at, 2)
        length, at = _number(stream, at, 4)
        if at + length > len(stream):
            raise RefusedError("E_DAMAGED", "文件不完整，可能没有传完")
        yield kind, stream[at : at + length]
        at += length


def _number(stream: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the place after it."""
    number = 0
    for shift in range(0, 7 * most, 7):
        if at >= len(stream):
            raise RefusedError("E_DAMAGED", "文件不完整，可能没有传完")
        byte = stream[at]
        at += 1
        number |= (byte & ~_CONTINUES) << shift
        if not byte & _CONTINUES:
            break
    return number, at


def _sheet(content: bytes) -> tuple[str, str]:
    """(name, id of the relation to its part)."""
    key, at = _text(content, 8)
    name, _ = _text(content, at)
    return name, key


def _text(content: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le"), end


def _scan(stream: bytes, extent: Extent) -> SheetNotes:
    notes = SheetNotes(extent.name)
    row = 0
    for kind, content in _records(stream):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", content)
            if content[11] & _ROW_HIDDEN:
                notes.hidden_rows.add(row)
        elif kind in _VALUES or kind in _FORMULAS or kind == _ERROR:
            (column,) = struct.unpack_from("<I", content)
            extent.reach(row, column)
            if kind in (_ERROR, _FORMULA_ERROR):
                notes.errors[row, column] = ERRORS.get(content[8], "#ERROR")
            elif kind in _FORMULAS:
                notes.formulas += 1
        elif kind == _COLUMN:
            first, last, width, _, options = struct.unpack_from("<4IH", content)
            if options & 1 or not width:
                notes.hidden_columns.update(range(first, min(last + 1, limits.MAX_COLUMNS)))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", content)
            notes.merged.append(Merged(top, left, bottom, min(right, limits.MAX_COLUMNS - 1)))
    notes.cut(extent.bottom)
    return notes
