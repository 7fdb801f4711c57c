"""From a sheet and its layout to the rows to take in: cells by field, and why other rows are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mingxi_desktop.domain.fields import NUMERIC
from mingxi_desktop.exchange.cells import Cell, Row, Sheet, cell_text, is_empty
from mingxi_desktop.exchange.headers import Column, Layout, Role, describe
from mingxi_desktop.exchange.rows import plain, reason_to_skip, total_word
from mingxi_desktop.exchange.totals import mismatches

_LISTED = 8


@dataclass(frozen=True, slots=True)
class MergedNumber:
    """A number whose cell is merged over several rows: nobody can say how much belongs to this one."""

    text: str


@dataclass(slots=True)
class PlanRow:
    """One row of data.

    number: 1-based sheet row.  cells: (column, its cell) for each mapped column.
    uid: what the hidden column of an export names.  running: the 序号, parent: the 所属序号.
    """

    number: int
    cells: list[tuple[Column, Cell | MergedNumber]]
    uid: str = ""
    running: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not data, 1-based, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know.  row 0: the sheet as a whole."""

    code: str
    message: str
    row: int = 0
    column: str = ""


@dataclass(slots=True)
class Plan:
    """What is to be done with a sheet."""

    sheet: Sheet
    layout: Layout
    rows: list[PlanRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def make_plan(sheet: Sheet, layout: Layout) -> Plan:
    """Sort the rows below the header into data, totals and the rest; compare the totals."""
    plan = Plan(sheet, layout)
    totals: dict[int, tuple[str, Row]] = {}
    data: dict[int, Row] = {}
    blank: list[int] = []
    merged = _covered(sheet, layout)
    for index in range(layout.bottom + 1, len(sheet.rows)):
        row, number = sheet.rows[index], index + 1
        ours = _is_ours(row, layout)
        word = "" if ours else total_word(row)
        reason = f"合计行（{word}）" if word else "" if ours else reason_to_skip(row, layout, sheet, index)
        if word:
            totals[number] = (word, row)
        if reason == "空行":
            blank.append(number)
            continue
        plan.skipped.extend(Skipped(line, "空行") for line in blank)
        blank.clear()
        if reason:
            plan.skipped.append(Skipped(number, reason))
        else:
            data[number] = row
            plan.rows.append(_plan_row(row, index, layout, merged))
    headers = {column.index: column.header for column in layout.columns if column.role is not Role.NUMBER}
    plan.notices += [
        Notice("W_TOTAL_MISMATCH", found.message, found.row, found.header)
        for found in mismatches(data, totals, headers)
    ]
    plan.notices += _about_columns(sheet, layout, data)
    plan.notices += _about_hidden(sheet, layout, data)
    return plan


def _is_ours(row: Row, layout: Layout) -> bool:
    """Whether the row comes from one of our exports: then it is data, whatever it looks like."""
    marks = [column.index for column in layout.columns if column.role is Role.UID]
    return any(index < len(row) and not is_empty(row[index]) for index in marks)


def _plan_row(row: Row, index: int, layout: Layout, merged: dict[tuple[int, int], Cell]) -> PlanRow:
    planned = PlanRow(index + 1, [])
    for column in layout.columns:
        cell = row[column.index] if column.index < len(row) else None
        if column.role is Role.FIELD and column.target:
            planned.cells.append((column, _value(cell, (index, column.index), column, merged)))
        elif column.role is Role.UID:
            planned.uid = cell_text(cell).strip()
        elif column.role is Role.NUMBER:
            planned.running = plain(cell)
        elif column.role is Role.PARENT:
            planned.parent = plain(cell)
    return planned


def _value(
    cell: Cell, place: tuple[int, int], column: Column, merged: dict[tuple[int, int], Cell]
) -> Cell | MergedNumber:
    """The cell, or what a cell merged downwards says for this row too; a number is not repeated."""
    if place not in merged:
        return cell
    assert column.target is not None
    if column.target.field.type in NUMERIC:
        return MergedNumber(cell_text(merged[place]))
    return merged[place]


def _covered(sheet: Sheet, layout: Layout) -> dict[tuple[int, int], Cell]:
    """Places of merged ranges that reach over several data rows, with the range's value.

    The first row of a merged number is in doubt too.
    """
    covered: dict[tuple[int, int], Cell] = {}
    numeric = {
        column.index for column in layout.columns if column.target and column.target.field.type in NUMERIC
    }
    for area in sheet.merged:
        if area.top <= layout.bottom or area.bottom == area.top or area.left != area.right:
            continue
        cells = sheet.rows[area.top] if area.top < len(sheet.rows) else []
        value = cells[area.left] if area.left < len(cells) else None
        first = area.top if area.left in numeric else area.top + 1
        for row in range(first, area.bottom + 1):
            covered[row, area.left] = value
    return covered


def _about_columns(sheet: Sheet, layout: Layout, data: dict[int, Row]) -> Iterator[Notice]:
    """Columns with content that are not taken in."""
    filled = {index for row in data.values() for index, cell in enumerate(row) if not is_empty(cell)}
    ours = any(column.role is Role.UID for column in layout.columns)
    for column in layout.columns:
        if column.index not in filled:
            continue
        if column.role is Role.SECOND and column.target:
            text = f"列{describe(column)}也像“{column.target.field.label}”，没有用，用了另一列"
            yield Notice("W_COLUMN_SECOND", text, 0, column.header)
        elif column.role is Role.COMPUTED and column.target and not ours:
            text = f"列{describe(column)}的“{column.target.field.label}”由程序填写，没有导入"
            yield Notice("W_COLUMN_COMPUTED", text, 0, column.header)
        elif column.role is Role.UNKNOWN:
            text = f"列{describe(column)}不是这本台账的内容，没有导入；要导入请指定它对应的字段"
            yield Notice("W_COLUMN_IGNORED", text, 0, column.header)
    bare = filled - {column.index for column in layout.columns}
    if bare:
        yield Notice("W_COLUMN_IGNORED", f"有{len(bare)}列有内容但没有表头，没有导入")
    if sheet.formulas:
        yield Notice("W_FORMULA", f"有{sheet.formulas}个单元格是公式，按表里算好的值导入")


def _about_hidden(sheet: Sheet, layout: Layout, data: dict[int, Row]) -> Iterator[Notice]:
    """Hidden rows and columns are data, and pointed out."""
    rows = [number for number in data if number - 1 in sheet.hidden_rows]
    if rows:
        listed = "、".join(map(str, rows[:_LISTED])) + ("等" if len(rows) > _LISTED else "")
        yield Notice("W_HIDDEN", f"第{listed}行是隐藏的行，也一并导入，请核对")
    if any(column.role is Role.UID for column in layout.columns):
        return
    for column in layout.columns:
        if column.role is Role.FIELD and column.index in sheet.hidden_columns:
            yield Notice("W_HIDDEN", f"列{describe(column)}是隐藏的列，也一并导入，请核对", 0, column.header)
