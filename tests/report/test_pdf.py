"""The page of GB/T 9704-2012, measured on the finished PDF."""

import re
import subprocess
import sys
from itertools import pairwise

import pytest

from mingxi_desktop.report import grid, pdf, preview
from mingxi_desktop.report.model import (
    Document,
    Run,
    Style,
    indicator_runs,
    paragraph,
)
from tests.report import measure

HAN = "应急管理工作事关人民群众生命财产安全和社会稳定大局"


@pytest.fixture(scope="module")
def full_pages(set_text):
    """Two full pages and a bit, of Chinese characters alone."""
    return set_text(*[paragraph(HAN * 12) for _paragraph in range(5)])


def test_pages_are_a4(rendered):
    with preview.PdfPages(rendered.pdf) as pages:
        for page in range(1, len(pages) + 1):
            assert pages.size(page) == pytest.approx((595.28, 841.89), abs=0.1)


def test_a_full_page_has_22_lines_within_the_type_area(full_pages):
    mask = measure.ink(full_pages.pdf, 2)
    found = measure.bands(mask)
    assert len(found) == 22
    assert found[0][0] == pytest.approx(37, abs=1)
    assert found[-1][1] <= 262.5
    left, right = measure.sides(mask, 30, 263)
    assert left == pytest.approx(28, abs=1)
    assert right <= 184.3
    pitches = [after[1] - before[1] for before, after in pairwise(found)]
    assert all(pitch == pytest.approx(grid.PITCH / grid.MM, abs=0.5) for pitch in pitches)


def test_28_characters_on_a_line_and_22_lines_on_a_page(full_pages):
    lines = [line for line in measure.page_text(full_pages.pdf, 2).split("\n") if re.search("[一-鿿]", line)]
    assert len(lines) == 22
    assert all(len(line) == 28 for line in lines if not line.startswith(HAN[:4]) and len(line) > 26)
    assert sum(len(line) == 28 for line in lines) >= 18


def test_page_numbers_are_at_the_outer_side_below_the_type_area(full_pages):
    for page, edge in ((1, 184 - 14 / grid.MM), (2, 28 + 14 / grid.MM)):
        mask = measure.ink(full_pages.pdf, page)
        top, bottom = measure.bands(mask, 263, 290)[0]
        assert 262 + 4 < top < bottom < 262 + 12
        left, right = measure.sides(mask, 263, 290)
        assert (right if page == 1 else left) == pytest.approx(edge, abs=0.5)
        assert f"— {page} —" in measure.page_text(full_pages.pdf, page)


def test_the_title_stands_in_the_middle_with_an_empty_line_below(rendered):
    mask = measure.ink(rendered.pdf, 1)
    title, first = measure.bands(mask)[:2]
    left, right = measure.sides(mask, *title)
    assert (left + right) / 2 == pytest.approx(28 + 156 / 2, abs=1)
    assert first[0] - title[1] > grid.PITCH / grid.MM


def test_every_number_has_its_spot(rendered, document):
    shown = [run.indicator for run in indicator_runs(document)]
    assert [spot.indicator for spot in rendered.spots] == shown
    for spot in rendered.spots[:12]:
        assert measure.text_at(rendered.pdf, spot) == spot.text


def test_a_name_over_two_lines_has_two_spots(set_text):
    names = "、".join(["明溪县蓝天救援队"] * 6)
    spots = set_text(paragraph("有", Run(names, "rescue_teams"), "等。")).spots
    assert len(spots) == 2
    assert {spot.text for spot in spots} == {names}
    assert spots[0].y < spots[1].y


def test_all_fonts_are_embedded_and_subset(rendered):
    assert b"Helvetica" not in rendered.pdf
    names = set(re.findall(rb"/(?:BaseFont|FontName) /(\S+)", rendered.pdf))
    assert names
    assert all(re.match(rb"[A-Z]{6}\+Noto", name) for name in names)
    assert b"/FontFile2" in rendered.pdf


def test_the_same_input_gives_the_same_bytes_in_another_process_too(rendered, document, bundled):
    assert pdf.render(document, bundled).pdf == rendered.pdf
    code = (
        "import hashlib; from mingxi_desktop.report import fonts, pdf; from mingxi_desktop.report.model import *;"
        "document = Document('题', (paragraph('一、应急', style=Style.H1), paragraph('隐患1683条。')), author='局');"
        "print(hashlib.sha256(pdf.render(document, fonts.resolve(True)).pdf).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8"
        )
        for _run in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout


def test_text_comes_back_as_it_was_rare_characters_too(set_text):
    rare = "㙟堉喆祎赟䶮𬭎，“格美”——99.76%……"
    result = set_text(paragraph(rare))
    assert rare in measure.page_text(result.pdf, 1).replace("\n", "")
    assert not result.missing


def test_nothing_in_a_text_is_markup(set_text):
    hostile = 'A&B公司<img src="/etc/hostname"/><b>粗</b>(\\)%&amp;'
    assert hostile in measure.page_text(set_text(paragraph(hostile)).pdf, 1).replace("\n", "")


def test_a_character_that_no_font_has_is_printed_as_geta_and_named(set_text):
    result = set_text(paragraph("村民王\U000f0000某"))
    assert "王〓某" in measure.page_text(result.pdf, 1)
    [missing] = result.missing
    assert missing.char == "\U000f0000"
    assert "村民王" in missing.context


def test_the_outline_names_headings_with_their_pages(rendered):
    assert [(entry.title, entry.level) for entry in rendered.outline][:3] == [
        ("一、主要举措和成效", 1),
        ("（一）加大执法力度，整治重点领域隐患", 2),
        ("1. 开展专项整治", 3),
    ]
    for entry in rendered.outline:
        assert entry.title.split(" ")[0] in measure.page_text(rendered.pdf, entry.page).replace("\n", "")


def test_bookmarks_are_in_the_file(rendered):
    import pypdfium2

    document = pypdfium2.PdfDocument(rendered.pdf)
    titles = [(item.get_title(), item.level) for item in document.get_toc()]
    metadata = document.get_metadata_dict()
    document.close()
    assert titles == [
        ("一、主要举措和成效", 0),
        ("（一）加大执法力度，整治重点领域隐患", 1),
        ("1. 开展专项整治", 2),
        ("（二）强化预警，提升防灾能力", 1),
        ("二、存在的不足", 0),
        ("附件1 溯源附件", 0),
        ("一、口径", 0),
        ("附件2 图表", 0),
    ]
    assert metadata["Title"] == "明溪县应急管理局2024年度工作总结"
    assert metadata["Author"] == "明溪县应急管理局"


def test_a_level_that_is_left_out_does_not_matter_to_the_outline(set_text):
    result = set_text(
        paragraph("1. 先", style=Style.H3), paragraph("一、后", style=Style.H1), paragraph("文")
    )
    assert [entry.level for entry in result.outline] == [3, 1]


def test_a_draft_is_marked_on_every_page(bundled):
    result = pdf.render(Document("", (paragraph(HAN * 30),), mark="征求意见稿"), bundled)
    assert all("征求意见稿" in measure.page_text(result.pdf, page) for page in range(1, result.pages + 1))


def test_an_empty_document_is_one_page(set_text):
    assert set_text().pages == 1
