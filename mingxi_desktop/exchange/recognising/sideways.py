"""Tables beside each other on a sheet, told by an empty column between two headers that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mingxi_desktop.domain.names import header_key
from mingxi_desktop.exchange.cells import Row, Sheet, is_empty

_LOOKED_AT = 30
_FEWEST = 2


def beside_each_other(sheet: Sheet) -> list[Sheet]:
    """The sheet once for each table beside another, the cells of the others left out; mostly just the sheet."""
    for row in sheet.rows[:_LOOKED_AT]:
        blocks = _blocks(row)
        if len(blocks) > 1 and _alike(row, blocks) and _apart(sheet, blocks):
            return [replace(sheet, rows=_only(sheet.rows, block)) for block in blocks]
    return [sheet]


def _blocks(row: Row) -> list[range]:
    """Runs of filled cells."""
    blocks: list[range] = []
    start: int | None = None
    for place, cell in enumerate([*row, None]):
        if is_empty(cell) and start is not None:
            blocks.append(range(start, place))
            start = None
        elif not is_empty(cell) and start is None:
            start = place
    return blocks


def _alike(row: Row, blocks: Sequence[range]) -> bool:
    """Whether each run begins with the same headers."""
    keys = [
        [header_key(str(row[place]))[0] for place in block if isinstance(row[place], str)] for block in blocks
    ]
    first = keys[0][:_FEWEST]
    return len(first) == _FEWEST and all(other[:_FEWEST] == first for other in keys)


def _apart(sheet: Sheet, blocks: Sequence[range]) -> bool:
    """Whether the columns between the runs are empty all the way down, but for lines that reach across."""
    gaps = [place for one, two in pairwise(blocks) for place in range(one.stop, two.start)]
    return not any(place < len(row) and not is_empty(row[place]) for row in sheet.rows for place in gaps)


def _only(rows: Sequence[Row], block: range) -> list[Row]:
    """The rows with nothing but the block's columns, and lines of one text, which are titles of all tables."""
    found: list[Row] = []
    for row in rows:
        alone = sum(1 for cell in row if not is_empty(cell)) == 1
        found.append(
            list(row) if alone else [cell if place in block else None for place, cell in enumerate(row)]
        )
    return found
