"""The report as data for the window."""

from mingxi_desktop.report.model import Document, Gap, Paragraph, Run, Style, Table, indicator_runs, paragraph
from mingxi_desktop.report.screen import Grid, Line, to_screen
from tests.report.measure import screen_runs


def test_headings_come_in_the_order_of_the_printed_outline(document, rendered):
    shown = [(line.level, line.text) for line in to_screen(document) if isinstance(line, Line) and line.level]
    assert [level for level, _ in shown] == [entry.level for entry in rendered.outline]
    for (_, text), entry in zip(shown, rendered.outline, strict=True):
        assert text.startswith(entry.title.split(" ")[0])


def test_numbers_keep_their_indicator(document):
    runs = [run for run in screen_runs(to_screen(document)) if run.indicator]
    assert [(run.indicator, run.text) for run in runs] == [
        (run.indicator, run.text) for run in indicator_runs(document)
    ]


def test_lines_say_how_they_stand(document):
    blocks = list(to_screen(document))
    title, addressee, body, *_ = blocks
    assert (title.style, title.align) == (Style.TITLE, "center")
    assert (addressee.indented, body.indented) == (False, True)
    signed = [block for block in blocks if isinstance(block, Line) and block.align == "right"]
    assert [line.text for line in signed] == ["明溪县应急管理局", "2025年1月23日"]
    running = next(
        block for block in blocks if isinstance(block, Line) and block.text.startswith("（一）加大")
    )
    assert [run.role for run in running.runs][:2] == ["kai", "body"]
    assert any(isinstance(block, Line) and block.text == "附件：1. 溯源附件" for block in blocks)


def test_a_table_is_a_grid_below_its_caption():
    table = Table(
        ("乡镇", "数"), (("雪峰镇", (Run("3\x07", "n"), Run("条"))),), (3, 1), "表1", ("left", "right")
    )
    caption, grid, gap = to_screen(Document("", (table, Gap(2))))
    assert (caption.text, caption.align) == ("表1", "center")
    assert isinstance(grid, Grid)
    assert grid.widths == (0.75, 0.25)
    assert grid.aligns == ("left", "right")
    assert [run.text for run in grid.rows[0][1]] == ["3", "条"]
    assert not gap.runs


def test_an_empty_paragraph_is_left_out():
    assert not list(to_screen(Document("", (Paragraph(()), paragraph("")))))
