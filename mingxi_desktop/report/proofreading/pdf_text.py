"""The text of a PDF as a draft: lines that only the page breaks are joined, page numbers left out."""

from __future__ import annotations

import re
import statistics
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from mingxi_desktop.errors import UserError
from mingxi_desktop.report import preview
from mingxi_desktop.report.breaks import full_width
from mingxi_desktop.report.proofreading import refusals

_MOST_PAGES, _MOST_SIGNS = 400, 1_000_000
_SECONDS = 20.0
_PAGE_NUMBER = re.compile(
    r"[-–—―·\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-–—―·\s]*"
)
_EDGE = 0.14
"""Share of the page's height, at top and bottom, in which page numbers stand."""
_SHORT = 2.6
"""Characters by which a full line may miss the right margin: numbers and closing signs are not broken."""
_INDENT = 0.8
"""Characters from the left margin at which a paragraph begins."""
_COLUMN, _WIDE, _APART = 1.6, 0.6, 0.12
"""Characters between two columns of a table; between Chinese where a blank is meant; between Latin words."""
_TO_EM = 1.85
"""From the width of a digit or letter to that of a Chinese character."""
_SAME_LINE = 0.3
"""Of a font's height by which baselines of one line may differ."""
_SAME_SIZE = 0.15
_SMALL_PRINT = 0.65
"""Of the usual size: 9 or 10 pt beside 三号, what stands on charts; tables have 五号 at least."""
_PASSWORD = 4
"""PDFium's code."""
_MOST_INFLATED = 120_000_000
"""Bytes of one stream; a colour scan of A3 at 400 dpi has less."""
_TIGHTEST, _TIGHT = 1_032, 50
"""How much smaller deflate can make anything at best; what pages of a report stay well below."""
_STREAM = re.compile(rb"stream\r?\n")
_PIECE = 1 << 16


class _Glyph(NamedTuple):
    """A character that can be seen, in pt from the page's lower left.  base: of its baseline; high: its font."""

    sign: str
    left: float
    right: float
    base: float
    high: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page.  left, right and size (of a character) in pt; edge: near the page's top or bottom."""

    text: str
    left: float
    right: float
    size: float
    edge: bool


class _Pages(preview.PdfPages):
    """A PDF of which the characters are wanted, not the pictures."""

    def glyphs(self, page: int) -> list[_Glyph]:
        """The characters of a page in the order in which they were set."""
        import ctypes

        from pypdfium2 import raw

        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        found: list[_Glyph] = []
        with preview.LOCK:  # PDFium does one thing at a time, whoever asks
            sheet = self._opened()[self._index(page)]
            text: Any = sheet.get_textpage()
            try:
                for place in range(min(text.count_chars(), _MOST_SIGNS)):
                    sign = chr(raw.FPDFText_GetUnicode(text, place))
                    if (
                        sign.isprintable()
                        and not sign.isspace()
                        and raw.FPDFText_GetLooseCharBox(text, place, box)
                        and raw.FPDFText_GetCharOrigin(text, place, x, y)
                    ):
                        found.append(_Glyph(sign, box.left, box.right, y.value, box.top - box.bottom))
            finally:
                text.close()
                sheet.close()
        return found


def pdf_text(data: bytes, name: str) -> str:
    """The paragraphs, each ending with a line feed.  UserError for scans and for what cannot be read."""
    import pypdfium2

    if any(_is_bomb(data, found.end()) for found in _STREAM.finditer(data)):
        raise refusals.hostile(name, "解压后大得不正常")
    try:
        with _Pages(data) as document:
            if len(document) > _MOST_PAGES:
                raise refusals.too_large(name, f"{len(document)}页，最多读{_MOST_PAGES}页")
            pages = list(_read(document, name))
    except pypdfium2.PdfiumError as error:
        raise (refusals.locked if error.err_code == _PASSWORD else refusals.damaged)(name) from error
    text = "".join(f"{paragraph}\n" for paragraph in _paragraphs(pages))
    if not text.strip():
        raise UserError(
            "这份 PDF 是扫描件，里面没有文字",
            f"文件：{name}",
            "请打开它的 Word 原稿；没有原稿的，先用文字识别软件转成文字，再用【粘贴草稿】校对。",
        )
    return text


def _is_bomb(data: bytes, start: int) -> bool:
    """Whether what begins there inflates to more than any page has; PDFium would take the memory for it."""
    end = data.find(b"endstream", start)
    end = len(data) if end < 0 else end
    if (end - start) * _TIGHTEST < _MOST_INFLATED:
        return False
    inflater, size = zlib.decompressobj(), 0
    for at in range(start, end, _PIECE):
        piece = data[at : min(at + _PIECE, end)]
        try:
            while piece and size <= _MOST_INFLATED:
                size += len(inflater.decompress(piece, _MOST_INFLATED))
                piece = inflater.unconsumed_tail
        except zlib.error:
            return False
        if size > _MOST_INFLATED:
            return True
        if size < _TIGHT * (at + _PIECE - start):
            return False
    return False


def _read(document: _Pages, name: str) -> Iterator[list[_Line]]:
    """The lines of each page."""
    ends, signs = time.monotonic() + _SECONDS, 0
    for page in range(1, len(document) + 1):
        glyphs = document.glyphs(page)
        signs += len(glyphs)
        if signs > _MOST_SIGNS or time.monotonic() > ends:
            raise refusals.too_large(name, "文字太多，读起来太久")
        yield list(_lines(glyphs, document.size(page)[1]))


def _lines(glyphs: Sequence[_Glyph], height: float) -> Iterator[_Line]:
    """The lines of a page of that height from top to bottom.

    By where the characters stand: many programs set those of one font first and those of another later.
    """
    line: list[_Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if line and line[0].base - glyph.base > _SAME_LINE * min(line[0].high, glyph.high):
            yield _line(line, height)
            line = []
        line.append(glyph)
    if line:
        yield _line(line, height)


def _line(glyphs: list[_Glyph], height: float) -> _Line:
    glyphs.sort(key=lambda glyph: glyph.left)
    wide = [glyph.right - glyph.left for glyph in glyphs if full_width(glyph.sign)]
    size = statistics.median(wide or [_TO_EM * (glyph.right - glyph.left) for glyph in glyphs])
    parts = [glyphs[0].sign]
    for before, glyph in pairwise(glyphs):
        gap = glyph.left - before.right
        if gap > _COLUMN * size:
            parts.append("\t")
        elif gap > size * (_APART if before.sign.isascii() and glyph.sign.isascii() else _WIDE):
            parts.append(" ")
        parts.append(glyph.sign)
    edge = not _EDGE * height < glyphs[0].base < (1 - _EDGE) * height
    left, right = glyphs[0].left, max(glyph.right for glyph in glyphs)
    return _Line("".join(parts), left, right, size, edge)


def _paragraphs(pages: Sequence[Sequence[_Line]]) -> Iterator[str]:
    """Lines put together to paragraphs, across pages too; the small print of charts is left out."""
    paragraph, last, right = "", None, 0.0
    sizes = [line.size for page in pages for line in page for _ in line.text]
    least = _SMALL_PRINT * statistics.median(sizes) if sizes else 0.0
    for page in pages:
        text = [line for line in page if line.size >= least and not _is_page_number(line)]
        if not text:
            continue
        margin = min(line.left for line in text), max(line.right for line in text)
        for line in text:
            if last is not None and _goes_on(last, right, line, margin[0]):
                paragraph += _glue(paragraph, line.text) + line.text
            else:
                if paragraph:
                    yield paragraph
                paragraph = line.text
            last, right = line, margin[1]
    if paragraph:
        yield paragraph


def _is_page_number(line: _Line) -> bool:
    return line.edge and _PAGE_NUMBER.fullmatch(line.text) is not None


def _goes_on(last: _Line, right: float, line: _Line, left: float) -> bool:
    """Whether a line continues the one before, which fills its line up to the right margin."""
    return (
        "\t" not in last.text + line.text
        and last.right > right - _SHORT * last.size
        and line.left < left + _INDENT * line.size
        and abs(last.size - line.size) < _SAME_SIZE * line.size
    )


def _glue(before: str, after: str) -> str:
    """A blank between two Latin words, nothing between Chinese or within a number."""
    return " " if before[-1].isascii() and before[-1].isalpha() and after[0].isascii() else ""
