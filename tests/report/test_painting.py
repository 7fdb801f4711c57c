"""Charts on the report's pages: vectors with the report's own fonts, as matplotlib paints them in files."""

import re

import numpy
import pypdfium2
import pytest

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import ChartData, ChartKind, Series
from mingxi_desktop.charts.scene import drawing_of
from mingxi_desktop.charts.style import IN_REPORT
from mingxi_desktop.domain.drawing import Drawing, Words
from mingxi_desktop.report import fonts, grid, pdf
from mingxi_desktop.report.model import Chart, Document
from tests.report import measure, sample

PARTED = ChartData(
    "parted",
    "",
    ChartKind.GROUPED,
    ("二〇二三年", "二〇二四年"),
    (Series("演练", (123456789, 98765432), apart=(0,), apart_name="上报"), Series("培训", (5, None))),
    "场",
)


def pixels(data: bytes, page: int):
    image = measure.page_image(data, page, 2)
    return numpy.frombuffer(image.data, dtype=numpy.uint8).reshape(image.height, image.width, 3).astype(int)


def on_page(data: ChartData) -> Chart:
    drawing = drawing_of(data, IN_REPORT)
    return Chart(data.name, "", b"", drawing.height, drawing=drawing)


@pytest.mark.parametrize("kind", [ChartKind.GROUPED, ChartKind.HBAR])
def test_a_chart_looks_as_in_a_file_of_its_own(kind, set_text):
    """Upright and lying bars, all hatches, labels that are turned, at the same places."""
    data = ChartData(kind.value, "", kind, PARTED.categories * 4, tuple(
        Series(row.name, row.values * 4, apart=row.apart, apart_name=row.apart_name) for row in PARTED.series
    ), PARTED.unit)  # fmt: skip
    alone = pixels(draw.pdf(data, fonts.ui_font_file(bundled_only=True), IN_REPORT), 1)[:, :, 0]
    within = pixels(set_text(on_page(data)).pdf, 1)[:, :, 0]
    height, width = alone.shape
    left, top = round(grid.LEFT * 2), round(grid.TOP * 2)
    # It begins at a part of a pixel, so that its lines are not grey in the same way.
    alike = max(
        numpy.corrcoef(alone.ravel(), within[top + down : top + down + height, left : left + width].ravel())[
            0, 1
        ]
        for down in range(12)
    )
    assert alike > 0.95


def test_a_chart_stays_vectors_with_text_and_embedded_fonts(chart, set_text):
    result = set_text(chart)
    document = pypdfium2.PdfDocument(result.pdf)
    assert all(item.type != pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for item in document[0].get_objects(max_depth=5))
    document.close()
    assert "整改（条）" in measure.page_text(result.pdf, 1)
    assert b"/Subtype /Form" in result.pdf
    assert b"/PatternType" in result.pdf


def test_the_same_chart_twice_is_stored_once(chart, set_text):
    once, twice = set_text(chart).pdf, set_text(chart, chart).pdf
    assert len(twice) < len(once) + 2000
    assert len(re.findall(rb"/Subtype /Form", twice)) == len(re.findall(rb"/Subtype /Form", once)) == 1


def test_a_chart_higher_than_a_page_is_made_smaller_and_named(bundled):
    result = pdf.render(Document("", (sample.make_chart(240),)), bundled)
    assert result.pages == 1
    assert result.warnings == ("图表“hazards_by_month”比一页还高，已缩小。",)
    assert measure.bands(measure.ink(result.pdf, 1))[-1][1] <= 262.5


def test_text_is_nothing_but_text_and_every_character_has_a_shape(set_text):
    words = Words("$x^2$ (a\\) <b>\n\x00乙\U0010ffff", 5, 10, 9, "#000000")
    drawing = Drawing(156, 20, (words,))
    result = set_text(Chart("x", "", b"", 20, drawing=drawing))
    assert "$x^2$ (a\\) <b> 乙〓" in measure.page_text(result.pdf, 1)
