"""应复查: reported as rectified longer ago than is allowed, and nobody has looked."""

from __future__ import annotations

from typing import Any

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.owed.recheck_due import CHECK
from tests.ledger.conftest import Add, day


def _steps(*steps: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"action": action, "record_date": day(number)} for action, number in steps]


def _found(ledger: Ledger, days: int) -> list[Any]:
    return list(CHECK.find(Scope(ledger, ledger._store, 2024, day(days))))


def test_a_report_waits_for_its_recheck(ledger: Ledger, add: Add) -> None:
    waits = add("hazard", hazard_step=_steps(("下达整改", 0), ("整改反馈", 2)))
    again = add(
        "hazard", description="乙", hazard_step=_steps(("整改反馈", 0), ("复查不合格", 1), ("整改反馈", 3))
    )
    add("hazard", description="丙", hazard_step=_steps(("整改反馈", 2), ("复查合格", 2)))
    add("hazard", description="丁", hazard_step=_steps(("整改反馈", 1), ("复查不合格", 4)))
    add("hazard", description="戊", hazard_step=_steps(("下达整改", 0)))
    assert not _found(ledger, 12)
    (found,) = _found(ledger, 14)
    assert found.records == (("hazard", waits), ("hazard", again))
    assert found.message == (
        "盖洋镇2024年发现的隐患有2条报了整改反馈、过了10天还没有复查，最久的已等12天，整改到没到位还没有人核实："
        "2024-0001（6月11日反馈）、2024-0002（6月12日反馈）"
    )


def test_the_clerk_says_how_many_days(ledger: Ledger, add: Add) -> None:
    add("hazard", hazard_step=_steps(("整改反馈", 0)))
    ledger.deadlines.keep_limit("recheck", 30)
    assert not _found(ledger, 30)
    assert _found(ledger, 31)
