"""From a file's bytes to sheets, within the child process: guard first, then the reader for its format."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mingxi_desktop.exchange.cells import Merged, Row, Sheet
from mingxi_desktop.exchange.reading.flat_ods import as_package, repacked
from mingxi_desktop.exchange.reading.guard import guard
from mingxi_desktop.exchange.reading.markup import utf8_xml
from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format, sniff

if TYPE_CHECKING:
    from mingxi_desktop.exchange.reading.grid import Grid

Read = Iterator[tuple[Sheet, Iterable[Row], "Grid | None"]]
"""Each sheet without its rows, and these as they are read; in place of them the grid that they are in, if any."""


def parse(data: bytes) -> Read:
    """The sheets of a file of any format.  Raises RefusedError."""
    form = sniff(data)
    if form is Format.FLAT_ODS:
        data, form = as_package(utf8_xml(data)), Format.ZIP
    if form in (Format.ZIP, Format.XLS):
        return _workbook(data, guard(data, form))
    return ((sheet, sheet.rows, None) for sheet in _whole(data, form))


def _whole(data: bytes, form: Format) -> Iterable[Sheet]:
    """The sheets of a file that is no workbook.  Each reader is loaded when it is needed: a child reads few files."""
    if form is Format.XML_2003:
        from mingxi_desktop.exchange.reading.xml_2003 import read_xml_2003

        return read_xml_2003(data)
    if form is Format.MHTML:
        from mingxi_desktop.exchange.reading.mhtml import read_mhtml

        return read_mhtml(data)
    if form is Format.HTML:
        from mingxi_desktop.exchange.reading.html_table import read_html

        return [read_html(data)]
    from mingxi_desktop.exchange.reading.text_table import read_text

    return [read_text(data)]


def _workbook(data: bytes, notes: list[SheetNotes]) -> Read:
    """The workbook as calamine reads it, with the guard's notes laid over."""
    import python_calamine

    try:
        with _open(data, notes) as workbook:
            for index, entry in _worksheets(workbook):
                own = _notes_of(entry.name, index, notes)
                hidden = entry.visible != python_calamine.SheetVisibleEnum.Visible
                if own.grid is not None:
                    yield _sheet(entry.name, own, own.grid.merged, hidden=hidden), (), own.grid
                else:
                    sheet = workbook.get_sheet_by_index(index)
                    read = _sheet(entry.name, own, sheet.merged_cell_ranges, hidden=hidden)
                    yield read, own.lay_over(_rows(sheet)), None
    except python_calamine.PasswordError as error:
        raise RefusedError("E_PASSWORD") from error
    except (python_calamine.CalamineError, OSError, ValueError, ArithmeticError) as error:
        raise RefusedError("E_DAMAGED") from error


def _worksheets(workbook: Any) -> Iterator[tuple[int, Any]]:
    """The sheets that are tables: the place of each among all sheets, and what is said of it."""
    import python_calamine

    for index, entry in enumerate(workbook.sheets_metadata):
        if entry.typ == python_calamine.SheetTypeEnum.WorkSheet:
            yield index, entry


def _open(data: bytes, notes: list[SheetNotes]) -> Any:
    """The workbook; where the guard took grids, with their cells in place of them and these taken, or without grids."""
    import python_calamine

    if any(own.grid for own in notes):
        try:
            return _with_cells(data, notes)
        except (
            python_calamine.CalamineError,
            OSError,
            ValueError,
            ArithmeticError,
            MemoryError,
            RefusedError,
        ):
            for own in notes:
                own.grid = None
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.CalamineError:
        again = repacked(data)
        if again is None:
            raise
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(again))


def _with_cells(data: bytes, notes: list[SheetNotes]) -> Any:
    """The workbook with the cells of grids in place of them, which they have been given.  Raises ValueError."""
    import python_calamine

    from mingxi_desktop.exchange.reading.grid_cells import book_of_cells, take_cells

    book = book_of_cells(data, [own.grid for own in notes if own.grid is not None])
    workbook = python_calamine.CalamineWorkbook.from_filelike(book)
    for index, entry in _worksheets(workbook):
        own = _notes_of(entry.name, index, notes)
        if own.grid is not None:
            take_cells(own.grid, workbook.get_sheet_by_index(index))
    return workbook


def _notes_of(name: str, index: int, notes: list[SheetNotes]) -> SheetNotes:
    """By the place among the sheets and the name, or by name alone where guard and reader do not count alike."""
    if index < len(notes) and notes[index].name == name:
        return notes[index]
    found = [entry for entry in notes if entry.name == name]
    if len(found) != 1:
        raise RefusedError("E_DAMAGED")
    return found[0]


def _sheet(name: str, notes: SheetNotes, merged: Iterable[Any] | None, *, hidden: bool) -> Sheet:
    return Sheet(
        name,
        [],
        hidden=hidden,
        merged=tuple([Merged(*start, *end) for start, end in merged or ()] or notes.merged),
        formulas=notes.formulas,
        hidden_rows=frozenset(notes.hidden_rows),
        hidden_columns=frozenset(notes.hidden_columns),
    )


def _rows(sheet: Any) -> Iterator[Row]:
    """Rows from the top of the sheet, without the empty cells at their ends.  Raises RefusedError."""
    if sheet.start is None:
        return
    margin: Row = [None] * sheet.start[1]
    try:
        for cells in sheet.iter_rows():  # it gives the empty rows above, not the empty columns to the left
            while cells and cells[-1] == "":
                cells.pop()
            if "" in cells:
                cells = [None if cell == "" else cell for cell in cells]
            yield margin + cells if margin and cells else cells
    except ArithmeticError as error:  # a length of time that no clock has
        raise RefusedError("E_DAMAGED") from error
