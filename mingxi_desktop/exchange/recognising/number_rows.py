"""Rows that number the columns of a form: 甲 乙 1 2 3, or 栏次 (1) (2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingxi_desktop.domain.names import fold_width
from mingxi_desktop.exchange.cells import Cell, CellError, cell_text, is_empty

_SPACE = re.compile(r"\s+")
_NAMED = ("栏次", "栏号", "列号", "行次", "代码", "项次", "序号")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MARKS = "()（）[]【】"
_FEWEST = 3
_DIGITS = 3


def plain(cell: Cell) -> str:
    """A cell's text for comparing: half width, no blanks."""
    text = cell_text(cell)
    return text if text.isascii() and text.isalnum() else _SPACE.sub("", fold_width(text))


def is_number_row(row: Sequence[Cell]) -> bool:
    """Whether the row numbers the columns from 1 on, the words before the numbers by 甲 乙 丙."""
    filled = [cell for cell in row if not is_empty(cell)]
    if len(filled) < _FEWEST or isinstance(filled[-1], CellError):
        return False
    if not plain(filled[-1]).strip(_MARKS).removesuffix(".0").isdecimal():
        return False
    numbers: list[int] = []
    stems = ""
    named = isinstance(filled[0], str) and plain(filled[0]) in _NAMED
    for cell in filled[1:] if named else filled:
        text = "" if isinstance(cell, CellError) else plain(cell).strip(_MARKS)
        if text and text in _STEMS:
            stems += text
        elif text.isdecimal() and len(text) <= _DIGITS:
            numbers.append(int(text))
        else:
            return False
    return (
        len(numbers) >= _FEWEST - bool(stems or named)
        and numbers == _run(numbers)
        and stems == _STEMS[: len(stems)]
    )


def _run(numbers: Sequence[int]) -> list[int]:
    return list(range(1, len(numbers) + 1))
