"""Drafts of every kind become text; what is none is refused in a sentence, quickly."""

from __future__ import annotations

import time
import zipfile
import zlib
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.report.model import Paragraph, Run
from mingxi_desktop.report.proofreading import drafts, pdf_text
from tests.report.proofreading import made

LONG = "全年排查问题隐患1683条，已整改1679条，整改率达99.76%，其余逐条明确责任、措施、资金、时限和预案。" * 30


def refused(path: Path) -> UserError:
    began = time.thread_time()  # of the processor: others may have it for a while
    with pytest.raises(UserError) as caught:
        drafts.read(path)
    assert time.thread_time() - began < 5
    assert caught.value.hint
    assert path.name in caught.value.detail
    return caught.value


def test_a_word_document_in_reading_order(tmp_path) -> None:
    path = tmp_path / "总结.docx"
    text = made.word_file(path)
    draft = drafts.read(path)
    assert draft.text == text
    assert draft.name == "总结.docx"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b""),
    ],
)
def test_text_files_of_every_encoding(tmp_path, encoding, mark) -> None:
    path = tmp_path / "草稿.doc"  # by content, not by name
    path.write_bytes(mark + "排查隐患1683条，㙟某𬭎某。\r\n整改\x071679条\r\n".encode(encoding))
    assert drafts.read(path).text == "排查隐患1683条，㙟某𬭎某。\n整改1679条\n"


def test_pasted_text_is_text(tmp_path) -> None:
    assert drafts.pasted("<b>1683</b>&amp;\r\n\u2028\x00二\ud800\n\n").text == "<b>1683</b>&amp;\n\n二\n"
    for nothing in ("", " \n\u3000"):
        with pytest.raises(UserError):
            drafts.pasted(nothing)


def test_the_lines_of_a_pdf_are_joined_and_its_page_numbers_left_out(tmp_path, set_text, chart) -> None:
    path = tmp_path / "总结.pdf"
    rendered = set_text(Paragraph((Run(LONG),)), Paragraph((Run("下拨资金135万元。"),)), chart)
    assert rendered.pages > 1
    path.write_bytes(rendered.pdf)
    caption = chart.caption.replace(" ", "")
    assert drafts.read(path).text == f"{LONG}\n下拨资金135万元。\n{caption}\n", "no number of a chart"


def test_a_scan_says_that_it_is_one(tmp_path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    path = tmp_path / "扫描.pdf"
    document.save(str(path))
    document.close()
    assert "扫描件" in refused(path).title


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "不是文字稿"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "图片"),
        (bytes(range(256)) * 9, "编码"),
        (b"%PDF-1.7 and nothing else", "损坏"),
        (b"PK\x03\x04 and nothing else", "损坏"),
        (b"", "空"),
        (b"\x00" * 100, "空"),
    ],
)
def test_what_is_no_draft(tmp_path, data, said) -> None:
    path = tmp_path / "草稿.docx"
    path.write_bytes(data)
    assert said in str(refused(path))


def test_hostile_documents(tmp_path) -> None:
    good = tmp_path / "好.docx"
    made.word_file(good)

    def with_entities(name: str, data: bytes) -> bytes:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document'
        return data.replace(b"<w:document", bomb, 1) if name == "word/document.xml" else data

    def cut(name: str, data: bytes) -> bytes:
        return data[: len(data) // 2] if name == "word/document.xml" else data

    def same(_: str, data: bytes) -> bytes:
        return data

    assert "实体" in str(refused(made.repacked(good, tmp_path / "实体.docx", with_entities)))
    assert "损坏" in str(refused(made.repacked(good, tmp_path / "半截.docx", cut)))
    bomb = made.repacked(good, tmp_path / "炸弹.docx", same, **{"word/more.xml": b"<a>" + b" " * 60_000_000})
    assert bomb.stat().st_size < 1_000_000
    assert "大得不正常" in str(refused(bomb))
    data = bytearray(good.read_bytes())
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "坏.docx").write_bytes(data)
    assert refused(tmp_path / "坏.docx")
    other = tmp_path / "表.docx"
    with zipfile.ZipFile(other, "w") as book:
        book.writestr("xl/workbook.xml", "<a/>")
    assert "电子表格" in str(refused(other))


def test_a_pdf_that_inflates_to_a_gigabyte(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(pdf_text, "_MOST_INFLATED", 12_000_000)
    packer = zlib.compressobj(6)
    stream = b"".join(packer.compress(bytes(10_000_000)) for _ in range(2)) + packer.flush()
    path = tmp_path / "炸弹.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode>>stream\n" + stream + b"\nendstream")
    assert "大得不正常" in str(refused(path))


def test_half_a_gigabyte_is_not_read(tmp_path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    assert "MB" in str(refused(path))


def test_what_is_not_there(tmp_path) -> None:
    for path in (tmp_path / "没有.docx", tmp_path):
        with pytest.raises(UserError, match="草稿"):
            drafts.read(path)


@pytest.mark.parametrize(
    ("text", "named"), [("1683条、" * 10_001, "10,001个数"), ("\n" * 50_001 + "1", "50,002段")]
)
def test_more_than_anybody_can_proofread_is_refused(tmp_path, text, named) -> None:
    path = tmp_path / "明细.txt"
    path.write_text(text, encoding="utf-8")
    assert named in refused(path).detail
