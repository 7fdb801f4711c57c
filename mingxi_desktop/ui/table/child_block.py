"""A block of cells from Excel or WPS, to be put into a child table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from mingxi_desktop.domain.fields import NUMERIC, Field
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.ui.inputs.reading import READABLE, read


def lines_of(text: str) -> list[list[str]]:
    """The lines of a block with tabs between the cells; a cell in quotation marks may hold line breaks."""
    lines = csv.reader(io.StringIO(text.replace("\0", "")), delimiter="\t")
    return [[cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)]


def is_block(text: str) -> bool:
    """Whether it is more than the text of one cell."""
    lines = lines_of(text)
    return len(lines) > 1 or any(len(line) > 1 for line in lines)


def by_field(
    lines: Sequence[Sequence[str]], columns: Sequence[Field], first: int, year: int | None = None
) -> tuple[list[dict[str, str]], int]:
    """(texts by field name for each line, how many columns of the block there is no field for).

    A line of headers says which column is which; without one they follow from column `first` on.
    year: of dates that name none.
    """
    heads: list[tuple[int | None, str]] = [_column(cell, columns) for cell in lines[0]] if lines else []
    if heads and all(place is not None for (place, _), cell in zip(heads, lines[0], strict=True) if cell):
        lines = lines[1:]
    else:
        widest = max((len(line) for line in lines), default=0)
        places = range(first, first + widest)
        heads = [(place if place < len(columns) else None, "") for place in places]
    lost = sum(place is None for place, _ in heads)
    rows = [
        {
            columns[place].name: _normal(columns[place], cell, unit, year)
            for (place, unit), cell in zip(heads, line, strict=False)
            if place is not None
        }
        for line in lines
    ]
    return rows, lost


def _column(cell: str, columns: Sequence[Field]) -> tuple[int | None, str]:
    """(which column a header means, the unit it names)."""
    key, unit = header_key(cell)
    for place, field in enumerate(columns):
        if key and key in {header_key(header)[0] for header in field.headers}:
            return place, unit
    return None, ""


def _normal(field: Field, cell: str, unit: str, year: int | None) -> str:
    if field.type in NUMERIC and unit and cell[-1:].isdecimal():
        cell += unit
    return read(field, cell, year).text if field.type in READABLE else cell
