"""The book: what its contents say is where it says, what leads somewhere leads there, pictures are in it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from pypdfium2 import PdfDocument

from mingxi_desktop.report.booklet.book import CONTENTS, Book, Leaf, bind
from mingxi_desktop.report.fonts import FontSet
from tests.report import measure

PNG = Path(__file__).parents[3] / "resources" / "manual" / "pictures"
LONG = "\n\n".join(f"第{number}段。{'应急管理工作事关人民群众生命财产安全。' * 6}" for number in range(24))
TABLE = "| 键 | 做什么 |\n| --- | --- |\n| F1 | 看[开始](a.md) |"
LEAVES = (
    Leaf("a.md", "开始", f"# 开始\n\n见[录入](b.md)。\n\n## 一节\n\n{LONG}"),
    Leaf("b.md", "录入", f"# 录入\n\n![一张图](uninstall.png)\n\n{TABLE}"),
)


@pytest.fixture(scope="module")
def book(bundled: FontSet) -> Book:
    return bind(("台账", "手册", "版本 1"), LEAVES, PNG, bundled)


def texts(book: Book) -> list[str]:
    return [measure.page_text(book.pdf, page) for page in range(1, book.pages + 1)]


def test_the_contents_give_the_pages_on_which_the_leaves_begin(book: Book) -> None:
    cover, contents, *rest = texts(book)
    assert "手册" in cover
    assert "— 1 —" not in cover
    assert contents.startswith(CONTENTS)
    for leaf in LEAVES:
        first = book.starts[leaf.name]
        (line,) = (line for line in contents.splitlines() if line.startswith(leaf.title))
        assert line.endswith(f" {first}")
        assert leaf.title in rest[first - 3].splitlines()
        assert f"— {first} —" in rest[first - 3]
    assert book.starts["b.md"] > book.starts["a.md"] + 1
    assert not book.missing


def test_headings_are_the_outline(book: Book) -> None:
    with PdfDocument(book.pdf) as document:
        entries = [
            (entry.level, entry.get_title(), entry.get_dest().get_index() + 1) for entry in document.get_toc()
        ]
    first, second = book.starts.values()
    assert entries == [(0, CONTENTS, 2), (0, "开始", first), (1, "一节", first), (0, "录入", second)]


def test_links_lead_to_their_pages(book: Book) -> None:
    first, second = book.starts.values()
    with PdfDocument(book.pdf) as document:
        leads = [sorted(set(leading(document, page))) for page in range(book.pages)]
    assert leads == [[], [first, second], [second], *[[]] * (second - first - 1), [first]]


def leading(document: PdfDocument, place: int) -> Iterator[int]:
    """The pages that the links of a page lead to."""
    page = document[place]
    at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, at, link):
        target = pdfium.FPDFLink_GetDest(document, link)
        yield pdfium.FPDFDest_GetDestPageIndex(document, target) + 1
    page.close()


def test_pictures_are_in_it_and_it_is_the_same_every_time(book: Book, bundled: FontSet) -> None:
    assert book.pdf.count(b"/Subtype /Image") == 1
    assert bind(("台账", "手册", "版本 1"), LEAVES, PNG, bundled).pdf == book.pdf
