"""Columns that count something of which nobody can say what: the rows wait until the user has said it."""

from __future__ import annotations

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.exchange.cells import Cell
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.plan import MergedNumber, Plan
from mingxi_desktop.exchange.recognising.totals import left_out, number_of
from mingxi_desktop.ledger.intake.part import OF_PARTS, shown_any
from mingxi_desktop.ledger.intake.shares import RECTIFIED
from mingxi_desktop.patterns import pattern

_HOUSES = pattern("^(?!.*(?:损失|元|重建|保险|情况))(?=.*房)(?=.*[倒损])")
_SAYS_NUMBER = pattern(r"\s*\d")
_DONE = pattern(
    "^(?!.*(?:期限|时限|天|资金|经费|费用|金额|投入|万元|责任|电话|编号|文号|通知书|照片|张)).*(?:整改|销号|完成|办结)"
)
"""Headers that say how much is put right; 整改期限（天） and 整改投入 do not."""
_MAJOR = "重大"
_SAME = ("event", "area", "record_date", "basis", "stage")


def uncounted(kind: Kind, plan: Plan) -> str:
    """What to say where numbers were found and what they count was not understood; "" if all is clear."""
    if kind.name in ("response_tally", "disaster_loss"):
        return _parts(plan) or (_houses(plan) if kind.name == "disaster_loss" else "")
    if any(column.role is Role.TOTAL for column in plan.layout.columns):
        more = left_out({row.number: plan.sheet.rows[row.number - 1] for row in plan.rows}, plan.layout)
        if more:
            return f"{_names(more)}也算在合计里，但认不出是哪一项，请指定；或请在表里写成认得的名称"
    if plan.layout.column_of(kind.quantity) is None and not plan.layout.groups:
        return _found(kind, plan)
    return _put_right(kind, plan)


def check_levels(kind: Kind, column: Column, cell: Cell | MergedNumber) -> None:
    """ParseError for a count that says of how bad a part of the things is: 2处（其中重大1处）."""
    counts = column.target is not None and column.target.field.name == kind.quantity and not column.facets
    if counts and isinstance(cell, str) and _MAJOR in cell and kind.has("level"):
        message = f"“{cell}”里写了重大的有几处，一行只能记一种隐患等级；请按等级分行填写"
        raise ParseError("E_COMPOUND", message)


def _found(kind: Kind, plan: Plan) -> str:
    """Things are counted as put right and the column that counts them as found was not understood."""
    done = plan.layout.column_of(RECTIFIED)
    if done is None:
        return ""
    cells = [cell for row in plan.rows for column, cell in row.cells if column is done]
    counted = any(not isinstance(cell, MergedNumber) and number_of(cell) is not None for cell in cells)
    numbers = [
        column
        for column in plan.layout.columns
        if _is_open(column) and column.index < done.index and _is_count(plan, column)
    ]
    if not counted or not numbers:
        return ""
    label = kind.field(kind.quantity).label
    return f"没有认出哪一列是{label}（{_names(numbers)}？），请指定后再导入"


def _put_right(kind: Kind, plan: Plan) -> str:
    """Things are counted as found and what says how many are put right was not understood: 整改率, 未整改数."""
    layout = plan.layout
    if not kind.has(RECTIFIED) or layout.column_of(RECTIFIED) or layout.column_of("rectified_date"):
        return ""
    says = [
        column
        for column in layout.columns
        if (_is_open(column) or column.role is Role.COMPUTED)
        and _DONE.search(column.header)
        and _is_count(plan, column, share=True)
    ]
    if not says:
        return ""
    label = kind.field(RECTIFIED).label
    said = f"{_names(says)}和整改有关，但看不出{label}是多少"
    return f"{said}；请在表里加上“{label}”一列，或指定哪一列是它"


def _parts(plan: Plan) -> str:
    """A township's villages have a row each, where a township has one figure."""
    column = next((one for one in plan.layout.columns if _is_open(one) and OF_PARTS.search(one.header)), None)
    if column is None:
        return ""
    found: dict[tuple[str, ...], set[str]] = {}
    for row in plan.rows:
        told = [shown_any(cell) for one, cell in row.cells if one.target and one.target.field.name in _SAME]
        part = next((shown_any(cell) for one, cell in row.others if one is column), "")
        found.setdefault(tuple(told), set()).add(part)
    if not any(len(parts - {""}) > 1 for parts in found.values()):
        return ""
    return f"“{column.header}”一列说明每行只是一个村的数，台账里一个乡镇一次只有一个数；请把每个乡镇合成一行"


def _houses(plan: Plan) -> str:
    """Houses fell or were damaged and the header says neither 户 nor 间."""
    houses = [column for column in plan.layout.columns if _is_open(column) and _HOUSES.search(column.header)]
    filled = {
        id(column) for row in plan.rows for column, cell in row.others if _SAYS_NUMBER.match(shown_any(cell))
    }
    houses = [column for column in houses if id(column) in filled]
    return f"{_names(houses)}看不出是户数还是间数、损坏到什么程度，请指定是哪一项" if houses else ""


def _is_open(column: Column) -> bool:
    """Whether nobody has said yet what the column is for."""
    return column.role is Role.UNKNOWN and not column.left_out


def _is_count(plan: Plan, column: Column, *, share: bool = False) -> bool:
    """Whether the column holds whole numbers (or shares of them) all the way down."""
    cells = [cell for row in plan.rows for other, cell in row.others if other is column]
    return bool(cells) and all(_counts(cell, share) for cell in cells)


def _counts(cell: Cell, share: bool) -> bool:
    number = number_of(cell)
    if share:
        return number is not None or shown_any(cell).strip().endswith("%")
    return number is not None and number == int(number)


def _names(columns: list[Column]) -> str:
    return "、".join(f"“{column.header}”" for column in columns)
