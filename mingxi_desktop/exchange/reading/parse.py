"""From a file's bytes to sheets, within the child process: guard first, then the reader for its format."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from mingxi_desktop.exchange.cells import Merged, Row, Sheet
from mingxi_desktop.exchange.reading.flat_ods import as_package, repacked
from mingxi_desktop.exchange.reading.guard import guard
from mingxi_desktop.exchange.reading.markup import utf8_xml
from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format, sniff

Read = Iterator[tuple[Sheet, Iterable[Row]]]
"""Each sheet without its rows, and these as they are read."""


def parse(data: bytes) -> Read:
    """The sheets of a file of any format.  Raises RefusedError."""
    form = sniff(data)
    if form is Format.FLAT_ODS:
        data, form = as_package(utf8_xml(data)), Format.ZIP
    if form in (Format.ZIP, Format.XLS):
        return _workbook(data, guard(data, form))
    return ((sheet, sheet.rows) for sheet in _whole(data, form))


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
        with _open(data) as workbook:
            for index, entry in enumerate(workbook.sheets_metadata):
                if entry.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    hidden = entry.visible != python_calamine.SheetVisibleEnum.Visible
                    own = _notes_of(entry.name, index, notes)
                    yield _sheet(workbook.get_sheet_by_index(index), entry.name, own, hidden=hidden)
    except python_calamine.PasswordError as error:
        raise RefusedError("E_PASSWORD") from error
    except (python_calamine.CalamineError, OSError, ValueError, ArithmeticError) as error:
        raise RefusedError("E_DAMAGED") from error


def _open(data: bytes) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.CalamineError:
        again = repacked(data)
        if again is None:
            raise
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(again))


def _notes_of(name: str, index: int, notes: list[SheetNotes]) -> SheetNotes:
    """By the place among the sheets and the name, or by name alone where guard and reader do not count alike."""
    if index < len(notes) and notes[index].name == name:
        return notes[index]
    found = [entry for entry in notes if entry.name == name]
    if len(found) != 1:
        raise RefusedError("E_DAMAGED")
    return found[0]


def _sheet(sheet: Any, name: str, notes: SheetNotes, *, hidden: bool) -> tuple[Sheet, Iterable[Row]]:
    merged = [Merged(*start, *end) for start, end in sheet.merged_cell_ranges or ()] or notes.merged
    read = Sheet(
        name,
        [],
        hidden=hidden,
        merged=tuple(merged),
        formulas=notes.formulas,
        hidden_rows=frozenset(notes.hidden_rows),
        hidden_columns=frozenset(notes.hidden_columns),
    )
    return read, notes.lay_over(_rows(sheet))


def _rows(sheet: Any) -> Iterator[Row]:
    """Rows from the top of the sheet, without the empty cells at their ends."""
    if sheet.start is None:
        return
    margin: Row = [None] * sheet.start[1]
    for cells in sheet.iter_rows():  # it gives the empty rows above, not the empty columns to the left
        while cells and cells[-1] == "":
            cells.pop()
        if "" in cells:
            cells = [None if cell == "" else cell for cell in cells]
        yield margin + cells if margin and cells else cells
