"""Drawings painted for a PDF: vectors, hatches as patterns, text in the report's own fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFStream,
)

from mingxi_desktop.domain.drawing import Bar, Drawing, Stroke, Words
from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.canvas import number
from mingxi_desktop.report.embed import EmbeddedFont
from mingxi_desktop.report.faces import Face
from mingxi_desktop.report.fonts import GETA, FontSet
from mingxi_desktop.report.grid import MM

ROLE = "ui"
"""Whose font all text of drawings has."""
_ACROSS = {"left": 0.0, "center": 0.5, "right": 1.0}
_UP = {"bottom": 0.0, "center": 0.5, "top": 1.0}
_TILE, _LINES = 72.0, 6
"""Side of a hatch's tile in pt, and how many lines of one sign cross it."""
_DOT = 0.48
"""Of a hatch's dots: what they are wider than the lines, in pt."""


class Painter:
    """Paints the drawings of one document."""

    def __init__(self, document: Any, fonts: FontSet, embedded: Callable[[Face], EmbeddedFont]) -> None:
        """document: a reportlab PDFDocument.  embedded: the font of the document that shows a face."""
        self._document = document
        self._fonts = fonts
        self._embedded = embedded
        self._hatches: dict[tuple[str, str, str, float], tuple[str, Any]] = {}

    def add_form(self, name: str, drawing: Drawing) -> None:
        """After this `canvas.doForm(name)` paints the drawing, in its own size, at the origin."""
        code = "\n".join(self._code(drawing))
        patterns = dict(self._hatches.values())
        resources: dict[str, Any] = {"Font": PDFObjectReference(BasicFonts)}
        if patterns:
            resources["Pattern"] = PDFDictionary(patterns)
        entries = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Form"),
            "FormType": 1,
            "BBox": PDFArray([0, 0, round(drawing.width * MM, 3), round(drawing.height * MM, 3)]),
            "Resources": PDFDictionary(resources),
        }
        self._document.addForm(name, PDFStream(PDFDictionary(entries), code))

    def _code(self, drawing: Drawing) -> Iterator[str]:
        if drawing.paper:
            yield f"{_rgb(drawing.paper)} rg {_box(0, 0, drawing.width, drawing.height)} f"
        yield f"{_rgb(drawing.ink)} RG {number(drawing.edge)} w 2 J"
        for shape in drawing.shapes:
            if isinstance(shape, Bar):
                fill = self._hatch(shape, drawing) if shape.hatch else f"{_rgb(shape.face)} rg"
                yield f"{fill} {_box(shape.x, shape.y, shape.width, shape.height)} B"
            elif isinstance(shape, Stroke):
                yield (
                    f"{number(shape.x0 * MM)} {number(shape.y0 * MM)} m "
                    f"{number(shape.x1 * MM)} {number(shape.y1 * MM)} l S"
                )
            else:
                yield self._text(shape)

    def _hatch(self, bar: Bar, drawing: Drawing) -> str:
        """The operators that fill with a hatch; its tiles begin at the top left corner of the drawing."""
        key = bar.face, bar.hatch, drawing.ink, drawing.height
        if key not in self._hatches:
            entries = {
                "Type": PDFName("Pattern"),
                "PatternType": 1,
                "PaintType": 1,
                "TilingType": 1,
                "BBox": PDFArray([0, 0, _TILE, _TILE]),
                "XStep": _TILE,
                "YStep": _TILE,
                "Resources": PDFDictionary({}),
                "Matrix": PDFArray([1, 0, 0, 1, 0, round(drawing.height * MM, 3)]),
            }
            tile = PDFStream(PDFDictionary(entries), "\n".join(_tile(bar, drawing)))
            self._hatches[key] = f"H{len(self._hatches) + 1}", self._document.Reference(tile)
        return f"/Pattern cs /{self._hatches[key][0]} scn"

    def _text(self, words: Words) -> str:
        """The operators that show words at their place."""
        size, across, up = words.size, _ACROSS[words.across], _UP[words.up]
        glyphs = [self._glyph(char) for char in clean(" ".join(words.text.split()))]
        width = sum(face.advance(char) for char, face in glyphs) * size
        # A line of text is as high as its size, whatever stands in it: those of a row are on one line.
        ascent = self._fonts.face(ROLE).ascent
        x, y = words.x * MM, words.y * MM
        if words.turned:
            place = f"0 1 -1 0 {number(x + size * (ascent - across))} {number(y - width * up)}"
        else:
            place = f"1 0 0 1 {number(x - width * across)} {number(y - size * (ascent - 1 + up))}"
        parts = [f"BT {_rgb(words.color)} rg {place} Tm"]
        for face, group in groupby(glyphs, key=lambda glyph: glyph[1]):
            font = self._embedded(face)
            shown = font.codes("".join([char for char, _face in group]))
            parts.append(f"/{font.name} {number(size)} Tf <{shown}> Tj")
        return " ".join((*parts, "ET"))

    def _glyph(self, char: str) -> tuple[str, Face]:
        """A character as printed, and the font that has it."""
        face = self._fonts.face_for(char, ROLE)
        return self._glyph(GETA) if face is None else (char, face)


def _tile(bar: Bar, drawing: Drawing) -> Iterator[str]:
    """A square of a hatch."""
    yield f"{_rgb(bar.face)} rg 0 0 {number(_TILE)} {number(_TILE)} re f {_rgb(drawing.ink)} RG"
    for sign in dict.fromkeys(bar.hatch):
        count = bar.hatch.count(sign) * _LINES
        if sign == ".":
            yield f"1 J {number(drawing.edge + _DOT)} w"
            yield from _dots(count)
        else:
            yield f"0 J {number(drawing.edge)} w"
            yield from _lines(sign, count)
        yield "S"


def _lines(sign: str, count: int) -> Iterator[str]:
    """As many lines as are asked for on either side of the corners of a tile."""
    for shift in (place * _TILE / count for place in range(-count // 2, count // 2 + 1)):
        if sign in "/x":
            yield f"{number(shift)} {number(-shift)} m {number(_TILE + shift)} {number(_TILE - shift)} l"
        if sign in "\\x":
            yield f"{number(shift)} {number(_TILE + shift)} m {number(_TILE + shift)} {number(shift)} l"


def _dots(count: int) -> Iterator[str]:
    """Rows of dots, every other one moved by half a step."""
    step = _TILE / count
    for row in range(count + 1):
        for column in range(count + 1 - row % 2):
            place = f"{number((column + row % 2 / 2) * step)} {number(row * step)}"
            yield f"{place} m {place} l"


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"{number(x * MM)} {number(y * MM)} {number(width * MM)} {number(height * MM)} re"


def _rgb(color: str) -> str:
    """#rrggbb as three numbers."""
    return " ".join(number(int(color[place : place + 2], 16) / 255) for place in (1, 3, 5))
