"""The look at a zipped workbook (xlsx, xlsm, ods) before any reader touches it.

Everything inside is inflated in pieces and counted; the XML goes through expat with document types
refused.  What the reader would hide (error cells, formulas without value, hidden rows) is noted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.parsers import expat

from mingxi_desktop.exchange import limits
from mingxi_desktop.exchange.refusal import RefusedError

_PIECE = 1 << 18
_ENCRYPTED = 0x1
_PACKED_WITH = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML_ENDINGS = (".xml", ".rels", ".vml")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    expat.ExpatError,
    UnicodeError,
    ValueError,
)


@dataclass(slots=True)
class SheetNotes:
    """What the guard saw on one sheet; places are (row, column), 0-based.

    errors: place → text of error cells.  unvalued: formulas never computed.  formulas: those with a value.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unvalued: set[tuple[int, int]] = field(default_factory=set)
    formulas: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


class Package:
    """The parts of a zipped file, read under the limits."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._spent = 0
        self._seen: set[str] = set()
        self.names = frozenset(archive.namelist())

    def parse(self, name: str, parser: expat.XMLParserType) -> None:
        """Feed one part to a parser.  Raises RefusedError."""
        self._seen.add(name)
        refuse_document_types(parser)
        for piece in self._pieces(name):
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def parse_rest(self) -> None:
        """Look at every XML part not parsed so far: well-formed, no document type, its length counted."""
        for name in sorted(self.names - self._seen):
            if name.casefold().endswith(_XML_ENDINGS):
                self.parse(name, expat.ParserCreate())

    def _pieces(self, name: str) -> Iterator[bytes]:
        with self._archive.open(name) as part:
            while piece := part.read(_PIECE):
                self._spent += len(piece)
                if self._spent > limits.MAX_INFLATED:
                    raise RefusedError("E_TOO_LARGE_UNZIPPED")
                yield piece


def guard(data: bytes) -> dict[str, SheetNotes]:
    """The notes of each sheet by its name.  Raises RefusedError for what is not to be read."""
    from mingxi_desktop.exchange.guard_ods import scan_ods
    from mingxi_desktop.exchange.guard_xlsx import scan_xlsx

    with _damage(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_entries(archive.infolist(), len(data))
        package = Package(archive)
        scan = _scanner(package, scan_xlsx, scan_ods)
        notes = scan(package)
        package.parse_rest()
    return notes


@contextmanager
def _damage() -> Iterator[None]:
    """Turns what zipfile, zlib and expat say of broken files into our refusal."""
    try:
        yield
    except _BROKEN as error:
        raise RefusedError("E_DAMAGED") from error


Scan = Callable[[Package], dict[str, SheetNotes]]


def _scanner(package: Package, xlsx: Scan, ods: Scan) -> Scan:
    if "content.xml" in package.names and "mimetype" in package.names:
        return ods
    if any(name.endswith("workbook.bin") for name in package.names):
        raise RefusedError("E_FORMAT", "xlsb")
    if any(name.casefold().endswith("workbook.xml") for name in package.names):
        return xlsx
    raise RefusedError("E_NOT_A_TABLE")


def refuse_document_types(parser: expat.XMLParserType) -> None:
    """Make the parser raise RefusedError at the first sign of a DTD or an entity."""

    def refuse(*_: object) -> None:
        raise RefusedError("E_XML_DTD")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > limits.MAX_ENTRIES:
        raise RefusedError("E_TOO_MANY_ENTRIES")
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) < len(names) or any(_escapes(name) for name in names):
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
