"""An indicator proved by its records, with what each of them adds."""

from __future__ import annotations

from decimal import Decimal

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.indicators import Aggregate, Contribution, Indicator, Period
from mingxi_desktop.storage import special
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.shapes import stored
from mingxi_desktop.storage.store import Store

_SUMMED = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.STATE})


def contributions(
    store: Store, rows: Rows, indicator: Indicator, period: Period, book: IndicatorBook
) -> tuple[Contribution, ...]:
    """The records behind a number; of a ratio those of its numerator and denominator."""
    if indicator.aggregate is Aggregate.RATIO:
        parts = [book.by_id[indicator.of], book.by_id[indicator.per]]
        both: dict[tuple[str, int], Contribution] = {}
        for part in reversed(parts):
            for item in contributions(store, rows, part, period, book):
                both[item.kind, item.id] = item
        return tuple(both.values())
    conditions = Conditions(store)
    kind = store.schema.kinds[indicator.kind]
    shares = special.shares(conditions, indicator, period)
    ids = special.counted_ids(store, conditions, indicator, period) if shares is None else list(shares)
    found = []
    for record in rows.each(kind, ids):
        adds, remark = (shares or {}).get(record.id, (None, ""))
        if indicator.aggregate in _SUMMED and adds is None:
            adds = _adds(kind, indicator, record.values)
        shown = record.shown
        found.append(
            Contribution(
                kind=kind.name,
                id=record.id,
                title=rows.title(kind, record),
                date=shown.get(kind.date) or shown.get("record_date", ""),
                area=shown.get("area", ""),
                contributes=None if adds is None else Decimal(conditions.scaled(kind, indicator, adds)),
                source=shown.get("source_ref", ""),
                remark=remark,
            )
        )
    return tuple(found)


def _adds(kind: Kind, indicator: Indicator, values: object) -> int:
    """What a record adds, as the integer it is in the file."""
    assert isinstance(values, dict)
    names = indicator.fields or ((kind.quantity,) if kind.quantity else ())
    if indicator.aggregate is Aggregate.COUNT or not names:
        return 1
    return sum(int(stored(kind.field(name), values.get(name)) or 0) for name in names)
