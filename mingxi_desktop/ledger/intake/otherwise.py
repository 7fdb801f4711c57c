"""Cells that are no value of their field and still mean something."""

from __future__ import annotations

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse import ParseError, parse_bool
from mingxi_desktop.domain.parse.result import squeeze
from mingxi_desktop.exchange.cells import Cell
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.plan import MergedNumber, PlanRow
from mingxi_desktop.ledger.intake.part import Part, place_of, shown_any
from mingxi_desktop.ledger.intake.row_reading import RowReading
from mingxi_desktop.patterns import pattern

_AT_ONCE = pattern(
    r"(?:已|均|都)*(?:当场|现场|即时|当天|当日|即查即改|边查边改)(?:已)?(?:整改|完成|改正|销号)*(?:到位|完毕)?[。.]?"
)
_BRACKET = pattern(r"[(（]([^()（）]+)[)）]$")
_COUNT = pattern(r"\d+(?:\.\d+)?[\u4e00-\u9fff]{1,2}")
"""A number with its unit: 棉被（5床） says how many, not what they are like."""


def otherwise(
    rows: RowReading,
    part: Part,
    column: Column,
    cell: Cell | MergedNumber,
    planned: PlanRow,
    error: ParseError,
) -> bool:
    """What a cell that is no value of its field may still mean; False where it is wrong."""
    target = column.target
    assert target is not None
    item = target.field
    if item.name == "rectified_date" and isinstance(cell, str) and not target.child:
        return _at_once(rows, part, column, cell, planned)
    if item.name == "item" and target.child and isinstance(cell, str) and error.code == "E_REFERENCE":
        return _specified(rows, part, column, cell, planned)
    if item.name == "area" and error.code == "E_REFERENCE":
        return _office(rows, part, cell)
    if item.type is FieldType.CHOICE and error.code in ("E_CHOICE", "E_COMPOUND"):
        return _second(rows, part, column, cell, planned)
    if item.type is FieldType.REF and not item.required and error.code == "E_REFERENCE" and not target.child:
        listed = [name for name in item.targets if name in kinds.names()]
        if len(listed) < len(item.targets):
            return False
        said = f"{place_of(column, planned.number)}“{shown_any(cell)}”还没有登记为{item.label}，写进了备注"
        rows.say("W_REFERENCE_UNKNOWN", said, planned.number, column)
        note(rows, part, column, cell)
        return True
    return False


def _at_once(rows: RowReading, part: Part, column: Column, cell: str, planned: PlanRow) -> bool:
    """当场整改 in the place of the day on which it was done: the day on which it was found; 已整改: some day.

    Where a column counts what is put right, it may say something else.
    """
    if rows.column_for("quantity_rectified") is not None:
        return False
    done = _AT_ONCE.fullmatch(squeeze(cell)) is not None
    day = part.values.get("record_date") if done else None
    if not done:
        try:
            done = bool(parse_bool(cell).value)
        except ParseError:
            return False
    if not done:
        return False
    part.done = True
    part.values.setdefault("rectified_date", day)
    said = f"{place_of(column, planned.number)}“{shown_any(cell)}”按全部已整改记，"
    said += f"整改完成日期{day}" if day else "没有写整改完成日期"
    rows.say("W_ASSUMED", said, planned.number, column)
    return True


def _specified(rows: RowReading, part: Part, column: Column, cell: str, planned: PlanRow) -> bool:
    """Goods with what they are like in a bracket: 棉被（1.5m×2m）."""
    name, bracket = _BRACKET.sub("", tidy(cell)), _BRACKET.search(tidy(cell))
    if bracket is None or _COUNT.fullmatch(bracket[1]):
        return False
    kind = kinds.kind_of("supply_line")
    try:
        found = rows.cells.read(kind, kind.field("item"), name)
    except ParseError:
        return False
    part.line["item"] = found.value
    said = f"{place_of(column, planned.number)}：“{shown_any(cell)}”按“{name}”"
    rows.say("W_ASSUMED", said, planned.number, column)
    return True


def _office(rows: RowReading, part: Part, cell: Cell | MergedNumber) -> bool:
    """An office of the county among the townships: it is the reporter, the area follows from it."""
    if not rows.kind.has("reporter"):
        return False
    try:
        office = rows.cells.read(rows.kind, rows.kind.field("reporter"), cell)
    except ParseError:
        return False
    part.values.setdefault("reporter", office.value)
    return True


def _second(
    rows: RowReading, part: Part, column: Column, cell: Cell | MergedNumber, planned: PlanRow
) -> bool:
    """Another column of the same meaning that has a word of the vocabulary where this one has none."""
    assert column.target is not None
    for other, text in planned.others:
        if other.role is not Role.SECOND or other.target != column.target:
            continue
        try:
            found = rows.cells.read(rows.kind, column.target.field, text)
        except ParseError:
            continue
        part.values[column.target.field.name] = found.value
        label = column.target.field.label
        said = f"{place_of(column, planned.number)}“{shown_any(cell)}”写进了备注，{label}按“{other.header}”记"
        rows.say("W_ASSUMED", said, planned.number, column)
        note(rows, part, column, cell)
        return True
    return False


def note(rows: RowReading, part: Part, column: Column, cell: Cell | MergedNumber) -> None:
    """Keep in the remarks what has no field."""
    if rows.kind.has("note"):
        part.remarks.append(f"{column.header}：{shown_any(cell)}")


def spread_value(rows: RowReading, part: Part, planned: PlanRow) -> bool:
    """The value in a column of its own beside goods that have their numbers: that of the one good, or of all together.

    False where the column has a number too, so that nobody can say what of.
    """
    if set(part.line) - {"value"}:
        return False
    value = part.line.pop("value", None)
    if value is None:
        return True
    if len(part.lines) == 1 and part.lines[0].get("value") is None:
        part.lines[0]["value"] = value
        return True
    for column, cell in planned.cells:
        if column.target is not None and column.target.name == "supply_line.value":
            said = f"{place_of(column, planned.number)}是几样物资合在一起的价值，写进了备注"
            rows.say("W_SHARED", said, planned.number, column)
            note(rows, part, column, cell)
    return True
