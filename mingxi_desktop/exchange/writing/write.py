"""Workbooks and csv files out: tables that are ready to print, and that an import takes back."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import partial
from itertools import chain, groupby, repeat
from operator import itemgetter
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from mingxi_desktop.exchange.formula_signs import FORMULA_SIGNS, protect
from mingxi_desktop.exchange.writing.files import finished
from mingxi_desktop.exchange.writing.grid import (
    LINE,
    WIDEST,
    CellType,
    Grid,
    GridColumn,
    as_it_is,
    sheet_name,
    unfit,
)
from mingxi_desktop.exchange.writing.made_once import made_of
from mingxi_desktop.texts import wide_len

FONT = "宋体"
BOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What stands in a record is text, whatever it looks like."""

_NUMBER_FORMATS = {
    CellType.INT: "#,##0",
    CellType.DECIMAL: "General",
    CellType.MONEY: "#,##0.00",
    CellType.DATE: "yyyy-mm-dd",
    CellType.DATETIME: "yyyy-mm-dd hh:mm",
}
_ALIGNED = {CellType.DATE: {"align": "center"}, CellType.DATETIME: {"align": "center"}}
_LOOKED_AT = frozenset({"'", *FORMULA_SIGNS})
"""What texts begin with that `protect` may change."""
_FIRST = itemgetter(slice(1))
_Cells = Callable[[Sequence[Any]], Iterable[str]]
"""Makes the cells of a column from what stands in some rows."""
_A4 = 9
_IN_MEMORY = 32_000_000
"""Bytes of a workbook; that of a hundred thousand hazards has 15 MB."""


def _nothing() -> None:
    """Nobody objects."""


def write_workbook(
    path: Path, grids: Sequence[Grid], before_name: Callable[[], object] = _nothing
) -> list[int]:
    """Write sheets with title, header, typed cells and print settings; number of rows of each.

    before_name: asked once all is written; what it raises leaves no file.  UserError when the file cannot be written.
    """
    from mingxi_desktop.exchange.writing.rows import RowSheet

    with finished(path) as part:
        with new_book(part, constant_memory=True) as book:
            formats = _formats(book)
            said = "；".join(dict.fromkeys(grid.note for grid in grids if grid.note))
            if said:
                book.set_properties({"title": grids[0].title, "comments": said})
            counts = [
                _write_grid(book.add_worksheet(sheet_name(grid.name), RowSheet), grid, formats)
                for grid in grids
            ]
        before_name()
        return counts


@contextmanager
def new_book(part: Path, **options: Any) -> Iterator[Any]:
    """An XlsxWriter workbook, written to `part` at the end.  OSError when the disk refuses it.

    It is put together in memory: a zip file that a full disk cuts off complains once more when it is forgotten.  What
    is too much for that lies with XlsxWriter's own temporary files.
    """
    import xlsxwriter

    # Not closed where closing the book fails: its zip file would complain of that, too.
    made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    book = xlsxwriter.Workbook(made, {**BOOK_OPTIONS, **options})
    try:
        yield book
    except BaseException:
        _drop(book)
        made.close()
        raise
    book.close()
    with made, part.open("wb") as file:
        made.seek(0)
        copyfileobj(made, file)


def _drop(book: Any) -> None:
    """Let go of a book that is not wanted any more; XlsxWriter would put it together first."""
    book.fileclosed = True
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None:
            with suppress(OSError):  # what a full disk could not take is no loss
                sheet.row_data_fh.close()
            Path(sheet.row_data_filename).unlink(missing_ok=True)


def write_csv(path: Path, grid: Grid, before_name: Callable[[], object] = _nothing) -> int:
    """Write one table as csv (UTF-8 with mark, so that Excel reads it); number of rows.  before_name: as above."""
    made, count = [_csv_cells(column) for column in grid.columns], 0
    with finished(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(_csv_line(_quoted(column.header) for column in grid.columns))
        for block in grid.blocks():
            file.write(_csv_rows(made, block))
            count += len(block[0])
        if grid.note:
            file.write(_csv_line([_quoted(grid.note)]))
        before_name()
    return count


def _csv_rows(made: Sequence[_Cells], block: Sequence[Sequence[Any]]) -> str:
    """The lines of some rows.  made: for each column what makes its cells.

    Columns that hold one thing in all these rows, as most do that are seldom filled, are one piece with their
    neighbours of that sort: what is put together is half as much then.
    """
    number = len(block[0])
    pieces: list[Iterable[str]] = []
    columns = zip(made, block, strict=True)
    for alike, some in groupby(columns, lambda column: column[1].count(column[1][0]) == number):
        if alike:
            texts = chain.from_iterable(cells_of(held[:1]) for cells_of, held in some)
            pieces.append(repeat(",".join(texts), number))
        else:
            pieces += [cells_of(held) for cells_of, held in some]
    return "\r\n".join(map(",".join, zip(*pieces, strict=True))) + "\r\n"


def _csv_line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\r\n"


def _csv_cells(column: GridColumn) -> _Cells:
    """What makes the cells of a column from what stands in some rows, as `_csv_cell` does one by one."""
    one = partial(_csv_cell, column)
    if column.cell is not as_it_is or not (column.distinct or column.type is CellType.LONG):
        return partial(map, made_of(one, distinct=column.distinct))

    def cells(held: Sequence[Any]) -> Iterable[str]:
        types = set(map(type, held))
        if types == {int}:
            return map(str, held)
        if types <= {str, type(None)}:
            texts = held if types == {str} else [text or "" for text in held]
            if _LOOKED_AT.isdisjoint(map(_FIRST, texts)) and not _needs_quotes("".join(texts)):
                return texts
        return map(one, held)

    return cells


def _csv_cell(column: GridColumn, held: Any) -> str:
    """The cell for what stands in a row as it is written: whole numbers and dates as they are, nothing for None."""
    value = column.cell(held)
    if isinstance(value, str):
        return _quoted(protect(value) if value[:1] in _LOOKED_AT else value)
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _needs_quotes(text) else text


def _needs_quotes(text: str) -> bool:
    """Asked sign by sign: in a long text Python finds one sign much faster than a pattern one of several."""
    return "," in text or '"' in text or "\n" in text or "\r" in text


def base_format(**more: Any) -> dict[str, Any]:
    """XlsxWriter's properties by name that all our cells share; `more` goes before them."""
    return {"font_name": FONT, "font_size": 11, "border": 1, "valign": "vcenter", **more}


def header_format(**more: Any) -> dict[str, Any]:
    """XlsxWriter's properties by name of header cells."""
    return base_format(bold=True, align="center", text_wrap=True, bg_color="#E7EDF3", **more)


def title_format() -> dict[str, Any]:
    """XlsxWriter's properties by name of the title over a table."""
    return {"font_name": FONT, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}


def checked(code: int | None, where: str) -> None:
    """Refuse what XlsxWriter silently leaves out: texts that are too long, cells out of range."""
    if code:
        raise unfit(where)


def _formats(book: Any) -> dict[str, Any]:
    formats: dict[str, Any] = {
        name: book.add_format(
            base_format(num_format=form, **_ALIGNED.get(name, {"align": "right", "indent": 1}))
        )
        for name, form in _NUMBER_FORMATS.items()
    }
    formats[CellType.TEXT] = book.add_format(base_format(num_format="@"))
    formats[CellType.LONG] = book.add_format(base_format(num_format="@", text_wrap=True))
    formats["note"] = book.add_format({"font_name": FONT, "font_size": 11, "bold": True})
    formats["title"] = book.add_format(title_format())
    formats["header"] = book.add_format(header_format())
    return formats


def _write_grid(sheet: Any, grid: Grid, formats: dict[str, Any]) -> int:
    from mingxi_desktop.exchange.writing.rows import Column

    columns = grid.columns
    shown = [index for index, column in enumerate(columns) if not column.hidden and not column.optional]
    sheet.set_row(0, 30)
    checked(sheet.write_string(0, 0, grid.title, formats["title"]), "标题")
    if len(shown) > 1:
        checked(sheet.merge_range(0, 0, 0, shown[-1], grid.title, formats["title"]), "标题")
    sheet.set_row(1, 2 * LINE)
    for index, column in enumerate(columns):
        checked(sheet.write_string(1, index, column.header, formats["header"]), "表头")
    widths = [max(column.width, min(wide_len(column.header) + 2, 16)) for column in columns]
    made = [Column(sheet, index, columns, formats) for index in range(len(columns))]
    count = 0
    for block in grid.blocks():
        if count == 0:
            parts = zip(columns, block, strict=True)
            needs = [max(_needed(column.cell(held)) for held in part) for column, part in parts]
            widths = [max(width, need) for width, need in zip(widths, needs, strict=True)]
        sheet.put_rows(count + 2, made, block)
        count += len(block[0])
    if grid.note:
        checked(sheet.write_string(count + 2, 0, grid.note, formats["note"]), "表下的说明")
    sheet.outline_settings(symbols_right=False)
    for index, column in enumerate(columns):
        folded = column.optional and made[index].interesting
        options = {"hidden": column.hidden or column.optional, "level": int(folded)}
        sheet.set_column(index, index, widths[index], None, options)
    _for_print(sheet, count, len(columns))
    return count


def _needed(value: Any) -> int:
    """Characters of width a cell needs, up to the widest column; long texts are wrapped instead."""
    if isinstance(value, str):
        return min(max((wide_len(line) for line in value.splitlines()), default=0) + 1, WIDEST)
    return (
        0 if value is None else min(len(f"{value:,}") + 2, WIDEST) if isinstance(value, int | Decimal) else 0
    )


def _for_print(sheet: Any, rows: int, columns: int) -> None:
    """Frozen header, filter; landscape, one page wide, header on every page, page x of y."""
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(rows + 1, 1), columns - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
