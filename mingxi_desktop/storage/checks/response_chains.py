"""The responses of a year with their steps, read at once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from mingxi_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a response.  number: of the notice, "" where it is not written."""

    action: str
    level: str
    at: datetime.datetime
    number: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A response.  event, end: empty where they are not written.  steps: in the order of time."""

    id: int
    event: str
    type: str
    area: str
    start: datetime.datetime
    end: datetime.datetime | None
    steps: tuple[Step, ...]


def chains(store: Store, year: int) -> list[Chain]:
    """The responses that began in the year, in the order in which they did."""
    table, step = store.schema.table["response"], store.schema.table["response_step"]
    meant = table.deleted_at.is_null() & (table.year == year)
    columns = (table.id, table.event, table.type, table.area, table.start_at, table.end_at)
    rows = list(table.select(*columns).where(meant).order_by(table.start_at, table.id).tuples())
    steps: dict[str, list[Step]] = {f"response:{row[0]}": [] for row in rows}
    of_these = step.response.in_(table.select(table.id).where(meant)) & step.deleted_at.is_null()
    read = step.select(step.response, step.action, step.level, step.at, step.doc_no).where(of_these)
    for response, action, level, at, number in read.order_by(step.at, step.id).tuples():
        steps[response].append(Step(action, level, at, number or ""))
    return [
        Chain(row[0], row[1] or "", row[2], row[3], row[4], row[5], tuple(steps[f"response:{row[0]}"]))
        for row in rows
    ]
