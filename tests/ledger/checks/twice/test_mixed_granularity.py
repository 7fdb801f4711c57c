"""Totals and single records side by side: which are one thing counted twice, and which are not."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.twice import mixed_granularity, total_rows
from tests.ledger.checks.sent import TOTAL, scope_of, sent
from tests.ledger.conftest import DAY, day


def seen(ledger: Ledger, year: int = 2024) -> list[Concern]:
    """What the check finds in a year."""
    return list(mixed_granularity.find(scope_of(ledger, year)))


def told(ledger: Ledger) -> set[int]:
    """The records it names."""
    return {number for concern in seen(ledger) for _, number in concern.records}


def test_a_total_beside_its_parts_is_told_with_both(ledger: Ledger, add) -> None:
    total = add("hazard", record_date=day(20), description="6月隐患汇总", quantity_found=15, **TOTAL)
    parts = [add("hazard", description=f"问题{number}", record_date=day(number)) for number in range(3)]
    add("hazard", record_date=datetime.date(2024, 7, 1), description="七月的")
    add("hazard", area="雪峰镇", description="别的乡镇的")
    (concern,) = seen(ledger)
    assert concern.message == (
        "盖洋镇2024年6月的隐患既有逐条（3条，合计3条）又有汇总（1条，合计15条），相加会把15条算两遍"
    )
    assert [number for _, number in concern.records] == [total, *parts], "the total first"


@pytest.mark.parametrize(
    ("total", "part", "one_thing"),
    [
        ({"field": "消防"}, {"field": "工贸"}, True),
        ({"in_total": False}, {}, False),
        ({"in_total": False}, {"in_total": False}, True),
        ({"campaign": ("大排查大整治",)}, {}, True),
        ({"campaign": ("生命通道·拆窗破网",)}, {"campaign": ("大排查大整治",)}, False),
        ({"category": "门窗障碍物"}, {"category": "违规广告牌"}, False),
        ({"area": "县直", "reporter": "明溪县教育局"}, {"area": "县直", "reporter": "明溪县林业局"}, False),
        ({"reporter": "明溪县教育局"}, {"reporter": "盖洋镇人民政府"}, True),
    ],
)
def test_what_tells_one_thing_from_another(ledger: Ledger, add, total, part, one_thing: bool) -> None:
    add("hazard", quantity_found=15, description="汇总", **{**TOTAL, **total})
    add("hazard", description="配电箱未接地", record_date=day(3), **part)
    assert bool(seen(ledger)) is one_thing


@pytest.mark.parametrize(
    ("kind", "total", "part", "another"),
    [
        ("inspection", {"type": "执法检查", "times": 9}, {"type": "执法检查"}, {"type": "双随机"}),
        ("meeting", {"type": "会商", "times": 4}, {"type": "会商"}, {"type": "约谈会"}),
        ("activity", {"type": "宣传活动", "sessions": 5}, {"type": "宣传活动"}, {"type": "应急演练"}),
        ("enforcement_case", {"cases": 5}, {}, {"measure": ("罚款",), "fine": 100}),
        ("accident", {"cases": 3}, {}, {"field": "工贸"}),
        ("fund", {"direction": "下拨", "amount": 900}, {"direction": "下拨", "amount": 300},
         {"direction": "争取", "amount": 300}),
        ("rescue_team", {"name": "村级队伍", "teams": 8, "from_date": DAY},
         {"name": "盖洋村救援队", "from_date": DAY}, {"type": "民兵应急", "name": "民兵", "from_date": DAY}),
        ("facility", {"name": "避灾点", "count": 9, "type": "避灾点", "from_date": DAY},
         {"name": "盖洋村避灾点", "type": "避灾点", "from_date": DAY}, {"name": "站", "from_date": DAY}),
    ],
)  # fmt: skip
def test_every_ledger_with_a_quantity(ledger: Ledger, add, kind, total, part, another) -> None:
    whole = add(kind, **{"area": "盖洋镇", **total}, **TOTAL)
    one = add(kind, **{"area": "盖洋镇", **part})
    other = add(kind, **{"area": "盖洋镇", **another})
    assert told(ledger) == {whole, one}
    assert other not in told(ledger)


def test_goods_are_the_same_only_if_they_share_an_item(ledger: Ledger, add) -> None:
    quilts = [{"item": "棉被", "quantity": 100}]
    whole = add("supply_movement", supply_line=quilts, **TOTAL)
    part = add("supply_movement", record_date=day(1), supply_line=[{"item": "棉被", "quantity": 40}])
    add("supply_movement", record_date=day(2), supply_line=[{"item": "帐篷", "quantity": 40}])
    assert told(ledger) == {whole, part}


def test_a_total_of_the_quarter_reaches_back(ledger: Ledger, add) -> None:
    whole = add("hazard", description="二季度隐患汇总", quantity_found=30, record_date=day(20), **TOTAL)
    part = add("hazard", record_date=datetime.date(2024, 4, 3), description="四月的")
    (concern,) = seen(ledger)
    assert "2024年4至6月" in concern.message
    assert told(ledger) == {whole, part}


def test_a_county_total_that_is_the_sum_of_the_townships(ledger: Ledger, add) -> None:
    parts = [
        add("hazard", area=area, quantity_found=number, description="本月合计数", **TOTAL)
        for area, number in (("盖洋镇", 12), ("雪峰镇", 8), ("胡坊镇", 5))
    ]
    county = add(
        "hazard", area="县直", quantity_found=25, description="汇总情况", record_date=day(3), **TOTAL
    )
    add("hazard", area="县直", quantity_found=7, description="部门自查汇总", record_date=day(3), **TOTAL)
    (concern,) = seen(ledger)
    assert concern.records[0] == ("hazard", county)
    assert {number for _, number in concern.records[1:]} == set(parts)
    assert "3个乡镇" in concern.message


def test_a_fact_is_told_by_one_check(ledger: Ledger, add) -> None:
    """A total of the month beside its parts here; a row of totals in the sheet of its parts by `total_rows`."""
    typed = add("hazard", description="盖洋镇小计", quantity_found=2, **TOTAL)
    parts = [add("hazard", description=f"问题{number}", record_date=day(number)) for number in range(2)]
    assert told(ledger) == {typed, *parts}
    assert total_rows.told(scope_of(ledger)) == frozenset()
    ledger.delete("hazard", [typed, *parts])
    *_, row = sent(ledger, "六月.xlsx", [{"description": "甲"}, {"description": "乙"},
                                      {"description": "小计", "quantity_found": 2, **TOTAL}])  # fmt: skip
    assert seen(ledger) == []
    assert total_rows.told(scope_of(ledger)) == {("hazard", row)}


def test_each_cure_leaves_nothing_to_be_told(ledger: Ledger, add) -> None:
    total = add("hazard", quantity_found=15, description="汇总", **TOTAL)
    part = add("hazard", description="配电箱未接地", record_date=day(3))
    (concern,) = seen(ledger)
    cures = mixed_granularity.cures(scope_of(ledger), concern)
    assert [cure.removes for cure in cures] == [1, 0, 1]
    left = []
    for cure in cures:
        ledger.checks.cure(cure)
        assert seen(ledger) == []
        left.append(
            (not ledger.get("hazard", total).deleted_at, ledger.get("hazard", total).values["in_total"],
             not ledger.get("hazard", part).deleted_at)
        )  # fmt: skip
        ledger.undo()
    assert left == [(False, True, True), (True, False, True), (True, True, False)]
