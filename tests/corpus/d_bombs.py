"""Hostile files: bombs, entities, names that escape, passwords, limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from tests.corpus.biff import ole, xls
from tests.corpus.books import DECLARATION, MAIN, packed, parts, raw, rows_xml, sheet_xml, sheets, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.others import delimited, fods, html, ods, table_xml, xml2003
from tests.corpus.rows import HEAD, lines, records, texts

SIX = lines(6)
TABLE: list[list[Any]] = [HEAD, *SIX]
PLAIN = Want(records(SIX))
REFUSED = Want()
DTD = Want(code="E_XML_DTD")
BIG = Want(code="E_TOO_LARGE_UNZIPPED")
_XML = rows_xml(TABLE)
_SHEET = "xl/worksheets/sheet1.xml"
_BOMB = (
    "<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _declared(part: str, bomb: str) -> bytes:
    content = parts(sheet_xml(_XML))
    data = content[part]
    assert isinstance(data, str)
    return packed(content | {part: data.replace(DECLARATION, DECLARATION + bomb)})


def _entity() -> bytes:
    content = parts(sheet_xml(_XML.replace(SIX[0][4], "&x;")).replace(DECLARATION, DECLARATION + _OUTSIDE))
    return packed(content)


def _inflated(part: str, piece: str, times: int, around: tuple[str, str]) -> Callable[[], bytes]:
    """A part that grows to `times` pieces when unpacked; written piece by piece."""

    def make() -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts(sheet_xml(_XML)).items():
                if name != part:
                    archive.writestr(name, data)
            with archive.open(part, "w", force_zip64=True) as out:
                out.write(around[0].encode())
                block = piece.encode() * 1000
                for _ in range(times // 1000):
                    out.write(block)
                out.write(around[1].encode())
        return file.getvalue()

    return make


_ROWS = (f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>")
_STRINGS = (f'{DECLARATION}<sst xmlns="{MAIN}">', "</sst>")
_LONG_ROW = '<row r="3"><c r="A3" t="inlineStr"><is><t>' + "a" * 900 + "</t></is></c></row>"


def _lying() -> bytes:
    """The directory says 1,000 bytes, the data are 300 million."""
    data = _inflated(_SHEET, _LONG_ROW, 300_000, _ROWS)()
    place = data.rindex(b"PK\x01\x02")
    while _SHEET.encode() not in data[place : place + 80]:
        place = data.rindex(b"PK\x01\x02", 0, place)
    return data[: place + 24] + struct.pack("<I", 1000) + data[place + 28 :]


def _doubled() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts(sheet_xml(_XML)).items():
            archive.writestr(name, data)
        with_other = sheet_xml(rows_xml([HEAD, *lines(6, 20)]))
        archive.writestr("xl/worksheets/SHEET1.xml", with_other)
    return file.getvalue()


def _locked() -> bytes:
    """Packed with a zip password: the flag alone says so."""
    data = bytearray(raw(TABLE))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


def _cells(far: str, row: int) -> bytes:
    more = f'<row r="{row}"><c r="{far}{row}"><v>1</v></c></row>'
    return packed(parts(sheet_xml(_XML + more)))


def _nested(depth: int) -> bytes:
    return packed(parts(sheet_xml(_XML, after="<a>" * depth + "</a>" * depth)))


def _repeated(rows: int, columns: int) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1">'
    cell += "<text:p>1</text:p></table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return ods(table_xml(TABLE) + row)


def _encrypted_ods() -> bytes:
    entry = '<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAA"/>'
    return ods(table_xml(TABLE), manifest=entry)


def _many_lines(count: int) -> bytes:
    row = ",".join(texts(SIX)[0]) + "\r\n"
    return (",".join(HEAD) + "\r\n" + row * count).encode()


CASES = [
    Case(
        "d_entities_book.xlsx",
        "hazard",
        "an entity bomb in the workbook part",
        lambda: _declared("xl/workbook.xml", _BOMB),
        DTD,
    ),
    Case(
        "d_entities_styles.xlsx",
        "hazard",
        "an entity bomb in the styles",
        lambda: _declared("xl/styles.xml", _BOMB),
        DTD,
    ),
    Case(
        "d_entities_strings.xlsx",
        "hazard",
        "an entity bomb in the texts",
        lambda: _declared("xl/sharedStrings.xml", _BOMB),
        DTD,
    ),
    Case("d_entity_outside.xlsx", "hazard", "an entity from another file", _entity, DTD, absent=["root:x:"]),
    Case(
        "d_entities.ods",
        "hazard",
        "an entity bomb in OpenDocument",
        lambda: ods(table_xml(TABLE), before=_BOMB),
        DTD,
    ),
    Case(
        "d_entities.fods",
        "hazard",
        "an entity bomb in flat OpenDocument",
        lambda: fods(table_xml(TABLE), before=_BOMB),
        DTD,
    ),
    Case(
        "d_entities_2003.xls",
        "hazard",
        "an entity bomb in XML 2003",
        lambda: xml2003(TABLE, before=_BOMB),
        DTD,
    ),
    Case(
        "d_bomb_strings.xlsx",
        "hazard",
        "texts of 270 million characters",
        _inflated("xl/sharedStrings.xml", "<si><t>" + "b" * 900 + "</t></si>", 300_000, _STRINGS),
        BIG,
        slow=True,
    ),
    Case(
        "d_bomb_lying.xlsx",
        "hazard",
        "a bomb whose directory lies about its size",
        _lying,
        BIG,
        also=[REFUSED],
        slow=True,
    ),
    Case(
        "d_bomb_other_part.xlsx",
        "hazard",
        "a bomb in a picture",
        _inflated("xl/media/image1.png", "x" * 1000, 300_000, ("", "")),
        BIG,
        slow=True,
    ),
    Case(
        "d_doubled_part.xlsx",
        "hazard",
        "two parts whose names differ only in case",
        _doubled,
        Want(code="E_ZIP_NAMES"),
    ),
    Case(
        "d_escaping.xlsx",
        "hazard",
        "a part that would be written elsewhere",
        lambda: raw(TABLE, {"../../../../tmp/mingxi_evil.txt": "x"}),
        Want(code="E_ZIP_NAMES"),
    ),
    Case(
        "d_absolute.xlsx",
        "hazard",
        "a part with an absolute name",
        lambda: raw(TABLE, {"/etc/evil": "x"}),
        Want(code="E_ZIP_NAMES"),
    ),
    Case(
        "d_drive.xlsx",
        "hazard",
        "a part on a drive",
        lambda: raw(TABLE, {"C:\\evil.txt": "x"}),
        Want(code="E_ZIP_NAMES"),
    ),
    Case(
        "d_many_parts.xlsx",
        "hazard",
        "3,000 parts",
        lambda: raw(TABLE, {f"xl/x{n}.xml": "<a/>" for n in range(3000)}),
        Want(code="E_TOO_MANY_ENTRIES"),
    ),
    Case("d_locked_zip.xlsx", "hazard", "a password on the zip", _locked, Want(code="E_PASSWORD")),
    Case(
        "d_password.xls",
        "hazard",
        "BIFF8 with an opening password",
        lambda: xls(TABLE, password=True),
        Want(code="E_PASSWORD"),
    ),
    Case(
        "d_password_ole.xlsx",
        "hazard",
        "an encrypted package",
        lambda: ole({"EncryptionInfo": bytes(300), "EncryptedPackage": bytes(9000)}),
        Want(code="E_PASSWORD"),
    ),
    Case("d_password.ods", "hazard", "an encrypted OpenDocument", _encrypted_ods, Want(code="E_PASSWORD")),
    Case(
        "d_far_row.xlsx",
        "hazard",
        "a stray cell in the last row",
        lambda: _cells("A", 1048576),
        REFUSED,
        also=[PLAIN, Want(records(SIX), bad=[1048576])],
    ),
    Case(
        "d_far_column.xlsx",
        "hazard",
        "a stray cell in the last column",
        lambda: _cells("XFD", 3),
        REFUSED,
        also=[PLAIN],
    ),
    Case(
        "d_many_columns.xlsx",
        "hazard",
        "300 columns with headers",
        lambda: xlsx([[*HEAD, *(f"列{n}" for n in range(300))], *SIX]),
        Want(code="E_TOO_MANY_COLUMNS"),
        also=[PLAIN],
    ),
    Case(
        "d_many_sheets.xlsx",
        "hazard",
        "70 sheets",
        lambda: sheets({f"表{n}": [["空"]] for n in range(70)}),
        Want(code="E_TOO_MANY_SHEETS"),
    ),
    Case(
        "d_long_cell.xlsx",
        "hazard",
        "a cell of 40,000 characters",
        lambda: raw([*TABLE, ["长" * 40_000]]),
        Want(code="E_CELL_TOO_LONG"),
        also=[Want(records(SIX), bad=[8])],
    ),
    Case(
        "d_many_rows.csv",
        "hazard",
        "150,000 rows",
        lambda: _many_lines(150_000),
        Want(code="E_TOO_MANY_ROWS"),
        slow=True,
    ),
    Case(
        "d_too_large.csv",
        "hazard",
        "a csv of 60 MB",
        lambda: _many_lines(600_000),
        Want(code="E_TOO_LARGE"),
        slow=True,
    ),
    Case(
        "d_one_line.csv", "hazard", "a single line of 20 MB", lambda: b"a," * 10_000_000, REFUSED, slow=True
    ),
    Case(
        "d_many_columns.csv",
        "hazard",
        "5,000 columns",
        lambda: delimited([[*HEAD, *map(str, range(5000))], *SIX]),
        Want(code="E_TOO_MANY_COLUMNS"),
    ),
    Case(
        "d_deep.xlsx",
        "hazard",
        "200,000 elements inside each other",
        lambda: _nested(200_000),
        REFUSED,
        also=[PLAIN],
    ),
    Case(
        "d_deep.xls",
        "hazard",
        "html of 100,000 tables inside each other",
        lambda: html(TABLE, before="<table><tr><td>" * 100_000),
        REFUSED,
        also=[PLAIN],
    ),
    Case(
        "d_spans.xls",
        "hazard",
        "html with a cell over a thousand million rows",
        lambda: html([['<td rowspan="1000000000" colspan="1000000">标题</td>'], *TABLE]),
        REFUSED,
        also=[PLAIN],
    ),
    Case(
        "d_repeated_rows.ods",
        "hazard",
        "a filled row a million times",
        lambda: _repeated(1_048_000, 11),
        REFUSED,
    ),
    Case(
        "d_repeated_cells.ods",
        "hazard",
        "filled cells a thousand million times",
        lambda: _repeated(1_000_000, 16_000),
        REFUSED,
    ),
    Case(
        "d_gzip.xlsx",
        "hazard",
        "gzip",
        lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + zlib.compress(b"x" * 500)[2:],
        REFUSED,
    ),
]
