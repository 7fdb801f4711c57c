"""Where the records are of a ledger that has none in a year."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.elsewhere import Held, held
from tests.ledger.conftest import Add


def test_other_years_are_counted_where_a_year_has_none(ledger: Ledger, add: Add) -> None:
    for year in (2023, 2025, 2025):
        add("hazard", record_date=datetime.date(year, 3, 1))
    add("activity", record_date=datetime.date(2022, 3, 1))
    assert held(ledger, Query("hazard", year=2024)) == Held(2024, 0, ((2025, 2), (2023, 1)))
    assert held(ledger, Query("fund", year=2024)) == Held(2024, 0, ())


def test_a_year_with_records_and_all_years_are_only_counted(ledger: Ledger, add: Add) -> None:
    for year in (2023, 2025, 2025):
        add("hazard", record_date=datetime.date(year, 3, 1))
    assert held(ledger, Query("hazard", year=2025, search="没有这样的")) == Held(2025, 2)
    assert held(ledger, Query("hazard")) == Held(None, 3)
