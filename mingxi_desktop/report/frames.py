"""Tables on the page: ruled rows, the header repeated where a page begins.

Rows stand closer than the grid's lines; the text after a table goes on at the grid's next line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mingxi_desktop.report.lines import Line
from mingxi_desktop.report.pages import Sheet, Unit, Used

_LEADING = 1.3
"""From line to line within a cell, in units of the type size."""
_PAD = 3.05
"""Above and below the lines of a cell; makes a row of one line two thirds of a grid line at 10.5 pt."""
SIDE = 3.0
"""Left and right of a cell's text."""
_THIN, _THICK = 0.5, 1.0


@dataclass(slots=True, eq=False)
class Frame:
    """What the rows of one table share. Lengths in pt.

    edges: of the columns, from the left of the type area; one more than columns.  top: of the part on the
    present page.  beside: between the table and the text before and after it.
    """

    edges: tuple[float, ...]
    aligns: tuple[str, ...]
    size: float
    header: Row | None = None
    top: float = 0.0
    beside: float = 5.0

    @property
    def leading(self) -> float:
        """From line to line within a cell, in pt."""
        return self.size * _LEADING

    @property
    def widths(self) -> tuple[float, ...]:
        """Of the columns from the left, in pt."""
        return tuple(right - left for left, right in pairwise(self.edges))

    def close(self, sheet: Sheet, bottom: float) -> None:
        """Draws the rules around the part on this page, and between its columns."""
        left, right = self.edges[0], self.edges[-1]
        for y in (self.top, bottom):
            sheet.rule(left, y, right, y, _THICK)
        for x in self.edges:
            sheet.rule(x, self.top, x, bottom, _THICK if x in {left, right} else _THIN)


@dataclass(slots=True, eq=False)
class Row:
    """A row, or a piece of a tall one. first, last: whether the row begins, and ends, with this piece."""

    cells: Sequence[Sequence[Line]]
    first: bool = True
    last: bool = True
    depth: int = field(init=False)
    """Lines of the highest cell, at least one."""

    def __post_init__(self) -> None:
        self.depth = max([1, *map(len, self.cells)])

    def height(self, leading: float) -> float:
        """Height in pt, with the room above and below the text.  leading: from line to line, in pt."""
        return self.depth * leading + _PAD * (self.first + self.last)

    def draw(self, sheet: Sheet, frame: Frame, top: float, aligns: Sequence[str]) -> None:
        """Writes the cells, those of whole rows in the middle of their height."""
        whole = self.first and self.last
        for lines, align, (left, right) in zip(self.cells, aligns, pairwise(frame.edges), strict=True):
            y = top + _PAD * self.first
            if whole:
                y += (self.depth - len(lines)) * frame.leading / 2
            for line in lines:
                spare = right - left - 2 * SIDE - line.width
                x = left + SIDE + spare * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
                face = line.letters[0].face
                sheet.write(line, x, y + (frame.leading - frame.size) / 2 + face.ascent * frame.size)
                y += frame.leading


class RowUnit(Unit):
    """A row to be placed; where the table begins on a page, with the header above it."""

    def __init__(self, table: Frame, row: Row) -> None:
        self.table: Frame = table
        self.row = row

    def span(self, used: Used) -> tuple[float, float]:
        """See `Unit`."""
        height = self.row.height(self.table.leading)
        if used.table is self.table:
            return used.depth, used.depth + height
        top = used.below(self.table.beside)
        return top, top + self._header_height() + height

    def draw(self, sheet: Sheet, top: float) -> None:
        """See `Unit`."""
        left, right = self.table.edges[0], self.table.edges[-1]
        begins = sheet.used.table is not self.table
        if begins:
            self.table.top = top
            if self.table.header:
                centred = ("center",) * len(self.table.aligns)
                self.table.header.draw(sheet, self.table, top, centred)
                top += self._header_height()
        if self.table.header if begins else self.row.first:
            sheet.rule(left, top, right, top, _THIN)
        self.row.draw(sheet, self.table, top, self.table.aligns)

    def _header_height(self) -> float:
        return self.table.header.height(self.table.leading) if self.table.header else 0.0
