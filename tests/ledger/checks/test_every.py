"""What holds for all the checks of the program together."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.ledger import Ledger


@pytest.mark.parametrize("today", [datetime.date(2024, 12, 31), datetime.date(2025, 6, 30)])
def test_of_a_file_without_records_they_say_nothing_about_a_ledger(
    ledger: Ledger, today: datetime.date
) -> None:
    """So that they need not be asked before an import into one (`ahead`)."""
    assert not ledger.years()
    every = frozenset(kind.name for kind in kinds.ALL)
    assert not [concern for year in (2024, 2025) for concern in ledger.checks.find(year, today, every)]
