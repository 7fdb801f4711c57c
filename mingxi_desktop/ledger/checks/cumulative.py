"""Trap: running totals (累计) that are added together as if each row were new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger.checks import cumulative_series as series
from mingxi_desktop.ledger.checks import cumulative_tallies as tallies
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope
from mingxi_desktop.storage.checks.cumulative import FIGURES

_OF_SERIES = (series.SAID, series.BESIDE, series.GROWING)


def find(scope: Scope) -> Iterator[Concern]:
    """The daily reports of floods first, then the other ledgers."""
    yield from tallies.find(scope)
    yield from series.find(scope)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """By the sort of finding."""
    of_series = concern.subject.partition(":")[0] in _OF_SERIES
    return series.cures(scope, concern) if of_series else tallies.cures(scope, concern)


CHECK = Check(
    "cumulative_added",
    "累计数相加",
    "“截至……”“1-6月”的表是累计数，后一期包含前一期；逐期相加会重复，要改口径或只留最后一期。",
    (tallies.KIND, *FIGURES, "supply_movement", "supply_line"),
    find,
    cures,
)
