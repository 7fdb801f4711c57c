"""From a file's bytes to sheets: format by content, guard, child process, and the guard's notes laid over."""

from __future__ import annotations

from mingxi_desktop.exchange import limits
from mingxi_desktop.exchange.cells import CellError, Sheet
from mingxi_desktop.exchange.child import ReadingProcess
from mingxi_desktop.exchange.guard import SheetNotes, guard
from mingxi_desktop.exchange.refusal import RefusedError
from mingxi_desktop.exchange.sniff import Format, sniff
from mingxi_desktop.exchange.text_table import read_text


def read_sheets(data: bytes, process: ReadingProcess) -> list[Sheet]:
    """All sheets of a spreadsheet file, hidden ones marked.  Raises RefusedError.

    Text files are read here, everything else by the child process.
    """
    form = sniff(data)
    if form is Format.TEXT:
        return [read_text(data)]
    notes = guard(data) if form is Format.ZIP else {}
    sheets = process.read(data)
    if len(sheets) > limits.MAX_SHEETS:
        raise RefusedError("E_TOO_MANY_SHEETS")
    for sheet in sheets:
        _check_size(sheet)
        if sheet.name in notes:
            _lay_over(sheet, notes[sheet.name])
    return sheets


def _check_size(sheet: Sheet) -> None:
    """The limits again, for formats that the guard does not look into."""
    if len(sheet.rows) > limits.MAX_ROWS and sum(map(bool, sheet.rows)) > limits.MAX_ROWS:
        raise RefusedError("E_TOO_MANY_ROWS", f"工作表“{sheet.name}”")
    if any(len(row) > limits.MAX_COLUMNS for row in sheet.rows):
        raise RefusedError("E_TOO_MANY_COLUMNS", f"工作表“{sheet.name}”")


def _lay_over(sheet: Sheet, notes: SheetNotes) -> None:
    """Put what calamine hides into the sheet."""
    for (row, column), text in notes.errors.items():
        sheet.put(row, column, CellError(text))
    for row, column in notes.unvalued:
        sheet.put(row, column, CellError("=", "E_FORMULA_NO_VALUE"))
    sheet.formulas = notes.formulas
    sheet.hidden_rows = frozenset(notes.hidden_rows)
    sheet.hidden_columns = frozenset(notes.hidden_columns)
