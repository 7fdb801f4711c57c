"""Indicators that are no plain sum: tallies, links, one record's own field, events, runs of years."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from typing import Any

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.wording import span, typhoon_number
from mingxi_desktop.storage import latest, tally
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.raw import Raw, strongest
from mingxi_desktop.storage.shapes import loaded
from mingxi_desktop.storage.sql_text import Sql, every, in_series, is_one_of, sql
from mingxi_desktop.storage.statements import BLANK
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
    if indicator.aggregate is Aggregate.YEARS:
        return _in_run(conditions, indicator, period)[1]

    ids = _ids(conditions, indicator, period)
    return ids[:1] if indicator.aggregate is Aggregate.DAY else ids


def _ids(conditions: Conditions, indicator: Indicator, period: Period) -> list[int]:
    """The ids of the records that count, in order of their day; of PICK the one that has most."""

    def counted() -> Sql:
        source = conditions.source(indicator.kind)
        id = source.column("id")
        query = conditions.select(source, id, conditions.counts(source, indicator, period))
        if indicator.aggregate is Aggregate.PICK:
            return sql("{} ORDER BY {} DESC, {} LIMIT 1", query, source.column(indicator.pick), id)
        return sql("{} ORDER BY {}, {}", query, conditions.day(source, indicator), id)

    return [row[0] for row in conditions.read("counted", indicator, period, counted)]


def names(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> tuple[str, ...]:
    """The names of the records that count, in order of their day."""
    ids = counted_ids(store, conditions, indicator, period)
    by_id = _values(store, indicator.kind, store.schema.kinds[indicator.kind].title[:1], ids)
    return tuple(by_id[number][0] for number in ids)


def _values(store: Store, kind: str, fields: Sequence[str], ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Id → values of some fields, of these records."""
    declared = [store.schema.kinds[kind].field(name) for name in fields]

    def chosen() -> Sql:
        columns = in_series(Sql(f'"{name}"') for name in ("id", *fields))
        return sql(f'SELECT {{}} FROM "{kind}" WHERE {{}}', columns, is_one_of(Sql('"id"'), BLANK))

    if not ids:
        return {}
    rows = store.schema.statements.run(("values", kind, *fields), chosen, json.dumps(list(ids)))
    return {
        number: tuple(loaded(field, value) for field, value in zip(declared, values, strict=True))
        for number, *values in rows
    }


def _linked(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    """How many different entries a MULTI_REF field of the records that count names."""

    def numbers() -> Sql:
        source = conditions.source(indicator.kind)
        id = source.column("id").text
        columns = Sql(f'COUNT(DISTINCT "l"."target"), COUNT(DISTINCT {id})')
        of_field = sql('"l"."kind" = {} AND "l"."field" = {}', indicator.kind, indicator.fields[0])
        counts = every((of_field, conditions.counts(source, indicator, period)))
        return conditions.select(
            source, columns, counts, f' INNER JOIN "link" AS "l" ON ("l"."record" = {id})'
        )

    entries, records = conditions.read(("linked", indicator.fields), indicator, period, numbers).fetchone()
    known = records or conditions.any_record(store.schema.kinds[indicator.kind], period)
    return Raw(entries if known else None, records)


def _tally(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    return tally.evaluate(store, conditions, indicator, period)


def _pick(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    """A field of the one record whose `pick` is largest."""
    ids = counted_ids(store, conditions, indicator, period)
    if not ids:
        return Raw(None, 0)
    kind = store.schema.kinds[indicator.kind]
    field = kind.field(indicator.fields[0])
    rough = field.name in (kind.quantity, "participants") and kind.has("approx")
    wanted = (field.name, "approx") if rough else (field.name,)
    value, *approx = _values(store, kind.name, wanted, ids)[ids[0]]
    return Raw(value.isoformat() if isinstance(value, datetime.date) else value, 1, strongest({*approx}))


def _years(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    """How many years in a row, up to the report year, have a record."""
    run, ids = _in_run(conditions, indicator, period)
    known = run or conditions.any_record(store.schema.kinds[indicator.kind], period)
    return Raw(run if known else None, len(ids))


def _in_run(conditions: Conditions, indicator: Indicator, period: Period) -> tuple[int, list[int]]:
    """How many years in a row have a record, and the records of these years in order of their day."""

    def known() -> Sql:
        source = conditions.source(indicator.kind)
        day = conditions.day(source, indicator)
        columns = sql("{}, CAST(SUBSTR({}, 1, 4) AS INTEGER)", source.column("id"), day)
        wanted = every((conditions.matches(source, indicator), conditions.up_to(source, indicator)))
        query = conditions.select(source, columns, wanted)
        return sql("{} ORDER BY {}", query, source.columns("record_date", "id"))

    rows = conditions.read("known", indicator, period, known).fetchall()
    there = {year for _, year in rows}
    length = 0
    while period.year - length in there:
        length += 1
    return length, [number for number, year in rows if year > period.year - length]


def _main_event_ids(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> list[int]:
    """The event with most people moved; the earlier one where that is equal."""
    ids = _ids(conditions, indicator, period)
    moved = tally.moved_by_event(store, ids, period.as_of)
    return [max(ids, key=lambda number: (moved.get(number, 0), -ids.index(number)))] if ids else []


def _event(store: Store, conditions: Conditions, indicator: Indicator, period: Period) -> Raw:
    ids = _main_event_ids(store, conditions, indicator, period)
    if not ids:
        return Raw(None, 0)
    said = _values(store, indicator.kind, ("record_date", "end_date", "typhoon"), ids)
    first, last, typhoon = said[ids[0]]
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
