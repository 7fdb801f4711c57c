"""A block of cells from the clipboard of a spreadsheet program: its texts, and which cells they are meant for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import Sheet, cell_text
from mingxi_desktop.exchange.reading.html_table import read_html
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.text_table import read_text
from mingxi_desktop.ledger.cells import Texts, changeable

_ONLY_TABS = "sep=\t\n"
"""A text of one cell may hold commas: nothing but tabs parts the cells of a clipboard."""

Block = list[list[str]]
"""Rows of texts, all of the same length; "" for an empty cell."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block over cells.  notes: what of it goes nowhere, in sentences."""

    texts: Texts
    notes: tuple[str, ...]


def read_block(data: bytes, *, html: bool) -> Block:
    """The cells of a block.  html: a web page with a table, else text with tabs.  UserError if it is none."""
    try:
        sheet = read_html(data) if html else read_text(_ONLY_TABS.encode() + data)
    except RefusedError as error:
        raise UserError(
            "剪贴板里的内容读不成表格", error.detail, "在 Excel 或 WPS 里重新选中一片单元格，再复制一次。"
        ) from error
    return _squared(sheet)


def placed(
    block: Block, kind: Kind, ids: Sequence[int], fields: Sequence[Field], size: tuple[int, int]
) -> Placed:
    """Lay a block over the table, as a spreadsheet program does.

    ids, fields: records and columns from the upper left cell on.  size: rows and columns that are selected;
    where the block fits into them several times over, it is repeated.
    """
    notes = []
    width = len(block[0]) if block else 0
    if len(block) > 1 and block[0] == [field.label for field in fields[:width]]:
        block = block[1:]
        notes.append("第一行是表头，没有粘贴")
    rows, columns = _repeats(len(block), size[0]), _repeats(width, size[1])
    if rows > len(ids):
        notes.append(f"下面的 {rows - len(ids):,} 行没有对应的记录，没有粘贴；新记录请按 Ctrl+V 导入")
    if columns > len(fields):
        notes.append(f"右边的 {columns - len(fields):,} 列超出表格，没有粘贴")
    over = fields[:columns]
    fixed = [field.label for field in over if not changeable(kind, field)]
    if fixed:
        notes.append(f"{'、'.join(fixed)}由程序算出，没有粘贴")
    texts = {
        number: {
            field.name: block[row % len(block)][column % width]
            for column, field in enumerate(over)
            if changeable(kind, field)
        }
        for row, number in enumerate(ids[:rows])
    }
    return Placed(texts, tuple(notes))


def _repeats(length: int, selected: int) -> int:
    """How many rows (or columns) a block takes where so many are selected."""
    return selected if length and selected % length == 0 else length


def _squared(sheet: Sheet) -> Block:
    """Rows of one length; what is hidden on the sheet is no part of it."""
    columns = [
        column
        for column in range(max((len(row) for row in sheet.rows), default=0))
        if column not in sheet.hidden_columns
    ]
    rows = [
        [cell_text(row[column]) if column < len(row) else "" for column in columns]
        for number, row in enumerate(sheet.rows)
        if number not in sheet.hidden_rows
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
