"""Fonts in the PDF: each as one composite font with just the glyphs that are shown (ISO 32000-1, 9.7).

reportlab's own TrueType fonts come in pieces of 256 characters and lose characters beyond U+FFFF on the way
back to text; some names are written with these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from mingxi_desktop.report.faces import Face
from mingxi_desktop.report.outlines import BLANK
from mingxi_desktop.report.sfnt import build

_ENTRIES = 100
"""Most entries of a block in a character map."""
_SYMBOLIC = 4


class EmbeddedFont:
    """A font of one document; glyphs are numbered as they come."""

    def __init__(self, name: str, face: Face) -> None:
        """Name: of the resource on the pages (F1)."""
        self.name = name
        self.face = face
        self._codes = _Codes()

    def codes(self, text: str) -> str:
        """A text as hexadecimal glyph numbers, four digits for each character."""
        return "".join(map(self._codes.__getitem__, text))

    def code(self, char: str) -> str:
        """The glyph number of a character of the font, likewise."""
        return self._codes[char]

    def write(self, document: Any) -> Any:
        """Adds the font to a reportlab document; the reference for the pages' resources."""
        scale = 1000 / self.face.em
        chars = list(self._codes)
        widths = [round(self.face.advance(char) * self.face.em) for char in chars]
        font = build(
            [BLANK, *(self.face.outline(char) for char in chars)], [self.face.em, *widths], self.face.em
        )
        base = PDFName(f"{_tag(chars)}+{_plain(self.face.postscript)}")
        file = PDFStream(PDFDictionary({"Length1": len(font.data)}), font.data)
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": base,
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray([round(value * scale) for value in font.box]),
                "ItalicAngle": 0,
                "Ascent": round(self.face.ascent * 1000),
                "Descent": round(self.face.ascent * 1000) - 1000,
                "CapHeight": 700,
                "StemV": 80,
                "FontFile2": document.Reference(file),
            }
        )
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": document.Reference(descriptor),
                "CIDToGIDMap": PDFName("Identity"),
                "DW": 1000,
                "W": PDFArray([1, PDFArray([round(width * scale, 2) for width in widths])]),
            }
        )
        to_unicode = PDFStream(content=_to_unicode(self._codes.items()))
        return document.Reference(
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("Type0"),
                    "BaseFont": base,
                    "Encoding": PDFName("Identity-H"),
                    "DescendantFonts": PDFArray([document.Reference(descendant)]),
                    "ToUnicode": document.Reference(to_unicode),
                }
            )
        )


class _Codes(dict[str, str]):
    """Character → number of its glyph, from 1 in the order in which they come."""

    def __missing__(self, char: str) -> str:
        code = self[char] = f"{len(self) + 1:04X}"
        return code


def _to_unicode(glyphs: Iterable[tuple[str, str]]) -> str:
    """The map from glyph numbers back to characters (Adobe technical note 5411)."""
    entries = [f"<{code}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in glyphs]
    blocks = [entries[start : start + _ENTRIES] for start in range(0, len(entries), _ENTRIES)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _tag(chars: Iterable[str]) -> str:
    """The six letters that mark a subset, different for different characters."""
    digest = hashlib.sha256("".join(chars).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _plain(name: str) -> str:
    """A PostScript name without what PDF would take for syntax."""
    return "".join(char for char in name if char.isascii() and (char.isalnum() or char in "-_")) or "Font"
