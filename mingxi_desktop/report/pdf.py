"""The report as PDF, and where its numbers stand on the pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mingxi_desktop.report.fonts import FontSet
from mingxi_desktop.report.layout import lay_out
from mingxi_desktop.report.letters import Missing
from mingxi_desktop.report.model import Document
from mingxi_desktop.report.pages import Page, PlacedLine

LOCK = threading.Lock()
"""Fonts are read lazily from one place; two reports at once would disturb each other."""


_NONE = Document("", ())


@dataclass(frozen=True, slots=True)
class Spot:
    """A number on a page: the rectangle it fills, in pt from the page's top left corner; pages from 1.

    A text that is broken over two lines has two spots.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    indicator: str
    text: str
    aspect: str = "value"


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline: level from 1, page from 1, y in pt from the page's top."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished report.

    missing: characters that no font has, printed as 〓.  warnings: Chinese sentences about what does not
    fit, and fonts chosen that cannot be used.  fonts: one line that names the fonts.  settled: the
    document with its charts where they were printed, for Word, which moves none (see `layout.Laid`);
    nothing of printed tables.
    """

    pdf: bytes
    pages: int
    spots: tuple[Spot, ...]
    outline: tuple[Heading, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    fonts: str
    settled: Document = _NONE


def render(document: Document, fonts: FontSet) -> Rendered:
    """The document as PDF: fonts embedded, charts as vectors; the same input gives the same bytes."""
    from mingxi_desktop.report.drawing import Press

    with LOCK:
        laid = lay_out(document, fonts)
        press = Press(document, fonts)
        for page in laid.pages:
            press.draw(page)
        pdf = press.finish()
    return Rendered(
        pdf=pdf,
        pages=len(laid.pages),
        spots=tuple(spot for page in laid.pages for placed in page.lines for spot in spots_of(page, placed)),
        outline=tuple(
            Heading(anchor.title, anchor.level, page.number, anchor.y)
            for page in laid.pages
            for anchor in page.anchors
        ),
        missing=laid.missing,
        warnings=(*fonts.problems, *laid.warnings),
        fonts=fonts.describe(),
        settled=laid.settled,
    )


def spots_of(page: Page, placed: PlacedLine) -> Iterator[Spot]:
    """The numbers of a line."""
    line = placed.line
    if not any(line.runs):
        return
    for run, group in groupby(range(len(line.letters)), key=lambda place: line.runs[place]):
        if run is None:
            continue
        places = list(group)
        first, last = line.letters[places[0]], line.letters[places[-1]]
        start, end = line.places[places[0]], line.places[places[-1]] + last.width
        top = placed.baseline - first.face.ascent * first.size
        yield Spot(
            page.number, placed.x + start, top, end - start, first.size, run.indicator, run.text, run.aspect
        )
