"""One page of a table being drawn: from its header down, in the language of PDF."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.report.canvas import number
from mingxi_desktop.report.grid import MM
from mingxi_desktop.report.table_pages.bands import LEADING, Band, pad
from mingxi_desktop.report.table_pages.setting import BODY, Setter
from mingxi_desktop.report.table_pages.widths import SIDE

BESIDE, ABOVE, BELOW = 12 * MM, 12 * MM, 14 * MM
"""Margins; the foot of the page stands in the lower one."""
FOOT = 8 * MM
"""From the page's lower edge to the baseline of its foot."""
WORD_SIZE = 9.0
"""Of the words around the table."""
_THIN, _THICK = 0.35, 0.8
_BASELINE = 0.86
"""From the top of a character to its baseline, in units of the type size."""


class Sheet:
    """A page.  y: how far down it is filled, from its lower edge in pt."""

    def __init__(self, setter: Setter, size: float, edges: Sequence[float], height: float) -> None:
        """size: of the table's type.  edges: of its columns, from the left margin.  height: of the page."""
        self.y = height - ABOVE
        self._setter = setter
        self._size = size
        self._edges = edges
        self._top = self.y
        self._ruled_from: float | None = None
        self._fills: list[str] = []
        self._texts: list[str] = []
        self._rules: list[str] = []

    @property
    def room(self) -> float:
        """Height in pt that is left above the lower margin."""
        return self.y - BELOW

    def words(self, line: str, align: float, y: float, role: str = BODY, size: float = WORD_SIZE) -> None:
        """A line of words outside the table, between the margins."""
        spare = self._edges[-1] - self._setter.width(line, role) * size
        self._texts.append(self._setter.show(line, role, size, BESIDE + spare * align, y))

    def open(self, header: Band) -> None:
        """Begin the table here."""
        self._top = self.y
        self.put(header)

    def put(self, band: Band) -> None:
        """Add a band to the table."""
        if not band.ruled:
            self._end_columns()
        elif self._ruled_from is None:
            self._ruled_from = self.y
        height = band.height(self._size)
        right = self._edges[-1]
        if band.ground < 1:
            box = f"{number(BESIDE)} {number(self.y - height)} {number(right)} {number(height)}"
            self._fills.append(f"{number(band.ground)} g {box} re f")
        self._write(band)
        self.y -= height
        self._rules.append(_rule(0, self.y, right, self.y))

    def close(self) -> None:
        """End the table here, with a frame around it."""
        self._end_columns()
        right = self._edges[-1]
        self._rules += [
            f"S {number(_THICK)} w 2 J",
            *(_rule(0, y, right, y) for y in (self._top, self.y)),
            *(_rule(x, self._top, x, self.y) for x in (0, right)),
        ]

    def code(self) -> str:
        """The page's content."""
        return "\n".join(
            (*self._fills, f"0 g {number(_THIN)} w 0 J", *self._rules, "S BT", *self._texts, "ET")
        )

    def _write(self, band: Band) -> None:
        """The lines of all cells; those of whole bands in the middle of their height."""
        size, setter, depth = self._size, self._setter, band.depth
        step = size * LEADING
        start = self.y - pad(size) - (step - size) / 2 - size * _BASELINE
        for cell in band.cells:
            y = start - (depth - len(cell.lines)) * step / 2 if band.whole else start
            left = BESIDE + self._edges[cell.first] + SIDE
            room = BESIDE + self._edges[cell.last] - SIDE - left
            for line in cell.lines:
                if line:
                    x = left
                    if cell.align:
                        x += (room - setter.width(line, band.role) * size) * cell.align
                    self._texts.append(setter.show(line, band.role, size, x, y))
                y -= step

    def _end_columns(self) -> None:
        """The lines between the columns, down to here."""
        if self._ruled_from is not None:
            self._rules += [_rule(x, self._ruled_from, x, self.y) for x in self._edges[1:-1]]
            self._ruled_from = None


def _rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A straight line; x from the left margin."""
    return f"{number(BESIDE + x0)} {number(y0)} m {number(BESIDE + x1)} {number(y1)} l"
