"""Statements that are written once: what they ask for is asked each time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import statements
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


def test_other_spans_are_asked_by_statements_that_are_there(ledger: Ledger, add: Add) -> None:
    on = datetime.date(2024, 7, 1)
    event = add("disaster_event", name="“某”台风", type="台风", record_date=on)
    told = {"area": "雪峰镇", "record_date": on, "basis": "累计", "evacuees": 7}
    add("response_tally", event=f"disaster_event:{event}", **told)
    book = ledger.definitions.book.indicators
    evaluate(ledger._store, book, [Period.of(2024), Period.of(2023)])
    statements = ledger._store.schema.statements
    written = set(statements._written)
    evaluate(ledger._store, book, [Period.of(2024, datetime.date(2024, 6, 30)), Period.month(2024, 7)])
    assert set(statements._written) == written


def test_no_table_is_made_ready_for_peewee(ledger: Ledger) -> None:
    evaluate(ledger._store, ledger.definitions.book.indicators, [Period.of(2024)])
    assert not ledger._store.schema.table._made  # type: ignore[attr-defined]


@pytest.mark.parametrize("found", [7, 10**10, 10**17])
def test_a_sum_that_leaves_no_room_for_the_number_of_records_is_exact(
    ledger: Ledger, add: Add, found: int
) -> None:
    """In the first case both come in one number, then they do not: SQLite says so in two ways."""
    for day in range(1, 8):
        on = datetime.date(2024, 3, day)
        add("hazard", record_date=on, place=PLACE, quantity_found=day, quantity_rectified=day)
    # No form takes so much.
    ledger._store.database.execute_sql('UPDATE "hazard" SET "quantity_found" = "quantity_found" + ?', [found])
    rectified = Indicator("done", "整改", "hazard", Aggregate.SUM, "条", fields=("quantity_rectified",))
    for indicator, value in ((OF_PLACE, 7 * found + 28), (rectified, 28)):
        raw = evaluate(ledger._store, [indicator], [Period.of(2024)])[indicator.id, Period.of(2024)]
        assert (raw.value, raw.records) == (value, 7)


def test_an_unknown_failure_of_a_scan_is_told(ledger: Ledger) -> None:
    ledger._store.database.execute_sql('ALTER TABLE "hazard" RENAME TO "gone"')
    with pytest.raises(peewee.OperationalError):
        of(ledger, Period.of(2024))
    ledger._store.database.execute_sql('ALTER TABLE "gone" RENAME TO "hazard"')


def test_an_event_is_asked_for_what_is_its_own(ledger: Ledger, add: Add) -> None:
    moved = Indicator("moved", "转移", "response_tally", Aggregate.TALLY, "人", fields=("evacuees",))
    spans = []
    for day, people in (("2024-07-01", 7), ("2024-08-01", 9)):
        on = datetime.date.fromisoformat(day)
        event = add("disaster_event", name=f"过程{people}", type="暴雨洪涝", record_date=on)
        told = {"area": "雪峰镇", "record_date": on, "basis": "累计", "evacuees": people}
        add("response_tally", event=f"disaster_event:{event}", **told)
        spans.append(Period(2024, datetime.date(2024, 12, 31), on, event))
    assert [of(ledger, span, moved) for span in (*spans, Period.of(2024))] == [7, 9, 16]


def test_how_many_statements_are_kept_has_an_end(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_MOST", 20)
    kept = ledger._store.schema.statements._written
    kept.clear()
    sizes = []
    for number in range(1, 51):
        where = {f"quantity_{'found' if number % 2 else 'rectified'}": (number,)}
        of(ledger, Period.of(2024), Indicator("tried", "试", "hazard", Aggregate.COUNT, "条", where=where))
        sizes.append(len(kept))
    assert max(sizes) == 20  # each is one of its own
    assert len(set(sizes)) == 20  # and room is made by dropping them all
