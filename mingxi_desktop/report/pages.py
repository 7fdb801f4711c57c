"""From a stream of units (lines, figures, table rows) to pages.

A unit knows how much room it takes and draws itself onto a sheet.  What must not be parted from what follows
(headings, captions, the text before a signature) says so with `keep`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from mingxi_desktop.report import grid
from mingxi_desktop.report.lines import Line
from mingxi_desktop.report.model import Chart


@dataclass(slots=True)
class PlacedLine:
    """A line with the place of its measure's start and its baseline, from the page's top left corner."""

    line: Line
    x: float
    baseline: float


@dataclass(slots=True)
class Rule:
    """A straight line of a table, from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float


@dataclass(slots=True)
class PlacedChart:
    """A chart and the rectangle it fills."""

    chart: Chart
    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Anchor:
    """A heading's place, for the outline; level 1 is the highest."""

    title: str
    level: int
    y: float


@dataclass(slots=True)
class Page:
    """A finished page: what stands where."""

    number: int
    lines: list[PlacedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    charts: list[PlacedChart] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)


class OpenTable(Protocol):
    """A table whose rows are being placed. beside: between it and what follows."""

    beside: float

    def close(self, sheet: Sheet, bottom: float) -> None:
        """Draws what must wait until the last row on a sheet is known; it ends at `bottom`."""


class Used(NamedTuple):
    """How far the type area is used (pt from its top), and the table that is open there."""

    depth: float = 0.0
    table: OpenTable | None = None

    @property
    def free(self) -> float:
        """Where something else may begin, in pt from the top of the type area: a little below a table."""
        return self.depth + (self.table.beside if self.table else 0.0)

    def below(self, gap: float) -> float:
        """Where a new table begins, in pt from the top: at the top of a page, or `gap` below what is there."""
        return self.free + gap if self.free else 0.0


class Sheet:
    """A page being filled."""

    def __init__(self, number: int) -> None:
        self.page = Page(number)
        self.used = Used()

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it yet."""
        return self.used.depth == 0.0

    def write(self, line: Line, x: float, baseline: float) -> None:
        """Adds a line; lengths from the top left corner of the type area."""
        self.page.lines.append(PlacedLine(line, grid.LEFT + x, grid.TOP + baseline))

    def rule(self, x0: float, y0: float, x1: float, y1: float, thickness: float) -> None:
        """Adds a straight line; lengths from the top left corner of the type area."""
        self.page.rules.append(Rule(grid.LEFT + x0, grid.TOP + y0, grid.LEFT + x1, grid.TOP + y1, thickness))

    def holds(self, units: Sequence[Unit]) -> bool:
        """Whether units fit into what is left."""
        used = self.used
        for unit in units:
            used = Used(unit.span(used)[1], unit.table)
            if not grid.fits(used.depth):
                return False
        return True

    def put(self, unit: Unit) -> None:
        """Adds a unit below what is there."""
        if self.empty and unit.vanishes:
            return
        top, bottom = unit.span(self.used)
        if unit.table is not self.used.table:
            self.close()
        unit.draw(self, top)
        self.used = Used(bottom, unit.table)

    def close(self) -> Page:
        """Finishes the open table, if any; the page."""
        if self.used.table:
            self.used.table.close(self, self.used.depth)
            self.used = Used(self.used.free)
        return self.page


class Unit(ABC):
    """What is never parted by the end of a page."""

    keep = False
    """Must stand on the same page as the next unit."""
    floats = False
    """May move to the top of the next page while the text goes on."""
    vanishes = False
    """Is left out at the top of a page."""
    settles = False
    """Figures that were moved must stand before it."""
    breaks = False
    """What follows begins a new page."""
    table: OpenTable | None = None
    """The table it is a row of."""
    turn = -1
    """When it was put on a sheet: the smaller, the earlier; -1 before."""

    @abstractmethod
    def span(self, used: Used) -> tuple[float, float]:
        """(top, bottom) in pt from the top of a type area used so far."""

    @abstractmethod
    def draw(self, sheet: Sheet, top: float) -> None:
        """Draws itself onto a sheet."""


def paginate(units: Sequence[Unit]) -> list[Page]:
    """The pages, numbered from 1."""
    press = _Press()
    place = 0
    while place < len(units):
        end = place
        while units[end].keep and end + 1 < len(units) and not units[end + 1].breaks:
            end += 1
        press.take(units[place : end + 1])
        place = end + 1
    return press.finish()


class _Press:
    """Fills sheet after sheet; keeps figures back that did not fit, for the top of the next one."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.sheet = Sheet(1)
        self.waiting: list[Sequence[Unit]] = []
        self.turns = 0

    def take(self, chain: Sequence[Unit]) -> None:
        """Places units that belong together."""
        if chain[0].breaks:
            self._flush()
            if not self.sheet.empty:
                self._turn()
            return
        if any(unit.settles for unit in chain):
            self._flush()
        if self._may_wait(chain):
            self.waiting.append(chain)
            return
        while not self.sheet.holds(chain) and not self.sheet.empty:
            self._turn()
        self._put(chain)

    def _may_wait(self, chain: Sequence[Unit]) -> bool:
        """Whether a figure (with its notes) goes to the next page: it does not fit, or others wait before it."""
        if not chain[0].floats or self.sheet.empty or not all(unit.table for unit in chain[1:]):
            return False
        return bool(self.waiting) or not self.sheet.holds(chain)

    def finish(self) -> list[Page]:
        """Places what is still kept back; all pages."""
        self._flush()
        if not self.sheet.empty or not self.pages:
            self.pages.append(self.sheet.close())
        return self.pages

    def _flush(self) -> None:
        while self.waiting:
            if not self.sheet.empty and not self.sheet.holds(self.waiting[0]):
                self._turn()
            else:
                self._put(self.waiting.pop(0))

    def _turn(self) -> None:
        """Begins a new sheet with the figures kept back, as far as they fit."""
        self.pages.append(self.sheet.close())
        self.sheet = Sheet(self.sheet.page.number + 1)
        while self.waiting and (self.sheet.empty or self.sheet.holds(self.waiting[0])):
            self._put(self.waiting.pop(0))

    def _put(self, chain: Sequence[Unit]) -> None:
        for unit in chain:
            # A chain longer than a page is parted after all.
            if not self.sheet.holds([unit]) and not self.sheet.empty:
                self._turn()
            self.sheet.put(unit)
            unit.turn = self.turns
            self.turns += 1
