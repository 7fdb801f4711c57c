"""The marked draft: the clerk's own document, its text and look untouched, a comment at each number."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX

from mingxi_desktop import APP_NAME
from mingxi_desktop.errors import UserError
from mingxi_desktop.report.proofreading import drafts
from mingxi_desktop.report.proofreading.marked import marked
from mingxi_desktop.report.proofreading.model import Draft, Verdict
from tests.report.proofreading import made


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "总结.docx"
    made.word_file(path)
    return path


def looks(document) -> list[tuple[str, bool, bool, str]]:
    """Each character of the body's paragraphs with bold, italic and colour."""
    return [
        (sign, bool(run.bold), bool(run.italic), str(run.font.color.rgb))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        for sign in run.text
    ]


def test_the_document_stays_what_it_is(source, tmp_path) -> None:
    draft = drafts.read(source)
    data = marked(source, draft, made.judged(draft))
    again = tmp_path / "标注.docx"
    again.write_bytes(data)
    assert drafts.read(again).text == draft.text
    before, after = docx.Document(str(source)), docx.Document(io.BytesIO(data))
    assert looks(after) == looks(before)
    assert after.sections[0].header.paragraphs[0].text == "页眉 2024"
    assert [style.name for style in after.styles] == [style.name for style in before.styles]


def test_a_comment_at_each_number_and_a_summary_first(source) -> None:
    draft = drafts.read(source)
    checked = made.judged(draft, [Verdict.DIFFERS, Verdict.AGREES, Verdict.UNKNOWN])
    assert [one.amount.text for one in checked] == ["1682", "99.76%", "3028", "1679", "76.026"]
    data = marked(source, draft, checked)
    told = made.comments(data)
    assert told[0] == ("局长", "局长的批注")
    assert {author for author, _ in told[1:]} == {APP_NAME}
    texts = [text for _, text in told[1:]]
    assert "不一致：草稿写1682条，台账为1683条（排查问题隐患数）" in texts
    assert "相符：草稿写99.76%，台账为1683条（排查问题隐患数）" in texts
    assert texts[-1].startswith("校稿：共5个数：不一致2、自相矛盾0、未识别1、相符2。")
    assert "草稿写1679条" in texts[-1]
    body = docx.Document(io.BytesIO(data)).element.body
    starts, ends = (body.xpath(f".//w:commentRange{side}/@w:id") for side in ("Start", "End"))
    assert sorted(starts) == sorted(ends) == sorted(body.xpath(".//w:commentReference/@w:id"))
    assert len(set(starts)) == len(told)
    assert not body.xpath(".//w:txbxContent//w:commentRangeStart"), "Word knows no comments in text boxes"
    (box,) = body.xpath(".//w:txbxContent//w:r[w:rPr/w:highlight]")
    assert box.text == "76.026"


def test_verdicts_are_coloured_and_the_clerks_own_colours_stay(source) -> None:
    document = docx.Document(str(source))
    document.paragraphs[1].runs[2].font.highlight_color = WD_COLOR_INDEX.TURQUOISE
    document.save(str(source))
    draft = drafts.read(source)
    data = marked(source, draft, made.judged(draft, [Verdict.DIFFERS]))
    runs = docx.Document(io.BytesIO(data)).paragraphs[1].runs
    coloured = [(run.text, run.font.highlight_color) for run in runs if run.font.highlight_color]
    assert coloured == [
        ("16", WD_COLOR_INDEX.TURQUOISE),
        ("82", WD_COLOR_INDEX.YELLOW),
        ("99.76%", WD_COLOR_INDEX.YELLOW),
    ]


def test_a_number_that_stands_for_two_has_two_comments(source) -> None:
    draft = drafts.read(source)
    one = made.judged(draft)[0]
    twice = (replace(one, verdict=Verdict.AGREES), replace(one, verdict=Verdict.DIFFERS, label="另一个"))
    data = marked(source, draft, twice)
    assert [text for _, text in made.comments(data)][1:3] == [
        "相符：草稿写1682条，台账为1683条（排查问题隐患数）",
        "不一致：草稿写1682条，台账为1683条（另一个）",
    ]
    runs = docx.Document(io.BytesIO(data)).paragraphs[1].runs
    assert [run.text for run in runs if run.font.highlight_color is WD_COLOR_INDEX.YELLOW] == ["16", "82"]


def test_other_drafts_come_back_as_a_new_document(tmp_path) -> None:
    draft = drafts.pasted("<w:t>隐患1683条&</w:t>，\t㙟某\n\n　　整改1679条")
    data = marked(None, draft, made.judged(draft))
    path = tmp_path / "标注.docx"
    path.write_bytes(data)
    assert drafts.read(path).text == draft.text
    assert len(made.comments(data)) == 3
    text = tmp_path / "草稿.txt"
    text.write_text(draft.text, encoding="utf-8")
    assert made.comments(marked(text, draft, made.judged(draft)))


def test_a_draft_that_was_changed_meanwhile_is_not_marked_at_wrong_places(source) -> None:
    with pytest.raises(UserError, match="改过"):
        marked(source, Draft("别的文字1683\n", source.name), ())


def test_a_thousand_numbers_are_marked_at_once(tmp_path) -> None:
    draft = drafts.pasted("隐患1683条\n" * 1_000)
    assert len(made.comments(marked(None, draft, made.judged(draft)))) == 1_001


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_libreoffice_opens_it(source, tmp_path) -> None:
    draft = drafts.read(source)
    path = tmp_path / "marked.docx"
    path.write_bytes(marked(source, draft, made.judged(draft)))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=100
    )
    assert "1682条" in drafts.read(tmp_path / "marked.pdf").text
