"""Statements that are written once: what they ask for is asked each time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage.evaluate import evaluate
from tests.ledger.conftest import Add, adder_for

PLACE = "明溪县甲有限公司"
OF_PLACE = Indicator(
    "of_place", "甲公司隐患", "hazard", Aggregate.SUM, "条", where={"place": (PLACE,)}, years=2
)


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(file, operator="张三") as opened:
        yield opened


@pytest.fixture
def add(ledger: Ledger) -> Add:
    """Adds records."""
    return adder_for(ledger)


def of(ledger: Ledger, period: Period, indicator: Indicator = OF_PLACE) -> object:
    return evaluate(ledger._store, [indicator], [period])[indicator.id, period].value


def test_a_name_that_comes_later_is_found_then(ledger: Ledger, add: Add) -> None:
    year = Period.of(2024)
    add("hazard", record_date=datetime.date(2024, 3, 1), place="别家公司", quantity_found=5)
    assert of(ledger, year) == 0
    add("hazard", record_date=datetime.date(2024, 3, 2), place=PLACE, quantity_found=3)
    assert of(ledger, year) == 3


def test_each_span_is_asked_for_its_own_days(ledger: Ledger, add: Add) -> None:
    for day, found in (("2022-05-01", 1), ("2023-05-01", 10), ("2024-05-01", 100), ("2024-09-01", 1000)):
        on = datetime.date.fromisoformat(day)
        add("hazard", record_date=on, place=PLACE, quantity_found=found, quantity_rectified=0)
    spans = [Period.of(2024), Period.of(2024, datetime.date(2024, 6, 30)), Period.of(2023)]
    assert [of(ledger, span) for span in spans] == [1110, 110, 11]
    assert [of(ledger, Period.month(2024, month)) for month in (4, 5, 9)] == [10, 110, 1110]


def test_how_many_statements_are_kept_has_an_end(ledger: Ledger) -> None:
    for number in range(600):
        tried = Indicator(f"tried{number}", "试", "hazard", Aggregate.COUNT, "条")
        of(ledger, Period.of(2024), tried)
    assert len(ledger._store.schema.statements._written) <= 500
