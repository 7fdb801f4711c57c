"""Hazards of a year that is over which nobody put right and of which nobody said until when."""

from __future__ import annotations

from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import found, ids
from tests.ledger.conftest import Add, day


def test_what_is_open_without_a_day_is_told_when_the_year_is_over(ledger: Ledger, add: Add) -> None:
    total = {"granularity": "汇总", "quantity_found": 20}
    number = add("hazard", description="6月隐患排查", quantity_rectified=15, **total)
    add("hazard", description="7月隐患排查", quantity_rectified=20, **total)
    add("hazard", description="有期限的", quantity_rectified=0, due_date=day(30))
    (concern,) = found(ledger, "left_open")
    assert ids(concern) == [number]
    assert concern.message.startswith("盖洋镇2024年发现的隐患有5处没有整改完，也没有写整改期限")
    ledger.edit("hazard", number, {"quantity_rectified": 20})
    assert found(ledger, "left_open") == []


def test_campaigns_and_major_ones_are_told_of_by_their_own_numbers(ledger: Ledger, add: Add) -> None:
    add(
        "hazard",
        description="防盗网",
        quantity_rectified=0,
        campaign=("生命通道·拆窗破网",),
        category="门窗障碍物",
    )
    assert found(ledger, "left_open") == []
