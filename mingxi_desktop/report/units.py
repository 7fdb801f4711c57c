"""What a page is made of: lines of type on the grid, notes, charts, the end of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.report import grid
from mingxi_desktop.report.lines import Line
from mingxi_desktop.report.model import Chart
from mingxi_desktop.report.pages import Anchor, PlacedChart, Sheet, Unit, Used

_RAISED = 0.45
"""Commas reach below their em square; raised by so much, those of the last line stay in the type area."""
_ABOVE_NOTE = 8.0
_NOTE_LEADING = 1.6
"""From line to line of a note, in units of the type size."""


@dataclass(slots=True)
class SetLine:
    """A line in a `LineBlock`: on which of its grid lines, how far from the left."""

    line: Line
    row: int = 0
    x: float = 0.0


@dataclass(slots=True)
class LineBlock(Unit):
    """Lines of type on so many lines of the grid."""

    lines: Sequence[SetLine]
    rows: int = 1
    keep: bool = False
    vanishes: bool = False
    settles: bool = False
    anchor: tuple[str, int] | None = None

    def span(self, used: Used) -> tuple[float, float]:
        """See `Unit`."""
        first = grid.line_at(used.free)
        return grid.line_top(first), grid.line_top(first + self.rows - 1) + grid.CELL

    def draw(self, sheet: Sheet, top: float) -> None:
        """See `Unit`."""
        if self.anchor:
            sheet.page.anchors.append(Anchor(*self.anchor, grid.TOP + top))
        for item in self.lines:
            sheet.write(item.line, item.x, top + item.row * grid.PITCH + baseline_in_cell(item.line))


class NoteSet:
    """The lines of one note: closer together than the grid, with room before and after like a table."""

    beside = 0.0

    def close(self, sheet: Sheet, bottom: float) -> None:
        """See `OpenTable`; there is nothing to draw."""


class NoteLine(Unit):
    """One line of the notes below a table, in small type; the first keeps its distance from the table."""

    def __init__(self, notes: NoteSet, line: Line) -> None:
        self.table: NoteSet = notes
        self.line = line

    def span(self, used: Used) -> tuple[float, float]:
        """See `Unit`."""
        top = used.depth if used.table is self.table else used.below(_ABOVE_NOTE)
        return top, top + self.line.letters[0].size * _NOTE_LEADING

    def draw(self, sheet: Sheet, top: float) -> None:
        """See `Unit`."""
        first = self.line.letters[0]
        sheet.write(self.line, 0.0, top + first.face.ascent * first.size)


@dataclass(slots=True)
class Figure(Unit):
    """A chart in the middle of whole grid lines, its caption below it."""

    chart: Chart
    caption: Sequence[SetLine]
    width: float
    height: float
    keep: bool = False
    floats: bool = True

    @property
    def rows(self) -> int:
        """Grid lines that the chart takes, without the caption."""
        return grid.line_at(self.height + grid.PITCH - grid.CELL)

    def span(self, used: Used) -> tuple[float, float]:
        """See `Unit`."""
        first = grid.line_at(used.free)
        last = first + self.rows + len(self.caption) - 1
        return grid.line_top(first), grid.line_top(last) + grid.CELL

    def draw(self, sheet: Sheet, top: float) -> None:
        """See `Unit`."""
        room = (self.rows - 1) * grid.PITCH + grid.CELL
        y = grid.TOP + top + (room - self.height) / 2
        x = grid.LEFT + (grid.WIDTH - self.width) / 2
        sheet.page.charts.append(PlacedChart(self.chart, x, y, self.width, self.height))
        for item in self.caption:
            below = top + (self.rows + item.row) * grid.PITCH
            sheet.write(item.line, item.x, below + baseline_in_cell(item.line))


@dataclass(slots=True)
class NewPage(Unit):
    """Ends a page: what follows begins on the next one."""

    breaks: bool = True

    def span(self, used: Used) -> tuple[float, float]:
        """See `Unit`."""
        return used.depth, used.depth

    def draw(self, sheet: Sheet, top: float) -> None:
        """See `Unit`; there is nothing to draw."""


def baseline_in_cell(line: Line) -> float:
    """How far the baseline lies below the top of a grid line, in pt: small type stands in the middle of the cell."""
    first = line.letters[0]
    above = max(0.0, (grid.CELL - first.size) / 2)
    return above + first.face.ascent * first.size - _RAISED
