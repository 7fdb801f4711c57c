"""Indicators of small ledgers with known answers: every aggregate, the cut-off date, last year, traces."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import Add
from tests.ledger.measured import date, printed, tally, value

# an empty ledger


def test_an_empty_ledger_claims_nothing(ledger: Ledger) -> None:
    for found in ledger.indicators(2024):
        assert found.value is None, found.indicator.id
        assert found.text == ""
        assert found.records == 0
        assert found.problem == "没有记录"
        assert found.change is None
    assert ledger.trace("flood_casualties", 2024).records == ()


def test_none_of_a_sort_is_nought_once_the_ledger_is_kept(ledger: Ledger, add: Add) -> None:
    add("hazard", quantity_found=3)
    assert printed(ledger, "major_hazards_found") == (0, "0")
    assert value(ledger, "major_hazards_found").problem == ""
    assert value(ledger, "penalties").value is None
    assert value(ledger, "major_hazards_found", year=2023).value is None


# sums, cut-off, years


def test_sums(ledger: Ledger, add: Add) -> None:
    add("hazard", quantity_found=5, quantity_rectified=4)
    add("hazard", quantity_found=3, quantity_rectified=3, in_total=False, description="二")
    add("hazard", quantity_found=2, record_date=date(1, 1), description="三")
    add("hazard", quantity_found=9, record_date=date(12, 31, 2023), description="四")
    gone = add("hazard", quantity_found=100, description="五")
    ledger.delete("hazard", [gone])
    assert printed(ledger, "hazards_found") == (7, "7")
    assert printed(ledger, "hazards_rectified") == (4, "4")
    assert printed(ledger, "hazard_rectification_rate") == (Decimal("57.14"), "57.14%")
    assert value(ledger, "hazard_rectification_rate").exactly == Decimal("57.142857")
    assert {item.id for item in ledger.trace("hazard_rectification_rate", 2024).records} == {1, 3}


def test_what_was_found_in_the_year_may_be_put_right_until_a_later_cut_off_date(
    ledger: Ledger, add: Add
) -> None:
    for year, found in ((2023, 5), (2024, 3)):
        day, done = date(12, 20, year), date(1, 10, year + 1)
        add("hazard", record_date=day, rectified_date=done, quantity_found=found, quantity_rectified=found)
    add("hazard", record_date=date(1, 2, 2025), quantity_found=9)
    days = (None, date(12, 31), date(1, 9, 2025), date(1, 10, 2025))
    assert [value(ledger, "hazards_rectified", day).value for day in days] == [0, 0, 0, 3]
    assert [value(ledger, "hazards_found", day).value for day in days] == [3] * 4
    assert printed(ledger, "hazard_rectification_rate", days[-1])[1] == "100%"
    assert value(ledger, "hazards_rectified", days[-1]).last_year == 5, "up to 10 January 2024"
    trace = ledger.trace("hazards_rectified", 2024, days[-1])
    assert "到2024年12月31日" in trace.rule
    assert "2025年1月10日以后才整改的不算" in trace.rule
    assert sum(item.contributes for item in trace.records) == 3


def test_the_cut_off_date(ledger: Ledger, add: Add) -> None:
    add("hazard", record_date=date(3, 1), rectified_date=date(3, 9), quantity_found=2, quantity_rectified=2)
    add("hazard", record_date=date(6, 30), rectified_date=date(7, 9), quantity_found=3, quantity_rectified=3)
    add("hazard", record_date=date(7, 1), quantity_found=4, quantity_rectified=1)
    half = date(6, 30)
    assert [value(ledger, "hazards_found", day).value for day in (None, half, date(6, 29))] == [9, 5, 2]
    assert [value(ledger, "hazards_rectified", day).value for day in (None, half)] == [6, 2]
    add("response", start_at=datetime.datetime(2024, 6, 30, 23, 59))
    add("response", start_at=datetime.datetime(2024, 7, 1), type="抗旱")
    assert [value(ledger, "responses_started", day).value for day in (None, half)] == [2, 1]


def test_cases_count_by_their_decision(ledger: Ledger, add: Add) -> None:
    add(
        "enforcement_case",
        record_date=date(12, 20, 2023),
        decision_date=date(1, 5),
        measure=("罚款",),
        fine=12345_67,
    )
    add("enforcement_case", record_date=date(12, 20), cause="二", cases=3)
    add("enforcement_case", record_date=date(12, 21), measure=("立案",), cause="三")
    assert printed(ledger, "penalties") == (4, "4")
    assert printed(ledger, "fines") == (Decimal("1.234567"), "1.234567")
    assert value(ledger, "penalties", year=2023).value in (None, 0)
    assert value(ledger, "penalties", date(1, 5)).value == 1


def test_several_years(ledger: Ledger, add: Add) -> None:
    for year, amount in ((2021, 1), (2022, 40), (2023, 60), (2024, 45)):
        add(
            "fund",
            direction="投入",
            purpose="宣教阵地",
            amount=amount * 10_000_00,
            record_date=date(5, 1, year),
        )
    assert printed(ledger, "publicity_base_investment") == (145, "140余")
    assert printed(ledger, "publicity_base_investment", date(4, 30)) == (100, "100")


def test_parts_of_a_whole_are_not_added_again(ledger: Ledger, add: Add) -> None:
    whole = add("fund", purpose="自然灾害救灾", amount=100 * 10_000_00)
    add("fund", purpose="自然灾害救灾", amount=30 * 10_000_00, parent=f"fund:{whole}")
    add("fund", purpose="防寒物资", amount=20 * 10_000_00, parent=f"fund:{whole}")
    add("fund", direction="下拨", purpose="自然灾害救灾", amount=760260_00)
    assert printed(ledger, "relief_funds_won") == (100, "100")
    assert printed(ledger, "winter_supplies_funds") == (20, "20")
    assert printed(ledger, "funds_won") == (100, "100")
    assert printed(ledger, "relief_funds_paid") == (Decimal("76.026"), "76.026")
    ledger.delete("fund", [whole])
    assert printed(ledger, "relief_funds_won") == (30, "30")  # without the whole its part stands for itself


def test_lines_go_by_their_movement_and_supply(ledger: Ledger, add: Add) -> None:
    lines = [{"item": "棉被", "quantity": Decimal(60)}, {"item": "毛毯", "quantity": Decimal("2.5")}]
    add("supply_movement", supply_line=lines, beneficiaries=426)
    add("supply_movement", type="发放", supply_line=lines)  # the other leg
    tools = [{"item": "消防水泵", "quantity": Decimal(3)}, {"item": "风力灭火机", "quantity": Decimal(4)}]
    add("supply_movement", type="购入", receiver=None, supply_line=tools)
    assert printed(ledger, "quilts_dispatched") == (60, "60")
    assert printed(ledger, "blankets_dispatched") == (Decimal("2.5"), "2.5")
    assert printed(ledger, "firefighting_tools") == (7, "7")
    assert printed(ledger, "people_relieved") == (426, "400余")
    ledger.delete("supply_movement", [1])
    assert printed(ledger, "quilts_dispatched") == (0, "0")


def test_the_strongest_approximation_shows(ledger: Ledger, add: Add) -> None:
    add("supply_movement", beneficiaries=300, approx="准确")
    add("supply_movement", beneficiaries=100, approx="余")
    found = value(ledger, "people_relieved")
    assert (found.value, found.text, found.approx) == (400, "400余", "余")


# different ones


def test_different_firms(ledger: Ledger, add: Add) -> None:
    add("inspection", enterprises=("甲厂", "乙厂有限公司"))
    add("inspection", enterprises=("乙厂", "丙厂"), record_date=date(7, 1))
    add("inspection", type="暗访", enterprises=("丁厂",))
    assert printed(ledger, "assisted_enterprises") == (3, "3")
    assert printed(ledger, "assisted_enterprises", date(6, 30)) == (2, "2")
    assert [item.contributes for item in ledger.trace("assisted_enterprises", 2024).records] == [None, None]
    assert value(ledger, "assisted_enterprises", date(1, 1)).value == 0


def test_different_parties(ledger: Ledger, add: Add) -> None:
    case = {"campaign": ("生命通道·拆窗破网",), "cause": "设置防盗网", "measure": ("立案",)}
    for party in ("甲店", "甲店（有限公司）", "乙店"):
        add("enforcement_case", party=party, **case)
    assert printed(ledger, "burglar_mesh_cases") == (2, "2")


# one record's own


def test_the_largest_drill(ledger: Ledger, add: Add) -> None:
    drill = {"type": "应急演练", "hazard_type": "危化品"}
    add("activity", title="甲站演练", record_date=date(3, 3), participants=80, departments=4, **drill)
    add(
        "activity",
        title="乙站演练",
        record_date=date(10, 22),
        participants=120,
        departments=9,
        approx="余",
        **drill,
    )
    add("activity", title="镇里的", record_date=date(5, 5), participants=900, area="盖洋镇", **drill)
    assert printed(ledger, "chemical_drill") == ("2024-10-22", "10月22日")
    assert value(ledger, "chemical_drill").names == ("乙站演练",)
    assert printed(ledger, "chemical_drill_departments") == (9, "9")
    assert printed(ledger, "chemical_drill_people") == (120, "100余")
    assert printed(ledger, "chemical_drill", date(10, 1)) == ("2024-03-03", "3月3日")
    assert [item.id for item in ledger.trace("chemical_drill", 2024).records] == [2]


def test_the_first_day(ledger: Ledger, add: Add) -> None:
    for day in (14, 12, 20):
        add("activity", title=f"{day}", record_date=date(5, day), campaign=("防灾减灾日",))
    assert printed(ledger, "publicity_day_disaster") == ("2024-05-12", "5月12日")
    assert [item.title for item in ledger.trace("publicity_day_disaster", 2024).records] == ["12 2024-05-12"]
    assert value(ledger, "publicity_day_disaster").records == 1  # as the trace shows, however many have a day


def test_the_event_with_most_people_moved(ledger: Ledger, add: Add) -> None:
    small = add("disaster_event", record_date=date(4, 1), end_date=date(4, 3))
    large = add("disaster_event", end_date=date(6, 18))
    add("disaster_event", type="台风", record_date=date(7, 24), typhoon="3号“格美”")
    assert printed(ledger, "rainstorm_event") == (
        "2024-04-01..2024-04-03",
        "4.1-4.3",
    )  # the earlier of equals
    tally(add, small, "盖洋镇", 9, "累计", evacuees=100)
    tally(add, large, "盖洋镇", 9, "当日新增", evacuees=60)
    tally(add, large, "盖洋镇", 20, "当日新增", evacuees=60)
    assert printed(ledger, "rainstorm_event") == ("2024-06-09..2024-06-18", "6.9-6.18")
    assert printed(ledger, "rainstorm_event", date(6, 19))[1] == "4.1-4.3"  # what was known by then
    assert printed(ledger, "typhoon_event")[1] == "3号台风“格美”"


# last year


def test_last_year_beside_it(ledger: Ledger, add: Add) -> None:
    add("hazard", quantity_found=10)
    add("hazard", quantity_found=3, record_date=date(6, 1, 2023))
    add("hazard", quantity_found=5, record_date=date(11, 1, 2023), description="二")
    found = value(ledger, "hazards_found")
    assert (found.last_year, found.last_year_source, found.change) == (8, "records", 2)
    found = value(ledger, "hazards_found", date(6, 30))
    assert (found.last_year, found.change) == (3, 7)


def test_openings_stand_in_for_a_year_without_records(ledger: Ledger, add: Add) -> None:
    add("hazard", quantity_found=10, quantity_rectified=10)
    ledger.notes.set_opening("hazards_found", 2023, "1,500条", "2023年年度总结")
    ledger.notes.set_opening("hazard_rectification_rate", 2023, "99.5", "2023年年度总结")
    found = value(ledger, "hazards_found")
    assert (found.last_year, found.last_year_text, found.change) == (1500, "1500", -1490)
    assert found.last_year_source == "opening"
    assert value(ledger, "hazard_rectification_rate").last_year_text == "99.5%"
    add("hazard", quantity_found=3, record_date=date(6, 1, 2023))
    assert value(ledger, "hazards_found").last_year == 3  # records count for more
    with pytest.raises(UserError, match="没有叫“nonsense”的指标"):
        ledger.notes.set_opening("nonsense", 2023, "1", "x")
    with pytest.raises(UserError, match="不能作排查问题隐患数的期初数"):
        ledger.notes.set_opening("hazards_found", 2023, "很多", "x")


def test_unknown_indicators(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="没有叫“x”的指标"):
        ledger.trace("x", 2024)


def test_every_rule_can_be_said(ledger: Ledger) -> None:
    for indicator in definitions():
        rule = ledger.trace(indicator.id, 2024).rule
        assert rule.endswith("。")
        assert "None" not in rule
        assert len(rule) > 15
    said = ledger.trace("quilts_dispatched", 2024, date(6, 30)).rule
    assert said.startswith(
        "“物资明细”台账中日期从2024年1月1日到2024年6月30日，类型为“调拨”，物资为“棉被”的记录，把“数量”相加"
    )


def test_a_ledger_of_many_years_keeps_them_apart(ledger: Ledger, add: Add) -> None:
    for year in range(2015, 2025):
        add("hazard", quantity_found=year - 2000, record_date=date(6, 1, year))
    assert [value(ledger, "hazards_found", year=year).value for year in range(2015, 2025)] == list(
        range(15, 25)
    )


def test_a_ledger_is_scanned_once_for_all_indicators_of_a_year(ledger: Ledger, add, monkeypatch) -> None:
    add("hazard", quantity_rectified=1)
    database = ledger._store.database
    sent: list[str] = []
    execute = database.execute_sql
    monkeypatch.setattr(database, "execute_sql", lambda sql, *rest: sent.append(sql) or execute(sql, *rest))
    ledger.indicators(2024)
    scans = [sql for sql in sent if 'FROM "hazard" AS "t"' in sql]
    assert len(scans) == 2, "this year and last year"
