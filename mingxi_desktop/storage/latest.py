"""灾情损失: per event and area the last report alone, 核报 before 续报 before 初报; it replaces those before it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from mingxi_desktop.domain.indicators import Indicator, Period
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.raw import Raw
from mingxi_desktop.storage.sql_text import Sql, every, is_one_of, sql
from mingxi_desktop.storage.statements import BLANK

REPLACED = "被后一期代替"
UNREPORTED = "没有报这一项"
_STAGES = ("初报", "续报", "核报")
_FIXED = 5
"""Columns before the fields: id, event, area, day, stage."""

_Group = list[Any]
"""The reports of one event and area as rows, in order of the day."""


class LossRow(NamedTuple):
    """One loss report and what it adds, as the integer it is in the file.  reported: it says something of it."""

    id: int
    adds: int
    remark: str
    reported: bool


def evaluate(conditions: Conditions, alike: Sequence[Indicator], period: Period) -> dict[str, Raw]:
    """Indicator → the sum of the last reports, None where nobody has reported its fields; from one reading.

    alike: indicators that are the same but for what they add.
    """
    kind = conditions.source(alike[0].kind).kind
    names = list(dict.fromkeys(name for item in alike for name in conditions.summed(kind, item)))
    groups = _read(conditions, alike[0], period, names)
    found: dict[str, Raw] = {}
    for indicator in alike:
        places = [names.index(name) + _FIXED for name in conditions.summed(kind, indicator)]
        rows = [row for group in groups for row in _shares(group, places)]
        total = sum(row.adds for row in rows)
        known = any(row.reported for row in rows)
        raw = Raw(conditions.scaled(kind, indicator, total), len(rows)) if known else Raw(None, 0)
        found[indicator.id] = raw
    return found


def rows(conditions: Conditions, indicator: Indicator, period: Period) -> list[LossRow]:
    """The loss reports of the span up to its cut-off date, with what each of them adds, in order of their day."""
    kind = conditions.source(indicator.kind).kind
    names = conditions.summed(kind, indicator)
    groups = _read(conditions, indicator, period, names)
    places = range(_FIXED, _FIXED + len(names))
    days = {row[0]: row[3] for group in groups for row in group}
    found = [row for group in groups for row in _shares(group, places)]
    return sorted(found, key=lambda row: (days[row.id], row.id))


def _read(conditions: Conditions, indicator: Indicator, period: Period, names: Sequence[str]) -> list[_Group]:
    """The reports of the span by event and area, up to its cut-off date.

    An event and area belong to the span in which they were first reported: what is corrected in a later month
    was lost in the earlier one, and counts there alone.
    """
    source = conditions.source(indicator.kind)

    def begun() -> Sql:
        event = sql("DISTINCT {}", source.column("event"))
        return conditions.select(source, event, conditions.counts(source, indicator, period))

    events = [row[0] for row in conditions.read("begun", indicator, period, begun)]
    if not events:
        return []

    def reports() -> Sql:
        columns = source.columns("id", "event", "area", "record_date", "stage", *names)
        known = (
            conditions.chosen(source, indicator, period),
            conditions.known_by(source, indicator, period),
            is_one_of(source.column("event"), BLANK),
        )
        query = conditions.select(source, columns, every(known))
        return sql("{} ORDER BY {}", query, source.columns("record_date", "id"))

    groups: dict[tuple[str, str], _Group] = defaultdict(list)
    for row in conditions.read(("reports", *names), indicator, period, reports, json.dumps(events)):
        groups[row[1], row[2]].append(row)
    if period.event:
        return list(groups.values())
    first = period.first(indicator.years).isoformat()
    return [group for group in groups.values() if group[0][3] >= first]


def _shares(group: _Group, places: Sequence[int]) -> list[LossRow]:
    """What the reports of one event and area add; field by field, for a report may leave one out.

    places: of the columns that are added.
    """
    by_stage = sorted(group, key=lambda row: _STAGES.index(row[4]))
    adds: dict[int, int] = {row[0]: 0 for row in group}
    used: set[int] = set()
    for place in places:
        reported = [row for row in by_stage if row[place] is not None]
        if reported:
            adds[reported[-1][0]] += reported[-1][place]
            used.add(reported[-1][0])
    found = []
    for row in group:
        silent = all(row[place] is None for place in places)
        remark = "" if row[0] in used else UNREPORTED if silent else REPLACED
        found.append(LossRow(row[0], adds[row[0]], remark, not silent))
    return found
