"""五落实不全: only of major hazards that are still open."""

from __future__ import annotations

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.owed.major_incomplete import CHECK
from tests.ledger.conftest import Add, day


def test_what_a_major_hazard_lacks(ledger: Ledger, add: Add) -> None:
    major = {"level": "重大", "owner": "厂长", "plan": "移出"}
    gap = add("hazard", **major, due_date=day(30))
    add("hazard", **major, due_date=day(30), rectify_fund=100, emergency_plan="有", description="乙")
    add("hazard", **major, quantity_rectified=1, rectified_date=day(3), description="丙")
    scope = Scope(ledger, ledger._store, 2024, day(9))
    (found,) = CHECK.find(scope)
    assert found.records == (("hazard", gap),)
    assert found.message == "盖洋镇2024年有1条没有销号的重大隐患“五落实”不全：2024-0001（缺资金、预案）"
