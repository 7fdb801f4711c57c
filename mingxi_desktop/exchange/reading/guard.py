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
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from xml.parsers import expat

from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.markup import refuse_document_types
from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format

_PIECE = 1 << 18
_ENCRYPTED = 0x1
_PACKED_WITH = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML_ENDINGS = (".xml", ".rels", ".vml")
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


class Package:
    """The parts of a zipped file, read under the limits.

    Names are with "/", whatever the writer put between folders, and matched without regard to case.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._spent = 0
        self._seen: set[str] = set()
        self._parts = {_canonical(entry.filename): entry for entry in archive.infolist()}
        self.names = frozenset(self._parts)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _canonical(name) in self._parts

    def content(self, name: str) -> bytes:
        """The whole of a part."""
        return b"".join(self.pieces(name))

    def parse(self, name: str, parser: expat.XMLParserType) -> None:
        """Feed one part to a parser.  Raises RefusedError."""
        refuse_document_types(parser)
        for piece in self.pieces(name):
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def parse_rest(self) -> None:
        """Look at every XML part not parsed so far: no document type, its length counted.

        Whether it is well-formed matters not: nobody reads it, and Excel's own drawings (vml) are not always.
        """
        for name in sorted(self.names - self._seen):
            if name.endswith(_XML_ENDINGS):
                with suppress(expat.ExpatError):
                    self.parse(name, expat.ParserCreate())

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, inflated piece by piece under the limit for the whole file."""
        name = _canonical(name)
        self._seen.add(name)
        with self._archive.open(self._parts[name]) as part:
            while piece := part.read(_PIECE):
                self._spent += len(piece)
                if self._spent > limits.MAX_INFLATED:
                    raise RefusedError("E_TOO_LARGE_UNZIPPED")
                yield piece


def guard(data: bytes, form: Format) -> list[SheetNotes]:
    """The notes of each sheet in their order.  Raises RefusedError for what is not to be read."""
    from mingxi_desktop.exchange.reading.guard_xls import scan_xls

    with _damage():
        return scan_xls(data) if form is Format.XLS else _guard_package(data)


def _guard_package(data: bytes) -> list[SheetNotes]:
    from mingxi_desktop.exchange.reading.guard_ods import scan_ods
    from mingxi_desktop.exchange.reading.guard_xlsb import scan_xlsb
    from mingxi_desktop.exchange.reading.guard_xlsx import scan_xlsx

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_entries(archive.infolist(), len(data))
        package = Package(archive)
        if package.has("encrypted-package"):
            raise RefusedError("E_PASSWORD")
        parts = {name.rpartition("/")[2] for name in package.names}
        if package.has("content.xml"):
            notes = scan_ods(package)
        elif "workbook.bin" in parts:
            notes = scan_xlsb(package)
        elif "workbook.xml" in parts:
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


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > limits.MAX_ENTRIES:
        raise RefusedError("E_TOO_MANY_ENTRIES")
    names = [entry.filename for entry in entries]
    if len({_canonical(name) for name in names}) < len(names) or any(_escapes(name) for name in names):
        raise RefusedError("E_ZIP_NAMES")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise RefusedError("E_PASSWORD")
    if any(entry.compress_type not in _PACKED_WITH for entry in entries):
        raise RefusedError("E_DAMAGED")
    size = sum(entry.file_size for entry in entries)
    if size > limits.MAX_INFLATED or (size > limits.RATIO_FROM and size > packed * limits.MAX_RATIO):
        raise RefusedError("E_TOO_LARGE_UNZIPPED")


def _escapes(name: str) -> bool:
    """Whether a part's name points outside the file."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name or "\x00" in name


def _canonical(name: str) -> str:
    return name.replace("\\", "/").casefold()
