"""Rows that point to another row of their table by its code: parts of a sum of money, wherever the whole stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.domain.records import Named

if TYPE_CHECKING:
    from mingxi_desktop.ledger.intake.rows import ReadRow


def pointing(kind: Kind) -> list[Field]:
    """The fields in which a record points to another one of its ledger, where that has codes."""
    return [item for item in kind.fields if kind.code_field and kind.name in item.targets]


def code_in(values: Mapping[str, Any], item: Field) -> str:
    """The code of the row that a row points to; "" where it points to none."""
    value = values.get(item.name)
    return value.name if isinstance(value, Named) else ""


def wholes_first(kind: Kind, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """The places of the rows of one table in their order, but each after those it points to."""
    fields = pointing(kind)
    if not fields:
        return range(len(rows))
    by_code = {row.get(kind.code_field): place for place, row in enumerate(rows)}
    wholes = [[by_code[code] for item in fields if (code := code_in(row, item)) in by_code] for row in rows]
    if not any(wholes):
        return range(len(rows))
    placed: dict[int, None] = {}
    begun: set[int] = set()
    for place in range(len(rows)):
        path = [place]
        while path:
            last = path[-1]
            begun.add(last)
            # Of rows that point to each other in a circle one comes first, and is refused.
            if waiting := [one for one in wholes[last] if one not in begun]:
                path += waiting
            else:
                placed[path.pop()] = None
    return list(placed)


def without_whole(rows: Sequence[ReadRow], wrong: AbstractSet[int]) -> dict[int, str]:
    """Row (by its identity) → why it is left out: it points to one that has faults, or that is left out for that.

    wrong: the lines of the sheet that have faults.
    """
    fields = pointing(rows[0].kind) if wrong and rows else []
    found: dict[int, str] = {}
    held = {row.values.get(row.kind.code_field) for row in rows if fields and not wrong.isdisjoint(row.rows)}
    while held:
        parts = [
            (row, item)
            for row in rows
            for item in fields
            if id(row) not in found and code_in(row.values, item) in held
        ]
        for row, item in parts:
            code = code_in(row.values, item)
            found[id(row)] = f"{item.label}“{code}”那一行有错误，这一行也没有导入"
        held = {row.values.get(row.kind.code_field) for row, _ in parts}
    return found
