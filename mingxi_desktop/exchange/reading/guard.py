"""The look at a workbook (xlsx, xlsm, xlsb, ods, xls, et) before any reader touches it.

Everything in a package is inflated in pieces and counted; the XML goes through expat with document types
refused.  What the reader would hide (error cells, formulas without value, hidden rows) is noted.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat

from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.package import Package, check_entries
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    expat.ExpatError,
    UnicodeError,
    ValueError,
)


def guard(data: bytes, form: Format) -> list[SheetNotes]:
    """The notes of each sheet in their order.  Raises RefusedError for what is not to be read."""
    with _damage():
        if form is not Format.XLS:
            return _guard_package(data)
        from mingxi_desktop.exchange.reading.guard_xls import scan_xls

        return scan_xls(data)


def _guard_package(data: bytes) -> list[SheetNotes]:
    """The same of a zipped workbook.  Of each format the guard is loaded when it is needed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_entries(archive.infolist(), len(data))
        package = Package(archive)
        if package.has("encrypted-package"):
            raise RefusedError("E_PASSWORD")
        parts = {name.rpartition("/")[2] for name in package.names}
        if package.has("content.xml"):
            from mingxi_desktop.exchange.reading.guard_ods import scan_ods

            notes = scan_ods(package)
        elif "workbook.bin" in parts:
            from mingxi_desktop.exchange.reading.guard_xlsb import scan_xlsb

            notes = scan_xlsb(package)
        elif "workbook.xml" in parts:
            from mingxi_desktop.exchange.reading.guard_xlsx import scan_xlsx

            notes = scan_xlsx(package)
        else:
            raise RefusedError(*_other_package(package.names))
        package.parse_rest()
    return notes


@contextmanager
def _damage() -> Iterator[None]:
    """Turns what zipfile, zlib and expat say of broken files into our refusal."""
    try:
        yield
    except _BROKEN as error:
        raise RefusedError("E_DAMAGED") from error


def _other_package(names: frozenset[str]) -> tuple[str, str]:
    """Why this zip is no spreadsheet, as a code and a detail."""
    if any(name.startswith("word/") for name in names):
        return "E_WORD", ""
    if any(name.startswith("ppt/") for name in names):
        return "E_SLIDES", ""
    if any(name.endswith(".iwa") for name in names):
        return "E_FORMAT", "Numbers 表格"
    if "ofd.xml" in names:
        return "E_NOT_A_TABLE", "这是 OFD 版式文件"
    if "[content_types].xml" in names:
        return "E_DAMAGED", ""
    return "E_ARCHIVE", ""
