"""How far a sheet reaches and how much stands in it, counted while it is looked through."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.exchange.cells import letters
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.refusal import RefusedError


class Budget:
    """What all sheets of a file may hold together."""

    def __init__(self) -> None:
        self.filled = 0
        self.depth = 0


class Extent:
    """The rectangle of a sheet's cells with something in them.  Raises RefusedError beyond the limits."""

    def __init__(self, name: str, budget: Budget) -> None:
        self.name = name
        self.bottom = self.right = -1
        self._budget = budget
        self._top = self._row = -1
        self._rows = 0

    def reach(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """Something stands in this cell, 0-based, and in those it is repeated over."""
        if row != self._row:
            self._row = row
            self._rows += rows
            if self._rows > limits.MAX_ROWS:
                raise RefusedError("E_TOO_MANY_ROWS", f"工作表“{self.name}”" if self.name else "")
        self.count(rows * columns)
        if self._top < 0 or row < self._top:
            self._top = row
        if row + rows - 1 > self.bottom:
            self._budget.depth += row + rows - 1 - self.bottom
            self.bottom = row + rows - 1
        self.right = max(self.right, column + columns - 1)
        area = (self.bottom + 1 - self._top) * (self.right + 1)
        if area > limits.MAX_AREA or self._budget.depth > limits.MAX_DEPTH:
            raise RefusedError("E_TOO_MANY_CELLS", self.place(row, column))
        if self.right >= limits.MAX_COLUMNS:
            raise RefusedError("E_TOO_MANY_COLUMNS", self.place(row, column))

    def reach_down(self, row: int, columns: Sequence[int]) -> None:
        """Something stands in rows that follow each other, from this one on.  columns: the last one of each."""
        bottom, right = row + len(columns) - 1, max(columns)
        if row > self.bottom and self._has_room(bottom, right):
            self.reach(row, columns[0])
            self.reach(row + 1, right, len(columns) - 1)
            self._row = bottom
            return
        for place, column in enumerate(columns, row):  # it is to be said which cell lies too far away
            self.reach(place, column)

    def _has_room(self, bottom: int, right: int) -> bool:
        """Whether the sheet may reach so far."""
        area = (bottom + 1 - max(self._top, 0)) * (max(self.right, right) + 1)
        deep = self._budget.depth + bottom - self.bottom
        return area <= limits.MAX_AREA and deep <= limits.MAX_DEPTH and right < limits.MAX_COLUMNS

    def count(self, cells: int) -> None:
        """So many more cells with something in them, within what has been reached."""
        self._budget.filled += cells
        if self._budget.filled > limits.MAX_FILLED:
            raise RefusedError("E_TOO_MANY_FILLED")

    def place(self, row: int, column: int) -> str:
        """How to name a cell to people."""
        sheet = f"工作表“{self.name}”的" if self.name else ""
        return f"{sheet}{letters(column)}{row + 1}"

    def check_length(self, length: int, row: int, column: int) -> None:
        """A cell's text is not longer than a cell may be."""
        if length > limits.MAX_CELL:
            raise RefusedError("E_CELL_TOO_LONG", self.place(row, column))
