"""Which cells are selected: Qt's overlapping areas as bands of rows, without a look at any single row."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QItemSelection

from mingxi_desktop.domain.fields import Field


@dataclass(frozen=True, slots=True)
class Band:
    """Rows in which the same columns are selected: first and last row, the columns from left to right."""

    top: int
    bottom: int
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Selected cells: these fields of these records."""

    ids: array[int]
    fields: tuple[Field, ...]

    @property
    def size(self) -> int:
        """How many cells."""
        return len(self.ids) * len(self.fields)


def bands(selection: QItemSelection, shown: Sequence[int]) -> list[Band]:
    """The selected cells from top to bottom; bands do not overlap.

    shown: the columns that are shown, from left to right; cells of other columns do not count.
    """
    areas = [selection.at(place) for place in range(selection.count())]
    limits = [(area.top(), area.bottom() + 1, area.left(), area.right()) for area in areas if area.isValid()]
    cuts = sorted({edge for top, end, _, _ in limits for edge in (top, end)})
    found: list[Band] = []
    for top, end in pairwise(cuts):
        covering = [(left, right) for first, after, left, right in limits if first <= top and end <= after]
        columns = tuple(one for one in shown if any(left <= one <= right for left, right in covering))
        last = found[-1] if found else None
        if last is not None and last.columns == columns and last.bottom + 1 == top:
            found[-1] = Band(last.top, end - 1, columns)
        elif columns:
            found.append(Band(top, end - 1, columns))
    return found
