"""响应统计: per event and area the latest running total, or the sum of increments, never both."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.kinds.response_tally import CUMULATIVE
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.raw import Raw
from mingxi_desktop.storage.shapes import loaded, stored
from mingxi_desktop.storage.sql_text import Sql, every, is_one_of, sql
from mingxi_desktop.storage.statements import BLANK
from mingxi_desktop.storage.store import Store

REPLACED = "被后一期累计代替"
BESIDE = "已有累计，当日新增不再相加"
UNREPORTED = "没有报这一项"
LESS = "累计数比这段时间以前的还少"
_MOST_NAMED = 9
_FIXED = 5
"""Columns before the fields: id, event, area, day, basis."""


class TallyRow(NamedTuple):
    """One tally and what it adds.  values: the fields asked for, None where not reported."""

    id: int
    event: str
    area: str
    day: datetime.date
    basis: str
    values: tuple[int | None, ...]
    adds: int
    remark: str


def evaluate(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    """The figure of the span; with `complete`, which townships have not reported every field."""
    found = rows(conditions, indicator, period)
    if not any(value is not None for row in found for value in row.values):
        return Raw(None, 0)
    value = sum(row.adds for row in found)
    if indicator.complete:
        missing = unreported(store, found, period)
        if missing:
            shown = "、".join(missing[:_MOST_NAMED]) + ("等" if len(missing) > _MOST_NAMED else "")
            return Raw(value or None, len(found), problem=f"{shown}没有报齐{indicator.label}")
    if value < 0:
        return Raw(value, len(found), problem=LESS)
    return Raw(value, len(found))


def rows(conditions: Conditions, indicator: Indicator, period: Period) -> list[TallyRow]:
    """All tallies of the span with what each of them adds, in order of their day."""
    raw = _read(conditions, indicator, period)
    groups = _by_event_and_area(raw)
    earlier: dict[tuple[str, str], list[Any]] = {}
    if raw and not period.event:
        # A flood may have begun before the span: only what came on top of its totals then is new.
        earlier = _by_event_and_area(
            _read(conditions, indicator, period, before={event for event, _ in groups})
        )
    adds: dict[int, tuple[int, str]] = {}
    for key, group in groups.items():
        adds |= _shares(group, earlier.get(key, ()), len(group[0]) - _FIXED)
    return [
        TallyRow(row[0], row[1], row[2], row[3], row[4], tuple(row[_FIXED:]), *adds[row[0]]) for row in raw
    ]


def _read(
    conditions: Conditions, indicator: Indicator, period: Period, before: Collection[str] | None = None
) -> list[Any]:
    """(id, event, area, day, basis, fields…) of the tallies of the span in order of their day.

    before: those of these events from before the span instead.
    """
    source = conditions.source(indicator.kind)
    kind = source.kind
    names = ("event", "area", "record_date", "basis", *conditions.summed(kind, indicator))

    def chosen() -> Sql:
        wanted = [conditions.chosen(source, indicator, period)]
        if before is None:
            wanted.append(conditions.in_span(source, indicator, period))
        else:
            wanted += [conditions.before(source, indicator), is_one_of(source.column("event"), BLANK)]
        query = conditions.select(source, source.columns("id", *names), every(wanted))
        return sql("{} ORDER BY {}", query, source.columns("record_date", "id"))

    event, area, day = map(kind.field, names[:3])
    given = [] if before is None else [json.dumps([stored(event, one) for one in before])]
    found = conditions.read(("tallies", len(given), *names), indicator, period, chosen, *given)
    return [
        (row[0], loaded(event, row[1]), loaded(area, row[2]), loaded(day, row[3]), *row[4:]) for row in found
    ]


def _by_event_and_area(rows: Iterable[Any]) -> dict[tuple[str, str], list[Any]]:
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        groups[row[1], row[2]].append(row)
    return groups


def _shares(group: Sequence[Any], earlier: Sequence[Any], fields: int) -> dict[int, tuple[int, str]]:
    """Row id → (what it adds, why it adds nothing) within one event and area; field by field.

    earlier: the rows before the span.  What the spans of a year add is what the year adds.
    """
    totals: dict[int, int] = {row[0]: 0 for row in group}
    used: set[int] = set()
    for number in range(_FIXED, _FIXED + fields):
        reported = [row for row in group if row[number] is not None]
        running = [row for row in reported if row[4] == CUMULATIVE]
        counted, was_running = _counted(earlier, number)
        for row in running[-1:] if running else () if was_running else reported:
            totals[row[0]] += row[number] - (counted if running else 0)
            used.add(row[0])
    any_running = any(row[4] == CUMULATIVE for row in (*earlier, *group))
    shares = {}
    for row in group:
        remark = ""
        if row[0] not in used:
            silent = all(value is None for value in row[_FIXED:])
            remark = (
                UNREPORTED if silent else REPLACED if row[4] == CUMULATIVE else BESIDE if any_running else ""
            )
        shares[row[0]] = (totals[row[0]], remark)
    return shares


def _counted(earlier: Sequence[Any], number: int) -> tuple[int, bool]:
    """What a field of the rows before the span has come to, and whether that was a running total."""
    reported = [row for row in earlier if row[number] is not None]
    running = [row for row in reported if row[4] == CUMULATIVE]
    return (running[-1][number], True) if running else (sum(row[number] for row in reported), False)


def unreported(store: Store, found: Sequence[TallyRow], period: Period) -> list[str]:
    """Townships that have not reported every field for every event of the span.

    An event of which nobody reported anything counts too, once a response was started for it.
    """
    townships = [entry for entry in store.references.all("area") if entry.name != COUNTY_AREA]
    events = dict.fromkeys(row.event for row in found)
    events |= dict.fromkeys(_started(store, period))
    reported: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in found:
        reported[row.event, row.area] |= {
            number for number, value in enumerate(row.values) if value is not None
        }
    fields = len(found[0].values)
    return [
        entry.name for entry in townships if any(len(reported[event, entry.ref]) < fields for event in events)
    ]


def _started(store: Store, period: Period) -> list[str]:
    """The events of the responses that were started in the span."""
    event = store.schema.kinds["response"].field("event")

    def started() -> Sql:
        wanted = '"event" = {}' if period.event else '"start_at" >= {} AND "start_at" <= {}'
        named = 'SELECT "event" FROM "response" WHERE "deleted_at" IS NULL AND "event" IS NOT NULL AND '
        return sql(named + wanted, *[BLANK for _ in given])

    given = [period.event] if period.event else [f"{period.first()} 00:00", f"{period.as_of} 23:59"]
    rows = store.schema.statements.run(("started", len(given)), started, *given)
    return [loaded(event, row[0]) for row in rows]


def moved_by_event(store: Store, events: Sequence[int], as_of: datetime.date) -> dict[int, int]:
    """Event id → people moved (转移群众) up to a day, by the same rule."""
    kind = "response_tally"
    asked = Indicator("moved", "", kind, Aggregate.TALLY, "人", fields=("evacuees",))

    def reported() -> Sql:
        of_events = is_one_of(Sql('"event"'), BLANK)
        return sql(f'SELECT DISTINCT "year" FROM "{kind}" WHERE {{}}', of_events)

    years = store.schema.statements.run("years of events", reported, json.dumps(list(events)))
    moved: dict[int, int] = defaultdict(int)
    for (year,) in years.fetchall():
        for row in rows(Conditions(store), asked, Period.of(year, as_of)):
            moved[int(row.event.rpartition(":")[2])] += row.adds
    return moved
