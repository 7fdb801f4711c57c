"""Tables beside each other on a sheet: an empty column stands between two headers that say the same, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mingxi_desktop.domain.names import header_key
from mingxi_desktop.exchange.cells import Row, Sheet, is_empty
from mingxi_desktop.exchange.recognising.rows import total_word

_LOOKED_AT = 30
_FEWEST = 2
_MOST = 4
_WHOSE = frozenset({"序号", "乡镇", "乡镇名称", "乡（镇）", "乡(镇)", "单位", "单位名称", "村", "村名"})
"""With what the header of a list begins that goes on at the right of itself: 乡镇 人数 乡镇 人数."""


def beside_each_other(sheet: Sheet) -> list[Sheet]:
    """The sheet once for each table beside another, the cells of the others left out; mostly just the sheet."""
    for row in sheet.rows[:_LOOKED_AT]:
        blocks = _blocks(row)
        if len(blocks) > 1 and _alike(row, blocks) and _apart(sheet, blocks):
            return [replace(sheet, rows=_only(sheet.rows, block)) for block in blocks]
        blocks = _going_on(row, blocks)
        if blocks:
            parts = [_without_totals(_only(sheet.rows, block), block) for block in blocks]
            return [replace(sheet, rows=rows) for rows in parts]
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


def _going_on(row: Row, blocks: Sequence[range]) -> list[range]:
    """The columns of each part of a list that goes on at the right of itself; none where the row is no such header."""
    if len(blocks) != 1 or not all(isinstance(row[place], str) for place in blocks[0]):
        return []
    keys = [header_key(str(row[place]))[0] for place in blocks[0]]
    for times in range(_MOST, 1, -1):
        width = len(keys) // times
        if width >= _FEWEST and keys == keys[:width] * times and keys[0] in _WHOSE:
            start = blocks[0].start
            return [range(start + at * width, start + (at + 1) * width) for at in range(times)]
    return []


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


def _without_totals(rows: list[Row], block: range) -> list[Row]:
    """The rows with no number beside 合计: it sums the other parts too."""
    for row in rows:
        filled = [cell for cell in row if not is_empty(cell)]
        if len(filled) > 1 and total_word(filled, ()):
            row[block.start : block.stop] = [
                cell if isinstance(cell, str) else None for cell in row[block.start : block.stop]
            ]
    return rows


def _only(rows: Sequence[Row], block: range) -> list[Row]:
    """The rows with nothing but the block's columns, and lines of one text, which are titles of all tables."""
    found: list[Row] = []
    for row in rows:
        alone = sum(1 for cell in row if not is_empty(cell)) == 1
        found.append(
            list(row) if alone else [cell if place in block else None for place, cell in enumerate(row)]
        )
    return found
