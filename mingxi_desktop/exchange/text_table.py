"""csv and tsv: one sheet of texts."""

from __future__ import annotations

import csv
import io
import re

from mingxi_desktop.exchange.cells import Row, Sheet
from mingxi_desktop.exchange.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from mingxi_desktop.exchange.refusal import RefusedError
from mingxi_desktop.exchange.sniff import decode

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A csv cell that begins with one of these gets an apostrophe when we write it; reading takes it off."""

_SEPARATORS = ",\t;|"
_SAMPLE_LINES = 20
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_text(data: bytes) -> Sheet:
    """The one sheet of a text file.  Raises RefusedError."""
    text = decode(data)
    declared = _DECLARED.match(text)
    if declared:
        text, separator = text[declared.end() :], declared[1]
    else:
        separator = _separator(text)
    return Sheet("", _rows(text, separator))


def protect(text: str) -> str:
    """A text that no spreadsheet program will take for a formula; `unprotect` gives it back."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


def unprotect(text: str) -> str:
    """The text without the apostrophe that `protect` put before it."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS) else text


def _separator(text: str) -> str:
    """The sign that splits the first lines into the most columns alike."""
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    if not lines:
        raise RefusedError("E_EMPTY_FILE")

    def columns(separator: str) -> int:
        counts = sorted(line.count(separator) for line in lines)
        return counts[len(counts) // 2]

    best = max(_SEPARATORS, key=columns)
    if not columns(best) and len(lines) > 1 and not any(line.count(best) for line in lines):
        raise RefusedError("E_NOT_A_TABLE", "文本里没有分成列")
    return best


def _rows(text: str, separator: str) -> list[Row]:
    rows: list[Row] = []
    filled = 0
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL + 1))
    try:
        for texts in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(texts) > MAX_COLUMNS:
                raise RefusedError("E_TOO_MANY_COLUMNS", f"第{len(rows) + 1}行")
            if any(len(cell) > MAX_CELL for cell in texts):
                raise RefusedError("E_CELL_TOO_LONG", f"第{len(rows) + 1}行")
            row: Row = [unprotect(cell) if cell else None for cell in texts]
            filled += any(cell is not None for cell in row)
            if filled > MAX_ROWS:
                raise RefusedError("E_TOO_MANY_ROWS")
            rows.append(row)
    except csv.Error as error:
        raise RefusedError("E_DAMAGED", f"第{len(rows) + 1}行引号不配对") from error
    return rows
