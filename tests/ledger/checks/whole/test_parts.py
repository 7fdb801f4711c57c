"""Parts larger than their whole, and numbers that another field or list tells otherwise."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.curing import carry_out
from mingxi_desktop.ledger.checks.whole import parts, rates
from tests.ledger.conftest import Add, day


def scope(ledger: Ledger) -> Scope:
    return Scope(ledger, ledger._store, 2024, datetime.date(2025, 1, 2))


def found(ledger: Ledger, check: Check = parts.CHECK) -> list[Concern]:
    return list(check.find(scope(ledger)))


def test_a_part_of_a_record_is_no_more_than_its_whole(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event')}"
    add("disaster_loss", event=event, affected=20, relocated=30)
    last = add(
        "disaster_loss", event=event, stage="核报", affected=40, relocated=50, collapsed=1, collapsed_rooms=4
    )
    add("disaster_loss", event=event, area="雪峰镇", affected=50, relocated=50)
    visit = add("inspection", times=6, visits=2)
    add("inspection", times=2)
    concerns = found(ledger)
    assert [concern.records for concern in concerns] == [(("disaster_loss", last),), (("inspection", visit),)]
    assert "紧急转移安置50人比受灾人口40人还多" in concerns[0].message
    assert "盖洋镇2024-06-09" in concerns[0].message


def test_major_hazards_of_a_month_are_no_more_than_all(ledger: Ledger, add: Add) -> None:
    total = {"granularity": "汇总", "owner": "张三", "plan": "停用"}
    major = add("hazard", **total, level="重大", quantity_found=8)
    add("hazard", **total, level="重大", quantity_found=8, record_date=day(40))
    assert found(ledger) == []
    every = add("hazard", **total, quantity_found=5, record_date=day(9))
    [concern] = found(ledger)
    assert concern.records == (("hazard", major), ("hazard", every))
    assert "盖洋镇2024年6月汇总的重大隐患8条，比同月汇总的隐患5条还多" in concern.message


def test_put_right_but_not_counted_so(ledger: Ledger, add: Add) -> None:
    dated = add("hazard", quantity_found=1, rectified_date=day(3))
    struck = add("hazard", description="通道堵塞", hazard_step=[{"action": "销号", "record_date": day(2)}])
    add("hazard", granularity="汇总", quantity_found=9, quantity_rectified=5, rectified_date=day(3))
    concerns = found(ledger, rates.CHECK)
    assert {concern.records[0][1] for concern in concerns} == {dated, struck}
    for concern in concerns:
        [cure] = rates.CHECK.cures(scope(ledger), concern)
        carry_out(ledger._writer, ledger.register, cure)
    assert found(ledger, rates.CHECK) == []
    assert ledger.get("hazard", dated).values["quantity_rectified"] == 1


def test_an_accident_has_the_grade_of_its_dead(ledger: Ledger, add: Add) -> None:
    add("accident", cases=4, deaths=6)
    wrong = add("accident", deaths=3, record_date=day(2))
    [concern] = found(ledger, rates.CHECK)
    assert concern.records == (("accident", wrong),)


def test_one_number_typed_and_counted(ledger: Ledger, add: Add) -> None:
    from mingxi_desktop.domain.references import INDICATOR, Entry

    ledger.save_entry(Entry(INDICATOR, "排查问题隐患总数", unit="条"))
    typed = add("manual_entry", indicator="排查问题隐患总数", value=1600)
    add("manual_entry", indicator="行政许可", value=20)
    ledger.notes.set_opening("accidents", 2024, "5", "2024年报告")
    assert found(ledger, rates.CHECK) == []
    add("hazard", granularity="汇总", quantity_found=1683)
    add("accident", cases=4)
    both, opening = found(ledger, rates.CHECK)
    assert both.records == (("manual_entry", typed),)
    assert "填了1600（1条），又能从台账算出1683" in both.message
    assert opening.target == "openings"
    assert "期初数5起" in opening.message
