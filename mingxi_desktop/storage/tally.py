"""响应统计: per event and area the latest running total, or the sum of increments, never both."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.kinds.response_tally import CUMULATIVE
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.storage.conditions import EVENT_KIND, Conditions
from mingxi_desktop.storage.raw import Raw
from mingxi_desktop.storage.store import Store

REPLACED = "被后一期累计代替"
BESIDE = "已有累计，当日新增不再相加"
UNREPORTED = "没有报这一项"
_MOST_NAMED = 9


@dataclass(frozen=True, slots=True)
class TallyRow:
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
    return Raw(value, len(found))


def rows(conditions: Conditions, indicator: Indicator, period: Period) -> list[TallyRow]:
    """All tallies of the span with what each of them adds, in order of their day."""
    source = conditions.source(indicator.kind)
    table = source.table
    columns = [table.id, table.event, table.area, table.record_date, table.basis]
    columns += [getattr(table, name) for name in indicator.fields]
    query = conditions.select(source, *columns).where(conditions.counts(source, indicator, period))
    raw = list(query.order_by(table.record_date, table.id).tuples())
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in raw:
        groups[row[1], row[2]].append(row)
    earlier = _running_before(conditions, indicator, period)
    adds: dict[int, tuple[int, str]] = {}
    for key, group in groups.items():
        adds |= _shares(group, earlier.get(key, (0,) * len(indicator.fields)))
    return [TallyRow(row[0], row[1], row[2], row[3], row[4], tuple(row[5:]), *adds[row[0]]) for row in raw]


def _running_before(
    conditions: Conditions, indicator: Indicator, period: Period
) -> dict[tuple[str, str], tuple[int, ...]]:
    """(event, area) → the last running totals before a span that begins within the year; they are not new in it."""
    if period.start is None or period.event:
        return {}
    before = Period(period.year, period.start - datetime.timedelta(days=1))
    source = conditions.source(indicator.kind)
    table = source.table
    columns = [table.event, table.area, *(getattr(table, name) for name in indicator.fields)]
    query = conditions.select(source, *columns).where(conditions.counts(source, indicator, before))
    query = query.where(table.basis == CUMULATIVE).order_by(table.record_date, table.id)
    last: dict[tuple[str, str], tuple[int, ...]] = {}
    for event, area, *values in query.tuples():
        known = last.get((event, area), (0,) * len(values))
        pairs = zip(values, known, strict=True)
        last[event, area] = tuple(old if value is None else value for value, old in pairs)
    return last


def _shares(group: Sequence[Any], earlier: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Row id → (what it adds, why it adds nothing) within one event and area; field by field.

    earlier: for each field the running total before the span.
    """
    totals: dict[int, int] = {row[0]: 0 for row in group}
    used: set[int] = set()
    for number, known in enumerate(earlier, start=5):
        reported = [row for row in group if row[number] is not None]
        running = [row for row in reported if row[4] == CUMULATIVE]
        for row in running[-1:] if running else reported:
            totals[row[0]] += row[number] - (known if running else 0)
            used.add(row[0])
    any_running = any(row[4] == CUMULATIVE for row in group)
    shares = {}
    for row in group:
        remark = ""
        if row[0] not in used:
            silent = all(value is None for value in row[5:])
            remark = (
                UNREPORTED if silent else REPLACED if row[4] == CUMULATIVE else BESIDE if any_running else ""
            )
        shares[row[0]] = (totals[row[0]], remark)
    return shares


def unreported(store: Store, found: Sequence[TallyRow], period: Period) -> list[str]:
    """Townships that have not reported every field for every event of the span.

    An event of which nobody reported anything counts too, once a response was started for it.
    """
    townships = [entry for entry in store.references.all("area") if entry.name != COUNTY_AREA]
    response = store.schema.table["response"]
    first = datetime.datetime.combine(period.first(), datetime.time.min)
    last = datetime.datetime.combine(period.as_of, datetime.time.max)
    started = response.deleted_at.is_null() & response.event.is_null(False)
    started &= (response.start_at >= first) & (response.start_at <= last)
    if period.event:
        started &= response.event == f"{EVENT_KIND}:{period.event}"
    events = dict.fromkeys(row.event for row in found)
    events |= dict.fromkeys(row[0] for row in response.select(response.event).where(started).tuples())
    reported: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in found:
        reported[row.event, row.area] |= {
            number for number, value in enumerate(row.values) if value is not None
        }
    fields = len(found[0].values)
    return [
        entry.name for entry in townships if any(len(reported[event, entry.ref]) < fields for event in events)
    ]


def moved_by_event(store: Store, events: Sequence[int], as_of: datetime.date) -> dict[int, int]:
    """Event id → people moved (转移群众) up to a day, by the same rule."""
    kind = "response_tally"
    asked = Indicator("moved", "", kind, Aggregate.TALLY, "人", fields=("evacuees",))
    table = store.schema.table[kind]
    years = {
        row[0] for row in table.select(table.year).where(table.event.in_(list(events))).distinct().tuples()
    }
    moved: dict[int, int] = defaultdict(int)
    for year in years:
        for row in rows(Conditions(store), asked, Period.of(year, as_of)):
            moved[int(row.event.rpartition(":")[2])] += row.adds
    return moved
