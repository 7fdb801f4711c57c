"""xls and et under the guard: the records of the workbook stream, read for what calamine does not tell.

Cells' values are left to calamine; here are error cells, formulas never computed, what is hidden, encryption,
and how far each sheet reaches.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.extent import Budget, Extent
from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.ole import Compound
from mingxi_desktop.exchange.reading.refusal import RefusedError

_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""What the codes of error cells are shown as, in xls and in xlsb."""

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_ROW, _COLINFO, _FORMULA, _BOOLERR = 0x0208, 0x007D, 0x0006, 0x0205
_MULRK = 0x00BD
_SINGLE = (0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6)
"""NUMBER, RK, LABELSST, LABEL, RSTRING: row, column and something in it."""
_BIFF8 = 0x0600
_ROW_HIDDEN = 0x20
_NO_TEXT = 3
"""A formula whose result is an empty text - or that its writer never computed."""


@dataclass(slots=True)
class _Scanned:
    """A sheet, and its formulas with an empty text for a result."""

    notes: SheetNotes
    blank: set[tuple[int, int]] = field(default_factory=set)
    valued: int = 0


def scan_xls(data: bytes) -> list[SheetNotes]:
    """Notes of the sheets in the workbook's order.  Raises RefusedError."""
    compound = Compound(data)
    if compound.names.intersection(_ENCRYPTED):
        raise RefusedError("E_PASSWORD")
    name = next((name for name in _STREAMS if name in compound.names), None)
    if name is None:
        raise RefusedError("E_DAMAGED")
    return scan_workbook(compound.stream(name))


def scan_workbook(stream: bytes) -> list[SheetNotes]:
    """The same from the workbook stream itself."""
    listed = _sheets(stream)
    if not listed:
        raise RefusedError("E_DAMAGED")
    if len(listed) > limits.MAX_SHEETS:
        raise RefusedError("E_TOO_MANY_SHEETS")
    budget = Budget()
    scanned = [_scan(stream, start, Extent(name, budget)) for name, start in listed]
    never = not any(sheet.valued for sheet in scanned)
    for sheet in scanned:
        if never:
            sheet.notes.unvalued |= sheet.blank
        else:
            sheet.notes.formulas += len(sheet.blank)
    return [sheet.notes for sheet in scanned]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(type, content) of each record of the part of the stream that begins here, embedded charts left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4 + length
        if at > len(stream):
            break
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth == 0:
                return
        elif depth == 0:
            break
        if depth == 1:
            yield kind, stream[at - length : at]
    raise RefusedError("E_DAMAGED", "文件不完整，可能没有传完")


def _sheets(stream: bytes) -> list[tuple[str, int]]:
    """(name, place in the stream) of every sheet."""
    found: list[tuple[str, int]] = []
    for kind, content in _records(stream, 0):
        if kind == _BOF:
            if struct.unpack_from("<H", content)[0] < _BIFF8:
                raise RefusedError("E_FORMAT", "Excel 95 或更早的表格")  # calamine garbles its Chinese
        elif kind == _FILEPASS:
            raise RefusedError("E_PASSWORD")
        elif kind == _BOUNDSHEET and len(content) > 7:
            found.append((_name(content[6:]), struct.unpack_from("<I", content)[0]))
    return found


def _name(content: bytes) -> str:
    length = content[0]
    if content[1] & 1:
        return content[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    return content[2 : 2 + length].decode("latin-1")


def _scan(stream: bytes, start: int, extent: Extent) -> _Scanned:
    sheet = _Scanned(SheetNotes(extent.name))
    notes = sheet.notes
    for kind, content in _records(stream, start):
        if kind in _SINGLE:
            extent.reach(*struct.unpack_from("<HH", content))
        elif kind == _MULRK:
            row, column = struct.unpack_from("<HH", content)
            extent.reach(row, column, 1, max(1, (len(content) - 6) // 6))
        elif kind == _FORMULA:
            _formula(content, sheet, extent)
        elif kind == _BOOLERR:
            row, column, _, value, error = struct.unpack_from("<HHHBB", content)
            extent.reach(row, column)
            if error:
                notes.errors[row, column] = ERRORS.get(value, "#ERROR")
        elif kind == _ROW and struct.unpack_from("<H", content, 12)[0] & _ROW_HIDDEN:
            notes.hidden_rows.add(struct.unpack_from("<H", content)[0])
        elif kind == _COLINFO:
            _column(content, notes)
    notes.cut(extent.bottom)
    return sheet


def _column(content: bytes, notes: SheetNotes) -> None:
    first, last, width, _, options = struct.unpack_from("<5H", content)
    if options & 1 or not width:
        notes.hidden_columns.update(range(first, min(last + 1, limits.MAX_COLUMNS)))


def _formula(content: bytes, sheet: _Scanned, extent: Extent) -> None:
    """The result of a formula: eight bytes, a number unless they end in FFFF."""
    row, column = struct.unpack_from("<HH", content)
    extent.reach(row, column)
    result = content[6:14]
    if len(result) < 8:
        raise RefusedError("E_DAMAGED")
    if result[6:] != b"\xff\xff":
        sheet.notes.formulas += 1
        sheet.valued += 1
    elif result[0] == 2:
        sheet.notes.errors[row, column] = ERRORS.get(result[2], "#ERROR")
        sheet.valued += 1
    elif result[0] == _NO_TEXT:
        sheet.blank.add((row, column))
    else:
        sheet.notes.formulas += 1
        sheet.valued += 1
