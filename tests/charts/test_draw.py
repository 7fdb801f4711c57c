"""Drawn charts: embedded fonts, the same bytes each time, and text that is nothing but text."""

from __future__ import annotations

import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdfium2
import pytest

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import ChartData, ChartKind, Series
from mingxi_desktop.charts.layout import height_mm
from mingxi_desktop.charts.style import IN_REPORT, Look

FONT = Path(pylopdf_fonts_zh_cn.sans_path())
BARS = ChartData(
    "bars",
    "各月隐患排查整改情况",
    ChartKind.GROUPED,
    tuple(f"{month}月" for month in range(1, 13)),
    (Series("排查数", tuple(range(101, 113))), Series("整改数", (None, *range(90, 101)))),
    "条",
)
HOSTILE = ChartData(
    "hostile",
    "$\\frac{1}$ <b>甲</b> & \U0010ffff\n乙",
    ChartKind.HBAR,
    ("$x^2$", "%s{0}"),
    (Series("", (1, 2)),),
    "",
)
EMPTY = ChartData("empty", "空", ChartKind.HBAR, (), (Series("", ()),), "人")


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        text_page = page.get_textpage()
        try:
            return text_page.get_text_bounded()
        finally:
            text_page.close()
            page.close()


@pytest.mark.parametrize("data", [BARS, HOSTILE, EMPTY])
def test_same_input_gives_the_same_bytes(data):
    for make in (draw.pdf, draw.svg, draw.png):
        first = make(data, FONT)
        draw._drawn.cache_clear()
        assert make(data, FONT) == first


def test_a_chart_is_drawn_once_whatever_stands_behind_its_bars():
    first = draw.pdf(BARS, FONT)
    keyed = replace(BARS.series[0], keys=tuple(range(12)))
    assert draw.pdf(replace(BARS, series=(keyed, BARS.series[1])), FONT) is first
    taller = replace(BARS.series[0], values=tuple(range(201, 213)))
    assert draw.pdf(replace(BARS, series=(taller, BARS.series[1])), FONT) != first
    assert draw.pdf(BARS, FONT, IN_REPORT) != first


def test_pdf_is_vector_with_its_fonts_and_says_nothing_of_its_making():
    data = draw.pdf(BARS, FONT, IN_REPORT)
    assert data.startswith(b"%PDF")
    assert b"CreationDate" not in data
    assert b"/Type3" in data
    assert b"Helvetica" not in data
    assert b"DejaVu" not in data
    text = pdf_text(data)
    assert "排查数" in text
    assert "单位：条" in text
    assert "112" in text
    assert "—" in text
    assert BARS.title not in text
    assert BARS.title in pdf_text(draw.pdf(BARS, FONT))


def test_pdf_has_the_size_at_which_it_is_printed():
    with pypdfium2.PdfDocument(draw.pdf(BARS, FONT, IN_REPORT)) as document:
        width, height = document.get_page_size(0)
    assert width == pytest.approx(156 / 25.4 * 72, abs=0.1)
    assert height == pytest.approx(height_mm(BARS, IN_REPORT) / 25.4 * 72, abs=0.1)


def test_png_has_the_asked_for_pixels():
    data = draw.png(BARS, FONT, 150, Look(width=100, height=60))
    assert struct.unpack(">II", data[16:24]) == (590, 354)


def test_markup_and_unknown_characters_are_shown_as_text():
    text = pdf_text(draw.pdf(HOSTILE, FONT))
    assert "$\\frac{1}$<b>甲</b>&〓乙" in "".join(text.split())
    assert "$x^2$" in text


def test_the_text_of_an_svg_stays_text_and_is_nothing_but_text():
    text = draw.svg(BARS, FONT).decode()
    assert ">排查数</text>" in text
    assert "SimHei" in text, "another font where this one is missing"
    hostile = draw.svg(HOSTILE, FONT).decode()
    assert "&lt;b&gt;甲&lt;/b&gt; &amp; 〓 乙" in hostile


def test_nothing_to_draw_says_so():
    assert "暂无记录" in pdf_text(draw.pdf(EMPTY, FONT))


def test_global_state_is_left_alone():
    code = (
        "import sys; from pathlib import Path\n"
        "from mingxi_desktop.charts import draw\n"
        "assert 'matplotlib' not in sys.modules\n"
        "from mingxi_desktop.charts.data import *\n"
        f"draw.pdf(ChartData('a','b',ChartKind.BAR,('一',),(Series('',(1,)),)), Path({str(FONT)!r}))\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
