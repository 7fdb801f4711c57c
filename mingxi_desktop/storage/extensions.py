"""Extensions of the day by which a hazard is to be rectified: the last one, and what held before the first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mingxi_desktop.storage.journal import EDIT
from mingxi_desktop.storage.statements import among, blank
from mingxi_desktop.storage.store import Store

EXTENSION = "延期"
_MOVING = frozenset({"new_due", "action", "record_date"})
"""Changes of a step that can change which day holds."""


def moved_by(store: Store, change_set: int) -> list[int]:
    """The hazards whose extensions a change set has added, changed, taken away or brought back."""
    table, step = store.schema.history, store.schema.table["hazard_step"]

    def of_steps() -> Any:
        mine = (table.change_set == blank()) & (table.kind == "hazard_step")
        return table.select(table.record, table.action, table.changes).where(mine)

    rows = store.schema.statements.run("extensions.moved_by", of_steps, change_set).fetchall()
    if not rows:
        return []
    edited = {id for id, action, changes in rows if action == EDIT and _MOVING & json.loads(changes).keys()}
    other = {id for id, action, _ in rows if action != EDIT}
    steps = step.select(step.id, step.hazard, step.action).where(among(step.id, sorted(edited | other)))
    found = {
        hazard for id, hazard, action in store.database.execute(steps) if id in edited or action == EXTENSION
    }
    return sorted(found)


def last_days(store: Store, hazards: Sequence[int]) -> dict[int, str]:
    """Hazard → the day its last extension says; of those that have one."""
    step = store.schema.table["hazard_step"]
    chosen = (step.action == EXTENSION) & step.new_due.is_null(False) & step.deleted_at.is_null()
    query = (
        step.select(step.hazard, step.new_due)
        .where(chosen & among(step.hazard, hazards))
        .order_by(step.record_date, step.id)
    )
    return dict(store.database.execute(query).fetchall())


def first_days(store: Store, hazards: Sequence[int]) -> dict[int, str]:
    """Hazard → the day that held before the first extension, of those of which the history knows it.

    Extensions that lie in the trash count too: they may have moved the day.
    """
    step, table = store.schema.table["hazard_step"], store.schema.history
    moved: dict[int, set[str]] = {}
    steps = step.select(step.hazard, step.new_due).where(
        step.new_due.is_null(False) & among(step.hazard, hazards)
    )
    for hazard, day in store.database.execute(steps):
        moved.setdefault(hazard, set()).add(day)
    told = (table.kind == "hazard") & (table.action == EDIT) & among(table.record, sorted(moved))
    query = (
        table.select(table.record, table.changes)
        .where(told & table.changes.contains('"due_date"'))
        .order_by(table.id)
    )
    found: dict[int, str] = {}
    for hazard, changes in store.database.execute(query):
        before, after = _due(changes)
        if hazard not in found and before and after in moved[hazard]:
            found[hazard] = before
    return found


def _due(changes: str) -> tuple[Any, Any]:
    before, after = json.loads(changes)["due_date"]
    return before, after
