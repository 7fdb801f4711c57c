"""Tables that are no Office Open XML: csv, html, OpenDocument, XML Spreadsheet 2003."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.corpus.rows import texts

Rows = Sequence[Sequence[Any]]
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


def delimited(
    rows: Rows, sign: str = ",", encoding: str = "utf-8", end: str = "\r\n", before: str = ""
) -> bytes:
    """Text with separators, quoted as Excel does."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=sign, lineterminator=end).writerows(texts(rows))
    return (before + file.getvalue()).encode(encoding)


def html(rows: Rows, *, charset: str = "utf-8", head: str = "", before: str = "", after: str = "") -> bytes:
    """A page with one table; cells that begin with <td are taken as they are."""
    body = "".join(f"<tr>{''.join(map(_td, row))}</tr>" for row in rows)
    meta = head or f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    page = f"<html><head>{meta}</head><body>{before}<table border=1>{body}</table>{after}</body></html>"
    return page.encode("gb18030" if charset == "gb2312" else charset)


def _td(cell: Any) -> str:
    if isinstance(cell, str) and cell.startswith("<td"):
        return cell
    text = "" if cell is None else escape(str(cell)).replace("\n", "<br>")
    return f"<td>{text}</td>"


def xml2003(rows: Rows, *, before: str = "", name: str = "Sheet1") -> bytes:
    """XML Spreadsheet 2003."""
    body = "".join(f"<Row>{''.join(map(_cell_2003, row))}</Row>" for row in rows)
    return (
        f'<?xml version="1.0"?>{before}<?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{_2003}" xmlns:ss="{_2003}"><Worksheet ss:Name={quoteattr(name)}><Table>{body}</Table>'
        "</Worksheet></Workbook>"
    ).encode()


def _cell_2003(cell: Any) -> str:
    if cell is None:
        return "<Cell/>"
    if isinstance(cell, datetime.date):
        return f'<Cell><Data ss:Type="DateTime">{cell.isoformat()}T00:00:00.000</Data></Cell>'
    kind = "Number" if isinstance(cell, int | float) else "String"
    return f'<Cell><Data ss:Type="{kind}">{escape(str(cell))}</Data></Cell>'


def table_xml(rows: Rows) -> str:
    """Rows of OpenDocument."""
    return "".join(f"<table:table-row>{''.join(map(_cell_odf, row))}</table:table-row>" for row in rows)


def _cell_odf(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, datetime.date):
        value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
    else:
        value = 'office:value-type="string"'
    lines = "".join(f"<text:p>{escape(part)}</text:p>" for part in str(cell).split("\n"))
    return f"<table:table-cell {value}>{lines}</table:table-cell>"


def ods(inside: str, *, before: str = "", manifest: str = "", after: str = "") -> bytes:
    """An OpenDocument spreadsheet; inside: its rows as XML."""
    tables = f'<table:table table:name="表">{inside}</table:table>{after}'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_SPACES}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    entry = f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}'
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>{entry}'
        "</manifest:file-entry></manifest:manifest>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIME, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", listed)
    return file.getvalue()


def fods(inside: str, *, before: str = "") -> bytes:
    """A flat OpenDocument spreadsheet."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document {_SPACES} office:mimetype="{_MIME}">'
        f'<office:body><office:spreadsheet><table:table table:name="表">{inside}</table:table>'
        "</office:spreadsheet></office:body></office:document>"
    ).encode()
