"""What is printed of a table, on which paper, and what came of it. Lengths in pt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mingxi_desktop.report.grid import MM
from mingxi_desktop.report.pdf import Rendered

PAPERS: Mapping[str, tuple[float, float]] = {"A4": (210 * MM, 297 * MM), "A3": (297 * MM, 420 * MM)}
"""Width and height, upright."""
SIZES: Mapping[str, float] = {"小": 7.5, "中": 9.0, "大": 10.5}
"""Type sizes to choose from."""
FIT = 0.0
"""As a type size: so small that all columns have room, at most `SIZES["中"]`."""
READABLE = 6.5
"""Below this size print is hard to read."""

Progress = Callable[[int, int], object]
"""Is told now and then (done, total); may raise to stop the work."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.  width: what it takes beside the others, in any unit.  right: numbers stand at the right."""

    header: str
    unit: str = ""
    width: float = 100.0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A group of rows with a heading of its own, an outer one before its inner ones.

    start: place of its first row.  totals: column → subtotal as text.  closed: only the heading is printed.
    """

    label: str
    start: int
    count: int
    level: int = 0
    totals: Mapping[int, str] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what stands above it.

    conditions: which records these are, in words.  office: whose.  printed: when, in words.
    rows: the texts of the cells, literal; line ends in them begin a new line.  counted: the word by which they are
    counted, 条 of records.
    """

    title: str
    conditions: str
    office: str
    printed: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    sections: Sequence[Section] = ()
    totals: Mapping[int, str] = field(default_factory=dict)
    counted: str = "条"


@dataclass(frozen=True, slots=True)
class Look:
    """How it is to look.  size: of the type, or FIT.  totals: with the line of sums at the end."""

    paper: str = "A4"
    landscape: bool = True
    size: float = FIT
    totals: bool = True

    @property
    def page(self) -> tuple[float, float]:
        """(width, height) of the page in pt, as it lies."""
        width, height = PAPERS[self.paper]
        return (height, width) if self.landscape else (width, height)


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages.  size: of the type.  left_out: headers of the columns that found no room.

    rendered: the PDF, and in `warnings` what the clerk should know before printing.
    """

    rendered: Rendered
    size: float
    left_out: tuple[str, ...] = ()
