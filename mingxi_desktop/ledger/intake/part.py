"""What a row says, column by column, and the words in which it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mingxi_desktop.domain.fields import NUMERIC, FieldType, Kind
from mingxi_desktop.exchange.cells import Cell, letters, shown
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.plan import MergedNumber, PlanRow
from mingxi_desktop.ledger.intake.result import Rejected
from mingxi_desktop.patterns import pattern

_MONTH = pattern(r"0?[1-9]|1[0-2]")
VENUE = "venue"
"""The field that says where in a township something was held."""
OF_PARTS = pattern("村|社区|居委|居民|网格|片区")
"""Headers of columns that name parts of a township."""


@dataclass(slots=True)
class Part:
    """What the columns of the same facets say in one row.

    line: values of the inline child table, and the unit of its number.  lines, outputs: rows of child tables
    that stand in one cell each.  done: whether everything found is put right, where the row says just that.
    doc_no: of the notice that started a response.  remarks: what has no field.  filled, zero: names of
    numbers that are not 0, and that are.  strokes: by target what is wrong with a cell that has a sign for
    nothing (/, 无) where something is needed.
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
    strokes: dict[str, Rejected] = field(default_factory=dict)


def label_of(row: PlanRow) -> str:
    """Of what part of its township a total is, where each village has a row of its own: 村（居）：盖洋村.

    It stands before the numbers in a column that is of no field; where another column says whose the row is,
    only villages and the like are parts.
    """
    fields = [(column.index, column.target.field) for column in row.columns if column.target]
    whose = any(item.name in ("area", "reporter") for _, item in fields)
    first = min((place for place, item in fields if item.type in NUMERIC), default=0)
    return next(
        (
            f"{column.header}：{shown(cell)}"
            for column, cell in row.others
            if column.role is Role.UNKNOWN and column.index < first and isinstance(cell, str)
            and (not whose or OF_PARTS.search(column.header))
        ),
        "",
    )  # fmt: skip


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


def month_of(column: Column, cell: Cell | MergedNumber) -> Cell | MergedNumber:
    """The number of a month as one: 6 under 月份."""
    if "月" not in column.header or not column.target or column.target.field.type is not FieldType.DATE:
        return cell
    text = shown_any(cell).strip()
    return f"{text}月" if _MONTH.fullmatch(text) else cell
