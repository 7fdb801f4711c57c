"""A zipped workbook: its list of contents checked, its parts inflated under the limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from xml.parsers import expat

from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.markup import refuse_document_types
from mingxi_desktop.exchange.reading.refusal import RefusedError

_PIECE = 1 << 18
_ENCRYPTED = 0x1
_PACKED_WITH = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML_ENDINGS = (".xml", ".rels", ".vml")


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

    def size(self, name: str) -> int:
        """How many bytes a part has by what the list of contents says."""
        return self._parts[_canonical(name)].file_size

    def content(self, name: str) -> bytes:
        """All bytes of a part, inflated. Raises RefusedError over the limit for the whole file."""
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


def check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse a zip by its list of contents: too many or too large parts, doubled or escaping names, passwords."""
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
