"""Indicators from records: one grouped query for all of a kind and all spans, few special ones beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import peewee

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.storage import latest, special
from mingxi_desktop.storage.conditions import STATES, Conditions, Source, alike
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
_Span = tuple[str, str, int, bool, bool]
"""Kind, date field, years, whether it is a state, or of last reports alone: indicators alike in these look at
the same records."""


def evaluate(store: Store, indicators: Iterable[Indicator], periods: Sequence[Period]) -> dict[Key, Raw]:
    """The raw values of all indicators but ratios of others, for each span, in a few queries."""
    conditions = Conditions(store)
    found: dict[Key, Raw] = {}
    together: dict[_Span, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        if indicator.aggregate is Aggregate.LATEST or (
            indicator.aggregate in _GROUPED and not _needs_links(store, indicator)
        ):
            together[_span(indicator)].append(indicator)
        elif indicator.aggregate is not Aggregate.RATIO:
            for period in periods:
                found[indicator.id, period] = special.evaluate(store, conditions, indicator, period)
    for group in together.values():
        how = _latest if group[0].aggregate is Aggregate.LATEST else _grouped
        found |= how(store, conditions, group, periods)
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


def _span(indicator: Indicator) -> _Span:
    latest_alone = indicator.aggregate is Aggregate.LATEST
    return indicator.kind, indicator.date, indicator.years, indicator.aggregate in STATES, latest_alone


def _latest(
    _store: Store, conditions: Conditions, group: Sequence[Indicator], periods: Sequence[Period]
) -> dict[Key, Raw]:
    """One reading of the loss reports of a span for all indicators that count the same ones."""
    counted: dict[tuple[Any, ...], list[Indicator]] = defaultdict(list)
    for indicator in group:
        counted[_condition(indicator)].append(indicator)
    return {
        (id, period): raw
        for some in counted.values()
        for period in periods
        for id, raw in latest.evaluate(conditions, some, period).items()
    }


def _grouped(
    store: Store, conditions: Conditions, group: Sequence[Indicator], periods: Sequence[Period]
) -> dict[Key, Raw]:
    """One scan over the records of a span: for each indicator the aggregate, the number and the approximation."""
    source = conditions.source(group[0].kind)
    places = _places(group)
    # Written once: peewee takes longer to write these statements than SQLite to carry them out.
    key = "indicators", tuple((alike(indicator), indicator.fields) for indicator in group)
    found: dict[Key, Raw] = {}
    for period in periods:
        if period.event:
            row = store.database.execute(_statement(conditions, source, group, period)).fetchone()
        else:
            make = partial(_statement, conditions.lasting, source, group, period)
            row = store.schema.statements.run(key, make, of=period).fetchone()
        for indicator, place, value in zip(group, places, row, strict=False):
            records, approx = row[place : place + 2]
            if value is not None and indicator.aggregate in (Aggregate.SUM, Aggregate.STATE):
                value = conditions.scaled(source.kind, indicator, int(value))
            found[indicator.id, period] = Raw(value if records else None, records, APPROX_RANK[approx or 0])
        nothing = [indicator for indicator in group if not found[indicator.id, period].records]
        if nothing and conditions.any_record(source, period):
            none = {item.id: Raw(None if item.aggregate is Aggregate.DAY else 0, 0) for item in nothing}
            found |= {(name, period): raw for name, raw in none.items()}
    return found


def _statement(conditions: Conditions, source: Source, group: Sequence[Indicator], period: Period) -> Any:
    """Selects what each indicator adds up, then for each condition how many records and how approximate."""
    written: dict[tuple[Any, ...], Any] = {}
    values: list[Any] = []
    numbers: list[Any] = []
    for indicator in group:
        condition = _condition(indicator)
        if condition not in written:
            chosen = written[condition] = conditions.written(conditions.chosen(source, indicator, period))
            numbers += [peewee.fn.COUNT(peewee.SQL("*")).filter(chosen), _approximation(source, chosen)]
        values.append(_aggregate(conditions, source, indicator).filter(written[condition]))
    columns = [*values, *numbers]
    return conditions.select(source, *columns).where(_scope(conditions, source, group[0], period))


def _places(group: Sequence[Indicator]) -> list[int]:
    """For each indicator of a group where the number of its records stands in the row of the statement."""
    different: dict[tuple[Any, ...], int] = {}
    return [
        len(group) + 2 * different.setdefault(_condition(indicator), len(different)) for indicator in group
    ]


def _condition(indicator: Indicator) -> tuple[Any, ...]:
    """Indicators alike in these count the same records of a span."""
    return repr(indicator.where), indicator.until, indicator.whole


def _aggregate(conditions: Conditions, source: Source, indicator: Indicator) -> Any:
    if indicator.aggregate is Aggregate.DISTINCT:
        return peewee.fn.COUNT(getattr(source.table, indicator.fields[0]).cast("TEXT").distinct())
    if indicator.aggregate is Aggregate.STATE_AREAS:
        township = conditions.township(source)
        return peewee.fn.COUNT(peewee.Case(None, ((township, source.table.area.cast("INTEGER")),)).distinct())
    if indicator.aggregate is Aggregate.DAY:
        return peewee.fn.MIN(peewee.fn.SUBSTR(conditions.day(source, indicator), 1, 10))
    return peewee.fn.SUM(conditions.amount(source, indicator))


def _approximation(source: Source, chosen: Any) -> Any:
    """How approximate the records chosen are, as a rank; those of some kinds are exact."""
    if not source.kind.has("approx"):
        return peewee.SQL("0")
    words = " ".join(f"WHEN '{word}' THEN {rank}" for rank, word in enumerate(APPROX_RANK) if word)
    return peewee.fn.MAX(peewee.SQL(f'CASE "t"."approx" {words} ELSE 0 END')).filter(chosen)


def _scope(conditions: Conditions, source: Source, indicator: Indicator, period: Period) -> Any:
    """The span; with the years that can matter, so that the index keeps other years out."""
    inside = conditions.in_span(source, indicator, period)
    if source.kind.state or indicator.date or period.event:
        return inside
    return conditions.years(source, indicator, period) & inside
