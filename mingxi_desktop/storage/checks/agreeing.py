"""What each record adds to a number, so that two numbers can be compared record by record."""

from __future__ import annotations

from decimal import Decimal

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.sql_text import every
from mingxi_desktop.storage.store import Store

_ADDED = (Aggregate.SUM, Aggregate.COUNT)


def amounts(store: Store, indicator: Indicator, period: Period) -> dict[tuple[str, int], Decimal] | None:
    """(kind, record) → what it adds, in the indicator's unit; None where records are not simply added up."""
    if indicator.aggregate not in _ADDED or indicator.date:
        return None
    conditions = Conditions(store)
    source = conditions.source(indicator.kind)
    counts = conditions.counts(source, indicator, period)
    if not source.kind.state:
        # The year beside the days: only with it does an index lead to the few of one level or campaign.
        counts = every((conditions.years(source, indicator), counts))
    return dict(conditions.amounts(indicator, period, counts))
