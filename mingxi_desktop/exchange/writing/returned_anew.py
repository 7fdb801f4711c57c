"""A returned file as a new xlsx, for formats that cannot be marked as they are."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import Cell, CellError, Merged, Sheet, cell_text, letters
from mingxi_desktop.exchange.writing.grid import unused_sheet_name
from mingxi_desktop.exchange.writing.returned_plan import REASON_HEADER, Place, SheetPlan, comment_text
from mingxi_desktop.exchange.writing.write import new_book
from mingxi_desktop.texts import wide_len

_PALE = "#FFC7CD"
_TAB = "#FF0000"
_MEASURED_ROWS = 300
_WIDEST, _NARROWEST, _REASONS = 40, 8, 60
_ABOVE = 4
_STREAMED_FROM = 200_000
"""Cells of a workbook above which rows are written out at once."""
_MOST_EXACT = 2**53
_FIRST_DAY = datetime.date(1900, 3, 1)
_FORMS = {
    datetime.datetime: "yyyy-mm-dd hh:mm",
    datetime.date: "yyyy-mm-dd",
    datetime.time: "hh:mm:ss",
    datetime.timedelta: "[h]:mm:ss",
    str: "@",
}


def write_anew(sheets: Sequence[Sheet], plans: Mapping[str, SheetPlan], part: Path) -> None:
    """All sheets, marked ones and others; UserError when a cell cannot be written."""
    streamed = sum(map(len, (row for sheet in sheets for row in sheet.rows))) > _STREAMED_FROM
    shown = [place for place, sheet in enumerate(sheets) if not sheet.hidden]
    first = next((place for place in shown if sheets[place].name in plans), shown[0] if shown else 0)
    taken: set[str] = set()
    with new_book(part, constant_memory=streamed) as book:
        styles = _Styles(book)
        for place, sheet in enumerate(sheets):
            out = book.add_worksheet(unused_sheet_name(sheet.name, taken))
            _write_sheet(out, sheet, plans.get(sheet.name) or SheetPlan(), styles)
            if place == first:
                out.activate()
                out.set_first_sheet()
            elif sheet.hidden:
                out.hide()


class _Styles:
    """Formats by number format and colour, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}

    def of(self, cell: Cell, *, red: bool) -> Any:
        """The format of a cell; None for plain numbers."""
        form = _FORMS.get(type(cell), "")
        if isinstance(cell, datetime.datetime) and cell.second:
            form = "yyyy-mm-dd hh:mm:ss"
        if not form and not red:
            return None
        if (form, red) not in self._made:
            look: dict[str, Any] = {"num_format": form} if form else {}
            look |= {"bg_color": _PALE, "text_wrap": True, "valign": "top"} if red else {}
            self._made[form, red] = self._book.add_format(look)
        return self._made[form, red]


def _write_sheet(out: Any, sheet: Sheet, plan: SheetPlan, styles: _Styles) -> None:
    # `merge_range` would write cells of later rows, which a streamed sheet cannot go back from.
    out.merge += [[area.top, area.left, area.bottom, area.right] for area in _apart(sheet)]
    touched: dict[int, set[int]] = {}
    for row, column in {*plan.red, *plan.texts}:
        touched.setdefault(row, set()).add(column)
    widths = _Widths()
    for row in range(max([len(sheet.rows), *(row + 1 for row in touched)])):
        cells = sheet.rows[row] if row < len(sheet.rows) else []
        if row in sheet.hidden_rows:
            out.set_row(row, None, None, {"hidden": True})
        for column in sorted({*range(len(cells)), *touched.get(row, ())}):
            place = row, column
            own = cells[column] if column < len(cells) and place not in plan.cleared else None
            cell = plan.texts.get(place, own)
            _write(out, place, cell, styles.of(cell, red=place in plan.red))
            if row < _MEASURED_ROWS and column not in plan.columns:
                widths.see(column, cell)
    for (row, column), reasons in plan.comments.items():
        out.write_comment(
            row, column, comment_text(reasons), {"x_scale": 2, "y_scale": 1.5, "author": REASON_HEADER}
        )
    widths.set(out, sheet.hidden_columns, plan.columns)
    if plan.red:
        row, column = plan.first
        out.set_tab_color(_TAB)
        out.set_selection(row, column, row, column)
        out.set_top_left_cell(max(row - _ABOVE, 0), 0)


class _Widths:
    """Widths of columns, guessed from what stands in the first rows."""

    def __init__(self) -> None:
        self._widths: dict[int, int] = {}

    def see(self, column: int, cell: Cell) -> None:
        """Take a cell into account."""
        length = max(map(wide_len, cell_text(cell).splitlines()), default=0) + 2
        self._widths[column] = max(self._widths.get(column, _NARROWEST), min(length, _WIDEST))

    def set(self, out: Any, hidden: frozenset[int], reasons: set[int]) -> None:
        """Set them, hidden columns hidden, the columns of reasons wide."""
        for column, width in sorted({**self._widths, **dict.fromkeys(reasons, _REASONS)}.items()):
            away = column in hidden and column not in reasons
            out.set_column(column, column, width, None, {"hidden": True} if away else {})


def _write(out: Any, place: Place, cell: Cell, style: Any) -> None:
    """One cell with its type; what looks like a formula is text."""
    row, column = place
    if cell is None or cell == "":
        code = out.write_blank(row, column, None, style) if style else 0
    elif isinstance(cell, str):
        code = out.write_string(row, column, cell, style)
    elif isinstance(cell, CellError):
        value = cell.text if cell.code == "E_CELL_ERROR" and cell.text.startswith("#") else "#N/A"
        code = out.write_formula(row, column, f"={value}", style, value)
    elif not _typed(cell):
        code = out.write_string(row, column, cell_text(cell), style)
    elif isinstance(cell, bool):
        code = out.write_boolean(row, column, cell, style)
    elif isinstance(cell, int | float):
        code = out.write_number(row, column, cell, style)
    else:
        code = out.write_datetime(row, column, cell, style)
    if code:
        raise UserError(
            "退回文件写不出来",
            f"第{row + 1}行{letters(column)}列：内容超过32,767个字，或者行列超出了表格的范围",
            "请在原来的文件里改短这一格，再导入。",
        )


def _typed(cell: Cell) -> bool:
    """Whether a cell of a workbook can hold the value as it is."""
    if isinstance(cell, int | float):
        return math.isfinite(cell) and abs(cell) < _MOST_EXACT
    if isinstance(cell, datetime.datetime):
        return cell.date() >= _FIRST_DAY
    if isinstance(cell, datetime.date):
        return cell >= _FIRST_DAY
    return not isinstance(cell, datetime.timedelta) or cell >= datetime.timedelta()


def _apart(sheet: Sheet) -> list[Merged]:
    """The merged ranges that a workbook can hold: of several cells, and none over another."""
    kept: list[Merged] = []
    covered: set[Place] = set()
    for area in sheet.merged:
        rows = range(area.top, min(area.bottom + 1, max(len(sheet.rows), area.top + 1)))
        cells = {(row, column) for row in rows for column in range(area.left, area.right + 1)}
        if len(cells) > 1 and covered.isdisjoint(cells):
            covered |= cells
            kept.append(Merged(area.top, area.left, rows[-1], area.right))
    return kept
