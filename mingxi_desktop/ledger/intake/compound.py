"""Cells that hold more than one value: pairs, goods with their numbers, steps of a response, a yes for a number."""

from __future__ import annotations

from typing import Any

from mingxi_desktop.domain import kinds, parse
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.exchange.cells import Cell, CellError, cell_text
from mingxi_desktop.exchange.recognising.layout import Column
from mingxi_desktop.exchange.recognising.plan import MergedNumber
from mingxi_desktop.exchange.recognising.targets import inline_child
from mingxi_desktop.ledger.intake.part import Part, approximate, code_of, place_of, shown_any
from mingxi_desktop.ledger.intake.row_reading import RowReading


def read_done(rows: RowReading, part: Part, column: Column, cell: Cell | MergedNumber, number: int) -> bool:
    """A yes or no where the number of rectified hazards belongs (是否销号): all of them, or none."""
    if not isinstance(cell, str | bool) or (isinstance(cell, str) and any(map(str.isdecimal, cell))):
        return False
    if isinstance(cell, str) and parse.is_blank_mark(cell) and "是否" not in column.header:
        return False
    try:
        done = parse.parse_bool(cell)
    except ParseError:
        return False
    if done.value is None:
        return False
    part.done = bool(done.value)
    said = f"{place_of(column, number)}“{shown_any(cell)}”按{'全部已整改' if part.done else '还没有整改'}记"
    rows.say("W_ASSUMED", said, number, column)
    return True


def read_pair(rows: RowReading, part: Part, column: Column, cell: Cell | MergedNumber, number: int) -> None:
    """Two numbers in one cell: 1/3 (户/间), 伤亡."""
    target = column.target
    assert target is not None
    assert target.second is not None
    if isinstance(cell, CellError | MergedNumber):
        rows.cells.read(rows.kind, target.field, cell, column.unit)
    raw: Any = cell if isinstance(cell, str | int | float) else shown_any(cell)
    if (target.field.name, target.second.name) == ("deaths", "injured"):
        casualties = parse.parse_casualties(raw)
        first, second = (casualties.value or (None, None, None))[:2]
        assumed = casualties.assumed
    else:
        units = tuple(unit for unit in (target.field.unit, target.second.unit) if unit)
        pair = parse.parse_pair(raw, units=units)
        first, second = pair.value or (None, None)
        assumed = pair.assumed
    if assumed:
        rows.say(code_of(assumed), f"{place_of(column, number)}：{assumed}", number, column)
    for item, value in ((target.field, first), (target.second, second)):
        rows.put(part, item, column, value)


def read_goods(rows: RowReading, part: Part, column: Column, cell: Cell | MergedNumber, number: int) -> bool:
    """Several goods with their numbers in one cell; False where it is the name of one."""
    if not isinstance(cell, str) or not any(sign.isdigit() for sign in cell):
        return False
    child = inline_child(rows.kind)
    assert child is not None
    try:
        rows.cells.read(child, child.field("item"), cell)
        return False  # the whole text is the name of goods
    except ParseError:
        found = parse.parse_goods(cell)
    if found.assumed:
        rows.say(code_of(found.assumed), f"{place_of(column, number)}：{found.assumed}", number, column)
    for name, quantity, unit in found.value or ():
        item = rows.cells.read(child, child.field("item"), name).value
        rows.check_unit(item, unit)
        part.lines.append({"item": item, "quantity": quantity})
    return True


def read_step(rows: RowReading, part: Part, column: Column, cell: Cell | MergedNumber, number: int) -> None:
    """Steps of a response: a column for each, or a text that tells them."""
    target = column.target
    assert target is not None
    sets = dict(target.sets)
    kind = kinds.kind_of("response_step")
    if isinstance(cell, str) and parse.is_blank_mark(cell):
        return
    level = sets.get("level", "")
    if target.field.name == "doc_no":
        part.doc_no = shown_any(cell)
    elif target.field.name == "level":
        parsed = rows.cells.read(kind, target.field, cell)
        part.steps.append((sets.get("action") or "启动", str(parsed.value), None))
    elif not sets.get("action"):
        steps = parse.parse_steps(cell_text(cell) if not isinstance(cell, MergedNumber) else cell.text,
                                  year=rows.context.year)  # fmt: skip
        rows.assumed(column, number, cell, Parsed(None, steps.assumed))
        part.steps += steps.value or []
    else:
        parsed = rows.cells.read(kind, target.field, cell, column.unit)
        rows.assumed(column, number, cell, parsed)
        part.steps.append((sets["action"], level, parsed.value))


def read_wide(
    rows: RowReading, part: Part, column: Column, kind: Kind, value: Any, unit: str, approx: str
) -> None:
    """A row of the child table that stands in one cell; what did not move is no row."""
    assert column.target is not None
    if not value:
        return
    line: dict[str, Any] = {column.target.field.name: value}
    for name, word in column.target.sets:
        line[name] = rows.cells.read(kind, kind.field(name), word).value
    rows.check_unit(line.get("item"), unit or column.unit)
    approximate(kind, line, approx)
    inline = inline_child(rows.kind)
    if inline is not None and kind.name == inline.name:
        part.lines.append(line)
    else:
        part.outputs.append((kind.name, line))
