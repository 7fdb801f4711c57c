"""整改逾期: one sentence while they are few, one for each township else, and what is in order stays silent."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.owed import townships
from mingxi_desktop.ledger.checks.owed.overdue import CHECK
from tests.ledger.conftest import Add

_TODAY = datetime.date(2025, 3, 1)
_DUE = datetime.date(2024, 7, 9)


def _scope(ledger: Ledger, year: int = 2024) -> Scope:
    return Scope(ledger, ledger._store, year, _TODAY)


def test_a_few_are_told_together_the_longest_overdue_first(ledger: Ledger, add: Add) -> None:
    late = add(
        "hazard", due_date=datetime.date(2025, 1, 6), area="雪峰镇", description="乙", quantity_found=3
    )
    first = add("hazard", due_date=_DUE)
    add("hazard", due_date=_DUE, quantity_rectified=1, description="丙")
    add("hazard", description="丁")
    (found,) = CHECK.find(_scope(ledger))
    assert found.message == (
        "2024年发现的隐患有2条过了期限还没有整改完（未整改4处），最久的已逾期235天，整改率因此不到100%："
        "2024-0002（盖洋镇，限7月9日）、2024-0001（雪峰镇，限2025年1月6日）"
    )
    assert found.records == (("hazard", first), ("hazard", late))
    assert not list(CHECK.find(_scope(ledger, 2023)))


def test_an_extension_that_still_runs_is_not_overdue(ledger: Ledger, add: Add) -> None:
    longer = {
        "action": "延期",
        "record_date": datetime.date(2024, 7, 1),
        "new_due": datetime.date.today() + datetime.timedelta(30),
    }
    add("hazard", due_date=_DUE, hazard_step=[longer])
    assert not list(CHECK.find(_scope(ledger)))


def test_many_are_told_by_township_with_records_within_reason(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingxi_desktop.ledger.checks.owed.overdue.MOST", 5)
    for number in range(townships.FEW + 2):
        area = "盖洋镇" if number % 7 else "雪峰镇"
        add("hazard", due_date=_DUE + datetime.timedelta(number), description=f"第{number}处", area=area)
    many, few = CHECK.find(_scope(ledger))
    assert many.message.startswith("盖洋镇2024年发现的隐患有12条")
    assert many.message.endswith("、2024-0006（限7月14日）等12条")
    assert len(many.records) == 5
    assert few.message.startswith("雪峰镇2024年发现的隐患有2条")
