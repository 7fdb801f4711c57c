"""Sheets that are told, not read: cards (登记卡) with a value beside each heading, months or townships as columns."""

from __future__ import annotations

from collections.abc import Callable

from mingxi_desktop.exchange.cells import Row, Sheet, is_empty
from mingxi_desktop.exchange.recognising.number_rows import plain
from mingxi_desktop.patterns import pattern

_LOOKED_AT = 40
_FEWEST = 2
_PERIOD = pattern(
    r"(?:20\d\d年)?(?:(?:1[0-2]|0?[1-9]|[一二三四五六七八九]|十[一二]?)月份?|第?[一二三四1-4]季度?|[上下]半年)"
)
_TOWNSHIP = pattern(r"(?!各|乡镇)[\u4e00-\u9fff]{1,5}[镇乡]")


def is_card(sheet: Sheet, is_heading: Callable[[str], bool]) -> bool:
    """Whether the sheet is a card: several rows in which headings and values take turns, and no row of headings."""
    rows = [row for row in sheet.rows[:_LOOKED_AT] if sum(1 for cell in row if not is_empty(cell)) >= _FEWEST]
    turns = [row for row in rows if _takes_turns(row, is_heading)]
    return len(turns) >= _FEWEST and len(turns) * 2 > len(rows)


def _takes_turns(row: Row, is_heading: Callable[[str], bool]) -> bool:
    filled = [cell for cell in row if not is_empty(cell)]
    headings = [isinstance(cell, str) and is_heading(cell) for cell in filled]
    return all(headings[0::2]) and not any(headings[1::2]) and len(filled) % 2 == 0


def columns_of(sheet: Sheet) -> str:
    """What the columns of a table are for where each is for another: 月份 or 乡镇; "" where they are not."""
    for row in sheet.rows[:_LOOKED_AT]:
        texts = [plain(cell) for cell in row if isinstance(cell, str) and not is_empty(cell)]
        for found, words in (("月份", _PERIOD), ("乡镇", _TOWNSHIP)):
            if len({text for text in texts if words.fullmatch(text)}) >= _FEWEST:
                return found
    return ""
