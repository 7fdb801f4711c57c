"""Records corrected after the report was signed: each number with both its values and the record."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.whole.changed_after_freeze import CHECK
from mingxi_desktop.ledger.reports.order import Order
from tests.ledger.conftest import Add, day
from tests.ledger.unprinted import draw_nothing, set_no_pages


def found(ledger: Ledger) -> dict[str, Concern]:
    """Subject without the version → concern."""
    concerns = CHECK.find(Scope(ledger, ledger._store, 2024, datetime.date(2025, 2, 1)))
    return {concern.subject.partition(":")[2]: concern for concern in concerns}


@pytest.fixture
def hazards(ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two hazards, in the report of 2024 that is signed."""
    draw_nothing(monkeypatch)
    set_no_pages(monkeypatch)
    made = [
        add("hazard", granularity="汇总", quantity_found=10, record_date=day(number)) for number in (0, 40)
    ]
    add("accident")
    ledger.frozen.freeze(Order(2024), by="张三", despite=True)
    return made


def test_numbers_that_differ_name_their_records(ledger: Ledger, hazards: list[int], add: Add) -> None:
    assert found(ledger) == {}
    ledger.edit("hazard", hazards[0], {"quantity_found": 12})
    concerns = found(ledger)
    assert concerns.keys() == {"数字:hazards_found"}
    concern = concerns["数字:hazards_found"]
    assert concern.records == (("hazard", hazards[0]),)
    assert "“排查问题隐患数”是20条，按现在的记录是22条（多2）" in concern.message
    assert "张三签" in concern.message
    assert concern.target == "freeze"
    ledger.edit("hazard", hazards[0], {"quantity_found": 10})
    assert found(ledger) == {}

    ledger.delete("hazard", [hazards[1]])
    new = add("fund", purpose="自然灾害救灾", amount=100)
    concerns = found(ledger)
    assert concerns["数字:hazards_found"].records == (("hazard", hazards[1]),)
    assert concerns["数字:relief_funds_won"].records == (("fund", new),)


def test_a_chart_may_differ_though_no_number_does(ledger: Ledger, hazards: list[int]) -> None:
    ledger.edit("hazard", hazards[0], {"field": "教育"})
    [concern] = found(ledger).values()
    assert concern.subject.endswith("chart:hazards_by_industry")
    assert concern.records == (("hazard", hazards[0]),)
    ledger.frozen.withdraw(1, by="张三", why="数报错")
    assert found(ledger) == {}
