"""The rows of a sheet: each value of a column is made XML once, and rows are written whole.

The file is what XlsxWriter's own calls would have written; these make an object of every cell and look at each
anew, which takes several times as long.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.grid import LINE, WIDEST, CellType, GridColumn, unfit
from mingxi_desktop.exchange.writing.made_once import made_of
from mingxi_desktop.texts import wide_len

_MOST_LINES = 20
_MOST_UNITS = 32_767
"""UTF-16 units that a cell can hold."""


class Column:
    """Makes the cells of a column of a sheet.

    cell: what stands in a row → the XML of its cell from behind the row's number on.  lines: the same → how many
    the row must have for it; None where that does not count.  interesting: whether one of the cells was not plain.
    """

    def __init__(
        self, sheet: RowSheet, place: int, columns: Sequence[GridColumn], formats: dict[str, Any]
    ) -> None:
        """place: of the column among all of the sheet.  formats: by type of cell."""
        column = columns[place]
        self.header = column.header
        self.interesting = not column.optional
        self.cell = made_of(self._cell, distinct=column.distinct)
        self.lines = None if column.optional else made_of(self._lines, distinct=column.distinct)
        self._column = column
        self._sheet = sheet
        self._end = "</row>" if place + 1 == len(columns) else start_of(place + 1)
        self._styles = {name: form._get_xf_index() for name, form in formats.items()}  # noqa: SLF001

    def _cell(self, held: Any) -> str:
        column, styles = self._column, self._styles
        value = column.cell(held)
        if not self.interesting and value not in column.plain:
            self.interesting = True
        if value is None or value == "":
            return f'" s="{styles[column.type]}"/>{self._end}'
        if not isinstance(value, str):
            number = self._sheet.serial(value) if isinstance(value, datetime.date) else value
            return f'" s="{styles[column.type]}"><v>{number:.16G}</v></c>{self._end}'
        if (
            len(value) > _MOST_UNITS // 2
            and len(value.encode("utf-16-le", "surrogatepass")) > 2 * _MOST_UNITS
        ):
            raise _TooLongError(held)
        style = styles[CellType.LONG if self._long(value) else CellType.TEXT]
        keep = ' xml:space="preserve"' if value != value.strip() else ""
        text = self._sheet.escaped(value)
        return f'" s="{style}" t="inlineStr"><is><t{keep}>{text}</t></is></c>{self._end}'

    def _long(self, text: str) -> bool:
        return self._column.type is CellType.LONG or wide_len(text) > WIDEST

    def _lines(self, held: Any) -> int:
        value = self._column.cell(held)
        if not isinstance(value, str) or not self._long(value):
            return 1
        room = max(self._column.width, WIDEST) - 1
        lines = sum(max(1, math.ceil(wide_len(line) / room)) for line in value.splitlines())
        return min(max(lines, 1), _MOST_LINES)


class RowSheet(Worksheet):  # type: ignore[misc]
    """A sheet of a book with constant memory that takes whole rows, too."""

    def put_rows(self, place: int, columns: Sequence[Column], values: Sequence[Sequence[Any]]) -> None:
        """Write rows from a place (from 0) on, below what is there.  UserError where one does not fit.

        values: for each column what its `cell` takes, row by row.
        """
        number = len(values[0])
        last = place + number - 1
        if self._check_dimensions(place, 0) or self._check_dimensions(last, len(columns) - 1):
            raise unfit(f"第{last + 1}行")
        try:
            cells = [map(column.cell, part) for column, part in zip(columns, values, strict=True)]
            bodies = list(zip(*cells, strict=True))
        except _TooLongError as fault:
            raise _unfit_in(place, columns, values, fault.args[0]) from None
        self._write_single_row(last + 1)
        first = start_of(0)
        numbers = range(place + 1, place + 1 + number)
        self.fh.write(
            "".join(
                str(number).join(('<row r="', f'"{height}>{first}', *body))
                for number, height, body in zip(numbers, _heights(columns, values), bodies, strict=True)
            )
        )

    def serial(self, moment: datetime.date) -> float:
        """A date or time as a number of days, as spreadsheets count them."""
        return float(self._convert_date_time(moment))

    def escaped(self, text: str) -> str:
        """A text as the content of an element; control characters as _xHHHH_, which spreadsheets take back."""
        return str(self._escape_data(self._escape_control_characters(text)))


class _TooLongError(ValueError):
    """What stands in a row makes a text that no cell can hold."""


def start_of(place: int) -> str:
    """How a cell of a column begins, up to the row's number."""
    return f'<c r="{xl_col_to_name(place)}'


def _unfit_in(place: int, columns: Sequence[Column], values: Sequence[Sequence[Any]], held: Any) -> UserError:
    found = (
        (part.index(held), column.header)
        for column, part in zip(columns, values, strict=True)
        if held in part
    )
    row, header = min(found, key=itemgetter(0))
    return unfit(f"第{place + 1 + row}行“{header}”")


def _heights(columns: Sequence[Column], values: Sequence[Sequence[Any]]) -> Iterable[str]:
    """For each row what its tag says of its height: nothing, where it is one line."""
    lines = [
        map(column.lines, part)
        for column, part in zip(columns, values, strict=True)
        if column.lines is not None
    ]
    if not lines:
        return [""] * len(values[0])
    return [
        f' ht="{LINE * most:.16g}" customHeight="1"' if most > 1 else ""
        for most in map(max, zip(*lines, strict=True))
    ]
