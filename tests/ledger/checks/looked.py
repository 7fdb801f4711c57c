"""What one check says of a ledger in a test, and what its cures do."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope

TODAY = datetime.date(2025, 2, 1)


def found(ledger: Ledger, code: str, year: int = 2024) -> list[Concern]:
    """The concerns of one check; each is told apart by its key."""
    concerns = list(ledger.checks.check(code).find(Scope(ledger, ledger._store, year, TODAY)))
    assert len({concern.key for concern in concerns}) == len(concerns)
    return concerns


def ids(concern: Concern) -> list[int]:
    """The records it names, without their kinds."""
    return [number for _, number in concern.records]


def cure(ledger: Ledger, code: str, label: str) -> str:
    """Carry out a cure of the one concern there is; what it said."""
    (concern,) = found(ledger, code)
    offered = {one.label: one for one in ledger.checks.cures(concern, 2024, TODAY)}
    return ledger.checks.cure(offered[label]).sentence


def alive(ledger: Ledger, kind: str) -> list[int]:
    """The records of a kind that are not in the trash."""
    return sorted(ledger.ids(Query(kind)))
