"""Damaged files: cut, flipped, with missing or contradicting parts."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

from tests.corpus.biff import ole, workbook_stream, xls
from tests.corpus.books import DECLARATION, MAIN, REL, packed, parts, raw, rels, rows_xml, sheet_xml
from tests.corpus.expect import Case, Want
from tests.corpus.others import ods, table_xml
from tests.corpus.rows import HEAD, lines, records

SIX = lines(6)
TABLE: list[list[Any]] = [HEAD, *SIX]
PLAIN = Want(records(SIX))
DAMAGED = Want(code="E_DAMAGED")
_XML = rows_xml(TABLE)
_SHEET = "xl/worksheets/sheet1.xml"


def _with(changed: Mapping[str, str | bytes | None]) -> bytes:
    content = parts(sheet_xml(_XML)) | changed
    return packed({name: data for name, data in content.items() if data is not None})


def _flipped() -> bytes:
    """One byte of the packed sheet is wrong: the checksum does not fit."""
    data = bytearray(packed(parts(sheet_xml(_XML)), zipfile.ZIP_STORED))
    data[data.index(SIX[0][4].encode())] ^= 1
    return bytes(data)


def _no_directory() -> bytes:
    data = raw(TABLE)
    return data[: data.index(b"PK\x01\x02")]


def _strings(index: int | str) -> bytes:
    xml = sheet_xml(_XML.replace('<c r="G2"><v>2</v></c>', f'<c r="G2" t="s"><v>{index}</v></c>'))
    return packed(parts(xml))


def _book(sheets: str) -> str:
    return f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{sheets}</sheets></workbook>'


def _value(text: str, column: str = "G", old: str = '<c r="G2"><v>2</v></c>') -> bytes:
    assert old in _XML
    return packed(parts(sheet_xml(_XML.replace(old, f'<c r="{column}2"><v>{text}</v></c>'))))


def _date_value(text: str) -> bytes:
    start = _XML.index('<c r="B2"')
    old = _XML[start : _XML.index("</c>", start) + 4]
    return packed(parts(sheet_xml(_XML.replace(old, f'<c r="B2" s="1"><v>{text}</v></c>'))))


_ONE_BAD = Want(records(SIX[1:]), bad=[2])
_REFUSED = Want()


def _looped() -> bytes:
    """A chain of sectors that comes back to its beginning."""
    data = bytearray(xls(TABLE))
    table = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    struct.pack_into("<I", data, table + 4, 0)
    return bytes(data)


def _lying_record() -> bytes:
    stream = bytearray(workbook_stream([("表", TABLE, 0)]))
    place = stream.index(b"\xfc\x00")
    struct.pack_into("<I", stream, place + 8, 0x7FFFFFFF)
    return ole({"Workbook": bytes(stream)})


def _noise(seed: int, head: bytes = b"") -> bytes:
    return head + random.Random(seed).randbytes(4000)


CASES = [
    Case("d_empty.xlsx", "hazard", "no bytes at all", lambda: b"", Want(code="E_EMPTY_FILE")),
    Case("d_empty.csv", "hazard", "no bytes at all", lambda: b"", Want(code="E_EMPTY_FILE")),
    Case(
        "d_blanks.csv", "hazard", "blank lines only", lambda: b"\r\n \r\n,,,\r\n", _REFUSED, also=[Want([])]
    ),
    Case(
        "d_mark_only.csv",
        "hazard",
        "a byte-order mark only",
        lambda: b"\xef\xbb\xbf",
        _REFUSED,
        also=[Want([])],
    ),
    Case("d_noise.xlsx", "hazard", "noise", lambda: _noise(1), _REFUSED),
    Case("d_noise.csv", "hazard", "noise", lambda: _noise(2), _REFUSED),
    Case(
        "d_noise_zip.xlsx", "hazard", "noise that begins as a zip", lambda: _noise(3, b"PK\x03\x04"), DAMAGED
    ),
    Case(
        "d_noise_ole.xls",
        "hazard",
        "noise that begins as a compound file",
        lambda: _noise(4, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        DAMAGED,
    ),
    Case("d_zeros.xls", "hazard", "zeros only, as from a bad USB stick", lambda: bytes(20000), _REFUSED),
    Case("d_cut.xlsx", "hazard", "the second half is missing", lambda: raw(TABLE)[:1500], DAMAGED),
    Case("d_cut_late.xlsx", "hazard", "the last bytes are missing", lambda: raw(TABLE)[:-30], DAMAGED),
    Case("d_no_directory.xlsx", "hazard", "the zip's directory is missing", _no_directory, DAMAGED),
    Case("d_checksum.xlsx", "hazard", "a checksum does not fit", _flipped, DAMAGED),
    Case("d_cut.xls", "hazard", "BIFF8 whose stream ends early", lambda: xls(TABLE, cut=700), DAMAGED),
    Case("d_cut_file.xls", "hazard", "BIFF8 of which half is missing", lambda: xls(TABLE)[:2000], DAMAGED),
    Case("d_looped.xls", "hazard", "a chain of sectors without end", _looped, DAMAGED),
    Case(
        "d_lying_record.xls",
        "hazard",
        "BIFF8 that claims two thousand million texts",
        _lying_record,
        DAMAGED,
        also=[PLAIN],
    ),
    Case(
        "d_cut_xml.xlsx",
        "hazard",
        "the sheet's XML ends early",
        lambda: _with({_SHEET: sheet_xml(_XML)[:1500]}),
        DAMAGED,
    ),
    Case(
        "d_bad_utf8.xlsx",
        "hazard",
        "wrong bytes in the XML",
        lambda: _with({_SHEET: sheet_xml(_XML).encode().replace("盖洋".encode(), b"\xff\xfe")}),
        DAMAGED,
    ),
    Case("d_no_sheet.xlsx", "hazard", "the sheet's part is missing", lambda: _with({_SHEET: None}), DAMAGED),
    Case(
        "d_no_book.xlsx",
        "hazard",
        "the workbook part is missing",
        lambda: _with({"xl/workbook.xml": None}),
        _REFUSED,
    ),
    Case(
        "d_no_rels.xlsx",
        "hazard",
        "the relations are missing",
        lambda: _with({"xl/_rels/workbook.xml.rels": None}),
        DAMAGED,
    ),
    Case(
        "d_no_styles.xlsx",
        "hazard",
        "the styles are missing, so dates are numbers",
        lambda: _with({"xl/styles.xml": None}),
        Want([]),
        also=[DAMAGED, PLAIN, Want([], bad=range(2, 8))],
    ),
    Case(
        "d_no_sheets.xlsx",
        "hazard",
        "a workbook without sheets",
        lambda: _with({"xl/workbook.xml": _book("")}),
        _REFUSED,
    ),
    Case(
        "d_two_names.xlsx",
        "hazard",
        "two sheets of one name",
        lambda: _with(
            {
                "xl/workbook.xml": _book(
                    '<sheet name="表" sheetId="1" r:id="rId1"/><sheet name="表" sheetId="2" r:id="rId1"/>'
                )
            }
        ),
        _REFUSED,
        also=[PLAIN],
    ),
    Case(
        "d_own_rel.xlsx",
        "hazard",
        "a sheet that is the workbook itself",
        lambda: _with({"xl/_rels/workbook.xml.rels": rels(("worksheet", "workbook.xml"))}),
        _REFUSED,
    ),
    Case(
        "d_rel_outside.xlsx",
        "hazard",
        "a sheet that lies elsewhere",
        lambda: _with({"xl/_rels/workbook.xml.rels": rels(("worksheet", "../../../../etc/passwd"))}),
        _REFUSED,
    ),
    Case(
        "d_rel_web.xlsx",
        "hazard",
        "a sheet on the web",
        lambda: _with(
            {
                "xl/_rels/workbook.xml.rels": rels(("worksheet", "http://127.0.0.1:9/a.xml")).replace(
                    "/></", ' TargetMode="External"/></'
                )
            }
        ),
        _REFUSED,
    ),
    Case(
        "d_string_index.xlsx",
        "hazard",
        "a shared text that is not there",
        lambda: _strings(99),
        DAMAGED,
        also=[_ONE_BAD],
    ),
    Case(
        "d_string_negative.xlsx",
        "hazard",
        "a shared text of negative number",
        lambda: _strings(-1),
        DAMAGED,
        also=[_ONE_BAD],
    ),
    Case(
        "d_style_index.xlsx",
        "hazard",
        "a style that is not there",
        lambda: packed(parts(sheet_xml(_XML.replace(' s="1"', ' s="77"')))),
        DAMAGED,
        also=[Want([], bad=range(2, 8)), PLAIN],
    ),
    Case(
        "d_number_word.xlsx",
        "hazard",
        "a number cell that holds a word",
        lambda: _value("abc"),
        DAMAGED,
        also=[_ONE_BAD],
    ),
    Case("d_number_nan.xlsx", "hazard", "NaN as a number", lambda: _value("NaN"), DAMAGED, also=[_ONE_BAD]),
    Case("d_number_huge.xlsx", "hazard", "1e400", lambda: _value("1e400"), DAMAGED, also=[_ONE_BAD]),
    Case(
        "d_date_huge.xlsx",
        "hazard",
        "a date beyond all calendars",
        lambda: _date_value("1e300"),
        _ONE_BAD,
        also=[DAMAGED],
    ),
    Case("d_date_far.xlsx", "hazard", "the year 5000", lambda: _date_value("1132300"), _ONE_BAD),
    Case("d_date_negative.xlsx", "hazard", "a date before 1900", lambda: _date_value("-400"), _ONE_BAD),
    Case(
        "d_bad_place.xlsx",
        "hazard",
        "a cell at A0",
        lambda: packed(parts(sheet_xml(_XML.replace('r="A2"', 'r="A0"')))),
        DAMAGED,
        also=[PLAIN],
    ),
    Case(
        "d_bad_column.xlsx",
        "hazard",
        "a cell at ZZZZ9",
        lambda: packed(parts(sheet_xml(_XML + '<row r="9"><c r="ZZZZ9"><v>1</v></c></row>'))),
        _REFUSED,
    ),
    Case(
        "d_bad_row.xlsx",
        "hazard",
        "a row beyond all numbers",
        lambda: packed(
            parts(
                sheet_xml(
                    _XML + '<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>'
                )
            )
        ),
        _REFUSED,
    ),
    Case(
        "d_cut.ods", "hazard", "OpenDocument whose zip is cut", lambda: ods(table_xml(TABLE))[:800], DAMAGED
    ),
]
