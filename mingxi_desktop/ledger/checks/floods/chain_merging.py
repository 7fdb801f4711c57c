"""Making one response of several that are its notices and changes of level."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from mingxi_desktop.domain.kinds.response import LEVELS
from mingxi_desktop.domain.records import Child, Record
from mingxi_desktop.ledger.checks import telling
from mingxi_desktop.ledger.checks.check import Children, Cure, Edit, Scope, Trash

KIND, STEP = "response", "response_step"
_START, _RAISE, _LOWER, _END = "启动", "提升", "降低", "终止"
_SAID = ("doc_no", "note")


def joined(scope: Scope, ids: Sequence[int]) -> tuple[Cure, ...]:
    """并入: the first goes on, the others become its steps.  ids: of one type and place."""
    records = sorted(scope.ledger.records(KIND, ids), key=lambda record: record.values["start_at"])
    if len(records) < 2:
        return ()
    kept, others = records[0], records[1:]
    end = _end(records)
    gone = tuple(record.id for record in others)
    at = kept.values["start_at"]
    sentence = (
        f"把 {len(gone)} 条应急响应并入{telling.month_day(at.date())}{at:%H:%M}启动的{kept.shown['type']}，"
        "记为它的级别变更"
    )
    steps = (
        Trash(KIND, gone),
        Edit(KIND, {kept.id: {"end_at": end}}),
        Children(KIND, kept.id, {STEP: _steps(scope, records, end)}),
    )
    return (Cure("并入前一次响应", sentence, steps),)


def removed(ids: Sequence[int]) -> tuple[Cure, ...]:
    """删除: what repeats another place's response goes to the trash."""
    return (Cure(f"删除 {len(ids)} 条", f"删除重复登记的 {len(ids)} 条应急响应", (Trash(KIND, tuple(ids)),)),)


def _end(records: Sequence[Record]) -> datetime.datetime | None:
    """When the last of them ended; None while one of them has not."""
    ends = [record.values["end_at"] for record in records]
    return None if None in ends else max(ends)


def _steps(scope: Scope, records: Sequence[Record], end: datetime.datetime | None) -> list[Child]:
    """The steps of all as those of one: started once, ended once, between them what changed the level."""
    found: list[Child] = []
    level = ""
    last: datetime.datetime | None = None
    ending: Record | None = None
    for number, record in enumerate(records):
        for row in sorted(scope.ledger.children(KIND, record.id)[STEP], key=lambda row: row.values["at"]):
            action, now, at = row.values["action"], row.values["level"], row.values["at"]
            if action == _END:
                ending = row if number == len(records) - 1 and at == end else ending
            elif (last is None or at > last) and now != level:
                found.append(_child(row, _action(level, now), own=number == 0))
                level, last = now, at
    if ending is not None and last is not None and ending.values["at"] > last:
        found.append(Child({**_values(ending), "action": _END, "level": level}))
    return found


def _child(row: Record, action: str, *, own: bool) -> Child:
    return Child({**_values(row), "action": action}, row.id if own else None)


def _values(row: Record) -> dict[str, Any]:
    return {name: row.values[name] for name in ("level", "at", *_SAID)}


def _action(before: str, now: str) -> str:
    if not before:
        return _START
    return _RAISE if LEVELS.index(now) > LEVELS.index(before) else _LOWER
