"""Reading indicators in tests, each held against its own trace."""

from __future__ import annotations

import datetime
from typing import Any
from weakref import WeakKeyDictionary

from mingxi_desktop.domain.indicators import Aggregate, IndicatorValue
from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import Add

SUMS = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.STATE, Aggregate.TALLY})


def date(month: int, day: int, year: int = 2024) -> datetime.date:
    return datetime.date(year, month, day)


_READ: WeakKeyDictionary[Ledger, tuple[Any, dict[str, IndicatorValue]]] = WeakKeyDictionary()


def all_values(ledger: Ledger, as_of: datetime.date | None, year: int) -> dict[str, IndicatorValue]:
    """Every indicator by name; read again only after something was written."""
    now = (ledger._store.database.connection().total_changes, as_of, year)
    if ledger not in _READ or _READ[ledger][0] != now:
        _READ[ledger] = (now, {item.indicator.id: item for item in ledger.indicators(year, as_of)})
    return _READ[ledger][1]


def value(ledger: Ledger, name: str, as_of: datetime.date | None = None, year: int = 2024) -> IndicatorValue:
    """The indicator's value; a trace of it must give the same, and its records must add up to it."""
    found = all_values(ledger, as_of, year)[name]
    ledger.remembered._known.clear()
    trace = ledger.trace(name, year, as_of)
    assert trace.value == found
    if found.indicator.aggregate in SUMS and not found.indicator.target and found.value is not None:
        assert sum(item.contributes or 0 for item in trace.records) == found.value
    assert trace.rule.endswith("。")
    return found


def printed(
    ledger: Ledger, name: str, as_of: datetime.date | None = None, year: int = 2024
) -> tuple[Any, str]:
    found = value(ledger, name, as_of, year)
    return found.value, found.text


def tally(add: Add, event: int, area: str, day: int, basis: str, **values: Any) -> int:
    """What a township reports in June about an event."""
    return add(
        "response_tally",
        event=f"disaster_event:{event}",
        area=area,
        record_date=date(6, day),
        basis=basis,
        **values,
    )
