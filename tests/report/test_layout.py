"""Whatever a document holds, its pages are sound; measured on the layout, before anything is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.report import fonts, grid
from mingxi_desktop.report.layout import lay_out
from mingxi_desktop.report.model import (
    Attachment,
    Chart,
    Document,
    Gap,
    PageBreak,
    Signature,
    Style,
    Table,
    paragraph,
)

FONTS = fonts.resolve(bundled_only=True)
SENTENCE = "全年排查问题隐患1683条，整改率99.76%；罚款76.026万元。"
NEARLY = 0.1

texts = st.integers(1, 30).map(lambda count: SENTENCE * count)
blocks = st.one_of(
    st.builds(paragraph, texts),
    st.builds(
        lambda style: paragraph("一、主要举措和成效", style=style),
        st.sampled_from([Style.H1, Style.H2, Style.H3, Style.CAPTION, Style.NOTE, Style.CENTERED]),
    ),
    st.builds(
        lambda rows, text: Table(
            ("序号", "内容"), tuple((str(row), text) for row in range(rows)), (1, 4), "表"
        ),
        st.integers(0, 45),
        texts,
    ),
    st.builds(lambda height: Chart("c", "图1 情况", b"", height), st.floats(20, 260)),
    st.builds(Gap, st.integers(0, 3)),
    st.just(PageBreak()),
    st.builds(
        Signature,
        st.sampled_from(["应急局", "明溪县防汛抗旱指挥部办公室"]),
        st.just("2025年1月23日"),
        st.booleans(),
    ),
)


def drawn(laid):
    return "".join(placed.line.text for page in laid.pages for placed in page.lines)


@given(st.lists(blocks, max_size=12), st.lists(blocks, max_size=3))
def test_everything_stands_within_the_type_area(text, annexed):
    document = Document("年度工作总结", tuple(text), attachments=(Attachment(1, "溯源", tuple(annexed)),))
    laid = lay_out(document, FONTS)
    right, bottom = grid.LEFT + grid.WIDTH, grid.TOP + grid.HEIGHT
    for page in laid.pages:
        assert page.lines or page.charts
        for placed in page.lines:
            assert placed.x >= grid.LEFT - NEARLY
            assert placed.x + placed.line.width <= right + NEARLY
            assert grid.TOP < placed.baseline <= bottom
        for chart in page.charts:
            assert chart.y >= grid.TOP - NEARLY
            assert chart.y + chart.height <= bottom + NEARLY
            assert chart.x >= grid.LEFT - NEARLY
            assert chart.x + chart.width <= right + NEARLY
        for rule in page.rules:
            assert grid.TOP - NEARLY <= rule.y0 <= rule.y1 <= bottom + NEARLY
    shown = [item for item in (*text, *annexed) if isinstance(item, Chart)]
    assert sum(len(page.charts) for page in laid.pages) == len(shown)
    wanted = sum(item.text.count("1683") for item in (*text, *annexed) if hasattr(item, "text"))
    wanted += sum(
        row[1].count("1683") for item in (*text, *annexed) if isinstance(item, Table) for row in item.rows
    )
    assert drawn(laid).count("1683") == wanted


def usual(item) -> bool:
    """Neither a page break right after a heading nor a chart that fills a page beside its headings."""
    return not isinstance(item, PageBreak) and not (isinstance(item, Chart) and item.height_mm > 100)


@given(st.lists(blocks.filter(usual), max_size=10))
def test_no_heading_ends_a_page_unless_nothing_follows(text):
    laid = lay_out(Document("", (*text, paragraph("完。"))), FONTS)
    for page in laid.pages:
        for anchor in page.anchors:
            below = [placed for placed in page.lines if placed.baseline > anchor.y + grid.PITCH]
            assert below or page.charts or any(rule.y0 > anchor.y for rule in page.rules)


def test_lines_of_text_stand_on_the_grid():
    laid = lay_out(Document("", tuple(paragraph(SENTENCE * 3) for _count in range(20))), FONTS)
    for page in laid.pages:
        for placed in page.lines:
            line = (placed.baseline - laid.pages[0].lines[0].baseline) / grid.PITCH
            assert abs(line - round(line)) < 1e-6


def test_notes_stand_closer_than_the_grid_and_the_text_after_them_on_it():
    laid = lay_out(
        Document("", (paragraph("甲"), paragraph(SENTENCE * 4, style=Style.NOTE), paragraph("乙"))), FONTS
    )
    first, *notes, last = [placed.baseline for placed in laid.pages[0].lines]
    assert len(notes) > 2
    assert notes[1] - notes[0] < grid.PITCH * 0.7
    lines = (last - first) / grid.PITCH
    assert abs(lines - round(lines)) < 1e-6


def test_a_chart_that_moved_on_stands_in_word_behind_the_text_that_was_pulled_before_it():
    chart = Chart("c", "图1 情况", b"", 120)
    text = [paragraph(f"第{number}段。" + SENTENCE * 4) for number in range(8)]
    document = Document("", (*text[:4], chart, *text[4:], Table(("甲", "乙"), (("1", "2"),), (1, 3))))
    settled = lay_out(document, FONTS).settled
    assert settled.blocks.index(chart) > 4
    assert [block for block in settled.blocks if block in text] == text
    assert settled.blocks[-1].widths[1] > settled.blocks[-1].widths[0]
    alone = Document("", (chart, *text), attachments=(Attachment(1, "图", (chart,)),))
    assert lay_out(alone, FONTS).settled.blocks == alone.blocks
    assert lay_out(alone, FONTS).settled.attachments == alone.attachments


def test_a_note_goes_with_its_chart_and_with_its_table():
    filling = [paragraph("短句。")] * 15
    chart = Chart("c", "图1 情况", b"", 120)
    noted = (*filling, chart, paragraph("注：" + SENTENCE * 4, style=Style.NOTE), *filling)
    first, second = lay_out(Document("", noted), FONTS).pages[:2]
    assert not first.charts
    assert len(first.lines) == grid.LINES
    assert second.charts
    [above, *_] = [place for place, placed in enumerate(second.lines) if placed.line.text.startswith("注")]
    assert second.lines[above - 1].line.text == "图1 情况"
    for before in range(14, 22):
        table = Table(("甲",), tuple((str(row),) for row in range(6)), (1,))
        blocks = ([paragraph("短句。")] * before, [table, paragraph("注：见上表。", style=Style.NOTE)])
        pages = lay_out(Document("", (*blocks[0], *blocks[1])), FONTS).pages
        noted_page = next(page for page in pages if any("注：" in placed.line.text for placed in page.lines))
        assert "5" in {placed.line.text for placed in noted_page.lines}
        assert "4" in {placed.line.text for placed in noted_page.lines}
