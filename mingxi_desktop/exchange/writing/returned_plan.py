"""Where a returned file is marked: wrong cells, the column of reasons, what an earlier return left there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingxi_desktop.exchange.cells import Cell, Row, Sheet, is_empty
from mingxi_desktop.exchange.reading.limits import MAX_COLUMNS

REASON_HEADER = "退回原因"
COMMENT_START = f"【{REASON_HEADER}】"
"""How our comments begin, and what we add to those of others."""
MOST_COMMENTS = 3000
"""More of them make a workbook slow to open; the reasons stand in their column all the same."""
_HEADER_ROWS = 5
_LAST_COLUMN = 16_383

Place = tuple[int, int]
"""0-based row and column."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A wrong cell: 1-based row (0: the table as a whole), 0-based column (-1: the row as a whole).

    header: 1-based last header row of the mark's table; 0 when it has none that is known.
    """

    sheet: str
    row: int
    column: int
    reason: str
    header: int = 0


@dataclass(slots=True)
class SheetPlan:
    """What is written into one sheet.

    red: cells to colour.  comments: cell → its reasons.  texts: cells of the columns of reasons.
    heads: their header cells.  cleared: cells to empty, with what an earlier return wrote.
    again: whether the sheet was returned before.  hidden: rows that do not show.
    """

    red: set[Place] = field(default_factory=set)
    comments: dict[Place, list[str]] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)
    heads: set[Place] = field(default_factory=set)
    cleared: set[Place] = field(default_factory=set)
    again: bool = False
    hidden: frozenset[int] = frozenset()

    @property
    def first(self) -> Place:
        """The cell that the sheet opens at: the first marked one that is not hidden."""
        return min(self.red or self.heads, key=lambda place: (place[0] in self.hidden, place))

    @property
    def columns(self) -> set[int]:
        """The columns (0-based) that the reasons stand in."""
        return {column for _, column in self.heads}


def plan_sheet(sheet: Sheet, marks: Sequence[Mark]) -> SheetPlan:
    """Where to write what; every table of the sheet has its reasons at its own right edge."""
    plan = SheetPlan(hidden=sheet.hidden_rows)
    tables: dict[int, list[Mark]] = {}
    for mark in marks:
        tables.setdefault(_header_row(mark, marks), []).append(mark)
    heads = sorted(tables)
    for head, after in zip(heads, [*heads[1:], len(sheet.rows)], strict=True):
        _plan_table(plan, sheet, tables[head], head, max(after, head + 1))
    for place in sorted(plan.comments, key=lambda place: (place not in plan.heads, place))[MOST_COMMENTS:]:
        del plan.comments[place]
    return plan


def _header_row(mark: Mark, marks: Sequence[Mark]) -> int:
    """0-based row for the header of the reasons."""
    if mark.header:
        return mark.header - 1
    rows = [other.row for other in marks if other.row and not other.header]
    return max(min(rows, default=1) - 2, 0)


def _plan_table(plan: SheetPlan, sheet: Sheet, marks: Sequence[Mark], head: int, end: int) -> None:
    old = _old_column(sheet, head)
    if old is None:
        place = head, _right_edge(sheet, head, end)
    else:
        place, plan.again = old, True
        plan.cleared |= {
            (row, place[1]) for row in range(head + 1, end) if not is_empty(_at(sheet, row, place[1]))
        }
    plan.heads.add(place)
    plan.texts[place] = REASON_HEADER
    anchors = _anchors(sheet)
    rows: dict[int, list[str]] = {}
    for mark in marks:
        if mark.row:
            rows.setdefault(mark.row - 1, []).append(mark.reason)
        spots = [anchors.get(spot, spot) for spot in _spots(sheet, mark, place)]
        plan.red.update(spots)
        reasons = plan.comments.setdefault(spots[-1], [])
        if mark.reason not in reasons:
            reasons.append(mark.reason)
    for row, reasons in rows.items():
        plan.texts[row, place[1]] = listed(list(dict.fromkeys(reasons)))
        plan.red.add((row, place[1]))
        plan.cleared.discard((row, place[1]))
    if rows:
        said = (
            f"有{len(rows)}行要改：看标红的格子和这一列。改好后保存，把这个文件原样交回，只会导入还没有的行。"
        )
        plan.comments.setdefault(place, []).insert(0, said)


def listed(reasons: Sequence[str]) -> str:
    """Reasons as one text, numbered when there are several."""
    if len(reasons) == 1:
        return reasons[0]
    return "\n".join(f"{n}. {text}" for n, text in enumerate(reasons, 1))


def comment_text(reasons: Sequence[str]) -> str:
    """Reasons as the text of a cell's comment, with the beginning by which our own are known again."""
    return COMMENT_START + listed(reasons)


def _spots(sheet: Sheet, mark: Mark, head: Place) -> list[Place]:
    """The cells a mark colours; the last of them gets its comment."""
    if not mark.row:
        return [(head[0], mark.column) if mark.column >= 0 else head]
    if mark.column >= 0:
        return [(mark.row - 1, mark.column)]
    cells = sheet.rows[mark.row - 1] if mark.row <= len(sheet.rows) else []
    filled = [column for column, cell in enumerate(cells[: head[1]]) if not is_empty(cell)]
    return [(mark.row - 1, column) for column in reversed(filled)] or [(mark.row - 1, 0)]


def _old_column(sheet: Sheet, head: int) -> Place | None:
    """The header cell of the reasons of an earlier return."""
    for row in range(head, max(head - _HEADER_ROWS, -1), -1):
        for column, cell in enumerate(sheet.rows[row] if row < len(sheet.rows) else ()):
            if isinstance(cell, str) and cell.strip() == REASON_HEADER:
                return row, column
    return None


def _right_edge(sheet: Sheet, head: int, end: int) -> int:
    """The first column to the right of everything in these rows."""
    filled = (_last_filled(row) for row in sheet.rows[head:end])
    merged = (area.right for area in sheet.merged if area.top < end and area.bottom >= head)
    return min(max(max(filled, default=-1), max(merged, default=-1)) + 1, _LAST_COLUMN)


def _last_filled(row: Row) -> int:
    return next((column for column in range(len(row) - 1, -1, -1) if not is_empty(row[column])), -1)


def _at(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return cells[column] if column < len(cells) else None


def _anchors(sheet: Sheet) -> dict[Place, Place]:
    """Cells covered by merged ranges → the one cell that shows."""
    return {
        (row, column): (area.top, area.left)
        for area in sheet.merged
        for row in range(area.top, min(area.bottom + 1, len(sheet.rows)))
        for column in range(area.left, min(area.right, MAX_COLUMNS) + 1)
    }
