"""What a row says, column by column, and the words in which it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.exchange.cells import Cell, letters, shown
from mingxi_desktop.exchange.recognising.layout import Column
from mingxi_desktop.exchange.recognising.plan import MergedNumber


@dataclass(slots=True)
class Part:
    """What the columns of the same facets say in one row.

    line: values of the inline child table, and the unit of its number.  lines, outputs: rows of child tables
    that stand in one cell each.  done: whether everything found is put right, where the row says just that.
    doc_no: of the notice that started a response.  remarks: what has no field.  filled, zero: names of
    numbers that are not 0, and that are.
    """

    values: dict[str, Any] = field(default_factory=dict)
    line: dict[str, Any] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    outputs: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    steps: list[tuple[str, str, Any]] = field(default_factory=list)
    unit: str = ""
    done: bool | None = None
    doc_no: str = ""
    remarks: list[str] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)
    zero: set[str] = field(default_factory=set)


def place_of(column: Column, number: int) -> str:
    """A cell in messages: 第3行“发现数”（G3）."""
    return f"第{number}行“{column.header}”（{letters(column.index)}{number}）"


def shown_any(cell: Cell | MergedNumber) -> str:
    """A cell, or the text of a merged one, for messages."""
    return cell.text if isinstance(cell, MergedNumber) else shown(cell)


_CODES = (
    ("序号", "W_DATE_GUESSED"),
    ("两位", "W_DATE_GUESSED"),
    ("没有写明日", "W_MONTH_AS_LAST_DAY"),
    ("没有年份", "W_YEAR_ASSUMED"),
    ("没有写年", "W_YEAR_ASSUMED"),
    ("没有时刻", "W_TIME_ASSUMED"),
    ("15亩", "W_UNIT_CONVERTED"),
    ("按0", "W_BLANK_AS_ZERO"),
)


def code_of(assumed: str) -> str:
    """What kind of assumption a sentence speaks of, for programs."""
    return next((code for sign, code in _CODES if sign in assumed), "W_ASSUMED")


def approximate(kind: Kind, values: dict[str, Any], approx: str) -> None:
    """Mark a record of approximate numbers, where the ledger keeps that."""
    if approx and kind.has("approx") and values.get("approx") in (None, "准确"):
        values["approx"] = approx
