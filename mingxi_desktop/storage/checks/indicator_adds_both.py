"""Which sorts of records an indicator adds up."""

from __future__ import annotations

from mingxi_desktop.domain.indicators import Indicator, Period
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.store import Store


def any_defined(store: Store) -> bool:
    """Whether the file has indicators beside those that come with the program."""
    return bool(store.schema.indicator.select(store.schema.indicator.id).exists())


def sorts(store: Store, indicator: Indicator, deciding: str, period: Period) -> set[str]:
    """The words of a field (of the record, or "parent.field") among the records that count in a span."""
    conditions = Conditions(store)
    source = conditions.source(indicator.kind)
    owner, _, name = deciding.rpartition(".")
    column = getattr(source.parent if owner else source.table, name)
    query = conditions.select(source, column).where(conditions.counts(source, indicator, period))
    return {row[0] for row in query.distinct().tuples()}
