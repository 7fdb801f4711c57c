"""Cells that hold more than one value: pairs, goods with their numbers, steps of a response, a yes for a number."""

from __future__ import annotations

import re
from typing import Any

from mingxi_desktop.domain import kinds, parse
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.parse.result import squeeze
from mingxi_desktop.exchange.cells import Cell, CellError, cell_text
from mingxi_desktop.exchange.recognising.layout import Column
from mingxi_desktop.exchange.recognising.plan import MergedNumber
from mingxi_desktop.exchange.recognising.targets import inline_child
from mingxi_desktop.ledger.intake.part import Part, approximate, code_of, place_of, shown_any
from mingxi_desktop.ledger.intake.row_reading import RowReading
from mingxi_desktop.patterns import pattern

_ENDS = {"record_date": "end_date", "start_at": "end_at"}
_DATED = pattern(
    r"(?P<has>已)?[于在]?(?P<day>(?:20\d\d[年.\-/])?(?:1[0-2]|0?[1-9])[月.\-/](?:3[01]|[12]\d|0?[1-9])[日号]?)"
    r"(?P<done>[\u4e00-\u9fff]+)[。.]?"
)
"""All put right on a day: 3月8日已整改, 已于3月8日整改完成."""


def read_done(rows: RowReading, part: Part, column: Column, cell: Cell | MergedNumber, number: int) -> bool:
    """A yes or no where the number of rectified hazards belongs (是否销号): all of them, or none."""
    dated = _DATED.fullmatch(squeeze(cell)) if isinstance(cell, str) else None
    if dated is not None and _read_dated(rows, part, column, dated, number):
        return True
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


def _read_dated(rows: RowReading, part: Part, column: Column, said: re.Match[str], number: int) -> bool:
    """已于3月8日整改完成: all of them, on that day."""
    if "rectified_date" not in {item.name for item in rows.kind.fields}:
        return False
    try:
        done = parse.parse_bool(f"{said['has'] or ''}{said['done']}").value
        day = rows.cells.read(rows.kind, rows.kind.field("rectified_date"), said["day"])
    except ParseError:
        return False
    if not done:
        return False
    part.done = True
    part.values.setdefault("rectified_date", day.value)
    shown = said[0]
    assumed = f"；{day.assumed}" if day.assumed else ""
    text = f"{place_of(column, number)}“{shown}”按全部已整改记，整改完成日期{day.value}{assumed}"
    rows.say("W_ASSUMED", text, number, column)
    return True


def read_end(
    rows: RowReading,
    part: Part,
    column: Column,
    cell: Cell | MergedNumber,
    number: int,
    parsed: Parsed[Any],
) -> None:
    """6月9日至18日 in the column of the first day says the last one too, if no other column does."""
    item = column.target.field if column.target else None
    name = _ENDS.get(item.name if item else "", "")
    if "一段时间" not in parsed.assumed or name not in {one.name for one in rows.kind.fields}:
        return
    if rows.column_for(name) is None and part.values.get(name) is None:
        try:
            end = rows.cells.read(rows.kind, rows.kind.field(name), cell)
        except ParseError:
            return  # its first day is said; who wants the last one gives it a year
        part.values[name] = end.value
        label = rows.kind.field(name).label
        rows.say("W_ASSUMED", f"{place_of(column, number)}：{label}按{cell_text(end.value)}", number, column)


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
        pass
    try:
        found = parse.parse_goods(cell)
    except ParseError:
        if rows.column_for("quantity") is None:
            raise
        return False  # a name with digits in it: 棉被（1.5m×2m）
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
