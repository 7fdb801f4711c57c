"""Workbooks as other people make them: cells of any type in any place, ranges merged, nothing more."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.exchange.cells import Merged
from mingxi_desktop.exchange.writing.files import finished
from mingxi_desktop.exchange.writing.write import base_format, new_book
from mingxi_desktop.texts import wide_len

PlainCell = str | int | float | datetime.date | None
_MADE = datetime.datetime(2024, 1, 1)
"""Stands in every workbook, so that the same content gives the same bytes."""
_NARROWEST, _WIDEST = 8, 36


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """One sheet.  rows: from its first cell on; merged: ranges, whose first cell holds what they show."""

    name: str
    rows: Sequence[Sequence[PlainCell]]
    merged: Sequence[Merged] = ()


def write_plain(path: Path, sheets: Sequence[PlainSheet]) -> None:
    """Write a workbook, the same bytes for the same sheets.  UserError when the file cannot be written."""
    with finished(path) as part, new_book(part) as book:
        book.set_properties({"created": _MADE})
        text = book.add_format(base_format())
        day = book.add_format(base_format(num_format="yyyy-mm-dd"))
        middle = book.add_format(base_format(align="center"))
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for number, row in enumerate(sheet.rows):
                for column, cell in enumerate(row):
                    page.write(number, column, cell, day if isinstance(cell, datetime.date) else text)
            for one in sheet.merged:
                shown = sheet.rows[one.top][one.left]
                page.merge_range(one.top, one.left, one.bottom, one.right, shown, middle)
            for column in range(max(map(len, sheet.rows))):
                page.set_column(column, column, _width(sheet, column))


def _width(sheet: PlainSheet, column: int) -> int:
    """In characters, as wide as the longest cell that is not merged over others."""
    wide = {(one.top, one.left) for one in sheet.merged}
    longest = max(
        wide_len(str(row[column]))
        for number, row in enumerate(sheet.rows)
        if len(row) > column and (number, column) not in wide
    )
    return min(max(longest + 2, _NARROWEST), _WIDEST)
