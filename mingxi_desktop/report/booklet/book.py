"""The book: a cover, the contents with page numbers, the pages of the manual, and how they are drawn."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.report import grid
from mingxi_desktop.report.booklet.setting import SIZE, Setter, Shown, TextLine
from mingxi_desktop.report.drawing import Press
from mingxi_desktop.report.fonts import FontSet
from mingxi_desktop.report.letters import Missing, Typesetter
from mingxi_desktop.report.lines import Line
from mingxi_desktop.report.model import Document
from mingxi_desktop.report.pages import Page, PlacedLine, Unit, paginate
from mingxi_desktop.report.pdf import LOCK, spots_of

CONTENTS = "目录"
_COVER = ((26.0, 190.0), (40.0, 30.0), (12.0, 240.0))
"""Size and the room above of the lines on the cover, in pt."""
_ENTRY_LEADING = 1.45
_DOT = "."


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the manual.  name: what links call it.  text: Markdown that begins with its title."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """The finished book.

    starts: name of a leaf → the page it begins on; pages from 1, the cover is the first.  missing: characters
    that no font has.
    """

    pdf: bytes
    pages: int
    starts: Mapping[str, int]
    missing: tuple[Missing, ...]


def bind(lines: Sequence[str], leaves: Sequence[Leaf], folder: Path, fonts: FontSet) -> Book:
    """The leaves as one PDF; the same input gives the same bytes.

    lines: at most three, on the cover; the first two are the title.  folder: in which the pictures lie.
    """
    with LOCK:
        typesetter = Typesetter(fonts)
        setter = Setter(typesetter, folder)
        units = [unit for leaf in leaves for unit in setter.page(leaf.text)]
        text = paginate(units)
        cover = paginate(_cover(setter, lines))
        before = len(cover) + len(paginate(_contents(setter, leaves, [0] * len(leaves))))
        firsts = [before + page.number for page in text for anchor in page.anchors if anchor.level == 1]
        pages = [*cover, *paginate(_contents(setter, leaves, firsts)), *text]
        for number, page in enumerate(pages, 1):
            page.number = number
        title = "".join(lines[:2])
        press = _Press(Document(title, (), imprint=title), fonts, [leaf.name for leaf in leaves])
        for page in pages:
            press.show(unit for unit in units if isinstance(unit, Shown) and unit.page is page)
            press.draw(page)
        pdf = press.finish()
    starts = dict(zip((leaf.name for leaf in leaves), firsts, strict=True))
    return Book(pdf, len(pages), starts, typesetter.missing)


def _cover(setter: Setter, lines: Sequence[str]) -> list[Unit]:
    # A blank at the top: room above what is first on a page is left out.
    units: list[Unit] = [TextLine(setter.line("　", SIZE))]
    for text, (size, above) in zip(lines, _COVER, strict=False):
        line = setter.line(text, size, "hei" if size > 2 * SIZE else "song")
        units.append(TextLine(line, (grid.WIDTH - line.width) / 2, above))
    return units


def _contents(setter: Setter, leaves: Sequence[Leaf], firsts: Sequence[int]) -> list[Unit]:
    heading = setter.line(CONTENTS, 20.0, "hei")
    units: list[Unit] = [
        TextLine(heading, (grid.WIDTH - heading.width) / 2, keep=True, leading=2.2, anchor=(CONTENTS, 1))
    ]
    for leaf, first in zip(leaves, firsts, strict=True):
        title = setter.line(leaf.title, SIZE, link=leaf.name)
        number = setter.line(str(first), SIZE)
        beside = [(number, grid.WIDTH - number.width)]
        dots = _dots(setter, grid.WIDTH - title.width - number.width - 2 * SIZE)
        if dots is not None:
            beside.append((dots, grid.WIDTH - number.width - SIZE / 2 - dots.width))
        units.append(TextLine(title, beside=beside, leading=_ENTRY_LEADING))
    return units


def _dots(setter: Setter, room: float) -> Line | None:
    one = setter.line(_DOT + " ", SIZE).width
    count = int(room / one)
    return setter.line(" ".join(_DOT * count), SIZE) if count > 0 else None


class _Press(Press):
    """Draws the pages with their pictures and links; the cover has no number."""

    def __init__(self, document: Document, fonts: FontSet, names: Sequence[str]) -> None:
        """names: of the leaves, whose titles are the headings of the first level after that of the contents."""
        super().__init__(document, fonts)
        self._names = frozenset(names)
        self._to_come = iter(names)

    def show(self, pictures: Iterable[Shown]) -> None:
        """Draw the pictures of the page that is drawn next."""
        from reportlab.lib.utils import ImageReader

        for shown in pictures:
            bottom = grid.PAGE_HEIGHT - shown.y - shown.height
            picture = ImageReader(io.BytesIO(shown.png))
            self._canvas.drawImage(picture, shown.x, bottom, shown.width, shown.height)

    def draw(self, page: Page) -> None:
        """See `Press`; and what leads here, and from here elsewhere."""
        for anchor in page.anchors:
            if anchor.level == 1 and anchor.title != CONTENTS:
                top = grid.PAGE_HEIGHT - anchor.y + SIZE
                self._canvas.bookmarkPage(next(self._to_come), fit="XYZ", left=0, top=top, zoom=0)
        for placed in page.lines:
            self._link(page, placed)
        super().draw(page)

    def _link(self, page: Page, placed: PlacedLine) -> None:
        for spot in spots_of(page, placed):
            if spot.indicator in self._names:
                bottom = grid.PAGE_HEIGHT - spot.y - spot.height
                place = (spot.x, bottom, spot.x + spot.width, bottom + spot.height)
                self._canvas.linkRect("", spot.indicator, place, relative=0, thickness=0)

    def _folio(self, number: int) -> Iterator[PlacedLine]:
        return super()._folio(number) if number > 1 else iter(())
