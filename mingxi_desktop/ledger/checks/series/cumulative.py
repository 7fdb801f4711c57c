"""Trap: running totals (累计) that are added together as if each row were new."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.domain.concerns import Concern, Ref
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope
from mingxi_desktop.ledger.checks.series import cumulative_series as series
from mingxi_desktop.ledger.checks.series import cumulative_tallies as tallies
from mingxi_desktop.storage.checks.cumulative import FIGURES

_OF_SERIES = (series.SAID, series.BESIDE, series.GROWING)


CODE = "cumulative_added"


def find(scope: Scope) -> Sequence[Concern]:
    """The daily reports of floods first, then the other ledgers."""
    return scope.ledger.remembered.get(
        (CODE, scope.year), lambda: (*tallies.find(scope), *series.find(scope))
    )


def told(scope: Scope) -> frozenset[Ref]:
    """The records that this check tells of, so that no other one tells of them again."""
    return frozenset(ref for concern in find(scope) for ref in concern.records)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """The ways to put a finding right: of a series of sheets, or of tallies of one event."""
    of_series = concern.subject.partition(":")[0] in _OF_SERIES
    return series.cures(scope, concern) if of_series else tallies.cures(scope, concern)


CHECK = Check(
    CODE,
    "累计数相加",
    "“截至……”“1-6月”的表是累计数，后一期包含前一期；逐期相加会重复，要改口径或只留最后一期。",
    (tallies.KIND, *FIGURES, "supply_movement", "supply_line"),
    find,
    cures,
)
