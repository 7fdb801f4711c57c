"""What a file is, by its content; names and endings are not believed."""

from __future__ import annotations

import codecs
import json
import re
from enum import StrEnum

from mingxi_desktop.exchange.reading import ole
from mingxi_desktop.exchange.reading.refusal import RefusedError

MAX_FILE = 50_000_000

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BARE_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_OTHER = {
    b"%PDF": "E_PDF",
    b"\x89PNG": "E_IMAGE",
    b"\xff\xd8\xff": "E_IMAGE",
    b"GIF8": "E_IMAGE",
    b"BM": "E_IMAGE",
    b"II*\x00": "E_IMAGE",
    b"MM\x00*": "E_IMAGE",
    b"RIFF": "E_IMAGE",
    b"Rar!": "E_ARCHIVE",
    b"7z\xbc\xaf": "E_ARCHIVE",
    b"\x1f\x8b": "E_ARCHIVE",
    b"BZh": "E_ARCHIVE",
    b"\xfd7zXZ": "E_ARCHIVE",
    b"{\\rtf": "E_WORD",
    b"ID;P": "E_FORMAT",
    b"MZ": "E_NOT_A_TABLE",
    b"\x7fELF": "E_NOT_A_TABLE",
    b"SQLite format 3": "E_NOT_A_TABLE",
}
_BINARY_ONLY = (b"BM", b"MZ", b"RIFF", b"BZh")
"""Beginnings that an honest text could have too."""
_HEAD = 4096
_HTML = re.compile(
    r"<(?:html|table|!doctype\s+html|head|body|meta|div|style|tr|center|font|span|script|p|br|h\d)\b",
    re.IGNORECASE,
)
_SPREADSHEET_ML = re.compile(r"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_FLAT_ODS = re.compile(r"<office:document\b")
_MHTML = re.compile(r"^MIME-Version:|^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(
    r"^(?:From|Received|Return-Path|Message-ID|Delivered-To|Subject):", re.IGNORECASE | re.MULTILINE
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_FEW = 100


class Format(StrEnum):
    """The kinds of content that can be read."""

    ZIP = "zip"
    XLS = "xls"
    FLAT_ODS = "fods"
    XML_2003 = "xml"
    HTML = "html"
    MHTML = "mhtml"
    TEXT = "text"


def sniff(data: bytes) -> Format:
    """What the bytes are.  Raises RefusedError for what cannot be read."""
    if not data:
        raise RefusedError("E_EMPTY_FILE")
    if len(data) > MAX_FILE:
        raise RefusedError("E_TOO_LARGE")
    if data.startswith(_ZIP):
        return Format.ZIP
    if data.startswith(ole.SIGNATURE):
        return _compound(data)
    _refuse_binary(data)
    return _text(_head(data)) or Format.TEXT


def _compound(data: bytes) -> Format:
    """Of compound files only workbooks can be read."""
    names = ole.Compound(data).names
    if "EncryptedPackage" in names:
        raise RefusedError("E_PASSWORD")
    if "WordDocument" in names:
        raise RefusedError("E_WORD")
    if "PowerPoint Document" in names:
        raise RefusedError("E_SLIDES")
    if not any(name.casefold() in ("workbook", "book") for name in names):
        raise RefusedError("E_NOT_A_TABLE" if names else "E_DAMAGED")
    return Format.XLS


def _refuse_binary(data: bytes) -> None:
    for start, code in _OTHER.items():
        if data.startswith(start) and (start not in _BINARY_ONLY or b"\x00" in data[:_HEAD]):
            raise RefusedError(code)
    if data.startswith(_BARE_BIFF) and b"\x00" in data[:_HEAD]:
        raise RefusedError("E_FORMAT", "Excel 4.0 或更早的表格")
    if not data.strip(b"\x00 \t\r\n"):
        raise RefusedError("E_EMPTY_FILE")
    if len(_CONTROL.findall(data[:_HEAD])) > max(4, len(data[:_HEAD]) // _FEW) and not _is_utf_16(data):
        raise RefusedError("E_NOT_A_TABLE")


def _is_utf_16(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in data[:_HEAD]


def _head(data: bytes) -> str:
    """The first characters, good enough to recognise markup in."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark) or data[:2] == "<".encode(encoding):
            return data[: _HEAD * 2].decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return data[:_HEAD].decode("latin-1").lstrip("\u00ef\u00bb\u00bf \t\r\n")


def _text(head: str) -> Format | None:
    """Which kind of markup a text is, None for a plain one."""
    if head.startswith("<"):
        return _markup(head)
    if _MHTML.match(head) or (_MAIL.match(head) and _MHTML.search(head)):
        return Format.MHTML
    if head.startswith(("{", "[")) and _is_json(head):
        raise RefusedError("E_NOT_A_TABLE", "这是 JSON 数据")
    return None


def _markup(head: str) -> Format:
    if _SPREADSHEET_ML.search(head):
        return Format.XML_2003
    if _FLAT_ODS.search(head):
        return Format.FLAT_ODS
    if _HTML.search(head):
        return Format.HTML
    if head.startswith(("<?xml", "<!")):
        raise RefusedError("E_FORMAT", "XML")
    raise RefusedError("E_NOT_A_TABLE")


def _is_json(head: str) -> bool:
    try:
        json.JSONDecoder().raw_decode(head)
    except RecursionError:
        return True
    except json.JSONDecodeError as error:
        return error.pos >= len(head.rstrip()) - 1 or bool(re.match(r'[{\[]\s*["{\[]', head))
    return len(head) > 2 and head.rstrip().endswith(("}", "]"))
