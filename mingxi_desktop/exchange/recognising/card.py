"""Cards (登记卡): one record on a sheet, each value beside its heading.  They are told, not read."""

from __future__ import annotations

from collections.abc import Callable

from mingxi_desktop.exchange.cells import Row, Sheet, is_empty

_LOOKED_AT = 40
_FEWEST = 2


def is_card(sheet: Sheet, is_heading: Callable[[str], bool]) -> bool:
    """Whether the sheet is a card: several rows in which headings and values take turns, and no row of headings."""
    rows = [row for row in sheet.rows[:_LOOKED_AT] if sum(1 for cell in row if not is_empty(cell)) >= _FEWEST]
    turns = [row for row in rows if _takes_turns(row, is_heading)]
    return len(turns) >= _FEWEST and len(turns) * 2 > len(rows)


def _takes_turns(row: Row, is_heading: Callable[[str], bool]) -> bool:
    filled = [cell for cell in row if not is_empty(cell)]
    headings = [isinstance(cell, str) and is_heading(cell) for cell in filled]
    return all(headings[0::2]) and not any(headings[1::2]) and len(filled) % 2 == 0
