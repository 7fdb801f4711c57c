"""Campaigns inside or outside the yearly total: as it is set, and told where the rows are not so."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.whole.campaign_in_total import CHECK
from tests.ledger.conftest import Add, day

_BESIDE, _INSIDE, _OWN = "生命通道·拆窗破网", "大排查大整治", "九小场所整治"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this check."""
    monkeypatch.setattr(running, "every", lambda: (CHECK,))


def found(ledger: Ledger) -> list[Concern]:
    return list(CHECK.find(Scope(ledger, ledger._store, 2024, datetime.date(2025, 1, 2))))


def counted(ledger: Ledger, number: int) -> bool:
    return bool(ledger.get("hazard", number).values["in_total"])


def total(ledger: Ledger) -> object:
    return ledger.indicators(2024, only=["hazards_found"])[0].value


def test_a_new_hazard_takes_what_is_set_for_its_campaigns(ledger: Ledger, add: Add) -> None:
    ledger.add_choice("campaign", _OWN)
    beside = add("hazard", campaign=(_BESIDE,))
    both = add("hazard", campaign=(_INSIDE, _BESIDE), description="通道堵塞")
    said = add("hazard", campaign=(_BESIDE,), in_total=True, description="防盗网")
    own = add("hazard", campaign=(_OWN,), description="私拉电线")
    plain = add("hazard", description="无证上岗")
    assert [counted(ledger, one) for one in (beside, both, said, own, plain)] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_rows_against_the_setting_are_told_and_put_right(ledger: Ledger, add: Add) -> None:
    for number in range(3):
        add("hazard", campaign=(_BESIDE,), granularity="汇总", quantity_found=10, record_date=day(number))
    wrong = add(
        "hazard", campaign=(_BESIDE,), in_total=True, granularity="汇总", quantity_found=45, area="雪峰镇"
    )
    left = add("hazard", campaign=(_INSIDE,), in_total=False, description="通道堵塞")
    by_record = {concern.records[0][1]: concern for concern in found(ledger)}
    assert by_record.keys() == {wrong, left}
    assert "雪峰镇2024年6月" in by_record[wrong].message
    assert "多算45条" in by_record[wrong].message
    assert "少算1条" in by_record[left].message

    follow, other = ledger.checks.cures(by_record[wrong], 2024)
    ledger.checks.cure(follow)
    assert total(ledger) == 0
    assert [concern.records[0][1] for concern in found(ledger)] == [left]
    ledger.undo()
    ledger.checks.cure(other)  # the setting itself is changed, and the three others with it
    assert total(ledger) == 75
    assert [concern.records[0][1] for concern in found(ledger)] == [left]
    later = add("hazard", campaign=(_BESIDE,), description="防盗网")
    assert counted(ledger, later)
    ledger.undo()
    ledger.undo()
    assert total(ledger) == 45
    assert len(found(ledger)) == 2


def test_a_campaign_that_nobody_decided_on_is_asked_about(ledger: Ledger, add: Add) -> None:
    ledger.add_choice("campaign", _OWN)
    inside = add("hazard", campaign=(_OWN,), granularity="汇总", quantity_found=5)
    outside = add("hazard", campaign=(_OWN, _INSIDE), in_total=False, granularity="汇总", quantity_found=7)
    [concern] = found(ledger)
    assert set(concern.records) == {("hazard", inside), ("hazard", outside)}
    assert "1条记录（数量5）现在计入，1条记录（数量7）现在不计入" in concern.message
    cures = ledger.checks.cures(concern, 2024)
    assert [cure.label for cure in cures] == ["全部计入（改 1 条）", "全部不计入（改 1 条）"]
    ledger.checks.cure(cures[1])
    assert found(ledger) == []
    assert total(ledger) == 0


def test_what_is_counted_nowhere_is_told(ledger: Ledger, add: Add) -> None:
    unnamed = add("hazard", category="门窗障碍物", granularity="汇总", quantity_found=30)
    left_out = add("hazard", in_total=False, description="通道堵塞")
    by_record = {concern.records[0][1]: concern for concern in found(ledger)}
    assert by_record.keys() == {unnamed, left_out}
    for concern in by_record.values():
        ledger.checks.cure(ledger.checks.cures(concern, 2024)[0])
    assert found(ledger) == []
    assert ledger.get("hazard", unnamed).values["campaign"] == (_BESIDE,)
    assert total(ledger) == 1
