"""PDF, Word, plain text and screen say the same, and say literally what a record holds."""

import datetime
import io
import re
from collections import Counter
from decimal import Decimal

import docx
import pytest
from docx.table import Table as WordTable

from mingxi_desktop.domain.indicator_data import by_id
from mingxi_desktop.domain.indicators import Contribution, IndicatorValue, Trace
from mingxi_desktop.report import pdf
from mingxi_desktop.report.annex import Basis, annex
from mingxi_desktop.report.model import (
    Attachment,
    Document,
    Paragraph,
    Run,
    Signature,
    Style,
    Table,
    indicator_runs,
    paragraph,
)
from mingxi_desktop.report.screen import to_screen
from mingxi_desktop.report.text import to_text
from mingxi_desktop.report.word import to_docx
from tests.report import measure, wordy

NUMBER = re.compile(r"\d+(?:[.,]\d+)*[%余]?")
HOSTILE = (
    '<img src="/etc/hostname"/>',
    "A&B公司&amp;<b>粗</b>",
    "{year}{{hazards_found}}%s$(date)",
    "㙟堉喆祎赟䶮𬭎",
    "=1+1;--'\"\\n]]>",
    "SupercalifragilisticexpialidociousVeryLongWord" * 2,
)
INVISIBLE = "上\x00\x07\x1b下\u202e右\u200f左\u2028行\ufeff末"
SEEN = "上下右左行末"


def outputs(document, fonts):
    """The text of each output by name, in reading order, without line ends; and the PDF."""
    rendered = pdf.render(document, fonts)
    pages = [measure.page_text(rendered.pdf, page) for page in range(1, rendered.pages + 1)]
    printed = "".join(re.sub(r"— \d+ —", "", page) for page in pages).replace("\n", "")
    package = docx.Document(io.BytesIO(to_docx(rendered.settled)))
    written = "\n".join(_word_text(package)).replace("\n", "\0")
    shown = "\0".join(run.text for run in measure.screen_runs(to_screen(document)))
    return {"pdf": printed, "word": written, "text": to_text(document), "screen": shown}, rendered


def _word_text(package):
    for item in package.iter_inner_content():
        if isinstance(item, WordTable):
            for row in item.rows:
                yield from (cell.text for cell in row.cells)
        else:
            yield item.text


def found(text):
    return Counter(NUMBER.findall(text))


def test_all_numbers_are_equal_in_all_four(bundled):
    document = wordy.wordy((), times=1)
    texts, rendered = outputs(document, bundled)
    # In the PDF a cell's number may stand against the next cell's; there its spots are compared.
    assert found(texts["word"]) == found(texts["text"])
    typed = [(run.indicator, run.aspect, run.text) for run in indicator_runs(document)]
    assert [
        (run.indicator, run.aspect, run.text)
        for run in measure.screen_runs(to_screen(document))
        if run.indicator
    ] == typed
    spots = dict.fromkeys((spot.indicator, spot.aspect, spot.text) for spot in rendered.spots)
    assert set(spots) == set(typed)
    plain = Document(
        document.title, tuple(b for b in document.blocks if isinstance(b, Paragraph | Signature))
    )
    texts, _ = outputs(plain, bundled)
    assert found(texts["pdf"]) == found(texts["word"]) == found(texts["text"])
    assert found(texts["screen"].replace("\0", "")) == found(texts["pdf"])


@pytest.fixture(scope="module")
def hostile(bundled):
    """What records may hold, in a narrative, in names, in a table, in the annex, in titles."""
    given = IndicatorValue(by_id()["hazards_found"], Decimal(3), "3", 1)
    records = [
        Contribution(
            "hazard", n, text, "2024-03-01", text[:12], Decimal(1), f"{text}.xlsx · 表 · 第3行", text
        )
        for n, text in enumerate((*HOSTILE, INVISIBLE))
    ]
    proof = annex(
        [Trace(given, "把“发现数”相加。", tuple(records))],
        basis=Basis(datetime.date(2024, 12, 31), 7, "ab" * 32),
    )
    everything = "；".join((*HOSTILE, INVISIBLE))
    document = Document(
        "报告" + HOSTILE[1],
        (
            Paragraph((Run(HOSTILE[0] + "。", role="kai"), Run(everything)), Style.H2),
            paragraph("有", Run("、".join((*HOSTILE, INVISIBLE)), "teams", "names"), "等。"),
            Table(("内容",), tuple((text,) for text in (*HOSTILE, INVISIBLE)), (1,), HOSTILE[1]),
            Signature(HOSTILE[1], "2025年1月23日"),
        ),
        attachments=(Attachment(1, proof.title, proof.blocks), Attachment(2, HOSTILE[0], ())),
        author=HOSTILE[1],
        mark=HOSTILE[1],
    )
    return outputs(document, bundled)


@pytest.mark.parametrize("words", [*HOSTILE, SEEN])
@pytest.mark.parametrize("output", ["pdf", "word", "text", "screen"])
def test_what_a_record_holds_is_printed_literally(hostile, output, words):
    texts, rendered = hostile
    # A blank between lines of a cell or a line end is not part of the text; cells of plain text are wrapped.
    text = texts[output].replace("\0", "")
    assert text.count(words) >= 2
    assert not rendered.missing
    assert not set(text) & set("\x07\x1b\u202e\u200f\ufeff")


def test_a_character_that_no_font_has_is_told_and_kept_where_fonts_are_others(bundled):
    words = "救援队👨\u200d👩\u200d👧、שלום、\U000323af村"
    texts, rendered = outputs(Document("", (paragraph(words),)), bundled)
    lacking = {item.char for item in rendered.missing}
    assert lacking >= {"👨", "👩", "👧", "ש"}
    printed = "".join("〓" if char in lacking else char for char in words.replace("\u200d", ""))
    assert printed in texts["pdf"]
    for output in ("word", "text", "screen"):
        assert words.replace("\u200d", "") in texts[output]
