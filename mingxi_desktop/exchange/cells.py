"""What a sheet is once it has been read: cells of Python types, in their places."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import methodcaller
from string import ascii_uppercase

_LETTERS = len(ascii_uppercase)
_TEXT_LENGTH = 60
_UNSEEN = " \t\r\n\u00a0\u3000\u200b\ufeff"
_without_unseen = methodcaller("strip", _UNSEEN)


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that has no value to read.

    text: what it shows (#REF!), or the formula's sign "=" for one that was never computed.
    code: E_CELL_ERROR or E_FORMULA_NO_VALUE.
    """

    text: str
    code: str = "E_CELL_ERROR"


Cell = (
    str
    | int
    | float
    | bool
    | datetime.date
    | datetime.datetime
    | datetime.time
    | datetime.timedelta
    | CellError
    | None
)
"""One cell; None is empty."""

Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range, 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet.

    rows: `rows[i][j]` is the cell in sheet row i + 1 and column j (A = 0); rows differ in length.
    formulas: number of formulas with a value.  hidden_rows, hidden_columns: 0-based, with content or not.
    separated: from a text file, where a separator inside a text shifts the cells after it to the right.
    """

    name: str
    rows: list[Row]
    hidden: bool = False
    merged: tuple[Merged, ...] = ()
    formulas: int = 0
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    separated: bool = False

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set a cell, 0-based, making the sheet larger where needed."""
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = cell


def letters(column: int) -> str:
    """Column letters of a 0-based column: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        text = ascii_uppercase[rest] + text
    return text


def column_number(text: str) -> int:
    """0-based column of its letters; KeyError-free: only A to Z may be handed in."""
    number = 0
    for letter in text:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def cell_text(cell: Cell) -> str:
    """A cell as text, for showing and for text fields: whole numbers without .0, dates as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == datetime.time() else f"{cell:%Y-%m-%d %H:%M}"
    return str(cell)


def shown(cell: Cell) -> str:
    """A cell on one line and short, for messages."""
    text = " ".join(cell_text(cell).split())
    return text if len(text) <= _TEXT_LENGTH else text[:_TEXT_LENGTH] + "…"


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in the cell, blanks and invisible characters aside."""
    if cell is None:
        return True
    return isinstance(cell, str) and not cell.strip(_UNSEEN)


def has_empty(texts: Iterable[str]) -> bool:
    """Whether one of the texts `is_empty`: many are asked together in half the time."""
    return not all(map(_without_unseen, texts))
