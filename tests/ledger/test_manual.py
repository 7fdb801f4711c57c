"""The manual as data: pages written at run time say what the reports say, and all of it can be printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.ledger import manual
from mingxi_desktop.ledger.reports.rule_sources import sentences
from mingxi_desktop.report import fonts
from mingxi_desktop.report.booklet.book import Book, Leaf, bind
from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.preview import PdfPages


def test_an_indicator_has_the_clause_that_prints_it() -> None:
    found = sentences()
    assert found["hazards_found"] == "“全年排查问题隐患〔排查问题隐患数〕条”"
    known = {indicator.id: indicator.label for indicator in definitions()}
    assert set(found) <= set(known)
    assert all(f"〔{known[id]}〕" in clause and "{" not in clause for id, clause in found.items())
    text = next(page.text for page in manual.pages() if page.name == manual.RULES)
    assert f"报告里：{found['hazards_found']}" in text


def test_every_sign_of_the_manual_can_be_printed() -> None:
    signs = {sign for page in manual.pages() for sign in clean(page.text)}
    delivered = fonts.resolve(bundled_only=True)
    assert not {sign for sign in signs if delivered.face_for(sign, "body") is None}


def test_it_is_written_as_a_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some = tuple(page for page in manual.pages() if page.name in ("01-start.md", "02b-around.md"))
    monkeypatch.setattr(manual, "pages", lambda: some)
    path = tmp_path / "手册.pdf"
    count = manual.write(path)
    with PdfPages(path.read_bytes()) as written:
        assert len(written) == count > 3


@pytest.mark.soak
def test_the_whole_of_it_is_a_book() -> None:
    leaves = [Leaf(page.name, page.title, page.text) for page in manual.pages()]
    book: Book = bind(manual.TITLE, leaves, manual.folder(), fonts.resolve(bundled_only=True))
    assert not book.missing
    assert list(book.starts) == [page.name for page in manual.pages()]
    assert list(book.starts.values()) == sorted(book.starts.values())
    assert book.pages < 150
    assert len(book.pdf) < 6_000_000
