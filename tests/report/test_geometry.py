"""The page of GB/T 9704-2012 on a report that is hard to set: every page of it as printed."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from mingxi_desktop.report import grid, pdf
from mingxi_desktop.report.model import indicator_runs
from tests.report import measure, sample, wordy

LINE = grid.PITCH / grid.MM
NEVER_FIRST = "，。、；：？！”’）》】」』…·％%"
NEVER_LAST = "“‘（《〈【「『"


class Pages:
    """A rendered report with the ink and the text of each page, from 1."""

    def __init__(self, document, fonts):
        self.document = document
        self.rendered = pdf.render(document, fonts)
        count = range(1, self.rendered.pages + 1)
        self.inks = measure.inks(self.rendered.pdf)
        self.texts = {page: measure.page_text(self.rendered.pdf, page) for page in count}
        self.bands = {page: measure.bands(mask) for page, mask in self.inks.items()}

    def page_of(self, words):
        return next(page for page, text in self.texts.items() if words in text.replace("\n", ""))

    def lines(self, page):
        return [line for line in self.texts[page].split("\n") if line.strip() and not line.startswith("— ")]


@pytest.fixture(scope="module")
def pages(bundled, chart):
    lower = sample.make_chart(60.0)
    charts = (chart, replace(lower, name="lower", caption="图2 各月隐患发现与整改（续）"))
    return Pages(wordy.wordy(charts, times=2), bundled)


def test_ink_stays_in_the_type_area_and_full_pages_have_22_lines(pages):
    full = 0
    for page, mask in pages.inks.items():
        found = pages.bands[page]
        left, right = measure.sides(mask, 30, 263)
        assert left >= 27
        assert right <= 184.3
        assert found[0][0] >= 36
        assert found[-1][1] <= 262.5
        if len(found) == 22 and max(bottom - top for top, bottom in found) < LINE:
            full += 1
            assert found[0][0] == pytest.approx(37, abs=1)
            assert left == pytest.approx(28, abs=1)
            assert all(
                after[1] - before[1] == pytest.approx(LINE, abs=1) for before, after in pairwise(found)
            )
    assert full >= 3


def test_page_numbers_stand_at_the_outer_side(pages):
    for page, mask in pages.inks.items():
        [(top, bottom)] = measure.bands(mask, 263, 290)
        assert 265 < top < bottom < 275
        left, right = measure.sides(mask, 263, 290)
        inwards = grid.FOLIO_SIZE / grid.MM
        edge, wanted = (right, 184 - inwards) if page % 2 else (left, 28 + inwards)
        assert edge == pytest.approx(wanted, abs=0.5)
        assert f"— {page} —" in pages.texts[page]


def test_no_line_breaks_the_rules_and_no_number_is_parted(pages):
    for page in pages.texts:
        for line in pages.lines(page):
            assert line[0] not in NEVER_FIRST, (page, line)
            assert line[-1] not in NEVER_LAST, (page, line)
    text = "\n".join(pages.texts.values())
    shown = [run.text for run in indicator_runs(pages.document) if run.aspect == "value"]
    for number in set(shown):
        assert len(re.findall(rf"(?<!\d){number}(?![\d余])", text)) == shown.count(number), number
    for words in (
        "99.76%",
        "1,234.567万元",
        "60%以上",
        "140余万元",
        "近1700",
        "6.9—6.18",
        "2022—2024年",
        "图1",
    ):
        assert text.count(words) == text.replace("\n", "").count(words)


def test_headings_are_followed_by_text_on_their_page(pages):
    for entry in pages.rendered.outline:
        height = entry.y / grid.MM
        below = [band for band in pages.bands[entry.page] if band[0] > height + 0.8 * LINE]
        assert below, entry.title


def test_charts_stand_with_their_captions_after_the_sentence_that_names_them(pages):
    shown = 0
    for page, text in pages.texts.items():
        captions = len(re.findall(r"图\d 各月隐患发现", text))
        if "隐患名称" not in text:
            assert captions == sum(bottom - top > 20 for top, bottom in pages.bands[page]), page
            shown += captions
    assert shown == 8
    first = next(page for page, text in pages.texts.items() if "各月隐患" in text)
    assert "见图1" in "".join(pages.texts[page] for page in range(1, first + 1)).replace("\n", "")


def test_no_page_is_left_half_empty(pages):
    signed = pages.page_of("附件：1.")
    for page, found in pages.bands.items():
        # The lines before a signature stay with it, and behind it there is no text to fill a page with.
        if page < signed - 1:
            assert (262 - found[-1][1]) / LINE < 3, page


def test_a_long_table_repeats_its_header_and_keeps_its_sum_and_its_note(pages):
    rows = {page: len(re.findall(r"10000\d\d\b", text)) for page, text in pages.texts.items()}
    shown = [page for page, count in rows.items() if count]
    assert len(shown) >= 3
    assert sum(rows.values()) == 60
    assert all("隐患名称" in pages.texts[page] for page in shown)
    last = pages.page_of("60001770")
    assert rows[last] >= 1
    assert "注：整改情况统计到" in pages.texts[last]


def test_the_signature_has_text_above_it_and_attachments_begin_pages(pages):
    page = pages.page_of("2025年1月23日")
    assert pages.lines(page)[0] not in wordy.SIGNED.name
    before = pages.texts[page].split("附件：")[0]
    assert len(before.strip()) > 28
    for number in (1, 2):
        begins = pages.page_of(f"附件{number}{pages.document.attachments[number - 1].title[:6]}")
        assert pages.texts[begins].startswith(f"附件{number}")
        assert pages.bands[begins][0][0] == pytest.approx(37, abs=1)
