"""Charts in the report: vectors, exact, with their fonts."""

import io
import re

import numpy
import pypdfium2
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from mingxi_desktop.report import grid, pdf, preview
from mingxi_desktop.report.model import Chart, Document, paragraph
from mingxi_desktop.report.pdf_reader import PdfError, PdfReader, Raw, Ref, Stream
from tests.report import measure, sample


def pixels(data: bytes, page: int):
    image = preview.page_image(data, page, 2)
    return numpy.frombuffer(image.data, dtype=numpy.uint8).reshape(image.height, image.width, 3).astype(int)


def test_a_chart_looks_as_it_was_drawn(chart, set_text):
    result = set_text(chart)
    alone, within = pixels(chart.pdf, 1), pixels(result.pdf, 1)
    height, width = alone.shape[:2]
    left, top = round(grid.LEFT * 2), round(grid.TOP * 2)
    # It begins at a part of a pixel, so that its lines are not grey in the same way.
    alike = max(
        numpy.corrcoef(alone.ravel(), within[top + down : top + down + height, left : left + width].ravel())[
            0, 1
        ]
        for down in range(20, 60)
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
    assert len(set_text(chart, chart).pdf) < len(set_text(chart).pdf) + 2000
    assert len(re.findall(rb"/Subtype /Form", set_text(chart, chart).pdf)) == len(
        re.findall(rb"/Subtype /Form", set_text(chart).pdf)
    )


def test_a_chart_higher_than_a_page_is_made_smaller_and_named(bundled):
    result = pdf.render(Document("", (sample.make_chart(240),)), bundled)
    assert result.pages == 1
    assert result.warnings == ("图表“hazards_by_month”比一页还高，已缩小。",)
    assert measure.bands(measure.ink(result.pdf, 1))[-1][1] <= 262.5


def test_objects_of_all_kinds_are_read():
    body = (
        b"%PDF-1.4\n1 0 obj\n<< /A (a \\) (b) \\\\) /B [1 -2.5 /N#20x <0aFF> true null 3 0 R] % note\n"
        b"/C << /D 2 0 R >> >>\nendobj\n2 0 obj\n5\nendobj\n"
        b"3 0 obj\n<< /Length 2 0 R >>\nstream\nend\nx\nendstream\nendobj\n"
    )
    places = [body.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    reader = PdfReader(body + table + b"trailer\n<< /Size 4 >>\nstartxref\n%d\n%%%%EOF\n" % len(body))
    first = reader.object(1)
    assert first[b"A"] == Raw(b"(a \\) (b) \\\\)")
    assert first[b"B"] == [
        Raw(b"1"),
        Raw(b"-2.5"),
        Raw(b"/N#20x"),
        Raw(b"<0aFF>"),
        Raw(b"true"),
        Raw(b"null"),
        Ref(3),
    ]
    assert first[b"C"] == {b"D": Ref(2)}
    assert reader.object(3) == Stream({b"Length": Ref(2)}, b"end\nx")


@pytest.mark.parametrize(
    "data", [b"", b"no pdf", b"%PDF-1.4\nstartxref\n5\n%%EOF", b"%PDF-1.4\nxref\nstartxref\n9\n%%EOF"]
)
def test_what_is_no_chart_is_refused(data, bundled):
    broken = Chart("x", "图", data, b"", 80)
    with pytest.raises(PdfError):
        pdf.render(Document("", (paragraph("文"), broken)), bundled)


def test_a_chart_of_two_pages_is_refused():
    file = io.BytesIO()
    with PdfPages(file) as pages:
        pages.savefig(Figure())
        pages.savefig(Figure())
    with pytest.raises(PdfError, match="not 2"):
        PdfReader(file.getvalue()).page()
