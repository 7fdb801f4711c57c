"""Which sorts of records an indicator adds up."""

from __future__ import annotations

from mingxi_desktop.domain.indicators import Indicator, Period
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.shapes import loaded
from mingxi_desktop.storage.sql_text import sql
from mingxi_desktop.storage.store import Store


def any_defined(store: Store) -> bool:
    """Whether the file has indicators beside those that come with the program."""
    return bool(store.schema.indicator.select(store.schema.indicator.id).exists())


def sorts(store: Store, indicator: Indicator, deciding: str, period: Period) -> set[str]:
    """The words of a field (of the record, or "parent.field") among the records that count in a span."""
    conditions = Conditions(store)
    source = conditions.source(indicator.kind)
    owner, _, name = deciding.rpartition(".")
    word = sql("DISTINCT {}", source.of_parent(name) if owner else source.column(name))
    query = conditions.select(source, word, conditions.counts(source, indicator, period))
    field = (source.parent if owner and source.parent else source.kind).field(name)
    return {loaded(field, row[0]) for row in store.schema.statements.once(query, period)}
