"""What the guard saw on a sheet that the reader would hide, and how it is laid over the rows read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingxi_desktop.exchange.cells import Cell, CellError, Merged, Row, cell_text

if TYPE_CHECKING:
    from mingxi_desktop.exchange.reading.grid import Grid


@dataclass(slots=True)
class SheetNotes:
    """Places are (row, column), 0-based.

    errors: place → text of error cells.  unvalued: formulas never computed.  formulas: those with a value.
    values: cells that the reader gets wrong.  units: what only the cell's format says.
    merged: only where the reader does not tell.  grid: where the cells stand, if that is known.
    """

    name: str = ""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unvalued: set[tuple[int, int]] = field(default_factory=set)
    values: dict[tuple[int, int], Cell] = field(default_factory=dict)
    units: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    grid: Grid | None = field(default=None, compare=False)

    def cut(self, bottom: int) -> None:
        """Rows hidden below the last one with something in it are nothing to speak of."""
        if len(self.hidden_rows) > bottom + 1:
            self.hidden_rows = {row for row in self.hidden_rows if row <= bottom}

    def lay_over(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with these cells in their places, and more rows where one stands below them."""
        waiting: dict[int, list[tuple[int, Cell]]] = {}
        for (row, column), cell in self._cells():
            waiting.setdefault(row, []).append((column, cell))
        units: dict[int, list[tuple[int, str]]] = {}
        for (row, column), unit in self.units.items():
            units.setdefault(row, []).append((column, unit))
        if not (waiting or units):
            yield from rows
            return
        number = -1
        for number, cells in enumerate(rows):
            if number in units:
                _add_units(cells, units[number])
            yield _put(cells, waiting.pop(number)) if number in waiting else cells
        for row in range(number + 1, max(waiting, default=-1) + 1):
            yield _put([], waiting.pop(row, []))

    def _cells(self) -> Iterator[tuple[tuple[int, int], Cell]]:
        yield from self.values.items()
        for place, text in self.errors.items():
            yield place, CellError(text)
        for place in self.unvalued:
            yield place, CellError("=", "E_FORMULA_NO_VALUE")


def _add_units(cells: Row, units: Iterable[tuple[int, str]]) -> None:
    for column, unit in units:
        number = cells[column] if column < len(cells) else None
        if isinstance(number, int | float) and not isinstance(number, bool):
            cells[column] = cell_text(number) + unit


def _put(cells: Row, others: Iterable[tuple[int, Cell]]) -> Row:
    for column, cell in others:
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = cell
    return cells
