"""Which findings stand at a record, and in which townships a finding is."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.records import Child
from mingxi_desktop.ledger import Ledger, concern_list
from mingxi_desktop.ledger.concern_list import areas_of, owners
from tests.ledger.conftest import Add


def test_findings_about_rows_of_a_record_stand_at_the_record(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concern_list, "_AT_ONCE", 1)
    one, two = add("hazard"), add("hazard")
    step = {"record_date": datetime.date(2024, 6, 20), "action": "下达整改"}
    ledger.edit("hazard", one, {}, children={"hazard_step": [Child(step)]})
    [row] = ledger.children("hazard", one)["hazard_step"]
    own = Concern("a", Severity.WARNING, "一", (("hazard", one), ("hazard", two)))
    of_row = Concern("b", Severity.ERROR, "二", (("hazard_step", row.id), ("hazard", one)))
    found = owners(ledger, [of_row, own, own])
    assert {kind: dict(about) for kind, about in found.items()} == {
        "hazard": {one: (of_row, own), two: (own,)}
    }
    area = ledger.get("hazard", one).shown["area"]
    assert areas_of(ledger, found) == {own.key: (area,), of_row.key: (area,)}
    assert owners(ledger, []) == {}
