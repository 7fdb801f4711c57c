"""Where the header of a table is: its top row, how many rows it has, and the texts over each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.units import is_unit
from mingxi_desktop.exchange.cells import Cell, Row, Sheet, cell_text, column_number, is_empty
from mingxi_desktop.exchange.recognising.layout import Layout, Role
from mingxi_desktop.exchange.recognising.meaning import read_header
from mingxi_desktop.exchange.recognising.number_rows import is_number_row
from mingxi_desktop.exchange.recognising.targets import TargetIndex
from mingxi_desktop.patterns import pattern

LOOKED_AT = 60
"""Rows from the top of a sheet that are looked at one by one."""
_DEEPEST = 5
"""Four rows of headings, and one of units."""
_DEPTH_COST = 0.4
_LONGEST = 60
_SHORT = 14
_COLUMN = pattern(r"([A-Z]{1,3})列?")
_NO_HEADER = pattern(r"[\d¥￥√×✓+\-.]")
_NO_UNIT = frozenset({"单位", "计量单位", "（单位）", "/", "—", "-", "——", "单 位"})
_UNIT_MARKS = pattern(r"^(?:计量)?单位[:：]|[()（）\[\]【】\s]")
_ABOUT_TABLE = pattern(
    r"(?:(?:填|制|编|审|造|报|上|送|统计|汇总|复核|经办|联系|主要|分管|单位|部门|截至|截止|数据|金额|计量)\S{0,6})?"
    r"(?:单位|部门|机关|乡镇|负责人|领导|人员?|审核|制表|电话|方式|日期|时间|年度|月份|编号|密级)"
    r"(?:[(（][^()（）]*[)）])?\s*[:：]"
)
"""How a line begins that says who reports the table, when, in which unit: 填报单位（盖章）：盖洋镇."""


def find_layout(
    sheet: Sheet, index: TargetIndex, mapping: Mapping[str, str] | None = None, *, top: int | None = None
) -> Layout | None:
    """The best header in the sheet's first rows for a ledger; None if no row looks like one.

    mapping: header (or column letters) → target name, given by the user; it goes before what we find.
    top: the header's first row, 0-based, where it is known.
    """
    given = given_keys(mapping or {})
    rows = range(min(len(sheet.rows), LOOKED_AT)) if top is None else [top]
    found = (
        layout_at(sheet, index, row, given) for row in rows if top is not None or may_be_header(sheet, row)
    )
    layouts = [layout for layout in found if layout is not None]
    return max(layouts, key=lambda layout: (layout.score, -layout.top), default=None)


def given_keys(mapping: Mapping[str, str]) -> dict[str, str]:
    """The user's mapping by header key, or by "#3" for a column named by its letters."""
    return {_mapping_key(header): name for header, name in mapping.items()}


def _mapping_key(header: str) -> str:
    column = _COLUMN.fullmatch(header.strip().upper())
    return f"#{column_number(column[1])}" if column else header_key(header)[0]


def layout_at(
    sheet: Sheet, index: TargetIndex, top: int, given: Mapping[str, str], *, start: int = 0, fewest: int = 2
) -> Layout | None:
    """The best reading of a header that begins in row `top`; titles are looked for from row `start` on.

    fewest: how many columns must mean something; None when fewer do.
    """
    best: Layout | None = None
    for depth in depths(sheet, top):
        parts = header_parts(sheet, top, depth)
        header = read_header(index, parts, given)
        targets = {
            column.target.name for column in header.columns if column.role is Role.FIELD and column.target
        }
        facets = {column.facets for column in header.columns if column.role is Role.FIELD}
        if len(targets) + max(len(facets) - 1, 0) < (min(fewest, 1) if given else fewest):
            continue
        score = header.score - _DEPTH_COST * (depth - 1)
        if best is None or score > best.score:
            best = Layout(
                index.kind.name, top, top + depth - 1, len(sheet.rows), header.columns,
                titles(sheet, start, top), score, header.repeated,
            )  # fmt: skip
    return best


def may_be_header(sheet: Sheet, row: int) -> bool:
    """Whether a row's cells look like headers: mostly short texts that do not begin with a digit.

    A single text is a title.  A line 填报单位：… 填报日期：… is one too, however many cells it has.
    """
    filled = [cell for cell in sheet.rows[row] if not is_empty(cell)]
    if _is_about_table(filled):
        return False
    words = sum(1 for cell in filled if is_word(cell, _LONGEST))
    return words > 1 and words * 2 >= len(filled)


def _is_about_table(filled: Sequence[Cell]) -> bool:
    """Whether a row says nothing but who reports the table and when: 填报单位：甲 or 填报单位： and 甲 beside it."""
    asked = False  # a word whose answer may stand in the next cell
    for cell in filled:
        text = cell.strip() if isinstance(cell, str) else ""
        said = _ABOUT_TABLE.match(text)
        if said is None and not asked:
            return False
        asked = said is not None and said.end() == len(text)
    return bool(filled)


def is_word(cell: Cell, longest: int = _SHORT) -> bool:
    """Whether the cell may be a header: a text, not too long, not beginning like a value."""
    return isinstance(cell, str) and len(cell.strip()) <= longest and not _NO_HEADER.match(cell.strip())


def depths(sheet: Sheet, top: int) -> list[int]:
    """How many rows the header may have; where cells are merged, or units stand below, there is no choice."""
    found = [1]
    row = top + 1
    while row < min(top + _DEEPEST, len(sheet.rows)):
        below = row + 1 if is_number_row(sheet.rows[row]) and row + 1 < len(sheet.rows) else row
        if _is_unit_row(sheet, below):
            return [below - top + 1]  # without its units a header would give wrong amounts
        certain = _continues(sheet, top, row)
        if certain is None:
            break
        found = [row - top + 1] if certain else [*found, row - top + 1]
        row += 1
    return found


def _continues(sheet: Sheet, top: int, row: int) -> bool | None:
    """Whether a row is surely another row of the header that begins at `top`; None where it is none."""
    filled = {place: cell for place, cell in enumerate(sheet.rows[row]) if not is_empty(cell)}
    if not filled:
        return True if _is_merged_into(sheet, top, row) else None
    if not all(is_word(cell, _LONGEST) for cell in filled.values()):
        return None
    sure = (
        _is_merged_into(sheet, top, row)
        or _is_below_group(sheet, top, row, filled)
        or _fills_gaps(sheet.rows[row - 1], filled)
        or (row - top > 1 and _is_under_corner(sheet.rows[top], filled))
    )
    return True if sure else None


def _is_unit_row(sheet: Sheet, row: int) -> bool:
    """Whether nothing but units stands in a row, a word that says so before them."""
    filled = [cell for cell in sheet.rows[row] if not is_empty(cell)]
    texts = [cell.strip() for cell in filled if isinstance(cell, str)]
    units = [text for text in texts if text not in _NO_UNIT]
    return len(texts) == len(filled) and bool(units) and all(map(_is_unit_cell, units))


def _is_unit_cell(text: str) -> bool:
    return is_unit(_UNIT_MARKS.sub("", text))


def _is_merged_into(sheet: Sheet, top: int, row: int) -> bool:
    """Whether a cell of the header above reaches down into the row."""
    return any(top <= area.top < row <= area.bottom for area in sheet.merged)


def _is_below_group(sheet: Sheet, top: int, row: int, filled: Mapping[int, Cell]) -> bool:
    """Whether the row has several cells under one heading of the header above."""
    return any(
        top <= area.top and area.bottom == row - 1 and area.right > area.left
        and sum(area.left <= place <= area.right for place in filled) > 1
        for area in sheet.merged
    )  # fmt: skip


def _fills_gaps(above: Row, filled: Mapping[int, Cell]) -> bool:
    """Whether the row stands under gaps of the one above, as where merged cells were lost (csv)."""
    heads = {place for place, cell in enumerate(above) if not is_empty(cell)}
    under_gap = [place for place in filled if place not in heads and any(head < place for head in heads)]
    both = [place for place in filled if place in heads]
    short = all(is_word(cell) for cell in filled.values())
    return bool(under_gap) and short and len(both) <= len(under_gap) and len(heads) > len(both)


def _is_under_corner(first: Row, filled: Mapping[int, Cell]) -> bool:
    """Whether the row leaves out the corner of a header that has two rows already, as no row of data would."""
    corner = next(place for place, cell in enumerate(first) if not is_empty(cell))
    return corner not in filled and len(filled) > 1


def header_parts(sheet: Sheet, top: int, depth: int) -> dict[int, list[str]]:
    """Column → its distinct texts from top to bottom, merged cells counted for every column they cover."""
    width = max(len(sheet.rows[row]) for row in range(top, top + depth))
    spread = _spread(sheet, top, depth)
    rows = [row for row in range(top, top + depth) if row == top or not is_number_row(sheet.rows[row])]
    parts: dict[int, list[str]] = {}
    for column in range(width):
        texts: list[str] = []
        for row in rows:
            cell = spread.get((row, column), _at(sheet, row, column))
            text = cell.strip() if isinstance(cell, str) and not is_empty(cell) else ""
            if row > top and text in _NO_UNIT:
                continue
            if text and text not in texts:
                texts.append(text)
        if texts:
            parts[column] = texts
    return parts


def _spread(sheet: Sheet, top: int, depth: int) -> dict[tuple[int, int], Cell]:
    """Cells covered by merged ranges within the header rows, or left of which such a range was lost."""
    covered: dict[tuple[int, int], Cell] = {}
    for area in sheet.merged:
        if area.bottom < top or area.top >= top + depth or area.top < top:
            continue
        value = _at(sheet, area.top, area.left)
        for row in range(area.top, min(area.bottom, top + depth - 1) + 1):
            for column in range(area.left, area.right + 1):
                covered[row, column] = value
    if not any(area.top >= top and area.top < top + depth for area in sheet.merged):
        for row in range(top, top + depth - 1):
            covered.update(_lost(sheet, row))
    return covered


def _lost(sheet: Sheet, row: int) -> dict[tuple[int, int], Cell]:
    """Headings of a row carried over the gaps at their right that have texts below."""
    found: dict[tuple[int, int], Cell] = {}
    heading: Cell = None
    below = sheet.rows[row + 1]
    for column in range(len(below)):
        cell = _at(sheet, row, column)
        if is_empty(below[column]):
            heading = None
        elif not is_empty(cell):
            heading = cell
        elif heading is not None:
            found[row, column] = heading
    return found


def _at(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None


def titles(sheet: Sheet, start: int, top: int) -> tuple[str, ...]:
    """The texts between two rows, `top` excluded."""
    return tuple(
        cell_text(cell).strip() for row in sheet.rows[start:top] for cell in row if not is_empty(cell)
    )
