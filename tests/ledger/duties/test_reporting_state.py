"""Who has reported which period: records, zero reports, and what is missing once it is due."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.duties import DELIVERED, Duty
from mingxi_desktop.domain.periods import Often
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.references import Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.duties.grids import Reporting, State
from tests.ledger.conftest import DAY, day

BEFORE_DUE, DUE = datetime.date(2024, 7, 4), datetime.date(2024, 7, 5)
MAY = 4
FLOOD = "response_tally"


def states(grid: Reporting, name: str) -> list[State]:
    return [cell.state for cell in next(row for row in grid.rows if row.name == name).cells]


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
    assert [row.name for row in grid.missing(5)] == [row.name for row in grid.rows if row.name != "盖洋镇"]
    assert (grid.begun, grid.dues[5]) == (7, DUE)
    december = ledger.zeros.grid("hazard", 2024, datetime.date(2025, 1, 5))
    assert states(december, "雪峰镇") == [State.MISSING] * 12


def test_nobody_is_asked_for_what_was_before_the_ledger(ledger: Ledger, add) -> None:
    assert not ledger.zeros.grid("hazard", 2024, DUE).missing_places()
    add("hazard", record_date=datetime.date(2023, 12, 1))
    assert not ledger.zeros.grid("hazard", 2022, DUE).missing_places()
    assert len(ledger.zeros.grid("hazard", 2024, DUE).missing_places()) == 6


def test_a_ledger_begun_in_the_middle_of_a_year_asks_from_then_on(ledger: Ledger, add) -> None:
    add("hazard", record_date=datetime.date(2024, 5, 9))
    changes = ledger.zeros.ask_from(ledger.zeros.grid("hazard", 2024, DUE), MAY)
    assert changes.sentence == "隐患 2024年5月以前的不用报"
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    assert states(grid, "盖洋镇")[:3] == [State.REPORTED, State.MISSING, State.OPEN]
    assert len(states(ledger.zeros.grid("hazard", 2025, DUE), "盖洋镇")) == 12, (
        "the next year is asked for whole"
    )
    ledger.undo()
    assert len(ledger.zeros.grid("hazard", 2024, DUE).missing_places()) == 6
    assert ledger.zeros.duties() == DELIVERED


def test_a_cell_opens_exactly_its_records(ledger: Ledger, add) -> None:
    number = add("hazard", record_date=datetime.date(2024, 2, 29))
    add("hazard", record_date=datetime.date(2024, 3, 1), description="乙")
    add("hazard", record_date=datetime.date(2024, 2, 29), area="雪峰镇", description="丙")
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    row = next(row for row in grid.rows if row.name == "盖洋镇")
    assert list(ledger.ids(grid.query(row, 1))) == [number]
    assert row.cells[1].records == 1
    assert [ledger.count(grid.query(*which)) for which in ((row,), (None, 1), ())] == [2, 2, 3]


def test_zero_reports_stand_until_records_come_and_can_be_taken_back(ledger: Ledger, add) -> None:
    add("hazard")
    towns = [ref(ledger, "枫溪乡"), ref(ledger, "夏坊乡")]
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    changes = ledger.zeros.register(grid, [(town, MAY) for town in towns])
    assert changes.sentence == "登记零报 枫溪乡、夏坊乡 2024年5月 隐患"
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    assert states(grid, "枫溪乡")[MAY] is State.ZERO
    assert "张三" in next(row for row in grid.rows if row.name == "枫溪乡").cells[MAY].note
    assert states(ledger.zeros.grid("activity", 2024, DUE), "枫溪乡")[MAY] is State.OPEN
    late = add("hazard", area="枫溪乡", record_date=datetime.date(2024, 5, 9))
    assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[MAY] is State.REPORTED
    ledger.delete("hazard", [late])
    assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[MAY] is State.ZERO
    taken = ledger.zeros.cancel(grid, [(towns[0], MAY)])
    assert taken.sentence == "取消零报 枫溪乡 2024年5月 隐患"
    assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[MAY] is State.MISSING
    assert ledger.verify() == [], "the history's chain holds"


def test_refusals_say_why_and_leave_nothing(ledger: Ledger) -> None:
    town, grid = ref(ledger, "枫溪乡"), ledger.zeros.grid("hazard", 2024, DUE)
    for refused, word in (
        (lambda: ledger.zeros.register(grid, [(town, 5), (town, 7)]), "2024年8月还没有到"),
        (lambda: ledger.zeros.cancel(grid, [(town, MAY)]), "没有登记过"),
        (lambda: ledger.zeros.grid("facility", 2024, DUE), "没有单位报送"),
    ):
        with pytest.raises(UserError) as caught:
            refused()
        assert word in caught.value.title
    ledger.zeros.register(grid, [(town, 6)])
    with pytest.raises(UserError) as caught:
        ledger.zeros.register(grid, [(town, 6)])
    assert "已经登记过" in caught.value.title
    assert ledger.verify() == []


def test_zero_reports_of_several_cells_are_undone_and_done_again_in_one_step(ledger: Ledger, add) -> None:
    add("hazard")
    town, grid = ref(ledger, "枫溪乡"), ledger.zeros.grid("hazard", 2024, DUE)
    sentence = ledger.zeros.register(grid, [(town, place) for place in (1, 2, 3, 5)]).sentence
    assert sentence == "登记零报 枫溪乡 2024年2月至4月、6月 隐患"
    assert ledger.undo_sentence == sentence
    for step, state in ((ledger.undo, State.MISSING), (ledger.redo, State.ZERO)):
        step()
        now = states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")
        assert [now[place] for place in (1, 2, 3, 5)] == [state] * 4
    ledger.zeros.cancel(grid, [(town, 1), (town, 5)])
    ledger.undo()
    assert states(ledger.zeros.grid("hazard", 2024, DUE), "枫溪乡")[5] is State.ZERO
    assert ledger.count(Query("hazard")) == 1
    assert ledger.verify() == []


# duties


def test_the_table_of_duties_is_the_clerks(ledger: Ledger, add) -> None:
    add("activity", area="盖洋镇")
    assert ledger.zeros.duties() == DELIVERED
    assert not ledger.zeros.grid("activity", 2024, DUE).missing_places()
    ledger.zeros.keep([Duty("activity", "activity", Often.QUARTER, who=(ref(ledger, "枫溪乡"),))])
    grid = ledger.zeros.grid("activity", 2024, DUE)
    assert [(row.name, [cell.state for cell in row.cells]) for row in grid.rows] == [
        ("枫溪乡", [State.MISSING, State.MISSING, State.OPEN, State.OPEN])
    ]
    assert not ledger.zeros.grid("hazard", 2024, DUE).owed
    ledger.undo()
    assert ledger.zeros.duties() == DELIVERED
    ledger.redo()
    assert [duty.id for duty in ledger.zeros.duties()] == ["activity"]
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("often", "counts"),
    [(Often.QUARTER, [2, 1, 0, 1]), (Often.HALF, [3, 1]), (Often.MONTH, [1, 0, 1, 1, *[0] * 7, 1])],
)
def test_a_period_of_months_counts_all_their_records(
    ledger: Ledger, add, often: Often, counts: list[int]
) -> None:
    for month, of_month in ((1, 1), (3, 31), (4, 1), (12, 31)):
        add("activity", area="盖洋镇", record_date=datetime.date(2024, month, of_month))
    add("activity", area="盖洋镇", record_date=datetime.date(2023, 3, 1))
    ledger.zeros.keep([Duty("activity", "activity", often)])
    [row] = [one for one in ledger.zeros.grid("activity", 2024, DUE).rows if one.name == "盖洋镇"]
    assert [cell.records for cell in row.cells] == counts


def test_what_a_file_of_before_asked_for_every_month_stays(ledger: Ledger) -> None:
    ledger.set_setting("reporting.monthly", "activity,hazard")
    assert [duty.title for duty in ledger.zeros.duties()] == [
        "隐患 · 每月", "培训演练宣传 · 每月", "响应统计 · 过程中每日",
    ]  # fmt: skip


def test_a_campaign_is_due_in_its_weeks_and_counts_its_own_records(ledger: Ledger, add) -> None:
    campaign = "生命通道·拆窗破网"
    first, last = datetime.date(2024, 6, 3), datetime.date(2024, 6, 23)
    duty = Duty("hazard-2", "hazard", Often.WEEK, campaign=campaign, first=first, last=last, days=2)
    ledger.zeros.keep([*DELIVERED, duty])
    grid = ledger.zeros.grid("hazard-2", 2024, datetime.date(2024, 6, 18))
    assert [period.short for period in grid.periods] == ["6.3–6.9", "6.10–6.16", "6.17–6.23"]
    assert states(grid, "盖洋镇") == [State.MISSING, State.MISSING, State.OPEN], (
        "said from when: no records needed"
    )
    number = add("hazard", campaign=(campaign,))
    add("hazard", description="乙", record_date=datetime.date(2024, 6, 12))
    ledger.zeros.register(grid, [(ref(ledger, "盖洋镇"), 1)])
    grid = ledger.zeros.grid("hazard-2", 2024, datetime.date(2024, 6, 18))
    assert states(grid, "盖洋镇") == [State.REPORTED, State.ZERO, State.OPEN]
    row = next(row for row in grid.rows if row.name == "盖洋镇")
    assert list(ledger.ids(grid.query(row, 0))) == [number]
    monthly = ledger.zeros.grid("hazard", 2024, DUE)
    assert states(monthly, "雪峰镇")[5] is State.MISSING
    assert next(row for row in monthly.rows if row.name == "盖洋镇").cells[5].records == 2


def test_a_week_at_the_turn_of_the_year_has_the_days_of_both(ledger: Ledger, add) -> None:
    ledger.zeros.keep([Duty("hazard", "hazard", Often.WEEK)])
    numbers = [
        add("hazard", record_date=datetime.date(*when), description=str(when))
        for when in ((2024, 12, 31), (2025, 1, 5))
    ]
    grid = ledger.zeros.grid("hazard", 2025, datetime.date(2025, 1, 20))
    row = next(row for row in grid.rows if row.name == "盖洋镇")
    assert (row.cells[0].records, row.cells[1].state) == (2, State.MISSING)
    assert sorted(ledger.ids(grid.query(row, 0))) == numbers
    last = next(row for row in ledger.zeros.grid("hazard", 2024, DUE).rows if row.name == "盖洋镇")
    assert sum(cell.records for cell in last.cells) == 0


def test_departments_owe_by_who_reports(ledger: Ledger, add) -> None:
    fire = next(entry.ref for entry in ledger.entries("org") if "消防" in entry.name)
    bureau = next(entry.ref for entry in ledger.entries("org") if "应急" in entry.name)
    ledger.zeros.keep([Duty("inspection", "inspection", Often.HALF, who=(fire, bureau))])
    add("inspection", reporter=fire)
    add("inspection", record_date=day(1))
    grid = ledger.zeros.grid("inspection", 2024, DUE)
    assert [row.cells[0].state for row in grid.rows] == [State.REPORTED, State.MISSING]
    assert (grid.unit, ledger.count(grid.query())) == ("部门", 1)


# floods


@pytest.fixture
def flood(ledger: Ledger, add) -> str:
    """A flood of three days with the reports of the first; its reference."""
    number = add("disaster_event", area="县直", end_date=day(2))
    event = f"disaster_event:{number}"
    for entry in ledger.entries("area")[:9]:
        add(FLOOD, event=event, area=entry.name, evacuees=3, deaths=0)
    return event


def test_a_flood_is_reported_daily_by_the_next_day(ledger: Ledger, add, flood: str) -> None:
    add(FLOOD, event=flood, record_date=day(1), evacuees=0, deaths=0, cadres=0)
    add(FLOOD, event=flood, record_date=day(1), area="雪峰镇")
    grid = ledger.zeros.grid(FLOOD, 2024, day(2))
    assert (grid.event, grid.label) == (flood, "6.9-6.11暴雨洪涝响应统计")
    assert [period.short for period in grid.periods] == ["6.9", "6.10", "6.11"]
    assert states(grid, "盖洋镇") == [State.REPORTED, State.ZERO, State.OPEN], (
        "a row of zeros is a zero report"
    )
    assert states(grid, "雪峰镇") == [State.REPORTED, State.MISSING, State.OPEN], "an empty row says nothing"
    row = next(row for row in grid.rows if row.name == "盖洋镇")
    assert ledger.count(grid.query(row, 1)) == 1
    town = ref(ledger, "沙溪乡")
    assert ledger.zeros.register(grid, [(town, 1)]).sentence == (
        "登记零报 沙溪乡 2024年6月10日 6.9-6.11暴雨洪涝响应统计"
    )
    assert states(ledger.zeros.grid(FLOOD, 2024, day(9)), "沙溪乡") == [
        State.REPORTED, State.ZERO, State.MISSING,
    ]  # fmt: skip


def test_only_the_township_where_it_was_owes_it(ledger: Ledger, add, flood: str) -> None:
    local = f"disaster_event:{add('disaster_event', area='夏坊乡', record_date=day(40), end_date=day(41))}"
    add(FLOOD, event=local, area="夏坊乡", record_date=day(40), evacuees=1)
    grids = [grid for grid in ledger.zeros.grids(2024, day(60)) if grid.event]
    assert [(grid.event, len(grid.rows), grid.count(State.MISSING)) for grid in grids] == [
        (flood, 9, 18), (local, 1, 1),
    ]  # fmt: skip
    assert ledger.zeros.grid(FLOOD, 2024, day(60)).event == local, "the latest unless another is asked for"
    assert ledger.zeros.grid(FLOOD, 2024, day(60), event=flood).event == flood


@pytest.mark.parametrize(
    ("responding", "today", "last"),
    [(False, 3, 3), (False, 4, 0), (True, 20, 20), (True, 300, 60)],
    ids=["silent for three days", "silent for longer", "a response goes on", "a forgotten response"],
)
def test_an_event_without_an_end_goes_on_while_there_are_signs(ledger, add, responding, today, last) -> None:
    event = f"disaster_event:{add('disaster_event', area='县直', name='强降雨')}"
    add(FLOOD, event=event, evacuees=1)
    if responding:
        add("response", event=event)
    grid = ledger.zeros.grid(FLOOD, 2024, day(today))
    assert grid.periods[-1].last == DAY + datetime.timedelta(days=last)


def test_nothing_is_owed_of_events_that_nobody_told_of(ledger: Ledger, add, flood: str) -> None:
    add("disaster_event", area="县直", type="干旱", record_date=day(30), name="夏旱")
    add("disaster_event", area="县直", record_date=day(50), end_date=day(51))
    assert [grid.event for grid in ledger.zeros.grids(2024, day(60)) if grid.event] == [flood]
    ledger.zeros.keep([Duty("disaster_loss", "disaster_loss", Often.EVENT, days=10)])
    add("disaster_loss", event=flood, affected=3, record_date=day(5))
    losses = list(ledger.zeros.grids(2024, day(70)))
    assert [(len(grid.periods), grid.count(State.MISSING)) for grid in losses] == [(1, 8), (1, 9), (1, 9)]


def test_a_duty_of_merged_departments_is_one_with_its_zero_reports(ledger: Ledger, add) -> None:
    for name in ("甲局", "乙局"):
        ledger.save_entry(Entry("org", name))
    named = {entry.name: entry.ref for entry in ledger.entries("org")}
    first, kept = named["甲局"], named["乙局"]
    ledger.zeros.keep([Duty("hazard", "hazard", Often.MONTH, who=(first, kept))])
    add("hazard", reporter=first)
    for who, month in ((first, 6), (kept, 6), (kept, 7)):
        ledger.zeros.register(grid_at_new_year(ledger), [(who, month)])
    before = grid_at_new_year(ledger)
    assert states(before, "甲局")[5:8] == [State.REPORTED, State.ZERO, State.MISSING]
    ledger.register.merge(kept, [first])
    merged = grid_at_new_year(ledger)
    assert [row.name for row in merged.rows] == ["乙局"], "the name that was merged owes nothing of its own"
    assert states(merged, "乙局")[5:8] == [State.REPORTED, State.ZERO, State.ZERO]
    ledger.zeros.cancel(merged, [(kept, 6)])
    assert states(grid_at_new_year(ledger), "乙局")[5:8] == [State.REPORTED, State.MISSING, State.ZERO]
    ledger.undo()
    assert grid_at_new_year(ledger) == merged
    ledger.undo()
    assert grid_at_new_year(ledger) == before
    ledger.redo()
    assert grid_at_new_year(ledger) == merged
    assert ledger.verify() == []


def grid_at_new_year(ledger: Ledger) -> Reporting:
    """Hazards by department at the end of 2024."""
    return ledger.zeros.grid("hazard", 2024, datetime.date(2024, 12, 31))
