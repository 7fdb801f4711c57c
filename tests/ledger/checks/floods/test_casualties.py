"""零伤亡: only when every township reported 0 for every flood, and nothing says otherwise."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.floods.casualties import CHECK
from tests.ledger.conftest import Add, day

_NONE = {"deaths": 0, "missing": 0, "injured": 0}


@pytest.fixture
def event(ledger: Ledger, add: Add) -> int:
    """A flood for which all nine townships have reported that nobody was hurt."""
    made = add("disaster_event", end_date=day(3))
    for entry in ledger.entries("area"):
        if entry.name != "县直":
            tally(add, made, entry.name, **_NONE)
    return made


def tally(add: Add, event: int, area: str, **values: Any) -> int:
    return add("response_tally", event=f"disaster_event:{event}", area=area, **values)


def found(ledger: Ledger, today: datetime.date = datetime.date(2025, 1, 2)) -> list[Concern]:
    return list(CHECK.find(Scope(ledger, ledger._store, 2024, today)))


def test_who_has_not_reported_is_named(ledger: Ledger, add: Add, event: int) -> None:
    assert found(ledger) == []
    rows = ledger.records("response_tally", [1, 2, 3])
    ledger.delete("response_tally", [1])
    ledger.edit("response_tally", 2, {"missing": None, "injured": None})
    [concern] = found(ledger)
    assert f"{rows[0].shown['area']}没有报，{rows[1].shown['area']}没有报失踪、受伤" in concern.message
    assert "6.9-6.12" in concern.message
    assert concern.records == (("disaster_event", event), ("response_tally", 2))
    assert concern.severity is Severity.INFO
    assert found(ledger, day(3)) == []  # the flood is not over


def test_nobody_claims_what_nobody_reported(ledger: Ledger, add: Add) -> None:
    tally(add, add("disaster_event", end_date=day(3)), "盖洋镇", evacuees=20)
    assert found(ledger) == []


def test_a_zero_at_the_end_after_somebody_was_hurt(ledger: Ledger, add: Add, event: int) -> None:
    first = tally(add, event, "盖洋镇", basis="累计", record_date=day(1), deaths=1, missing=0, injured=0)
    assert found(ledger) == []
    tally(add, event, "盖洋镇", basis="累计", record_date=day(2), **_NONE)
    [concern] = found(ledger)
    assert concern.records == (("response_tally", first),)
    assert concern.severity is Severity.ERROR
    assert "盖洋镇" in concern.message


def test_an_accident_or_a_loss_report_of_people_hurt(ledger: Ledger, add: Add, event: int) -> None:
    add("accident", record_date=day(1), deaths=1, note="会车时相撞")  # in those days, but of no flood
    assert found(ledger) == []
    accident = add("accident", record_date=day(1), deaths=1, note="山体滑坡压垮工棚")
    loss = add("disaster_loss", event=f"disaster_event:{event}", area="雪峰镇", note="1人失踪")
    kinds = {concern.records[0] for concern in found(ledger)}
    assert kinds == {("accident", accident), ("disaster_loss", loss)}
