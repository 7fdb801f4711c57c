"""Workbooks: by openpyxl, and by hand part for part where a library would not write such a thing."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import get_column_letter

Rows = Sequence[Sequence[Any]]
Change = Callable[[Any], None]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TYPES = (
    f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def xlsx(rows: Rows, change: Change = lambda _sheet: None, **others: Rows) -> bytes:
    """A workbook by openpyxl; `change` may do more to its first sheet, `others` are further sheets by name."""
    book = openpyxl.Workbook()
    _fill(book.active, rows)
    for name, more in others.items():
        _fill(book.create_sheet(name), more)
    change(book.active)
    return saved(book)


def sheets(named: Mapping[str, Rows], change: Change = lambda _book: None) -> bytes:
    """A workbook with these sheets; `change` may do more to the book."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        _fill(book.create_sheet(name), rows)
    change(book)
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of an openpyxl workbook."""
    file = io.BytesIO()
    book.save(file)
    book.close()
    return file.getvalue()


def _fill(sheet: Any, rows: Rows) -> None:
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                cell = sheet.cell(place, column, value)
                if isinstance(value, str) and value.startswith("="):
                    cell.data_type = "f"


def cell_xml(place: str, value: Any, style: str = "") -> str:
    """One cell: texts inline, dates as serials of style 1, ("f", formula, value) as formula."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        _, formula, cached = value
        kept = "" if cached is None else f"<v>{escape(str(cached))}</v>"
        kind = ' t="str"' if isinstance(cached, str) else ""
        return f'<c r="{place}"{kind}><f>{escape(formula)}</f>{kept}</c>'
    if isinstance(value, datetime.date):
        serial = (value - datetime.date(1899, 12, 30)).days
        return f'<c r="{place}" s="1"><v>{serial}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"{style}><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def rows_xml(rows: Rows, first: int = 1) -> str:
    """The inside of a sheetData."""
    out = []
    for number, row in enumerate(rows, first):
        cells = "".join(cell_xml(f"{get_column_letter(c)}{number}", value) for c, value in enumerate(row, 1))
        out.append(f'<row r="{number}">{cells}</row>')
    return "".join(out)


def sheet_xml(inside: str, before: str = "", after: str = "") -> str:
    """A worksheet part."""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}">{before}<sheetData>{inside}</sheetData>{after}</worksheet>'
    )


def styles_xml(*formats: str | int) -> str:
    """A style part; cell style 1, 2 … are these number formats: a code, or the number of a built-in one."""
    made = [(164 + n, item) for n, item in enumerate(formats) if isinstance(item, str)]
    codes = "".join(
        f'<numFmt numFmtId="{n}" formatCode="{escape(c, {chr(34): "&quot;"})}"/>' for n, c in made
    )
    ids = [item if isinstance(item, int) else 164 + n for n, item in enumerate(formats)]
    cells = "".join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for n in (0, *ids))
    counted = f'<numFmts count="{len(made)}">{codes}</numFmts>' if made else ""
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">{counted}<fonts count="1"><font/></fonts>'
        '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        f'<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{len(ids) + 1}">{cells}</cellXfs>'
        "</styleSheet>"
    )


def parts(sheet: str, *, styles: str = "", workbook: str = "", name: str = "表") -> dict[str, str | bytes]:
    """All parts of a workbook with one sheet, to be changed before `packed`."""
    book = workbook or (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": rels(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": styles or styles_xml("yyyy\\-mm\\-dd"),
        "xl/sharedStrings.xml": f'{DECLARATION}<sst xmlns="{MAIN}"/>',
        "xl/worksheets/sheet1.xml": sheet,
    }


def rels(*targets: tuple[str, str], base: str = REL, more: str = "") -> str:
    """A relationship part: (kind, target), numbered rId1 …"""
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{base}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{items}{more}</Relationships>'


def packed(content: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return file.getvalue()


def raw(rows: Rows, changed: Mapping[str, str | bytes] | None = None, **more: str) -> bytes:
    """A workbook by hand with these rows; `changed` are further or other parts, `more` goes to `parts`."""
    return packed(parts(sheet_xml(rows_xml(rows)), **more) | dict(changed or {}))
