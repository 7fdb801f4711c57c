"""Cells that are no value of their field and still mean something."""

from __future__ import annotations

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.exchange.cells import Cell
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.plan import MergedNumber, PlanRow
from mingxi_desktop.ledger.intake.part import Part, place_of, shown_any
from mingxi_desktop.ledger.intake.row_reading import RowReading


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
