from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.cells import CellError, Merged
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.guard import guard
from mingxi_desktop.exchange.reading.read import read_sheets
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format
from tests.exchange.workbooks import packed

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, content: bytes = b"") -> bytes:
    start = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    size = b""
    while length > 127:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return start + size + bytes([length]) + content


def text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 * hidden, 0) + bytes(4))


def cell(kind: int, column: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + value)


def xlsb(records: bytes, *, state: int = 0) -> bytes:
    """An xlsb with one sheet."""
    sheet = record(156, struct.pack("<II", state, 1) + text("rId1") + text("表"))
    book = record(131) + record(143) + sheet + record(144) + record(132)
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
    dimension = record(148, struct.pack("<4I", 0, 10, 0, 10))
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f"<Relationships>{relation}</Relationships>".encode(),
        "xl/worksheets/sheet1.bin": record(129)
        + dimension
        + record(145)
        + records
        + record(146)
        + record(130),
    }
    return packed(parts)


_FORMULA = struct.pack("<H", 0) + struct.pack("<I", 3) + b"\x1e\x01\x00" + bytes(4)
_RECORDS = (
    row(0)
    + cell(5, 0, struct.pack("<d", 2.5))
    + cell(6, 1, text("盖洋镇"))
    + row(1, hidden=True)
    + cell(3, 0, b"\x17")
    + cell(9, 1, struct.pack("<d", 7.0) + _FORMULA)
)
_MERGE = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", 2, 3, 0, 1)) + record(178)


def test_what_hides_in_an_xlsb_is_noted_and_laid_over():
    columns = record(390) + record(60, struct.pack("<4IH", 2, 3, 2000, 0, 1)) + record(391)
    (notes,) = guard(xlsb(columns + _RECORDS + _MERGE), Format.ZIP)
    assert (notes.errors, notes.formulas) == ({(1, 0): "#REF!"}, 1)
    assert (notes.hidden_rows, notes.hidden_columns, notes.merged) == ({1}, {2, 3}, [Merged(2, 0, 3, 1)])
    with ReadingProcess() as process:
        (sheet,) = read_sheets(xlsb(_RECORDS, state=2), process)
    assert sheet.rows == [[2.5, "盖洋镇"], [CellError("#REF!"), 7.0]]
    assert sheet.hidden


@pytest.mark.parametrize(
    ("records", "code"),
    [
        (row(0) + cell(5, 0, bytes(8)) + row(1_048_575) + cell(5, 200, bytes(8)), "E_TOO_MANY_CELLS"),
        (row(0) + cell(5, 300, bytes(8)), "E_TOO_MANY_COLUMNS"),
        (b"\x05\xff\xff\xff\x7f", "E_DAMAGED"),
    ],
)
def test_limits(records: bytes, code: str):
    with pytest.raises(RefusedError) as caught:
        guard(xlsb(records), Format.ZIP)
    assert caught.value.code == code


@given(st.binary(max_size=60))
def test_any_records_are_read_or_refused(records: bytes):
    with suppress(RefusedError):
        guard(xlsb(records), Format.ZIP)
