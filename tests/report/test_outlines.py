"""Outlines, glyph numbers and widths are those that fontTools finds, only sooner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib import get_data_path

from mingxi_desktop.report.faces import open_face
from mingxi_desktop.report.fonts import delivered
from mingxi_desktop.report.glyph_numbers import advances, characters
from mingxi_desktop.report.outlines import BLANK, OutlinePen

_TRUETYPE = Path(get_data_path(), "fonts", "ttf")
FONTS = {"serif": delivered()[0], "sans": delivered()[1], "dejavu": _TRUETYPE / "DejaVuSans.ttf"}
PLANE_0 = _TRUETYPE / "cmr10.ttf"
SOME = "明溪县应急管理局二〇二四年，。“”（）〓0189%aégß—…Å½"


def by_fonttools(font: TTFont, name: str) -> tuple[bytes, tuple[int, ...]]:
    """The bytes of a glyph and its extent by the pens that fontTools has for it."""
    glyphs, pen = font.getGlyphSet(), TTGlyphPen(None)
    if "glyf" in font:
        recording = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(recording)
        recording.replay(pen)
    else:
        glyphs[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
    glyph = pen.glyph()
    data = glyph.compile(None)
    if not glyph.numberOfContours:
        return b"", (0, 0, 0, 0, 0, 0)
    box = glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
    return data, (*box, len(glyph.coordinates), glyph.numberOfContours)


@pytest.mark.parametrize("name", FONTS)
def test_outlines_are_the_same_byte_for_byte(name: str) -> None:
    face = open_face(FONTS[name])
    with TTFont(FONTS[name], lazy=True) as font:
        names: dict[int, str] = font.getBestCmap()
        chars = [char for char in SOME if ord(char) in names] + [chr(code) for code in list(names)[::997]]
        for char in chars:
            drawn = face.outline(char)
            extent = drawn.x_min, drawn.y_min, drawn.x_max, drawn.y_max, drawn.points, drawn.contours
            assert (drawn.data, extent) == by_fonttools(font, names[ord(char)]), char


@pytest.mark.parametrize("path", [*FONTS.values(), PLANE_0], ids=[*FONTS, "plane 0"])
def test_glyphs_and_widths_are_those_of_the_fonts_tables(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        find, advance = characters(font), advances(font)
        names: dict[int, str] = font.getBestCmap()
        metrics: Any = font["hmtx"]
        for code in (*range(0, 0x30000, 37), *list(names)[::61]):
            glyph = find(code)
            assert glyph == (font.getGlyphID(names[code]) if code in names else 0)
            if glyph:
                assert advance(glyph) == metrics[names[code]][0]


def test_anchors_draw_nothing_and_contours_are_closed_once() -> None:
    pen = OutlinePen(1)
    pen.moveTo((5, 5))
    pen.closePath()
    assert pen.outline(turned=False) is BLANK
    for point in ((0, 0), (300, 0), (300, 9), (0, 0)):
        (pen.lineTo if pen._open else pen.moveTo)(point)
    pen.closePath()
    assert pen.outline(turned=False).points == 3
    assert pen.outline(turned=True).data != pen.outline(turned=False).data


def test_a_contour_may_have_no_point_on_it() -> None:
    drawn = []
    for pen in (OutlinePen(1), TTGlyphPen(None)):
        pen.qCurveTo((0, 0), (300, -300), (600, 0), (300, 300), None)
        pen.closePath()
        drawn.append(
            pen.outline(turned=False).data if isinstance(pen, OutlinePen) else pen.glyph().compile(None)
        )
    assert drawn[0] == drawn[1]
