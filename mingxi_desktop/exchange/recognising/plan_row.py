"""What a plan is made of: rows of data with their cells by column, rows left out, things to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingxi_desktop.exchange.cells import Cell, Sheet, is_empty
from mingxi_desktop.exchange.recognising.layout import Column, Layout
from mingxi_desktop.exchange.recognising.number_rows import plain


@dataclass(frozen=True, slots=True)
class MergedNumber:
    """A number whose cell is merged over several rows: nobody can say how much belongs to this one."""

    text: str


@dataclass(slots=True)
class PlanRow:
    """One row of data.

    number: 1-based sheet row.  columns: the mapped ones, values: the cell of each.  others: the filled cells
    of columns that fill no field, people: of columns of personal data.  section: the heading across the
    table that it stands under.  shifted: it has cells to the right of the header, as an unquoted comma in a
    csv file makes them.
    uid: what the hidden column of an export names.  counted: the cell of the 序号.  parent: the 所属序号.
    """

    number: int
    columns: Sequence[Column] = ()
    values: Sequence[Cell | MergedNumber] = ()
    others: Sequence[tuple[Column, Cell]] = ()
    people: Sequence[tuple[Column, Cell]] = ()
    section: str = ""
    shifted: bool = False
    uid: str = ""
    counted: Cell = None
    parent: str = ""

    @property
    def running(self) -> str:
        """The 序号 as text."""
        return plain(self.counted)

    @property
    def cells(self) -> Iterator[tuple[Column, Cell | MergedNumber]]:
        """(column, its cell) for each mapped column."""
        return zip(self.columns, self.values, strict=True)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not data, 1-based, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know.  row 0: the table as a whole."""

    code: str
    message: str
    row: int = 0
    column: str = ""


@dataclass(slots=True)
class Plan:
    """What is to be done with a table.  below: texts of the lines under it (signatures, notes)."""

    sheet: Sheet
    layout: Layout
    rows: list[PlanRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    below: tuple[str, ...] = ()


def is_blank(cell: Cell | MergedNumber) -> bool:
    """Whether nothing stands in the cell."""
    return not isinstance(cell, MergedNumber) and is_empty(cell)
