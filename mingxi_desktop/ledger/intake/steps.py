"""The chain of a response from what one row says of it: start, levels, end."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mingxi_desktop.domain.kinds.response import LEVELS

if TYPE_CHECKING:
    from mingxi_desktop.ledger.intake.rows import ReadRow

Step = tuple[str, str, datetime.datetime | None]
"""(action, level or "", moment or None where start or end of the response is meant)."""

_START, _RAISE, _LOWER, _END = "启动", "提升", "降低", "终止"


def chain_of(row: ReadRow, steps: Sequence[Step]) -> str:
    """Give the row start, end and steps; what is wrong with them in Chinese, or "".

    A level that is named alone is that of the start; what a step leaves open follows from the one before.
    A response of which no level is known has no steps.
    """
    values = row.values
    named = [step for step in steps if step[2] is not None]
    alone = next((level for action, level, at in steps if at is None and action == _START), "")
    starts = [at for action, _, at in named if action == _START]
    ends = [at for action, _, at in named if action == _END]
    values["start_at"] = values.get("start_at") or next(iter(starts), None)
    values["end_at"] = values.get("end_at") or next(iter(ends), None)
    chain = [step for step in named if step[0] in (_RAISE, _LOWER)]
    first = alone or next((level for action, level, _ in named if action == _START), "")
    if values["start_at"] is not None:
        chain.insert(0, (_START, first, values["start_at"]))
    if values["end_at"] is not None:
        chain.append((_END, "", values["end_at"]))
    found = _levelled(sorted(chain, key=lambda step: (step[2] or datetime.datetime.max, step[0] == _END)))
    if found:
        row.children["response_step"] = [
            {"action": action, "level": level, "at": at} for action, level, at in found
        ]
    elif any(action in (_RAISE, _LOWER) or level for action, level, _ in chain):
        return "写了升级或降级，但没有写启动时的级别，登记不成响应变更；请写明启动级别"
    return ""


def _levelled(chain: Sequence[Step]) -> list[Step]:
    """The chain with every level; empty where one cannot be told."""
    found: list[Step] = []
    level = ""
    for action, given, at in chain:
        rank = LEVELS.index(level) if level else -1
        if given:
            level = given
        elif action == _LOWER and rank > 0:
            level = LEVELS[rank - 1]
        elif action == _RAISE and 0 <= rank < len(LEVELS) - 1:
            level = LEVELS[rank + 1]
        elif not level:
            return []
        found.append((action, level, at))
    return found
