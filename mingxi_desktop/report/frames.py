"""Tables on the page: wrapped cells, ruled rows, the header repeated, tall rows parted.

Rows stand closer than the grid's lines; the text after a table goes on at the grid's next line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from mingxi_desktop.report import grid
from mingxi_desktop.report.letters import Text, Typesetter
from mingxi_desktop.report.lines import Line, compose
from mingxi_desktop.report.model import Cell, Table, cell_runs
from mingxi_desktop.report.pages import BESIDE_TABLE, Sheet, Unit, Used

_LEADING = 1.3
"""From line to line within a cell, in units of the type size."""
_PAD = 3.05
"""Above and below the lines of a cell; makes a row of one line two thirds of a grid line at 10.5 pt."""
_SIDE = 3.0
"""Left and right of a cell's text."""
_THIN, _THICK = 0.5, 1.0
_MOST_LINES = 10
"""A row with more lines is parted …"""
_PIECE_LINES = 5
"""… into pieces of so many."""


@dataclass(slots=True, eq=False)
class Frame:
    """What the rows of one table share. Lengths in pt.

    edges: of the columns, from the left of the type area; one more than columns.  top: of the part on the
    present page.
    """

    edges: tuple[float, ...]
    aligns: tuple[str, ...]
    size: float
    header: Row | None = None
    top: float = 0.0

    @property
    def leading(self) -> float:
        """From line to line within a cell."""
        return self.size * _LEADING

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

    def height(self, leading: float) -> float:
        """With the room above and below the text."""
        return self.depth * leading + _PAD * (self.first + self.last)

    @property
    def depth(self) -> int:
        """Lines of the highest cell, at least one."""
        return max((len(lines) for lines in self.cells), default=1) or 1

    def draw(self, sheet: Sheet, frame: Frame, top: float, aligns: Sequence[str]) -> None:
        """Writes the cells, those of whole rows in the middle of their height."""
        whole = self.first and self.last
        for lines, align, (left, right) in zip(self.cells, aligns, pairwise(frame.edges), strict=True):
            y = top + _PAD * self.first
            if whole:
                y += (self.depth - len(lines)) * frame.leading / 2
            for line in lines:
                spare = right - left - 2 * _SIDE - line.width
                x = left + _SIDE + spare * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
                face = line.letters[0].face
                sheet.write(line, x, y + (frame.leading - frame.size) / 2 + face.ascent * frame.size)
                y += frame.leading


@dataclass(slots=True)
class RowUnit(Unit):
    """A row to be placed; where the table begins on a page, with the header above it."""

    table: Frame
    row: Row
    keep: bool = False

    def span(self, used: Used) -> tuple[float, float]:
        """See `Unit`."""
        height = self.row.height(self.table.leading)
        if used.table is self.table:
            return used.depth, used.depth + height
        top = used.free + (BESIDE_TABLE if used.free else 0.0)
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


class TableSetter:
    """Makes the rows of tables; `tight` names the numbers that had to be broken, as a column is too narrow."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self.tight: list[str] = []

    def units(self, table: Table) -> list[RowUnit]:
        """The rows to be placed, without the caption. A table without rows still shows its header."""
        frame = _frame(table)
        widths = [right - left - 2 * _SIDE for left, right in pairwise(frame.edges)]
        if any(cell for cell in table.header):
            frame.header = self._row(table.header, widths, "hei", table.size)
        units: list[RowUnit] = []
        for cells in table.rows:
            row = self._row(cells, widths, "song", table.size)
            units += [RowUnit(frame, piece) for piece in _pieces(row)]
        if not units and frame.header:
            header, frame.header = frame.header, None
            units.append(RowUnit(frame, header))
        return units

    def _row(self, cells: Sequence[Cell], widths: Sequence[float], role: str, size: float) -> Row:
        if len(cells) != len(widths):
            raise ValueError(f"a row of {len(cells)} cells in a table of {len(widths)} columns")
        return Row([self._cell(cell, width, role, size) for cell, width in zip(cells, widths, strict=True)])

    def _cell(self, cell: Cell, width: float, role: str, size: float) -> list[Line]:
        if isinstance(cell, str) and "\n" in cell:
            return [line for part in cell.splitlines() for line in self._cell(part, width, role, size)]
        runs = cell_runs(cell)
        text: Text = self._typesetter.text(runs, [run.role or role for run in runs], size)
        lines = compose(text, width, justify=False)
        if len(lines) > 1:
            for line, after in pairwise(lines):
                if line.text[-1:].isdigit() and after.text[:1].isdigit():
                    self.tight.append(text.chars)
        return lines


def _frame(table: Table) -> Frame:
    """Raises ValueError for columns that do not add up."""
    if not table.widths or min(table.widths) <= 0:
        raise ValueError("every column of a table needs a width")
    total = sum(table.widths)
    edges = [grid.WIDTH * part / total for part in accumulate(table.widths, initial=0.0)]
    aligns = (*table.aligns, *("center",) * len(table.widths))[: len(table.widths)]
    return Frame(tuple(edges), aligns, table.size)


def _pieces(row: Row) -> list[Row]:
    """The row, or if it is tall its pieces."""
    if row.depth <= _MOST_LINES:
        return [row]
    starts = range(0, row.depth, _PIECE_LINES)
    return [
        Row([lines[start : start + _PIECE_LINES] for lines in row.cells], start == 0, start == starts[-1])
        for start in starts
    ]
