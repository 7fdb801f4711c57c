"""A copy of the user's own file to send back: wrong cells red, the reason as comment and in a last column."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.exchange.cells import Sheet, cell_text
from mingxi_desktop.exchange.child import ReadingProcess
from mingxi_desktop.exchange.files import finished
from mingxi_desktop.exchange.read import read_sheets
from mingxi_desktop.exchange.sniff import Format, sniff
from mingxi_desktop.exchange.write import checked, new_book
from mingxi_desktop.paths import safe_name

REASON_HEADER = "退回原因"
_RED, _PALE = "FFFFC7CE", "#FFC7CE"
_OWN_FORMAT_UP_TO = 5_000_000
"""Larger files are written anew: keeping every style would take too much time and memory."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A wrong cell: 1-based row, 0-based column (-1: the row as a whole)."""

    sheet: str
    row: int
    column: int
    reason: str


def write_marked(path: Path, marks: Sequence[Mark], folder: Path) -> Path:
    """Write the marked copy into the folder; its path.  xlsx and xlsm keep their looks, others become xlsx.

    UserError when it cannot be written.
    """
    try:
        data = path.read_bytes()
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = f"{error.filename}：{disk_reason(error)}"
        raise UserError(
            "退回文件写不出来", detail, "检查原来的文件还在不在、文件夹能不能写，再试。"
        ) from error
    own = sniff(data) is Format.ZIP and b"xl/workbook.xml" in data and len(data) <= _OWN_FORMAT_UP_TO
    suffix = path.suffix.lower() if own and path.suffix.lower() in (".xlsx", ".xlsm") else ".xlsx"
    target = folder / safe_name(f"{path.stem}_退回{suffix}")
    with finished(target) as part:
        if not (own and _mark_own(data, marks, part, macros=suffix == ".xlsm")):
            _write_anew(data, marks, part)
    return target


def _by_sheet(marks: Iterable[Mark], name: str) -> list[Mark]:
    return [mark for mark in marks if mark.sheet == name]


def _reasons(marks: Sequence[Mark]) -> dict[int, str]:
    """Row → its reasons, numbered when there are several."""
    rows: dict[int, list[str]] = {}
    for mark in marks:
        rows.setdefault(mark.row, []).append(mark.reason)
    return {
        row: found[0] if len(found) == 1 else "\n".join(f"{n}. {text}" for n, text in enumerate(found, 1))
        for row, found in rows.items()
    }


def _mark_own(data: bytes, marks: Sequence[Mark], part: Path, *, macros: bool) -> bool:
    """Mark a copy that keeps its looks; False when openpyxl cannot open what calamine could."""
    import openpyxl
    from openpyxl.styles import Font, PatternFill

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # what it says of extensions it drops helps nobody
            book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=macros)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError):
        return False  # style sheets of other producers often break it
    red = PatternFill("solid", start_color=_RED, end_color=_RED)
    for sheet in book.worksheets:
        own = _by_sheet(marks, sheet.title)
        if not own:
            continue
        last = sheet.max_column + 1
        for mark in own:
            if mark.column >= 0:
                _mark_cell(sheet, mark, red)
        head = sheet.cell(max(min(mark.row for mark in own) - 1, 1), last, REASON_HEADER)
        head.font = Font(bold=True)
        for row, reason in _reasons(own).items():
            cell = sheet.cell(row, last, reason)
            cell.data_type = "s"
            cell.fill = red
        sheet.column_dimensions[head.column_letter].width = 60
    made = io.BytesIO()  # as in `new_book`
    book.save(made)
    book.close()
    part.write_bytes(made.getbuffer())
    return True


def _mark_cell(sheet: Any, mark: Mark, red: Any) -> None:
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment

    cell = sheet.cell(mark.row, mark.column + 1)
    if isinstance(cell, MergedCell):
        return
    cell.fill = red
    cell.comment = Comment(mark.reason, REASON_HEADER, width=320, height=120)


def _write_anew(data: bytes, marks: Sequence[Mark], part: Path) -> None:
    """The file's cells as texts in a new xlsx."""
    with ReadingProcess() as process:
        sheets = read_sheets(data, process)
    with new_book(part) as book:
        red = book.add_format({"bg_color": _PALE, "text_wrap": True, "valign": "top"})
        for number, sheet in enumerate(sheets, 1):
            own = _by_sheet(marks, sheet.name)
            if own:
                _write_sheet(book.add_worksheet(sheet.name or f"Sheet{number}"), sheet, own, red)


def _write_sheet(out: Any, sheet: Sheet, marks: Sequence[Mark], red: Any) -> None:
    wrong = {(mark.row - 1, mark.column): mark.reason for mark in marks}
    last = max(map(len, sheet.rows), default=0)
    for row, cells in enumerate(sheet.rows):
        for column in range(last):
            text = cell_text(cells[column]) if column < len(cells) else ""
            style = red if (row, column) in wrong else None
            if text or style:
                checked(out.write_string(row, column, text, style), f"第{row + 1}行")
    for (row, column), reason in wrong.items():
        if column >= 0:
            out.write_comment(row, column, reason, {"x_scale": 2})
    checked(out.write_string(max(min(mark.row for mark in marks) - 2, 0), last, REASON_HEADER), REASON_HEADER)
    for row, reason in _reasons(marks).items():
        checked(out.write_string(row - 1, last, reason, red), REASON_HEADER)
    out.set_column(last, last, 60)
