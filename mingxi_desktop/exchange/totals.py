"""Rows of totals: never data, but compared with the sums of the rows above (or below) them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingxi_desktop.domain.parse import ParseError, parse_decimal
from mingxi_desktop.exchange.cells import Cell, Row, letters
from mingxi_desktop.exchange.rows import is_subtotal

_PLACES = 8
_RATES = ("率", "比", "%", "％")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A total that is not the sum of its rows; row 1-based."""

    row: int
    column: int
    header: str
    value: Decimal
    total: Decimal

    @property
    def message(self) -> str:
        """The Chinese sentence."""
        place = f"“{self.header}”（{letters(self.column)}{self.row}）"
        return f"合计行的{place}写的是{self.value:f}，各行相加是{self.total:f}"


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
            value = _number(total_row[column] if column < len(total_row) else None)
            total = _sum(chosen, column)
            if value is not None and total is not None and value != total:
                found.append(Mismatch(number, column, header, value, total))
    return found


def _sum(rows: Sequence[Row], column: int) -> Decimal | None:
    """Sum of a column; None if it holds no number, or something that is none."""
    total: Decimal | None = None
    for row in rows:
        cell = row[column] if column < len(row) else None
        if cell is None or (isinstance(cell, str) and cell.strip() in ("", "/", "—", "-")):
            continue
        number = _number(cell)
        if number is None:
            return None
        total = number if total is None else total + number
    return total


def _number(cell: Cell) -> Decimal | None:
    if cell is None or isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    try:
        return parse_decimal(cell, places=_PLACES).value
    except ParseError:
        return None
