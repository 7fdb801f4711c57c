import pytest

from mingxi_desktop.report import preview
from tests.report.measure import page_image


def test_a_page_is_a_picture_of_the_size_asked_for(rendered):
    for scale in (0.31, 1.0, 1.3):
        width, height, data = page_image(rendered.pdf, 1, scale)
        assert (width, height) == (pytest.approx(595.28 * scale, abs=1), pytest.approx(841.89 * scale, abs=1))
        assert len(data) == width * height * 3
        assert data[:3] == b"\xff\xff\xff"


def test_colours_are_red_green_blue(chart, set_text):
    _width, _height, data = page_image(set_text(chart).pdf, 1, 1.0)
    colours = {data[place : place + 3] for place in range(0, len(data), 3)}
    assert bytes.fromhex("3d6e9e") in colours


def test_pages_are_numbered_from_1(rendered):
    with preview.PdfPages(rendered.pdf) as pages:
        assert len(pages) == rendered.pages
        assert pages.size(1) == pytest.approx((595.28, 841.89), abs=0.1)
        for wrong in (0, rendered.pages + 1):
            with pytest.raises(IndexError):
                pages.image(wrong, 1.0)


def test_a_closed_document_says_so(rendered):
    pages = preview.PdfPages(rendered.pdf)
    pages.close()
    pages.close()
    with pytest.raises(ValueError, match="closed"):
        pages.image(1, 1.0)
