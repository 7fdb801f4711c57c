"""Hazards entered again while they were open."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.twice import found_again
from tests.ledger.checks.sent import scope_of
from tests.ledger.conftest import day

OLD, NEW = datetime.date(2023, 12, 20), datetime.date(2024, 1, 8)


def seen(ledger: Ledger, year: int = 2024) -> list[Concern]:
    """What the check finds in a year."""
    return list(found_again.find(scope_of(ledger, year)))


def test_an_open_hazard_entered_again_in_january(ledger: Ledger, add) -> None:
    first = add("hazard", record_date=OLD, place="甲厂", description="配电箱未接地、线路老化")
    done = {"quantity_rectified": 1, "rectified_date": datetime.date(2024, 1, 20)}
    step = {"action": "复查合格", "record_date": NEW, "person": "李"}
    same = {"place": "甲厂", "description": "配电箱未接地，线路老化"}
    again = add("hazard", record_date=NEW, **same, **done, hazard_step=[step])
    add("hazard", record_date=NEW, place="乙厂", description="配电箱未接地，线路老化")
    (concern,) = seen(ledger)
    assert concern.records == (("hazard", first), ("hazard", again))
    assert "2023年12月20日发现（#1），还没有整改，2024年1月8日又登记了一次（#2）" in concern.message
    assert seen(ledger, 2023) == [concern], "told in the year before too"
    (cure,) = found_again.cures(scope_of(ledger), concern)
    ledger.checks.cure(cure)
    kept = ledger.get("hazard", first).values
    assert (kept["quantity_rectified"], kept["rectified_date"]) == (1, datetime.date(2024, 1, 20))
    assert len(ledger.children("hazard", first)["hazard_step"]) == 1
    assert seen(ledger) == []


def test_marked_as_left_from_the_year_before(ledger: Ledger, add) -> None:
    add("hazard", record_date=OLD, place="甲厂", description="配电箱未接地")
    for mark in ("（上年结转）配电箱未接地", "去年遗留问题：配电箱未接地"):
        again = add("hazard", record_date=NEW, place="甲厂", description=mark)
        assert [concern.records[1] for concern in seen(ledger)] == [("hazard", again)]
        ledger.delete("hazard", [again])


def test_put_right_before_it_was_found_again(ledger: Ledger, add) -> None:
    add("hazard", record_date=OLD, place="甲厂", description="配电箱未接地", quantity_rectified=1,
        rectified_date=datetime.date(2024, 1, 5))  # fmt: skip
    again = add("hazard", record_date=NEW, place="甲厂", description="配电箱未接地")
    assert seen(ledger) == []
    ledger.edit("hazard", again, {"record_date": datetime.date(2024, 1, 3)})
    assert "2024年1月5日才整改" in seen(ledger)[0].message


def test_a_road_has_no_place_but_a_township(ledger: Ledger, add) -> None:
    add("hazard", record_date=OLD, description="村口弯道护栏损坏")
    add("hazard", record_date=NEW, description="村口弯道护栏损坏", area="雪峰镇")
    assert seen(ledger) == []
    add("hazard", record_date=NEW, description="村口弯道护栏损坏")
    assert len(seen(ledger)) == 1


def test_again_within_the_year_only_where_it_was_one_thing(ledger: Ledger, add) -> None:
    first = add("hazard", place="甲厂", description="三号车间行车限位失灵")
    again = add("hazard", place="甲厂", description="三号车间行车限位失灵", record_date=day(7))
    assert [concern.records for concern in seen(ledger)] == [(("hazard", first), ("hazard", again))]
    for number, one in enumerate((first, again)):
        ledger.edit("hazard", one, {"quantity_rectified": 1, "rectified_date": day(10 + number)})
    assert seen(ledger) == [], "each was put right by itself"


def test_a_common_phrase_is_no_evidence(ledger: Ledger, add) -> None:
    for place in ("甲厂", "乙厂", "丙厂"):
        add("hazard", place=place, description="灭火器压力不足")
    add("hazard", place="甲厂", description="灭火器压力不足", record_date=day(7))
    assert seen(ledger) == []
