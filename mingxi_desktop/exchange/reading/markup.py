"""XML from outside: text in any encoding that a Chinese office writes, and no document types."""

from __future__ import annotations

from xml.parsers import expat

from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.decode import decode
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.patterns import pattern

_DECLARATION = pattern(r"\s*<\?xml\b[^>]*\?>")
_PIECE = 1 << 18


def utf8_xml(data: bytes) -> bytes:
    """The XML in UTF-8, without its declaration, which may name an encoding that expat does not know."""
    return _DECLARATION.sub("", decode(data), count=1).encode("utf-8")


def parse_xml(data: bytes, parser: expat.XMLParserType) -> None:
    """Feed it all to the parser.  Raises RefusedError."""
    refuse_document_types(parser)
    try:
        for at in range(0, len(data), _PIECE):
            parser.Parse(data[at : at + _PIECE], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, OverflowError) as error:
        raise RefusedError("E_DAMAGED") from error


def refuse_document_types(parser: expat.XMLParserType) -> None:
    """Make the parser raise RefusedError at the first sign of a DTD or an entity."""

    def refuse(*_: object) -> None:
        raise RefusedError("E_XML_DTD")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse


class Depth:
    """Counts how deep elements stand in each other."""

    def __init__(self) -> None:
        self._depth = 0

    def down(self) -> None:
        """One element begins.  Raises RefusedError beyond the limit."""
        self._depth += 1
        if self._depth > limits.MAX_NESTING:
            raise RefusedError("E_NESTING")

    def up(self) -> None:
        """To be called at the end of an element: one level less."""
        self._depth -= 1
