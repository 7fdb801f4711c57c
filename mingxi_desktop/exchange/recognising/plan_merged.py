"""Cells that speak for several rows: merged downwards, or written only in the first row of a block."""

from __future__ import annotations

from collections.abc import Mapping

from mingxi_desktop.domain.fields import NUMERIC
from mingxi_desktop.exchange.cells import Cell, Sheet, cell_text
from mingxi_desktop.exchange.recognising.layout import Column, Layout, describe
from mingxi_desktop.exchange.recognising.plan_row import MergedNumber, Notice, Plan, is_blank

_FILLED_DOWN = frozenset({"area", "reporter", "record_date", "event"})
"""Fields that a block of rows often says only in its first one."""


def value_at(
    cell: Cell, place: tuple[int, int], column: Column, merged: Mapping[tuple[int, int], Cell]
) -> Cell | MergedNumber:
    """The cell, or what a cell merged downwards says for this row too; a number is not repeated."""
    if place not in merged:
        return cell
    assert column.target is not None
    if column.target.field.type in NUMERIC:
        return MergedNumber(cell_text(merged[place]))
    return merged[place]


def covered(sheet: Sheet, layout: Layout) -> dict[tuple[int, int], Cell]:
    """(row, column), 0-based, under a merged range over several data rows → the value of the range.

    The first row of a merged number is in doubt too.
    """
    found: dict[tuple[int, int], Cell] = {}
    numeric = {
        column.index for column in layout.columns if column.target and column.target.field.type in NUMERIC
    }
    for area in sheet.merged:
        if area.top <= layout.bottom or area.top >= layout.end or area.bottom == area.top:
            continue
        cells = sheet.rows[area.top] if area.top < len(sheet.rows) else []
        value = cells[area.left] if area.left < len(cells) else None
        first = area.top if area.left in numeric else area.top + 1
        for row in range(first, area.bottom + 1):
            found[row, area.left] = value
    return found


def fill_down(plan: Plan) -> None:
    """Columns that say something only in the first row of each block, as where merged cells were lost."""
    merged = {area.left for area in plan.sheet.merged if area.top > plan.layout.bottom}
    for place, (column, first) in enumerate(list(plan.rows[0].cells) if plan.rows else ()):
        assert column.target is not None
        if column.target.name not in _FILLED_DOWN or column.index in merged or is_blank(first):
            continue
        cells = [row.values[place] for row in plan.rows]
        empty = {cell for cell in set(cells) if (cell is None or type(cell) is str) and is_blank(cell)}
        blank = sum(map(empty.__contains__, cells)) if empty else 0
        filled = len(plan.rows) - blank
        if filled < 2 or blank < filled:
            continue
        value = first
        for row in plan.rows:
            cell = row.values[place]
            value = value if is_blank(cell) else cell
            row.values = [*row.values[:place], value, *row.values[place + 1 :]]
        text = f"列{describe(column)}只在每一块的第一行写了，下面空着的{blank}行按上面一行记，请核对"
        plan.notices.append(Notice("W_FILLED_DOWN", text, 0, column.header))
