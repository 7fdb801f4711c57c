"""A draft proofread with what the clerk has said of single numbers: that is another indicator, that is none."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.reports import proofing
from mingxi_desktop.report.proofreading import meant as meant_by_clerk
from mingxi_desktop.report.proofreading.model import Checked, Draft

NONE = ""
"""Stands for an indicator's id where the clerk says that a number is none."""
Place = tuple[int, int, int]
"""Which number of a draft: start, end, and which of those that stand there (a number may say two things)."""


def proofread(
    ledger: Ledger,
    draft: Draft,
    year: int,
    as_of: datetime.date | None = None,
    meant: Mapping[Place, str] = MappingProxyType({}),
) -> tuple[Checked, ...]:
    """Every number of the draft in the order of the text, judged by the records of a year up to a day.

    meant: what the clerk has said of numbers: an indicator's id, or NONE.
    """
    found = proofing.proofread(ledger, draft, year, as_of)
    checked = sorted(found, key=lambda one: one.amount.start)
    said = {id for id in meant.values() if id in ledger.definitions.book.by_id}
    values = (
        {value.indicator.id: value for value in ledger.indicators(year, as_of, tuple(said))} if said else {}
    )
    return tuple(
        _as_meant(one, draft, meant.get(place), values, year)
        for place, one in zip(places(checked), checked, strict=True)
    )


def places(checked: Iterable[Checked]) -> tuple[Place, ...]:
    """The place of each of these numbers."""
    seen: Counter[tuple[int, int]] = Counter()
    found = []
    for one in checked:
        span = one.amount.start, one.amount.end
        found.append((*span, seen[span]))
        seen[span] += 1
    return tuple(found)


def _as_meant(
    one: Checked, draft: Draft, said: str | None, values: Mapping[str, IndicatorValue], year: int
) -> Checked:
    """The number as the clerk has spoken of it; as it is where nothing was said, or where the indicator is gone."""
    if said is None:
        return one
    if said == NONE:
        return meant_by_clerk.as_none(one)
    return meant_by_clerk.as_indicator(one, draft, values[said], year) if said in values else one
