"""响应统计: per event and area the latest running total, or the sum of increments, never both."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
LESS = "累计数比这段时间以前的还少"
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
    if value < 0:
        return Raw(value, len(found), problem=LESS)
    return Raw(value, len(found))


def rows(conditions: Conditions, indicator: Indicator, period: Period) -> list[TallyRow]:
    """All tallies of the span with what each of them adds, in order of their day."""
    source = conditions.source(indicator.kind)
    table = source.table
    names = conditions.summed(source.kind, indicator)
    columns = [table.id, table.event, table.area, table.record_date, table.basis]
    columns += [getattr(table, name) for name in names]
    query = conditions.select(source, *columns).where(conditions.counts(source, indicator, period))
    raw = list(query.order_by(table.record_date, table.id).tuples())
    groups = _by_event_and_area(raw)
    earlier: dict[tuple[str, str], list[Any]] = {}
    if raw and not period.event:
        # A flood may have begun before the span: only what came on top of its totals then is new.
        before = conditions.chosen(source, indicator, period) & conditions.before(source, indicator, period)
        before &= table.event.in_({event for event, _ in groups})
        query = conditions.select(source, *columns).where(before)
        earlier = _by_event_and_area(query.order_by(table.record_date, table.id).tuples())
    adds: dict[int, tuple[int, str]] = {}
    for key, group in groups.items():
        adds |= _shares(group, earlier.get(key, ()), len(names))
    return [TallyRow(row[0], row[1], row[2], row[3], row[4], tuple(row[5:]), *adds[row[0]]) for row in raw]


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
    for number in range(5, 5 + fields):
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
            silent = all(value is None for value in row[5:])
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
    response = store.schema.table["response"]
    started = response.deleted_at.is_null() & response.event.is_null(False)
    if period.event:
        started &= response.event == f"{EVENT_KIND}:{period.event}"
    else:
        first = datetime.datetime.combine(period.first(), datetime.time.min)
        last = datetime.datetime.combine(period.as_of, datetime.time.max)
        started &= (response.start_at >= first) & (response.start_at <= last)
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
