"""Indicators from records: one grouped query for all of a kind and all spans, few special ones beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import peewee

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.storage import special
from mingxi_desktop.storage.conditions import Conditions, Source
from mingxi_desktop.storage.raw import APPROX_RANK, Raw
from mingxi_desktop.storage.store import Store

_GROUPED = frozenset(
    {
        Aggregate.SUM,
        Aggregate.COUNT,
        Aggregate.DISTINCT,
        Aggregate.STATE,
        Aggregate.STATE_AREAS,
        Aggregate.DAY,
    }
)


Key = tuple[str, Period]


def evaluate(store: Store, indicators: Iterable[Indicator], periods: Sequence[Period]) -> dict[Key, Raw]:
    """The raw values of all indicators but ratios of others, for each span, in a few queries."""
    conditions = Conditions(store)
    found: dict[Key, Raw] = {}
    by_kind: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        if indicator.aggregate in _GROUPED and not _needs_links(store, indicator):
            by_kind[indicator.kind].append(indicator)
        elif indicator.aggregate is not Aggregate.RATIO:
            for period in periods:
                found[indicator.id, period] = special.evaluate(store, conditions, indicator, period)
    for kind, group in by_kind.items():
        found |= _grouped(store, conditions, conditions.source(kind), group, periods)
    for indicator in indicators:
        if indicator.names:
            for period in periods:
                raw = found[indicator.id, period]
                names = special.names(store, conditions, indicator, period)
                found[indicator.id, period] = Raw(raw.value, raw.records, raw.approx, names, raw.problem)
    return found


def _needs_links(store: Store, indicator: Indicator) -> bool:
    if indicator.aggregate is not Aggregate.DISTINCT:
        return False
    field = store.schema.kinds[indicator.kind].field(indicator.fields[0])
    return not field.stored


def _grouped(
    store: Store,
    conditions: Conditions,
    source: Source,
    group: Sequence[Indicator],
    periods: Sequence[Period],
) -> dict[Key, Raw]:
    """One scan over a kind: for each indicator and span the aggregate, the number and the approximation."""
    columns: list[Any] = []
    keys: list[tuple[Indicator, Period]] = []
    for indicator in group:
        for period in periods:
            counted = conditions.counts(source, indicator, period)
            columns += [
                _aggregate(store, conditions, source, indicator, counted).alias(f"v{len(keys)}"),
                peewee.fn.SUM(peewee.Case(None, ((counted, 1),))).alias(f"n{len(keys)}"),
                _approximation(source, counted).alias(f"a{len(keys)}"),
            ]
            keys.append((indicator, period))
    kept = [peewee.fn.SUM(peewee.Case(None, ((conditions.kept(source, period), 1),))) for period in periods]
    query = conditions.select(source, *columns, *kept)
    scope = _scope(source, group, periods)
    row = (query.where(scope) if scope is not None else query).tuples()[0]
    found: dict[Key, Raw] = {}
    for number, (indicator, period) in enumerate(keys):
        value, records, approx = row[number * 3 : number * 3 + 3]
        if value is not None and indicator.aggregate in (Aggregate.SUM, Aggregate.STATE):
            value = conditions.scaled(source.kind, indicator, int(value))
        if not records:
            there = row[len(keys) * 3 + periods.index(period)]
            value = 0 if there and indicator.aggregate is not Aggregate.DAY else None
        found[indicator.id, period] = Raw(value, records or 0, APPROX_RANK[approx or 0])
    return found


def _aggregate(
    store: Store, conditions: Conditions, source: Source, indicator: Indicator, counted: Any
) -> Any:
    if indicator.aggregate is Aggregate.DISTINCT:
        column = getattr(source.table, indicator.fields[0]).cast("TEXT")
        return peewee.fn.COUNT(peewee.Case(None, ((counted, column),)).distinct())
    if indicator.aggregate is Aggregate.STATE_AREAS:
        county = store.references.find("area", COUNTY_AREA)
        township = counted & (source.table.area != (county.ref if county else None))
        return peewee.fn.COUNT(peewee.Case(None, ((township, source.table.area.cast("INTEGER")),)).distinct())
    if indicator.aggregate is Aggregate.DAY:
        day = peewee.fn.SUBSTR(conditions.day(source, indicator), 1, 10)
        return peewee.fn.MIN(peewee.Case(None, ((counted, day),)))
    return peewee.fn.SUM(peewee.Case(None, ((counted, conditions.amount(source, indicator)),)))


def _approximation(source: Source, counted: Any) -> Any:
    if not source.kind.has("approx"):
        return peewee.Value(0)
    words = [(word, rank) for rank, word in enumerate(APPROX_RANK) if word]
    rank = peewee.Case(source.table.approx, words, 0)
    return peewee.fn.MAX(peewee.Case(None, ((counted, rank),)))


def _scope(source: Source, group: Sequence[Indicator], periods: Sequence[Period]) -> Any:
    """Years that can matter, so that the index keeps other years out; None where every record can."""
    if source.kind.state or any(indicator.date for indicator in group):
        return None
    first = min(period.first(indicator.years).year for indicator in group for period in periods)
    last = max(period.year for period in periods)
    return (source.table.year >= first) & (source.table.year <= last)
