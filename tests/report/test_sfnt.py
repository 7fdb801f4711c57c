import io
from pathlib import Path

from fontTools.ttLib import TTFont
from matplotlib import get_data_path

from mingxi_desktop.report.faces import open_face
from mingxi_desktop.report.outlines import BLANK
from mingxi_desktop.report.sfnt import build


def test_the_subset_is_a_font_that_others_read():
    face = open_face(Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
    outlines = [BLANK, *(face.outline(char) for char in "aé1")]
    advances = [face.em, *(round(face.advance(char) * face.em) for char in "aé1")]
    font = TTFont(io.BytesIO(build(outlines, advances, face.em).data), checkChecksums=2)
    assert font["maxp"].numGlyphs == 4
    assert font["head"].unitsPerEm == face.em
    glyphs = font["glyf"]
    for name, outline in zip(font.getGlyphOrder()[1:], outlines[1:], strict=True):
        glyph = glyphs[name]
        assert (glyph.xMin, glyph.yMax, glyph.numberOfContours) == (
            outline.x_min,
            outline.y_max,
            outline.contours,
        )
    assert [font["hmtx"][name][0] for name in font.getGlyphOrder()] == advances


def test_the_same_glyphs_give_the_same_bytes():
    face = open_face(Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
    glyphs = [BLANK, face.outline("a")]
    assert build(glyphs, [0, 500], face.em) == build(glyphs, [0, 500], face.em)
