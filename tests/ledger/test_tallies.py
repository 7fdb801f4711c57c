"""Indicators of running totals and of what exists on a day."""

from __future__ import annotations

import datetime
from decimal import Decimal

from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import Add
from tests.ledger.measured import date, printed, tally, value

# tallies


def test_running_totals_and_increments_never_add_up(ledger: Ledger, add: Add) -> None:
    event, other = add("disaster_event"), add("disaster_event", type="台风", record_date=date(7, 20))
    tally(add, event, "盖洋镇", 9, "当日新增", evacuees=10, cadres=1)
    tally(add, event, "盖洋镇", 10, "当日新增", evacuees=20)
    tally(add, event, "夏阳乡", 9, "累计", evacuees=100, cadres=7)
    tally(add, event, "夏阳乡", 11, "累计", evacuees=150)
    tally(add, event, "夏阳乡", 10, "当日新增", evacuees=999)
    tally(add, other, "夏阳乡", 20, "累计", evacuees=5)
    assert printed(ledger, "people_evacuated") == (10 + 20 + 150 + 5, "185")
    assert printed(ledger, "cadres_deployed") == (1 + 7, "8")  # the latest that says anything about cadres
    assert value(ledger, "people_evacuated", date(6, 10)).value == 130
    said = {(item.area, item.date[-2:]): (item.contributes, item.remark) for item in
            ledger.trace("people_evacuated", 2024).records}  # fmt: skip
    assert said["夏阳乡", "09"] == (0, "被后一期累计代替")
    assert said["夏阳乡", "10"] == (0, "已有累计，当日新增不再相加")
    assert said["夏阳乡", "11"] == (150, "")


def test_no_casualties_only_where_all_have_said_so(ledger: Ledger, add: Add) -> None:
    townships = [entry.name for entry in ledger.entries("area") if entry.name != "县直"]
    nobody = {"deaths": 0, "missing": 0, "injured": 0}
    event = add("disaster_event")
    found = value(ledger, "flood_casualties")
    assert (found.value, found.text, found.problem) == (None, "", "没有记录")
    for area in townships[:-1]:
        tally(add, event, area, 9, "当日新增", **nobody)
    last = townships[-1]
    found = value(ledger, "flood_casualties")
    assert (found.value, found.text) == (None, "")
    assert found.problem == f"{last}没有报齐防汛伤亡人数"
    half = tally(add, event, last, 9, "当日新增", deaths=0, missing=0)  # injured: not reported
    assert value(ledger, "flood_casualties").text == ""
    ledger.edit("response_tally", half, {"injured": 0})
    assert printed(ledger, "flood_casualties") == (0, "零")
    ledger.edit("response_tally", half, {"injured": 2})
    assert printed(ledger, "flood_casualties") == (2, "2")
    # A second flood of which nobody has reported anything yet.
    typhoon = add("disaster_event", type="台风", record_date=date(7, 20))
    add("response", event=f"disaster_event:{typhoon}", type="防台风", start_at=datetime.datetime(2024, 7, 20))
    assert len(value(ledger, "flood_casualties").problem.split("、")) == len(townships)
    assert value(ledger, "flood_casualties", date(7, 19)).problem == ""
    assert value(ledger, "flood_casualties", year=2025).value is None


def test_tallies_without_a_figure_are_no_report(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event")
    tally(add, event, "盖洋镇", 9, "当日新增", cadres=3)
    assert value(ledger, "people_evacuated").value is None


# what exists on a day


def test_teams_as_at_a_day(ledger: Ledger, add: Add) -> None:
    for name, first, last, area in (
        ("一", date(1, 1, 2019), None, "盖洋镇"), ("二", date(6, 30), None, "夏阳乡"),
        ("三", date(1, 1, 2019), date(6, 30), "雪峰镇"), ("四", date(1, 1, 2019), None, "县直"),
    ):  # fmt: skip
        add("rescue_team", name=name, from_date=first, to_date=last, area=area, headcount=10)
        add(
            "rescue_team",
            name=f"{name}水泵",
            type="水泵",
            from_date=first,
            to_date=last,
            area=area,
            headcount=1,
        )
    assert value(ledger, "township_rescue_teams", date(6, 29)).value == 3
    assert value(ledger, "township_rescue_teams", date(6, 30)).value == 3  # one begins, one has ended
    assert value(ledger, "rescuers").value == 30
    townships = len(ledger.entries("area")) - 1
    share = value(ledger, "township_pump_team_rate")
    assert share.value == Decimal(2 * 100 // townships // 10 * 10)  # of the townships; 县直 is none
    assert share.text == "20%以上"
    assert printed(ledger, "county_pump_team_rate") == (100, "100%")
    ledger.set_setting("target.township_pump_teams", "4")
    assert printed(ledger, "township_pump_team_rate") == (50, "50%")
    ledger.set_setting("target.township_pump_teams", "2")
    assert printed(ledger, "township_pump_team_rate") == (100, "100%")


def test_names_and_parts_of_names(ledger: Ledger, add: Add) -> None:
    add("facility", name="雪峰特勤消防站", from_date=date(1, 1, 2020))
    add("facility", name="盖洋消防站", from_date=date(1, 1, 2020))
    found = value(ledger, "special_fire_stations")
    assert (found.value, found.names) == (1, ("雪峰特勤消防站",))
    add(
        "rescue_team",
        name="蓝天",
        type="兼职社会",
        from_date=date(1, 1, 2020),
        agreement_date=date(5, 5),
        headcount=9,
    )
    add(
        "rescue_team",
        name="曙光",
        type="兼职社会",
        from_date=date(1, 1, 2020),
        agreement_date=date(3, 3),
        headcount=9,
    )
    assert value(ledger, "rescue_agreements").names == ("曙光", "蓝天")
    assert value(ledger, "rescue_agreements", date(4, 1)).names == ("曙光",)


def test_years_in_a_row(ledger: Ledger, add: Add) -> None:
    for year in (2019, 2021, 2022, 2023, 2024):
        add("facility", type="避灾点", name=f"{year}", from_date=date(5, 1, year), project="五个一百")
    assert printed(ledger, "safety_project_years") == (4, "4")
    assert value(ledger, "safety_project_years").last_year == 3
    assert value(ledger, "safety_project_years", date(4, 30)).value == 0
    assert [item.title for item in ledger.trace("safety_project_years", 2024).records] == [
        "2021",
        "2022",
        "2023",
        "2024",
    ]
    assert value(ledger, "safety_project_years", year=2020).value == 0
