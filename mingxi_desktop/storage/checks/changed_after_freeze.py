"""Which records were touched since a report was frozen, and how those count now."""

from __future__ import annotations

import json
from collections.abc import Collection
from decimal import Decimal

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.references import KEPT
from mingxi_desktop.storage import acceptances, frozen, zero_reports
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.sql_text import every, is_one_of
from mingxi_desktop.storage.store import Store

_BESIDE = (acceptances.KIND, frozen.KIND, zero_reports.KIND, *KEPT)
"""Entries of the history that no number rests on."""
_ALONE = (Aggregate.SUM, Aggregate.COUNT)
"""Ways of counting in which a record adds its own whatever the others are."""


def touched(store: Store, change_set: int) -> dict[str, set[int]]:
    """Kind (or list) → what of it later change sets wrote to."""
    table = store.schema.history
    later = (table.change_set > change_set) & table.kind.not_in(_BESIDE)
    found: dict[str, set[int]] = {}
    for kind, number in table.select(table.kind, table.record).where(later).distinct().tuples():
        found.setdefault(kind, set()).add(number)
    return found


def is_alone(store: Store, indicator: Indicator) -> bool:
    """Whether each record counts by itself, so that those that were not touched count as they did."""
    kind = store.schema.kinds.get(indicator.kind)
    return indicator.aggregate in _ALONE and not indicator.whole and kind is not None and not kind.parent


def counted(
    store: Store, indicator: Indicator, period: Period, ids: Collection[int]
) -> dict[tuple[str, int], Decimal | None]:
    """Those of these records that count → what each adds in the indicator's unit; of one that `is_alone`."""
    conditions = Conditions(store)
    source = conditions.source(indicator.kind)
    mine = is_one_of(source.column("id"), json.dumps(sorted(ids)))
    counts = every((mine, conditions.counts(source, indicator, period)))
    return dict(conditions.amounts(indicator, period, counts))
