"""What a workbook of ours looks like before it is written: sheets of typed columns, no spreadsheet library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.errors import UserError

BLOCK = 300
"""So many rows are made and written at once; the first of them are measured."""
LINE = 15.0
"""Height of a line of text, pt."""
WIDEST = 30
"""Longer texts are wrapped; in characters, wide ones count 2."""
_SHEET_SIGNS = re.compile(r"[\[\]:*?/\\']")
_SHEET_LENGTH = 31


class CellType(StrEnum):
    """How a column's cells are written and shown."""

    TEXT = "text"
    LONG = "long"
    INT = "int"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"


_TYPES = {
    FieldType.INT: CellType.INT,
    FieldType.DECIMAL: CellType.DECIMAL,
    FieldType.MONEY: CellType.MONEY,
    FieldType.DATE: CellType.DATE,
    FieldType.DATETIME: CellType.DATETIME,
}


def as_it_is(value: Any) -> Any:
    """What rows hold where they hold the cells themselves."""
    return value


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column.  width: in characters, wide ones count 2.

    optional: more than fits on paper: folded away behind the + over the table, and hidden for good when all
    its cells are plain.  Optional columns stand after the others.

    plain: texts (as shown) that say nothing worth printing: "" and the field's default.
    hidden: never shown.
    cell: what stands in the rows → the cell: str, int, Decimal (元 for MONEY), date, datetime, None.  Asked once
    for what stands in many; what is equal gives the same cell.  distinct: hardly any rows have the same.
    """

    header: str
    type: CellType = CellType.TEXT
    width: int = 12
    optional: bool = False
    hidden: bool = False
    plain: tuple[Any, ...] = (None, "")
    cell: Callable[[Any], Any] = as_it_is
    distinct: bool = False


@dataclass(slots=True)
class Grid:
    """One sheet.  rows: for each column what its `cell` takes.

    note: a sentence under the table, which an import does not take for a record.
    """

    name: str
    title: str
    columns: Sequence[GridColumn]
    rows: Iterable[Sequence[Any]] = field(default_factory=list)
    note: str = ""

    def blocks(self) -> Iterator[Sequence[Sequence[Any]]]:
        """The rows, at most `BLOCK` at a time, column by column."""
        if isinstance(self.rows, Abreast):
            yield from self.rows.blocks()
            return
        rows = iter(self.rows)
        while block := tuple(islice(rows, BLOCK)):
            yield tuple(zip(*block, strict=True))


class Abreast:
    """Rows that come column by column, many at a time, as they are read fastest."""

    def __init__(self, parts: Iterable[Sequence[Sequence[Any]]]) -> None:
        """parts: for some rows, what stands in each column; none is empty."""
        self._parts = parts

    def __iter__(self) -> Iterator[Sequence[Any]]:
        return chain.from_iterable(zip(*part, strict=True) for part in self._parts)

    def blocks(self) -> Iterator[Sequence[Sequence[Any]]]:
        """The rows, at most `BLOCK` at a time, column by column."""
        for part in self._parts:
            for first in range(0, len(part[0]), BLOCK):
                yield [column[first : first + BLOCK] for column in part]


def header_of(item: Field, label: str = "", *, mark_required: bool = False) -> str:
    """Header of a field: label and unit, * before what must be filled."""
    unit = f"（{item.unit}）" if item.unit else ""
    star = "*" if mark_required and item.required and item.default is None and not item.auto else ""
    return f"{star}{label or item.label}{unit}"


def column_of(item: Field, label: str = "") -> GridColumn:
    """How a field is exported: header, type and width of its column.  label: a header in place of its own."""
    kind = _TYPES.get(item.type, CellType.LONG if item.long else CellType.TEXT)
    plain = (None, "") if item.default is None else (None, "", _shown_default(item))
    return GridColumn(header_of(item, label), kind, item.width, optional=not item.column, plain=plain)


def _shown_default(item: Field) -> Any:
    if item.type is FieldType.BOOL:
        return "是" if item.default else "否"
    return item.default


def unfit(where: str) -> UserError:
    """What does not fit into a sheet: XlsxWriter would leave it out without a word."""
    detail = f"{where}：内容超过32,767个字，或者行列超出了表格的范围"
    return UserError("有一格写不进表格", detail, "改短这条记录的内容再导出。")


def sheet_name(text: str) -> str:
    """A name that every spreadsheet program accepts for a sheet."""
    return _SHEET_SIGNS.sub("_", text)[:_SHEET_LENGTH] or "Sheet1"


def unused_sheet_name(text: str, taken: set[str]) -> str:
    """The same, told apart from the names taken so far; it is added to them."""
    name = base = sheet_name(text)
    count = 2
    while name.casefold() in taken:
        ending = f"_{count}"
        name = base[: _SHEET_LENGTH - len(ending)] + ending
        count += 1
    taken.add(name.casefold())
    return name
