"""What a file is, by its content; names and endings are not believed."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from mingxi_desktop.exchange.refusal import RefusedError

MAX_FILE = 50_000_000

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_OTHER = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"MZ",
    b"GIF8",
    b"{\\rtf",
    b"SQLite format 3",
)
_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_WORKBOOK = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "WORKBOOK", "BOOK"))
_OTHER_OFFICE = tuple(
    name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document", "__properties")
)
_HEAD = 4096
_HTML = re.compile(r"<(?:html|table|!doctype\s+html|head|body|meta|div|style)\b", re.IGNORECASE)
_SPREADSHEET_ML = "urn:schemas-microsoft-com:office:spreadsheet"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Format(StrEnum):
    """The kinds of content that can be read."""

    ZIP = "zip"
    XLS = "xls"
    TEXT = "text"


def sniff(data: bytes) -> Format:
    """What the bytes are.  Raises RefusedError for what cannot be read."""
    if not data:
        raise RefusedError("E_EMPTY_FILE")
    if len(data) > MAX_FILE:
        raise RefusedError("E_TOO_LARGE")
    if data.startswith(_ZIP):
        return Format.ZIP
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(_OTHER):
        raise RefusedError("E_NOT_A_TABLE")
    if data.startswith(_BARE_BIFF) and b"\x00" in data[:_HEAD]:
        return Format.XLS
    _refuse_markup(data)
    return Format.TEXT


def _ole(data: bytes) -> Format:
    if any(name in data for name in _ENCRYPTED):
        raise RefusedError("E_PASSWORD")
    if any(name in data for name in _OTHER_OFFICE):
        raise RefusedError("E_NOT_A_TABLE")
    if not any(name in data for name in _WORKBOOK):
        raise RefusedError("E_DAMAGED")
    return Format.XLS


def _refuse_markup(data: bytes) -> None:
    wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    head = data[:_HEAD].decode("utf-16" if wide else "latin-1", "replace")
    start = head.lstrip("\ufeff\u00ef\u00bb\u00bf \t\r\n")
    if not start.startswith("<"):
        return
    if _SPREADSHEET_ML in head:
        raise RefusedError("E_XML_AS_XLS")
    if _HTML.search(head):
        raise RefusedError("E_HTML_AS_XLS")
    raise RefusedError("E_FORMAT")


def decode(data: bytes) -> str:
    """Text of a csv file: byte-order mark, then strict UTF-8, then GB18030.

    Raises RefusedError where none of them fits, and for what is plainly no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data:
        raise RefusedError("E_NOT_A_TABLE")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError("E_ENCODING") from error
