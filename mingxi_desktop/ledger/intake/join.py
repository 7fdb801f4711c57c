"""Rows that are lines of one slip: put together as one movement of goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingxi_desktop.ledger.intake.rows import ReadRow


def joined(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """Rows that say the same of the movement are one movement with several lines.

    They follow each other, or name the same slip (单号).
    """
    found: list[ReadRow] = []
    slips: dict[Any, ReadRow] = {}
    for row in rows:
        slip = row.values.get("doc_no")
        before = slips.get(slip) if slip else found[-1] if found else None
        if before is not None and before.lines and row.lines and _same_movement(before, row):
            before.lines += row.lines
            before.rows += row.rows
            before.faults += row.faults
            continue
        found.append(row)
        if slip:
            slips[slip] = row
    return found


def _same_movement(before: ReadRow, row: ReadRow) -> bool:
    if before.plan.uid or row.plan.uid:
        return before.plan.uid == row.plan.uid
    if len({_item(line) for line in (*before.lines, *row.lines)}) < len(before.lines) + len(row.lines):
        return False
    return all(
        before.values.get(name) == value for name, value in row.values.items() if value not in (None, ())
    )


def _item(line: Mapping[str, Any]) -> Any:
    return line.get("item")
