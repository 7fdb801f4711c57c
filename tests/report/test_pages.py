"""What stays together at the end of a page."""

import pytest

from mingxi_desktop.report import grid
from mingxi_desktop.report.model import (
    Attachment,
    Gap,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Style,
    paragraph,
)
from tests.report import measure

LINE = "安全生产责任落实到位，"
SIGNED = Signature("明溪县应急管理局", "2025年1月23日")


def lines(count: int, text: str = "短句"):
    """Paragraphs of one line."""
    return [paragraph(f"{text}{number}。") for number in range(count)]


def pages_of(result):
    return [measure.page_text(result.pdf, page).replace("\n", "") for page in range(1, result.pages + 1)]


@pytest.mark.parametrize("before", [20, 21])
def test_headings_never_end_a_page(set_text, before):
    blocks = (
        *lines(before),
        paragraph("一、主要举措", style=Style.H1),
        paragraph("（一）学法用法", style=Style.H2),
        *lines(3, "正文"),
    )
    first, second = pages_of(set_text(*blocks))
    assert "主要举措" not in first
    assert second.startswith("一、主要举措（一）学法用法正文0")


def test_a_heading_that_runs_in_has_text_below_it_on_its_page(set_text):
    running = Paragraph((Run("（一）加大力度。", role="kai"), Run(LINE * 6)), Style.H2)
    first, second = pages_of(set_text(*lines(21), running))
    assert "加大力度" not in first
    assert second.startswith("（一）加大力度")


@pytest.mark.parametrize("before", range(17, 23))
def test_a_signature_is_never_alone(set_text, before):
    result = set_text(*lines(before), SIGNED)
    signed = next(text for text in pages_of(result) if "明溪县应急管理局" in text)
    assert f"短句{before - 1}。" in signed
    assert "2025年1月23日" in signed


def test_attachments_are_named_below_the_text_and_begin_new_pages(set_text):
    attachments = (
        Attachment(1, "溯源附件", tuple(lines(2, "附"))),
        Attachment(2, "图表", tuple(lines(2, "图"))),
    )
    result = set_text(*lines(3), SIGNED, attachments=attachments)
    first, second, third = pages_of(result)
    assert "附件：1. 溯源附件2. 图表明溪县应急管理局" in first
    assert second.startswith("附件1溯源附件附0。")
    assert third.startswith("附件2图表图0。")
    assert "— 3 —" in third


def test_a_single_attachment_has_no_number(set_text):
    first, second = pages_of(set_text(*lines(1), attachments=(Attachment(0, "图表", tuple(lines(1))),)))
    assert "附件：图表" in first
    assert second.startswith("附件图表短句0")


def test_with_a_seal_the_date_is_four_characters_from_the_right(set_text):
    result = set_text(*lines(2), SIGNED)
    mask = measure.ink(result.pdf, 1)
    *_text, name, date = measure.bands(mask)
    _left, right = measure.sides(mask, *date)
    assert right == pytest.approx(184 - 4 * grid.CELL / grid.MM, abs=1)
    middle = sum(measure.sides(mask, *date)) / 2
    assert sum(measure.sides(mask, *name)) / 2 == pytest.approx(middle, abs=1)


def test_without_a_seal_the_name_is_two_characters_from_the_right(set_text):
    result = set_text(*lines(2), Signature("明溪县防汛抗旱指挥部办公室", "2025年1月23日", sealed=False))
    mask = measure.ink(result.pdf, 1)
    _first, last, name, date = measure.bands(mask)
    assert measure.sides(mask, *name)[1] == pytest.approx(184 - 2 * grid.CELL / grid.MM, abs=1)
    shift = measure.sides(mask, *date)[0] - measure.sides(mask, *name)[0]
    assert shift == pytest.approx(2 * grid.CELL / grid.MM, abs=1)
    assert name[0] - last[0] == pytest.approx(2 * grid.PITCH / grid.MM, abs=1)


def test_a_chart_that_does_not_fit_leaves_no_hole(set_text, chart):
    result = set_text(*lines(16), chart, *lines(8, "续"))
    first, second = pages_of(result)
    assert "续5。" in first
    assert second.startswith("图1 各月隐患发现") or "图1 各月隐患发现" in second
    assert second.index("图1") < second.index("续6。")


def test_a_chart_stays_with_its_caption(set_text, chart):
    for before in (11, 12, 13, 14):
        result = set_text(*lines(before), chart)
        mask = [measure.ink(result.pdf, page) for page in range(1, result.pages + 1)]
        page = next(page for page, text in enumerate(pages_of(result)) if "图1" in text)
        highest = max(bottom - top for top, bottom in measure.bands(mask[page]))
        assert highest > 30


def test_a_chart_moved_on_still_stands_before_the_signature(set_text, chart):
    text = "".join(pages_of(set_text(*lines(16), chart, *lines(2, "尾"), SIGNED)))
    assert text.index("图1") < text.index("明溪县应急管理局")


def test_empty_lines_vanish_at_the_top_of_a_page(set_text):
    result = set_text(*lines(22), Gap(2), paragraph("应急"))
    top, _bottom = measure.bands(measure.ink(result.pdf, 2))[0]
    assert top == pytest.approx(37, abs=1)


def test_a_page_break_begins_a_page_and_makes_no_empty_one(set_text):
    result = set_text(PageBreak(), *lines(1), PageBreak(), PageBreak(), *lines(1, "后"))
    assert [text[:2] for text in pages_of(result)] == ["短句", "后0"]
