"""Tables set in type: columns made wide enough for their words and numbers, cells wrapped, tall rows parted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from mingxi_desktop.report import grid
from mingxi_desktop.report.frames import SIDE, Frame, Row, RowUnit
from mingxi_desktop.report.letters import Text, Typesetter
from mingxi_desktop.report.lines import Line, compose
from mingxi_desktop.report.model import Cell, Table, cell_runs

_HEAD_ROLE, _ROLE = "hei", "song"
_MOST_LINES = 10
"""A row with more lines is parted …"""
_PIECE_LINES = 5
"""… into pieces of so many."""
_SHORT = 4
_LEAST = 0.5
"""What a column keeps of the width it was given, when another one needs more."""


class TableSetter:
    """Makes the rows of tables; `warnings` says in Chinese where a number had to be broken."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self.warnings: list[str] = []

    def units(self, table: Table) -> list[RowUnit]:
        """The rows to be placed, without the caption. A table without rows still shows its header.

        Raises ValueError for a table whose rows and columns do not add up.
        """
        count = len(table.widths)
        if not count or min(table.widths) <= 0:
            raise ValueError("every column of a table needs a width")
        for cells in (table.header, *table.rows):
            if len(cells) != count:
                raise ValueError(f"a row of {len(cells)} cells in a table of {count} columns")
        widths = self._widths(table)
        aligns = (*table.aligns, *("center",) * count)[:count]
        frame = Frame(tuple(accumulate(widths, initial=0.0)), aligns, table.size)
        rooms = [width - 2 * SIDE for width in widths]
        header = Row(
            [
                self._cell(cell, room, _HEAD_ROLE, table.size)
                for cell, room in zip(table.header, rooms, strict=True)
            ]
        )
        rows = [
            Row([self._cell(cell, room, _ROLE, table.size) for cell, room in zip(cells, rooms, strict=True)])
            for cells in table.rows
        ]
        self._warn(table, rows)
        if not rows:
            return [RowUnit(frame, header)]
        if any(header.cells):
            frame.header = header
        return [RowUnit(frame, piece) for row in rows for piece in _pieces(row)]

    def _cell(self, cell: Cell, width: float, role: str, size: float) -> list[Line]:
        if isinstance(cell, str) and "\n" in cell:
            return [line for part in cell.splitlines() for line in self._cell(part, width, role, size)]
        if isinstance(cell, str):
            letters = self._typesetter.letters(cell, role, size)
            text = Text(letters, [None] * len(letters))
        else:
            text = self._typesetter.text(cell, [run.role or role for run in cell], size)
        return compose(text, width, justify=False)

    def _widths(self, table: Table) -> list[float]:
        """Of the columns in pt: as asked for, but not narrower than a number in them, if others have room."""
        total = sum(table.widths)
        widths = [grid.WIDTH * part / total for part in table.widths]
        needs = [
            self._longest([row[column] for row in (table.header, *table.rows)], table.size)
            for column in range(len(widths))
        ]
        wanted = sum(max(0.0, need - width) for need, width in zip(needs, widths, strict=True))
        if not wanted:
            return widths
        spare = [
            max(0.0, width - max(need, width * _LEAST)) for need, width in zip(needs, widths, strict=True)
        ]
        moved = min(wanted, sum(spare))
        return [
            width + max(0.0, need - width) * moved / wanted - (free * moved / sum(spare) if free else 0.0)
            for width, need, free in zip(widths, needs, spare, strict=True)
        ]

    def _longest(self, cells: Sequence[Cell], size: float) -> float:
        """Width that numbers, Latin words and Chinese ones of up to four characters need in a column."""
        words = {
            word
            for cell in cells
            for word in (cell if isinstance(cell, str) else "".join(run.text for run in cell)).split()
            if word.isascii() or len(word) <= _SHORT
        }
        setter = self._typesetter
        wide = (sum(letter.width for letter in setter.letters(word, _ROLE, size)) for word in words)
        return max(wide, default=0.0) + 2 * SIDE + 0.1

    def _warn(self, table: Table, rows: Sequence[Row]) -> None:
        """One sentence for each column in which a number goes over two lines."""
        for column, head in enumerate(table.header):
            name = "".join(run.text for run in cell_runs(head))
            for row in rows:
                broken = _broken(row.cells[column])
                if broken:
                    where = f"表格“{table.caption}”的“{name}”列" if table.caption else f"“{name}”列"
                    self.warnings.append(f"{where}太窄，“{broken}”被拆到两行，请把该列加宽。")
                    break


def _broken(lines: Sequence[Line]) -> str:
    """The number that goes from one line to the next; empty where none does."""
    if len(lines) > 1:
        for line, after in pairwise(lines):
            if line.text[-1:].isdigit() and after.text[:1].isdigit():
                return line.text + after.text
    return ""


def _pieces(row: Row) -> list[Row]:
    """The row, or if it is tall its pieces."""
    if row.depth <= _MOST_LINES:
        return [row]
    starts = range(0, row.depth, _PIECE_LINES)
    return [
        Row([lines[start : start + _PIECE_LINES] for lines in row.cells], start == 0, start == starts[-1])
        for start in starts
    ]
