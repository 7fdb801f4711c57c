"""Indicators that are no plain sum: tallies, links, one record's own field, events, runs of years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import peewee

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.wording import span, typhoon_number
from mingxi_desktop.storage import latest, tally
from mingxi_desktop.storage.conditions import Conditions, Source
from mingxi_desktop.storage.raw import Raw, strongest
from mingxi_desktop.storage.store import Store


def evaluate(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    """The raw value of one such indicator."""
    return _HOW[indicator.aggregate](store, conditions, indicator, period)


def shares(conditions: Conditions, indicator: Indicator, period: Period) -> dict[int, tuple[int, str]] | None:
    """Id → (what it adds as in the file, why it adds nothing) of records that replace one another, by their day.

    None where each record adds its own amount or none.
    """
    if indicator.aggregate is Aggregate.TALLY:
        return {row.id: (row.adds, row.remark) for row in tally.rows(conditions, indicator, period)}
    if indicator.aggregate is Aggregate.LATEST:
        return {row.id: (row.adds, row.remark) for row in latest.rows(conditions, indicator, period)}
    return None


def counted_ids(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> list[int]:
    """The ids of the records that count, in order of their day; for one record's own field that record."""
    replacing = shares(conditions, indicator, period)
    if replacing is not None:
        return list(replacing)
    if indicator.aggregate in (Aggregate.EVENT, Aggregate.TYPHOON):
        return _main_event_ids(store, conditions, indicator, period)
    source = conditions.source(indicator.kind)
    query = conditions.select(source, source.table.id).where(conditions.counts(source, indicator, period))
    if indicator.aggregate is Aggregate.PICK:
        query = query.order_by(getattr(source.table, indicator.pick).desc(), source.table.id).limit(1)
    elif indicator.aggregate is Aggregate.YEARS:
        query = _in_run(conditions, source, indicator, period)
    else:
        query = query.order_by(conditions.day(source, indicator), source.table.id)
    ids = [row[0] for row in query.tuples()]
    return ids[:1] if indicator.aggregate is Aggregate.DAY else ids


def names(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> tuple[str, ...]:
    """The names of the records that count, in order of their day."""
    ids = counted_ids(store, conditions, indicator, period)
    kind = store.schema.kinds[indicator.kind]
    table = store.schema.table[indicator.kind]
    rows = table.select(table.id, table._meta.fields[kind.title[0]]).where(table.id.in_(ids)).tuples()
    by_id = dict(rows)
    return tuple(by_id[number] for number in ids)


def _linked(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    """How many different entries a MULTI_REF field of the records that count names."""
    source = conditions.source(indicator.kind)
    link = store.schema.link
    counted = conditions.counts(source, indicator, period)
    of_field = (link.kind == indicator.kind) & (link.field == indicator.fields[0])
    numbers = (peewee.fn.COUNT(link.target.distinct()), peewee.fn.COUNT(source.table.id.distinct()))
    query = conditions.select(source, *numbers)
    row = query.join(link, on=(link.record == source.table.id)).where(of_field & counted).tuples()[0]
    return Raw(row[0] if row[1] or conditions.any_record(source, period) else None, row[1])


def _tally(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    return tally.evaluate(store, conditions, indicator, period)


def _pick(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    """A field of the one record whose `pick` is largest."""
    ids = counted_ids(store, conditions, indicator, period)
    if not ids:
        return Raw(None, 0)
    kind = store.schema.kinds[indicator.kind]
    table = store.schema.table[indicator.kind]
    row = table.select().where(table.id == ids[0]).dicts()[0]
    field = kind.field(indicator.fields[0])
    value = row[field.name]
    if field.type is FieldType.DATE and value is not None:
        value = value.isoformat()
    approx = strongest({row.get("approx")}) if field.name in (kind.quantity, "participants") else ""
    return Raw(value, 1, approx)


def _years(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    """How many years in a row, up to the report year, have a record."""
    source = conditions.source(indicator.kind)
    run = _run(conditions, source, indicator, period)
    ids = counted_ids(store, conditions, indicator, period)
    return Raw(run if run or conditions.any_record(source, period) else None, len(ids))


def _run(conditions: Conditions, source: Source, indicator: Indicator, period: Period) -> int:
    day = conditions.day(source, indicator)
    query = conditions.select(source, peewee.fn.SUBSTR(day, 1, 4).coerce(False).distinct()).where(
        conditions.matches(source, indicator) & (day <= period.as_of.isoformat())
    )
    there = {int(row[0]) for row in query.tuples() if row[0]}
    length = 0
    while period.year - length in there:
        length += 1
    return length


def _in_run(conditions: Conditions, source: Source, indicator: Indicator, period: Period) -> Any:
    """The records of the years in the run."""
    day = conditions.day(source, indicator)
    first = period.year - _run(conditions, source, indicator, period) + 1
    return (
        conditions.select(source, source.table.id)
        .where(conditions.matches(source, indicator))
        .where((day >= f"{first}-01-01") & (day <= period.as_of.isoformat()))
        .order_by(source.table.record_date, source.table.id)
    )


def _main_event_ids(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> list[int]:
    """The event with most people moved; the earlier one where that is equal."""
    source = conditions.source(indicator.kind)
    query = conditions.select(source, source.table.id).where(conditions.counts(source, indicator, period))
    ids = [row[0] for row in query.order_by(source.table.record_date, source.table.id).tuples()]
    moved = tally.moved_by_event(store, ids, period.as_of)
    return [max(ids, key=lambda number: (moved.get(number, 0), -ids.index(number)))] if ids else []


def _event(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    ids = _main_event_ids(store, conditions, indicator, period)
    if not ids:
        return Raw(None, 0)
    table = store.schema.table[indicator.kind]
    first, last, typhoon = (
        table.select(table.record_date, table.end_date, table.typhoon).where(table.id == ids[0]).tuples()[0]
    )
    if indicator.aggregate is Aggregate.EVENT:
        return Raw(span(first, last), 1)
    return Raw(typhoon_number(typhoon or ""), 1, names=(typhoon or "",))


_HOW: dict[Aggregate, Callable[[Store, Conditions, Indicator, Period], Raw]] = {
    Aggregate.DISTINCT: _linked,
    Aggregate.TALLY: _tally,
    Aggregate.PICK: _pick,
    Aggregate.YEARS: _years,
    Aggregate.EVENT: _event,
    Aggregate.TYPHOON: _event,
}
