"""Which font sets what, with small TrueType fonts made here in place of the PC's."""

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib import get_data_path

from mingxi_desktop.report import fonts, pdf
from mingxi_desktop.report.faces import FaceError, open_face
from mingxi_desktop.report.model import Document, paragraph
from tests.report import measure

SET = "国一〇。，（）0%应急"


def make_font(path: Path, family: str, chars: str = SET, *, rights: int = 0) -> Path:
    """A TrueType font whose glyphs are all the same square, 256 units to the em as in SimFang."""
    pen = TTGlyphPen(None)
    pen.moveTo((20, 0))
    pen.lineTo((20, 200))
    pen.lineTo((236, 200))
    pen.lineTo((236, 0))
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", *(f"u{ord(char):X}" for char in chars)]
    builder = FontBuilder(256, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"u{ord(char):X}" for char in chars})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (256, 20)))
    builder.setupHorizontalHeader(ascent=220, descent=-36)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    builder.setupOS2(sTypoAscender=220, sTypoDescender=-36, fsType=rights)
    builder.setupPost()
    builder.save(path)
    return path


def test_without_others_the_delivered_fonts_are_used(tmp_path):
    found = fonts.resolve(folders=[tmp_path])
    assert {font.source for font in found.fonts.values()} == {fonts.DELIVERED}
    assert {role: found.font(role).family for role in ("body", "hei")} == {
        "body": "Noto Serif SC",
        "hei": "Noto Sans SC",
    }
    assert found.font("title").bold


def test_the_fonts_of_the_pc_go_before_the_delivered_ones(tmp_path):
    make_font(tmp_path / "SIMFANG.TTF", "FangSong")
    make_font(tmp_path / "simsun.ttc", "SimSun")
    found = fonts.resolve(folders=[tmp_path])
    assert (found.font("body").family, found.font("body").source) == ("FangSong", fonts.OWN)
    assert (found.font("title").family, found.font("title").bold) == ("SimSun", True)
    assert found.font("kai").source == fonts.DELIVERED
    assert found.describe() == "仿宋、小标宋（本机）；楷体、黑体（随程序）"


def test_the_choice_of_the_user_goes_before_all(tmp_path):
    make_font(tmp_path / "simfang.ttf", "FangSong")
    chosen = make_font(tmp_path / "mine.ttf", "Mine")
    found = fonts.resolve(choices={"body": chosen}, folders=[tmp_path])
    assert (found.font("body").family, found.font("body").source) == ("Mine", fonts.CHOSEN)


def test_bundled_only_means_neither(tmp_path):
    chosen = make_font(tmp_path / "simfang.ttf", "FangSong")
    found = fonts.resolve(True, {"body": chosen}, [tmp_path])
    assert found.font("body").source == fonts.DELIVERED


@pytest.mark.parametrize("kind", ["missing", "damaged", "latin", "forbidden"])
def test_a_chosen_file_that_cannot_be_used_is_named_and_passed_over(tmp_path, kind):
    path = tmp_path / "字体.ttf"
    if kind == "damaged":
        path.write_bytes(b"\0\1\0\0 no font at all")
    elif kind == "latin":
        make_font(path, "Latin", "abc")
    elif kind == "forbidden":
        make_font(path, "Forbidden", rights=2)
    found = fonts.resolve(choices={"body": path}, folders=[])
    assert found.font("body").source == fonts.DELIVERED
    [problem] = found.problems
    assert "仿宋" in problem
    assert "字体.ttf" in problem


def test_a_character_missing_from_a_font_comes_from_another(tmp_path):
    make_font(tmp_path / "simfang.ttf", "FangSong")
    found = fonts.resolve(folders=[tmp_path])
    assert found.face_for("应", "body").family == "FangSong"
    assert found.face_for("䶮", "body").family == "Noto Serif SC"
    assert found.face_for("䶮", "hei").family == "Noto Sans SC"
    assert found.face_for("\U000f0000", "body") is None


def test_fonts_of_the_pc_are_embedded_and_subset_too(tmp_path):
    make_font(tmp_path / "simfang.ttf", "FangSong")
    found = fonts.resolve(folders=[tmp_path])
    result = pdf.render(Document("", (paragraph("应急䶮"),)), found)
    assert b"+FangSong" in result.pdf
    assert "应急䶮" in measure.page_text(result.pdf, 1)
    mask = measure.ink(result.pdf, 1)
    top, bottom = measure.bands(mask)[0]
    left, _right = measure.sides(mask, top, bottom)
    # The square begins 20/256 em into the third cell of the line.
    assert left == pytest.approx(28 + (2 * 15.79 + 16 * 20 / 256 - 0.1) * 25.4 / 72, abs=0.15)


def test_the_file_for_window_and_charts(monkeypatch, tmp_path):
    assert fonts.ui_font_file(bundled_only=True).name == "NotoSansSC-Regular.otf"
    monkeypatch.setenv("WINDIR", str(tmp_path))
    (tmp_path / "Fonts").mkdir()
    yahei = make_font(tmp_path / "Fonts" / "MSYH.TTC", "Microsoft YaHei")
    assert fonts.ui_font_file() == yahei


def test_composed_glyphs_stand_alone():
    face = open_face(Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
    with TTFont(face.path) as font:
        assert font["glyf"]["eacute"].isComposite()
    assert face.outline("é").contours == face.outline("e").contours + 1
    assert face.outline(" ").data == b""


def test_converted_outlines_keep_their_extent():
    serif, _sans = fonts.delivered()
    face = open_face(serif)
    with TTFont(serif, lazy=True) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        for char in "明溪应急8%，":
            pen = BoundsPen(glyphs)
            glyphs[names[ord(char)]].draw(pen)
            outline = face.outline(char)
            # The box of a TrueType glyph holds the points that lie off its curves too.
            extent = (outline.x_min, outline.y_min, outline.x_max, outline.y_max)
            assert extent == pytest.approx(pen.bounds, abs=5)


def test_a_font_file_that_is_gone_is_a_fault_with_its_name(tmp_path):
    with pytest.raises(FaceError, match=r"没有\.ttf"):
        open_face(tmp_path / "没有.ttf")
