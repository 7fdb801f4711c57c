"""Measures pages as printed: ink bands and their edges, in mm; text and its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy
import pypdfium2

from mingxi_desktop.report import preview
from mingxi_desktop.report.model import Run
from mingxi_desktop.report.screen import Line, ScreenBlock

DPI = 200
MM = 25.4 / DPI


def page_image(pdf: bytes, page: int, scale: float) -> preview.PageImage:
    """One page of a PDF as a picture, as the window shows it."""
    with preview.PdfPages(pdf) as pages:
        return pages.image(page, scale)


def ink(pdf: bytes, page: int):
    """True where a page is black, rows from the top, 200 dpi."""
    image = page_image(pdf, page, DPI / 72)
    pixels = numpy.frombuffer(image.data, dtype=numpy.uint8).reshape(image.height, image.width, 3)
    return pixels.min(axis=2) < 160


def inks(pdf: bytes):
    """The same of every page, by page number."""
    document = pypdfium2.PdfDocument(pdf)
    found = {}
    for number, sheet in enumerate(document, start=1):
        bitmap = sheet.render(scale=DPI / 72, grayscale=True)
        found[number] = bitmap.to_numpy().reshape(bitmap.height, bitmap.width) < 160
        bitmap.close()
        sheet.close()
    document.close()
    return found


def bands(mask, top: float = 30, bottom: float = 263):
    """Top and bottom (mm) of each band of ink between two heights; gaps below 2 mm do not part a band."""
    rows = numpy.flatnonzero(mask.any(axis=1)) * MM
    rows = rows[(rows >= top) & (rows <= bottom)]
    cuts = numpy.flatnonzero(numpy.diff(rows) > 2)
    starts = numpy.concatenate(([0], cuts + 1))
    ends = numpy.concatenate((cuts, [len(rows) - 1]))
    return [(float(rows[start]), float(rows[end])) for start, end in zip(starts, ends, strict=True)]


def sides(mask, top: float, bottom: float):
    """Left and right edge (mm) of the ink between two heights."""
    columns = numpy.flatnonzero(mask[int(top / MM) : int(bottom / MM) + 1].any(axis=0)) * MM
    return float(columns[0]), float(columns[-1])


def page_text(pdf: bytes, page: int) -> str:
    """What a reader of the PDF would copy from a page."""
    return _text(pdf, page).replace("\r\n", "\n")


def text_at(pdf: bytes, spot) -> str:
    """What a reader would copy from a spot."""
    bottom = 297 * 72 / 25.4 - spot.y - spot.height
    return _text(
        pdf,
        spot.page,
        left=spot.x,
        bottom=bottom,
        right=spot.x + spot.width,
        top=bottom + spot.height,
    ).strip()


def screen_runs(blocks: Iterable[ScreenBlock]) -> Iterator[Run]:
    """Every run of what the window shows of a report, in reading order."""
    for block in blocks:
        if isinstance(block, Line):
            yield from block.runs
        else:
            yield from (run for row in (block.header, *block.rows) for cell in row for run in cell)


def _text(pdf: bytes, page: int, **box) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page - 1]
        words = sheet.get_textpage()
        found = words.get_text_bounded(**box)
        words.close()
        sheet.close()
    finally:
        document.close()
    return found
