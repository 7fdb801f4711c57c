"""What must agree: told once with both numbers and the records between them, once the year is over."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.whole.agreeing import CHECK
from tests.ledger.conftest import Add, day

_OVER = datetime.date(2025, 1, 2)
_MAJOR = {"level": "重大", "owner": "张三", "plan": "停用"}


def found(ledger: Ledger, today: datetime.date = _OVER) -> list[Concern]:
    return list(CHECK.find(Scope(ledger, ledger._store, 2024, today)))


def fund(add: Add, direction: str, yuan: int) -> int:
    return add("fund", direction=direction, purpose="自然灾害救灾", amount=yuan * 100)


def test_money_won_and_paid(ledger: Ledger, add: Add) -> None:
    fund(add, "争取", 300_000)
    second = fund(add, "争取", 200_000)
    fund(add, "下拨", 300_000)
    paid = fund(add, "下拨", 120_000)
    [concern] = found(ledger)
    assert "争取自然灾害救灾资金50万元，下拨救灾资金42万元，还有8万元没有下拨" in concern.message
    assert concern.records == (("fund", second), ("fund", paid))  # what cancels out is not named
    assert concern.severity is Severity.ERROR
    assert found(ledger, datetime.date(2024, 12, 31)) == []  # it is still on its way
    fund(add, "下拨", 80_000)
    assert found(ledger) == []


def test_major_hazards_found_and_rectified(ledger: Ledger, add: Add) -> None:
    done = {"quantity_rectified": 1, "rectified_date": day(3)}
    add("hazard", **_MAJOR, **done)
    left = add("hazard", **_MAJOR, description="疏散楼梯封闭")
    # Put right after the year: at its end it was not.
    late = add(
        "hazard", **_MAJOR, quantity_rectified=1, rectified_date=datetime.date(2025, 1, 5), description="储罐"
    )
    [concern] = found(ledger)
    assert concern.records == (("hazard", left), ("hazard", late))
    assert "还有2条没有整改完" in concern.message
    assert concern.severity is Severity.INFO


def test_a_year_without_either_side_has_nothing_to_agree(ledger: Ledger, add: Add) -> None:
    add("hazard")
    add("fund", amount=100)
    assert found(ledger) == []
