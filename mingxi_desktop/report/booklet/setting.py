"""The blocks of the manual set in type: smaller and closer than a report, on the same pages."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.report import grid
from mingxi_desktop.report.booklet.markdown import Block, Grid, Heading, Picture, Span, Spans, Words, blocks
from mingxi_desktop.report.letters import Typesetter
from mingxi_desktop.report.lines import Line, compose, single
from mingxi_desktop.report.model import Run, Table
from mingxi_desktop.report.pages import Anchor, Page, Sheet, Unit, Used
from mingxi_desktop.report.tables import TableSetter

SIZE, CELL_SIZE, SMALL = 10.5, 9.0, 8.5
"""五号 for the text; of tables; of the words below a picture.  All in pt."""
LEADING = 1.6
"""From line to line, in units of the type size."""
_HEADINGS = {1: (20.0, 40.0), 2: (13.0, 14.0), 3: (SIZE, 8.0)}
"""Level → size and the room above, in pt."""
_ABOVE, _ABOVE_ITEM = 6.0, 2.5
_INDENT = 18.0
"""Of the words of a list, and of a list in a list once more, in pt."""
_DENSITY = 0.55
"""Points of a pixel, as far as the picture is not wider than the page then."""
_HIGHEST = 330.0
"""Of a picture, in pt: two and some words stand on a page."""
_BEGINNING = 180.0
"""So much of a page of the manual, in pt, stands together."""
_NARROW = 11
"""A column of up to so many characters is as wide as they are; the others share what is left."""
_LINKED = "page"
"""Aspect of the runs that lead to a page, by the name in the place of an indicator."""


@dataclass(slots=True, eq=False)
class TextLine(Unit):
    """A line of type with its room above; beside it others: the mark of an item, a page's number.

    anchor: title and level of the entry of the outline that leads here.
    """

    line: Line
    x: float = 0.0
    above: float = 0.0
    keep: bool = False
    beside: Sequence[tuple[Line, float]] = ()
    anchor: tuple[str, int] | None = None
    leading: float = LEADING

    def span(self, used: Used) -> tuple[float, float]:
        """See `Unit`."""
        top = used.free + (self.above if used.depth else 0.0)
        return top, top + self.line.letters[0].size * self.leading

    def draw(self, sheet: Sheet, top: float) -> None:
        """See `Unit`."""
        if self.anchor:
            sheet.page.anchors.append(Anchor(*self.anchor, grid.TOP + top))
        first = self.line.letters[0]
        baseline = top + first.size * (self.leading - 1) / 2 + first.face.ascent * first.size
        for line, x in ((self.line, self.x), *self.beside):
            sheet.write(line, x, baseline)


@dataclass(slots=True, eq=False)
class Shown(Unit):
    """A picture in the middle, with what it shows below it; lengths in pt.

    page, x, y: where it was put, from the page's top left corner.
    """

    png: bytes
    width: float
    height: float
    below: Line
    page: Page | None = None
    x: float = 0.0
    y: float = 0.0

    def span(self, used: Used) -> tuple[float, float]:
        """See `Unit`."""
        top = used.below(_ABOVE)
        return top, top + self.height + SMALL * 2.2

    def draw(self, sheet: Sheet, top: float) -> None:
        """See `Unit`; the picture itself is drawn with the page."""
        self.page = sheet.page
        self.x, self.y = grid.LEFT + (grid.WIDTH - self.width) / 2, grid.TOP + top
        sheet.write(self.below, (grid.WIDTH - self.below.width) / 2, top + self.height + SMALL * 1.3)


class Setter:
    """Sets pages of the manual."""

    def __init__(self, typesetter: Typesetter, folder: Path) -> None:
        """folder: in which the pictures lie."""
        self._typesetter = typesetter
        self._tables = TableSetter(typesetter)
        self._folder = folder

    def page(self, text: str) -> list[Unit]:
        """The units of a page of the manual; it begins where there is room for its first lines."""
        units = [unit for block in blocks(text) for unit in self._block(block)]
        depth = 0.0
        for unit in units:
            top, bottom = unit.span(Used())
            depth += bottom - top
            if depth > _BEGINNING:
                break
            unit.keep = True
        return units

    def line(self, text: str, size: float, role: str = "song", link: str = "") -> Line:
        """A text as one line, however long."""
        return single(self._typesetter.text([_run(Span(text, link=link))], [role], size))

    def _block(self, block: Block) -> Sequence[Unit]:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Words):
            return self._words(block)
        return self._table(block) if isinstance(block, Grid) else [self._picture(block)]

    def _heading(self, heading: Heading) -> list[TextLine]:
        size, above = _HEADINGS[heading.level]
        text = self._typesetter.text(
            [_run(span) for span in heading.spans], ["hei"] * len(heading.spans), size
        )
        units = [TextLine(line, keep=True, leading=1.5) for line in compose(text, grid.WIDTH, justify=False)]
        units[0].above = above
        units[0].anchor = (heading.text, heading.level)
        return units

    def _words(self, words: Words) -> list[TextLine]:
        x = _INDENT * (words.depth + 1) if words.mark else 0.0
        text = self._typesetter.text([_run(span) for span in words.spans], _roles(words.spans, "song"), SIZE)
        units = [TextLine(line, x) for line in compose(text, grid.WIDTH - x)]
        if units:
            units[0].above = _ABOVE_ITEM if words.mark else _ABOVE
            # Neither the first line nor the last stands alone on a page.
            units[0].keep = units[-2:][0].keep = len(units) > 1
        if units and words.mark:
            mark = self.line(words.mark, SIZE, "hei")
            units[0].beside = ((mark, x - mark.width - SIZE / 2),)
        return units

    def _table(self, table: Grid) -> Sequence[Unit]:
        rows = tuple(tuple(_cell(cell) for cell in row) for row in table.rows)
        header = tuple(_cell(cell) for cell in table.header)
        aligns = ("left",) * len(header)
        units = self._tables.units(Table(header, rows, _widths(table), aligns=aligns, size=CELL_SIZE))
        for row in (*units[:1], *units[-2:-1]):
            row.keep = len(units) > 1
        return units

    def _picture(self, picture: Picture) -> Shown:
        data = (self._folder / picture.path).read_bytes()
        width, height = _size(data)
        scale = min(_DENSITY, grid.WIDTH / width, _HIGHEST / height)
        return Shown(data, width * scale, height * scale, self.line(picture.words, SMALL))


def _run(span: Span) -> Run:
    """A link is a run that leads to its page, as a number of a report leads to its records."""
    return Run(span.text, indicator=span.link, aspect=_LINKED if span.link else "value")


def _roles(found: Spans, usual: str) -> list[str]:
    """What is heavy or to be typed stands out; the words of a link are as the others, and underlined by nothing."""
    return ["hei" if span.heavy else "kai" if span.typed else usual for span in found]


def _cell(found: Spans) -> tuple[Run, ...]:
    roles = _roles(found, "")
    runs = zip((_run(span) for span in found), roles, strict=True)
    return tuple(Run(run.text, run.indicator, run.aspect, role) for run, role in runs)


def _widths(table: Grid) -> tuple[float, ...]:
    """Shares of the columns: short ones as wide as their longest text, the others by how much there is in them."""
    room = grid.WIDTH / CELL_SIZE
    lengths = [
        [_length(row[column]) for row in (table.header, *table.rows)] for column in range(len(table.header))
    ]
    widths = [max(column) + 1.0 for column in lengths]
    wide = [place for place, width in enumerate(widths) if width > _NARROW]
    if sum(widths) <= room or not wide:
        return tuple(widths)
    left = room - sum(width for place, width in enumerate(widths) if place not in wide)
    weights = {place: sum(lengths[place]) ** 0.5 for place in wide}
    total = sum(weights.values())
    return tuple(
        left * weights[place] / total if place in weights else width for place, width in enumerate(widths)
    )


def _length(found: Spans) -> float:
    """Of a text in characters of full width."""
    return sum(0.5 if char.isascii() else 1.0 for span in found for char in span.text)


def _size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG picture in pixels: they stand at its beginning."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
