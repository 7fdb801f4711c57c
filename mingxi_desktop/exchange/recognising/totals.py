"""Totals: never data, but compared with the sums of the rows above (or below) them, or of their own row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingxi_desktop.domain.fields import NUMERIC
from mingxi_desktop.domain.parse import ParseError, parse_decimal
from mingxi_desktop.exchange.cells import Cell, Row, letters
from mingxi_desktop.exchange.recognising.layout import Column, Layout, Role
from mingxi_desktop.exchange.recognising.rows import is_subtotal

_PLACES = 8
_RATES = ("率", "比", "%", "％")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A total that is not the sum it should be; row 1-based.  word: 合计行 or 合计列."""

    row: int
    column: int
    header: str
    value: Decimal
    total: Decimal
    across: bool = False

    @property
    def message(self) -> str:
        """What does not add up, where, and by how much, for the sender."""
        place = f"“{self.header}”（{letters(self.column)}{self.row}）"
        where, parts = ("合计列", "这一行各列") if self.across else ("合计行", "各行")
        return f"{where}的{place}写的是{self.value:f}，{parts}相加是{self.total:f}；请核对"


def mismatches(
    rows: Mapping[int, Row], totals: Mapping[int, tuple[str, Row]], headers: Mapping[int, str]
) -> list[Mismatch]:
    """All totals that differ.  rows, totals: by 1-based sheet row; headers: by 0-based column."""
    found: list[Mismatch] = []
    since = 0
    for number, (word, total_row) in sorted(totals.items()):
        part = is_subtotal(word)
        chosen = [row for place, row in rows.items() if not part or since < place < number]
        since = number
        for column, header in headers.items():
            if any(sign in header for sign in _RATES):
                continue
            value = number_of(total_row[column] if column < len(total_row) else None)
            total = _sum(chosen, column) if value is not None else None
            if value is not None and total is not None and value != total:
                found.append(Mismatch(number, column, header, value, total))
    return found


def across(rows: Mapping[int, Row], layout: Layout) -> Iterator[Mismatch]:
    """Columns of totals that differ from the sum of the columns of their row."""
    for column in layout.columns:
        if column.role is not Role.TOTAL:
            continue
        parts = _summands(layout, column)
        for number, row in rows.items():
            value = number_of(row[column.index] if column.index < len(row) else None)
            if value is None or len(parts) < 2:
                continue
            numbers = [number_of(row[part.index] if part.index < len(row) else None) for part in parts]
            total = sum((found for found in numbers if found is not None), Decimal(0))
            if total and value != total:
                yield Mismatch(number, column.index, column.header, value, total, across=True)


def left_out(rows: Mapping[int, Row], layout: Layout) -> list[Column]:
    """Columns of no field whose numbers, and only they, are what a column of totals has more than its parts."""
    for total in layout.columns:
        parts = _summands(layout, total) if total.role is Role.TOTAL else []
        first = min((part.index for part in parts), default=total.index)
        more = [
            column
            for column in layout.columns
            if column.role is Role.UNKNOWN and not column.left_out and first <= column.index < total.index
        ]
        sums = (
            [[_added(row, columns) for columns in ([total], parts, more)] for row in rows.values()]
            if more
            else []
        )
        said = [numbers for numbers in sums if numbers[0]]
        if any(rest for *_, rest in said) and all(whole == known + rest for whole, known, rest in said):
            return more
    return []


def _added(row: Row, columns: Sequence[Column]) -> Decimal:
    numbers = [number_of(row[column.index] if column.index < len(row) else None) for column in columns]
    return sum((number for number in numbers if number is not None), Decimal(0))


def _summands(layout: Layout, total: Column) -> list[Column]:
    """The columns that a column of totals sums: the numbers of facets or goods, of one field."""
    parts = [
        column
        for column in layout.columns
        if column.role is Role.FIELD
        and column.target
        and column.target.field.type in NUMERIC
        and (column.facets or column.target.sets)
    ]
    wanted = (
        total.target.field if total.target else parts[0].target.field if parts and parts[0].target else None
    )
    return [column for column in parts if column.target and column.target.field is wanted]


def _sum(rows: Sequence[Row], column: int) -> Decimal | None:
    """Sum of a column; None if it holds no number, or something that is none."""
    total: Decimal | None = None
    for row in rows:
        cell = row[column] if column < len(row) else None
        if cell is None or (isinstance(cell, str) and cell.strip() in ("", "/", "—", "-", "无")):
            continue
        number = number_of(cell)
        if number is None:
            return None
        total = number if total is None else total + number
    return total


def number_of(cell: Cell) -> Decimal | None:
    """The number in a cell; None if it holds none."""
    if cell is None or isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    try:
        return parse_decimal(cell, places=_PLACES).value
    except ParseError:
        return None
