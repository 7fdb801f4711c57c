"""The lines of a table from top to bottom: rows, headings of groups, sums; wrapped, not yet on pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.table_pages.model import Table
from mingxi_desktop.report.table_pages.setting import BODY, HEAD, Setter
from mingxi_desktop.report.table_pages.widths import SIDE, bracketed

LEADING = 1.3
"""From line to line within a cell, in units of the type size."""
_PAD, _PADS = 0.8, 0.14
"""Above and below the lines of a cell: pt, and in units of the type size."""
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
LIGHT, LIGHTER = 0.9, 0.96
"""Grounds of headers and of headings: light enough for any printer."""
_INDENT = "　"
_PATH = " · "
_TOTAL = "合计"
_CONTINUED = "（续）"
_LABEL_LINES = 2


class Cell(NamedTuple):
    """The lines of a cell, the columns it spans (the last one excluded), and where its lines stand."""

    lines: Sequence[str]
    first: int
    last: int
    align: float


@dataclass(slots=True)
class Band:
    """What stands side by side.  role: of its type.  keep: not to be parted from what follows.

    ground: grey behind it, 1 for none.  ruled: with lines between its columns.  group: whose row it is.
    whole: it begins and ends with this piece.
    """

    cells: Sequence[Cell]
    role: str = BODY
    keep: bool = False
    ground: float = 1.0
    ruled: bool = True
    group: str = ""
    whole: bool = True

    @property
    def depth(self) -> int:
        """Lines of the highest cell, at least one."""
        return max(1, *[len(cell.lines) for cell in self.cells])

    def height(self, size: float) -> float:
        """Height in pt, with the room above and below the text.  size: of the type, in pt."""
        return self.depth * size * LEADING + 2 * pad(size)

    def parted(self, lines: int) -> tuple[Band, Band]:
        """The first so many lines, and the rest."""
        first = [cell._replace(lines=cell.lines[:lines]) for cell in self.cells]
        rest = [cell._replace(lines=cell.lines[lines:]) for cell in self.cells]
        return replace(self, cells=first, whole=False), replace(self, cells=rest, whole=False)


def pad(size: float) -> float:
    """Room above the first and below the last line of a cell, in pt.  size: of the type, in pt."""
    return _PAD + _PADS * size


class Wrapper:
    """Makes the bands of a table for columns of these widths (pt)."""

    def __init__(self, table: Table, setter: Setter, size: float, widths: Sequence[float]) -> None:
        self._table = table
        self._setter = setter
        self._size = size
        self.count = len(widths)
        self.edges = tuple(accumulate(widths, initial=0.0))
        self._rooms = [(width - 2 * SIDE) / size for width in widths]
        self._wrapped: list[dict[str, list[str]]] = [{} for _ in widths]
        self._aligns = [RIGHT if column.right else LEFT for column in table.columns[: self.count]]

    def header(self) -> Band:
        """The header, to be repeated on each page."""
        cells = []
        for place, room in enumerate(self._rooms):
            column = self._table.columns[place]
            name, unit = clean(column.header), bracketed(column.unit)
            if self._setter.width(name + unit, HEAD) <= room:
                lines = [name + unit]
            else:
                lines = self._setter.balanced(name, room)
                lines += self._setter.lines(unit, room, HEAD) if unit else []
            cells.append(Cell(lines, place, place + 1, CENTRE))
        return Band(cells, HEAD, keep=True, ground=LIGHT)

    def bands(self, *, totals: bool) -> Iterator[Band]:
        """All rows in order, with the headings of their groups, and the sums at the end."""
        rows, last = self._table.rows, len(self._table.rows) - 1
        sums = totals and bool(self._own(self._table.totals))
        if self._table.sections:
            yield from self._grouped()
        else:
            for place, row in enumerate(rows):
                yield self._row(row, keep=sums and place == last)
        if sums:
            yield self._summary(_TOTAL, self._table.totals, LIGHT)

    def continued(self, group: str) -> Band:
        """The heading of a group that goes on from the page before."""
        return self._summary(group + _CONTINUED, {}, LIGHTER)

    def _grouped(self) -> Iterator[Band]:
        deepest = max(section.level for section in self._table.sections)
        hidden = -1
        names: list[str] = []
        for section in self._table.sections:
            if section.level > hidden >= 0:
                continue
            hidden = section.level if section.closed else -1
            names = [*names[: section.level], section.label]
            band = self._summary(
                f"{section.label}（{section.count:,} {self._table.counted}）",
                section.totals,
                LIGHTER,
                section.level,
            )
            yield replace(band, keep=not section.closed)
            if section.level == deepest and not section.closed:
                for row in self._table.rows[section.start : section.start + section.count]:
                    yield self._row(row, group=_PATH.join(names))

    def _row(self, row: Sequence[str], *, keep: bool = False, group: str = "") -> Band:
        cells = [
            Cell(self._lines(place, row[place]), place, place + 1, self._aligns[place])
            for place in range(self.count)
        ]
        return Band(cells, keep=keep, group=group)

    def _lines(self, place: int, text: str) -> list[str]:
        known = self._wrapped[place]
        found = known.get(text)
        if found is None:
            found = known[text] = self._setter.lines(text, self._rooms[place])
        return found

    def _summary(self, label: str, totals: Mapping[int, str], ground: float, level: int = 0) -> Band:
        """A label, and sums below the columns they are of; under the label where it leaves them no room."""
        own = self._own(totals)
        first = min(own, default=self.count)
        label = _INDENT * level + clean(label)
        lines = self._setter.lines(label, self._room(0, first), HEAD) if first else []
        below = 0
        if not first or len(lines) > _LABEL_LINES:
            first = self.count
            lines = self._setter.lines(label, self._room(0, first), HEAD)
            below = len(lines)
        sums = [
            (place, self._setter.lines(text, self._room(place, place + 1), HEAD))
            for place, text in own.items()
        ]
        deepest = below + max((len(found) for _, found in sums), default=0)
        cells = [Cell([*lines, *[""] * (deepest - below if below else 0)], 0, first, LEFT)]
        cells += [Cell([""] * below + found, place, place + 1, RIGHT) for place, found in sums]
        return Band(cells, HEAD, ground=ground, ruled=False)

    def _own(self, totals: Mapping[int, str]) -> dict[int, str]:
        """The sums of columns that are printed."""
        return {place: clean(text) for place, text in sorted(totals.items()) if text and place < self.count}

    def _room(self, first: int, last: int) -> float:
        return (self.edges[last] - self.edges[first] - 2 * SIDE) / self._size
