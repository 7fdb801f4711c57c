"""Indicators from records: one grouped query for all of a kind and all spans, few special ones beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.storage import latest, special
from mingxi_desktop.storage.conditions import STATES, Conditions
from mingxi_desktop.storage.raw import APPROX_RANK, Raw
from mingxi_desktop.storage.scanning import Scan
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
    kind = store.schema.kinds[group[0].kind]
    scan = Scan(conditions, group)
    found: dict[Key, Raw] = {}
    for period in periods:
        answers, kept = scan.answers(store.schema.statements, period)
        for indicator, (value, records, rank) in zip(group, answers, strict=True):
            if not records:
                none = 0 if kept and indicator.aggregate is not Aggregate.DAY else None
                found[indicator.id, period] = Raw(none, 0)
                continue
            if indicator.aggregate in (Aggregate.SUM, Aggregate.STATE):
                value = conditions.scaled(kind, indicator, int(value))
            elif indicator.aggregate is Aggregate.DAY:
                records = 1  # the earliest: the one that the trace shows
            found[indicator.id, period] = Raw(value, records, APPROX_RANK[rank])
    return found


def _condition(indicator: Indicator) -> tuple[Any, ...]:
    """Indicators alike in these count the same records of a span."""
    return repr(indicator.where), indicator.until, indicator.whole
