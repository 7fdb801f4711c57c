"""Indicators proved by their records, with what each of them adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from mingxi_desktop.domain.fields import NUMERIC, Kind
from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.indicator_wanted import DAYS
from mingxi_desktop.domain.indicators import Aggregate, Contribution, Indicator, Period
from mingxi_desktop.domain.records import Record
from mingxi_desktop.storage import special
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.shapes import stored
from mingxi_desktop.storage.store import Store

_SUMMED = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.STATE})


class _Seen(NamedTuple):
    """What is said of a record, behind whatever number.  days: as shown, by field.  amounts: as in the file."""

    title: str
    days: Mapping[str, str]
    area: str
    source: str
    amounts: Mapping[str, int]


class Tracer:
    """Finds the records behind the numbers of one span; each record is read once, however many it counts in."""

    def __init__(self, store: Store, rows: Rows, period: Period, book: IndicatorBook) -> None:
        self._store = store
        self._rows = rows
        self._period = period
        self._book = book
        self._conditions = Conditions(store)
        self._seen: dict[tuple[str, int], _Seen] = {}

    def contributions(self, indicator: Indicator) -> tuple[Contribution, ...]:
        """The records behind a number; of a ratio those of its numerator and denominator."""
        if indicator.aggregate is not Aggregate.RATIO:
            return tuple(self._counted(indicator))
        parts = [self._book.by_id[indicator.of], self._book.by_id[indicator.per]]
        both: dict[tuple[str, int], Contribution] = {}
        for part in reversed(parts):
            for item in self.contributions(part):
                both[item.kind, item.id] = item
        return tuple(both.values())

    def _counted(self, indicator: Indicator) -> Iterator[Contribution]:
        kind = self._store.schema.kinds[indicator.kind]
        shares = special.shares(self._conditions, indicator, self._period)
        if shares is None:
            ids = special.counted_ids(self._store, self._conditions, indicator, self._period)
        else:
            ids = list(shares)
        self._read(kind, ids)
        for number in ids:
            seen = self._seen[kind.name, number]
            adds, remark = (shares or {}).get(number, (None, ""))
            if indicator.aggregate in _SUMMED and adds is None:
                adds = self._adds(kind, indicator, seen)
            yield Contribution(
                kind=kind.name,
                id=number,
                title=seen.title,
                date=seen.days.get(indicator.date or kind.date) or seen.days.get("record_date", ""),
                area=seen.area,
                contributes=None if adds is None else Decimal(self._conditions.scaled(kind, indicator, adds)),
                source=seen.source,
                remark=remark,
            )

    def _adds(self, kind: Kind, indicator: Indicator, seen: _Seen) -> int:
        """What a record adds, as the integer it is in the file."""
        names = self._conditions.summed(kind, indicator)
        if not names:
            return 1
        return sum(seen.amounts[name] for name in names)

    def _read(self, kind: Kind, ids: Sequence[int]) -> None:
        for record in self._rows.each(kind, [id for id in ids if (kind.name, id) not in self._seen]):
            self._seen[kind.name, record.id] = _Seen(
                title=self._rows.title(kind, record),
                days={name: record.shown[name] for name in _days(kind) if record.shown.get(name)},
                area=record.shown.get("area", ""),
                source=record.shown.get("source_ref", ""),
                amounts=_amounts(kind, record),
            )


@cache
def _days(kind: Kind) -> tuple[str, ...]:
    """The fields of which one puts a record into a span: which, an indicator may say."""
    return tuple(field.name for field in kind.fields if field.type in DAYS and field.stored)


def _amounts(kind: Kind, record: Record) -> dict[str, int]:
    return {
        field.name: int(stored(field, record.values.get(field.name)) or 0)
        for field in kind.fields
        if field.type in NUMERIC
    }
