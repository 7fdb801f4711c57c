"""Who has reported which month: records, zero reports, and what is missing once it is due."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reporting_state import MONTHLY, Reporting, State, reminder

BEFORE_DUE, DUE = datetime.date(2024, 7, 4), datetime.date(2024, 7, 5)


def states(grid: Reporting, area: str) -> list[State]:
    return [cell.state for cell in next(row for row in grid.rows if row.area == area).cells]


def ref(ledger: Ledger, area: str) -> str:
    return next(entry.ref for entry in ledger.entries("area") if entry.name == area)


def test_a_month_is_missing_from_the_fifth_of_the_next(ledger: Ledger, add) -> None:
    add("hazard", record_date=datetime.date(2024, 6, 30))
    add("hazard", area="县直", description="乙")
    grid = ledger.zeros.grid("hazard", 2024, BEFORE_DUE)
    assert len(grid.rows) == 9, "nine townships, not the county itself"
    assert states(grid, "盖洋镇")[4:7] == [State.MISSING, State.REPORTED, State.OPEN]
    assert states(grid, "雪峰镇")[4:7] == [State.MISSING, State.OPEN, State.OPEN]
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    assert states(grid, "雪峰镇")[4:7] == [State.MISSING, State.MISSING, State.OPEN]
    assert [row.area for row in grid.missing(6)] == [row.area for row in grid.rows if row.area != "盖洋镇"]
    assert grid.begun == 7
    december = ledger.zeros.grid("hazard", 2024, datetime.date(2025, 1, 5))
    assert states(december, "雪峰镇") == [State.MISSING] * 12


def test_nobody_is_asked_for_what_was_before_the_ledger(ledger: Ledger, add) -> None:
    assert not ledger.zeros.grid("hazard", 2024, DUE).missing_months()
    add("hazard", record_date=datetime.date(2023, 12, 1))
    assert not ledger.zeros.grid("hazard", 2022, DUE).missing_months()
    assert len(ledger.zeros.grid("hazard", 2024, DUE).missing_months()) == 6


def test_a_cell_opens_exactly_its_records(ledger: Ledger, add) -> None:
    number = add("hazard", record_date=datetime.date(2024, 2, 29))
    add("hazard", record_date=datetime.date(2024, 3, 1), description="乙")
    add("hazard", record_date=datetime.date(2024, 2, 29), area="雪峰镇", description="丙")
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    row = next(row for row in grid.rows if row.area == "盖洋镇")
    assert list(ledger.ids(grid.query(row, 2))) == [number]
    assert row.cells[1].records == 1


def test_zero_reports_stand_until_records_come_and_can_be_taken_back(ledger: Ledger, add) -> None:
    add("hazard")
    towns = [ref(ledger, "枫溪乡"), ref(ledger, "夏坊乡")]
    changes = ledger.zeros.register("hazard", towns, 2024, 5, DUE)
    assert changes.sentence == "登记零报 枫溪乡、夏坊乡 2024年5月 隐患"
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    assert states(grid, "枫溪乡")[4] is State.ZERO
    assert "张三" in next(row for row in grid.rows if row.area == "枫溪乡").cells[4].note
    assert states(ledger.zeros.grid("activity", 2024, DUE), "枫溪乡")[4] is State.OPEN
    late = add("hazard", area="枫溪乡", record_date=datetime.date(2024, 5, 9))
    assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[4] is State.REPORTED
    ledger.delete("hazard", [late])
    assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[4] is State.ZERO
    taken = ledger.zeros.cancel("hazard", towns[0], 2024, 5)
    assert taken.sentence == "取消零报 枫溪乡 2024年5月 隐患"
    assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[4] is State.MISSING
    assert ledger.verify() == [], "the history's chain holds"


def test_refusals_say_why_and_leave_nothing(ledger: Ledger) -> None:
    town = ref(ledger, "枫溪乡")
    for refused, word in (
        (lambda: ledger.zeros.register("hazard", [town], 2024, 8, DUE), "还没有到"),
        (lambda: ledger.zeros.cancel("hazard", town, 2024, 5), "没有登记过"),
        (lambda: ledger.zeros.grid("fund", 2024, DUE), "没有乡镇报送"),
    ):
        with pytest.raises(UserError) as caught:
            refused()
        assert word in caught.value.title
    ledger.zeros.register("hazard", [town], 2024, 7, DUE)
    with pytest.raises(UserError) as caught:
        ledger.zeros.register("hazard", [town], 2024, 7, DUE)
    assert "已经登记过" in caught.value.title
    assert ledger.verify() == []


def test_which_ledgers_are_monthly_is_a_setting(ledger: Ledger, add) -> None:
    add("activity", area="盖洋镇")
    assert ledger.zeros.monthly() == ("hazard",)
    assert not ledger.zeros.grid("activity", 2024, DUE).missing_months()
    ledger.set_setting(MONTHLY, "activity")
    assert ledger.zeros.monthly() == ("activity",)
    assert 6 in ledger.zeros.grid("activity", 2024, DUE).missing_months()
    ledger.set_setting(MONTHLY, "")
    assert ledger.zeros.monthly() == ()


def test_the_reminder_names_months_and_townships(ledger: Ledger, add) -> None:
    for month in range(1, 7):
        for town in ("盖洋镇", *(["雪峰镇"] if month != 5 else [])):
            add("hazard", area=town, record_date=datetime.date(2024, month, 2), description=f"{month}{town}")
    rest = [entry.ref for entry in ledger.entries("area") if entry.name not in ("盖洋镇", "雪峰镇", "县直")]
    for month in range(1, 7):
        ledger.zeros.register("hazard", rest[month == 6 :], 2024, month, DUE)
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    assert reminder(grid, "明溪县应急管理局").split("\n") == [
        "请以下乡镇尽快报送2024年5月隐患台账：雪峰镇。",
        "请以下乡镇尽快报送2024年6月隐患台账：胡坊镇。",
        "没有发生的，也请报零报告。",
        "明溪县应急管理局",
    ]
    assert reminder(grid, "局", 6).count("\n") == 2
    assert reminder(grid, "局", 1) == ""


def test_zero_reports_are_undone_and_done_again(ledger: Ledger, add) -> None:
    add("hazard")
    town = ref(ledger, "枫溪乡")
    sentence = ledger.zeros.register("hazard", [town], 2024, 5, DUE).sentence
    assert ledger.undo_sentence == sentence
    for step, state in ((ledger.undo, State.MISSING), (ledger.redo, State.ZERO)):
        step()
        assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[4] is state
    ledger.zeros.cancel("hazard", town, 2024, 5)
    ledger.undo()
    assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[4] is State.ZERO
    assert ledger.count(Query("hazard")) == 1
    assert ledger.verify() == []
