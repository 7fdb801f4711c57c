"""延期: the day by which a hazard is to be rectified follows its last extension, and how often it was put off."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from mingxi_desktop.domain.fields import Values
from mingxi_desktop.storage import extensions
from mingxi_desktop.storage.extensions import EXTENSION
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.store import Store


def follow(store: Store, rows: Rows, journal: Journal, change_set: int) -> None:
    """At the end of a change: hazards whose extensions it touched get the day that holds now.

    Where no extension is left that is the day before the first one, if the history knows it.
    """
    if not journal.concerns("hazard_step"):
        return
    journal.flush()
    hazards = extensions.moved_by(store, change_set)
    if not hazards:
        return
    kind = store.schema.kinds["hazard"]
    days = {**extensions.first_days(store, hazards), **extensions.last_days(store, hazards)}
    for record in rows.load(kind, sorted(days)):
        day = datetime.date.fromisoformat(days[record.id])
        # A day before the hazard was found is a fault of the step: the check of extensions tells it.
        if not record.deleted_at and day >= record.values["record_date"]:
            year = year_of(kind, record.values)
            rows.change(kind, record, year, {"due_date": day}, change_set)


def story(rows: Sequence[Values], first: datetime.date | None) -> str:
    """期限延过2次：6-30 → 7-15 → 7-31; "" without an extension.

    rows: the steps of a hazard.  first: the day that held before the first one; None where nobody knows it.
    """
    steps = [row for row in rows if row.get("action") == EXTENSION and row.get("new_due")]
    if not steps:
        return ""
    steps.sort(key=lambda row: row.get("record_date") or datetime.date.max)
    days = [step["new_due"] for step in steps]
    if first is not None and first not in days:
        days = [first, *days]
    line = " → ".join(_short(day, days[0].year) for day in days)
    return f"期限延过{len(steps)}次：{line}" if len(days) > 1 else f"期限延过1次：→ {line}"


def _short(day: datetime.date, year: int) -> str:
    return f"{day.month}-{day.day}" if day.year == year else day.isoformat()
