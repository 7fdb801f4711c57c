"""Running totals of several hours of a day: 6月13日8时, 6月13日18时.  The last one holds all that came before."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Sequence

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.exchange.cells import CellError
from mingxi_desktop.exchange.recognising.plan import Plan, Skipped
from mingxi_desktop.ledger.intake.rows import ReadRow

_NO_HOUR = "没有时刻"


def last_of_day(
    kind: Kind, plan: Plan, rows: Sequence[ReadRow], year: int | None
) -> tuple[list[ReadRow], list[Skipped]]:
    """(the rows without running totals that a later hour of the same day replaces, those rows and why)."""
    column = plan.layout.column_of("record_date") if kind.name == "response_tally" else None
    if column is None:
        return list(rows), []
    days: dict[Hashable, list[tuple[datetime.datetime, ReadRow]]] = {}
    for row in rows:
        hour = _hour(plan, row, column.index, year)
        if hour is not None and row.values.get("basis") == "累计" and not row.faults:
            key = (str(row.values.get("event")), row.values.get("area"), row.values.get("record_date"))
            days.setdefault(key, []).append((hour, row))
    left: dict[int, Skipped] = {}
    for told in days.values():
        last, kept = max(told, key=lambda one: one[0])
        for hour, row in told:
            if hour < last:
                said = f"同一天有几次累计数，只取最后一次（第{kept.plan.number}行，{last:%H}时）"
                left[id(row)] = Skipped(row.plan.number, said)
    return [row for row in rows if id(row) not in left], list(left.values())


def _hour(plan: Plan, row: ReadRow, column: int, year: int | None) -> datetime.datetime | None:
    """The day and hour that the row's date says; None where it says no hour."""
    cells = plan.sheet.rows[row.plan.number - 1]
    cell = cells[column] if column < len(cells) else None
    if isinstance(cell, datetime.datetime):
        return cell
    if not isinstance(cell, str) or isinstance(cell, CellError):
        return None
    try:
        found = parse.parse_datetime(cell, year=year)
    except ParseError:
        return None
    return None if _NO_HOUR in found.assumed else found.value
