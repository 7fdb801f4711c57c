"""Indicators of a month, of half a year and of one flood: what was new in them, and nothing twice."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.indicators import IndicatorValue, Period
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reports.order import Order, covered
from mingxi_desktop.report.template import Span
from tests.ledger.conftest import Add

MONTHS = [Period.month(2024, number) for number in range(1, 13)]


def of(ledger: Ledger, name: str, period: Period) -> IndicatorValue:
    """The value, which the records behind it add up to."""
    trace = ledger.prove(name, period)
    found = next(item for item in ledger.measure(period, [name]) if item.indicator.id == name)
    assert trace.value == found
    if isinstance(found.value, int):
        assert sum(item.contributes or 0 for item in trace.records) == found.value
    return found


def by_month(ledger: Ledger, name: str) -> list[Any]:
    return [of(ledger, name, month).value for month in MONTHS]


def tally(add: Add, event: int, area: str, day: str, basis: str, evacuees: int, **more: Any) -> None:
    """What a township reports; day: ISO, without the year in 2024."""
    on = datetime.date.fromisoformat(day if len(day) > 5 else f"2024-{day}")
    reference = f"disaster_event:{event}"
    add("response_tally", event=reference, area=area, record_date=on, basis=basis, evacuees=evacuees, **more)


def test_months_add_up_to_the_year_whatever_runs_across_their_ends(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event")
    tally(add, event, "盖洋镇", "06-29", "累计", 100)
    tally(add, event, "盖洋镇", "07-02", "累计", 150)
    tally(add, event, "夏阳乡", "06-30", "当日新增", 20)
    tally(add, event, "夏阳乡", "07-01", "当日新增", 30)
    tally(add, event, "雪峰镇", "06-30", "当日新增", 7)  # then it counts on as a running total
    tally(add, event, "雪峰镇", "07-01", "累计", 9)
    tally(add, event, "枫溪乡", "06-30", "累计", 40)  # and the other way round: no longer added
    tally(add, event, "枫溪乡", "07-01", "当日新增", 500)
    assert by_month(ledger, "people_evacuated")[5:7] == [100 + 20 + 7 + 40, 50 + 30 + 2]
    assert of(ledger, "people_evacuated", Period.of(2024)).value == 150 + 50 + 9 + 40
    half = Period.of(2024, datetime.date(2024, 6, 30))
    assert of(ledger, "people_evacuated", half).value == 167


def test_a_flood_over_new_year_moves_nobody_twice(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event", record_date=datetime.date(2023, 12, 30))
    tally(add, event, "盖洋镇", "2023-12-31", "累计", 100)
    tally(add, event, "盖洋镇", "01-02", "累计", 130)
    assert of(ledger, "people_evacuated", Period.of(2023)).value == 100
    assert of(ledger, "people_evacuated", Period.of(2024)).value == 30
    january = of(ledger, "people_evacuated", MONTHS[0])
    assert (january.value, january.last_year) == (30, None)
    whole = covered(ledger, Order(2023, template="flood", event=event), Span.EVENT).period
    assert of(ledger, "people_evacuated", whole).value == 130
    lines = [{"item": "棉被", "quantity": 5}]
    sent = datetime.date(2024, 1, 5)
    add("supply_movement", event=f"disaster_event:{event}", record_date=sent, supply_line=lines)
    assert of(ledger, "quilts_dispatched", whole).value == 5
    assert [of(ledger, "quilts_dispatched", Period.of(year)).value for year in (2023, 2024)] == [None, 5]


def test_a_total_that_shrinks_is_not_printed(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event")
    tally(add, event, "盖洋镇", "06-30", "累计", 100)
    tally(add, event, "盖洋镇", "07-01", "累计", 90, note="核减")
    assert "还少" in of(ledger, "people_evacuated", MONTHS[6]).problem
    assert of(ledger, "people_evacuated", Period.of(2024)).value == 90


def test_what_was_rectified_later_is_not_of_the_month(ledger: Ledger, add: Add) -> None:
    for day in (10, 28):
        add(
            "hazard",
            record_date=datetime.date(2024, 6, day),
            quantity_found=2,
            quantity_rectified=2,
            rectified_date=datetime.date(2024, 6, day) + datetime.timedelta(days=5),
        )
    assert (by_month(ledger, "hazards_found")[5:7], by_month(ledger, "hazards_rectified")[5]) == ([4, 0], 2)
    assert of(ledger, "hazards_rectified", Period.of(2024)).value == 4
    assert of(ledger, "hazards_found", Period.month(2025, 6)).last_year == 4


def test_steps_and_ends_of_responses_count_in_their_own_month(ledger: Ledger, add: Add) -> None:
    start, end = datetime.datetime(2024, 6, 30, 8), datetime.datetime(2024, 7, 1, 9)
    respond(add, start, end=end)
    names = ("responses_started", "responses_raised", "responses_ended")
    assert [by_month(ledger, name)[5:7] for name in names] == [[1, 0], [1, 0], [0, 1]]


def respond(add: Add, start: datetime.datetime, **values: Any) -> None:
    """A response that is raised twelve hours after its start."""
    steps = [("启动", "Ⅳ", start), ("提升", "Ⅲ", start + datetime.timedelta(hours=12))]
    steps += [("终止", "Ⅲ", values["end"])] if "end" in values else []
    rows = [{"action": action, "level": level, "at": at} for action, level, at in steps]
    end = values.pop("end", None)
    add("response", start_at=start, end_at=end, response_step=rows, **values)


def test_a_flood_takes_what_names_it_and_else_its_days(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event", end_date=datetime.date(2024, 6, 12))
    other = add("disaster_event", type="台风", record_date=datetime.date(2024, 6, 11))
    before, after = datetime.date(2024, 6, 8), datetime.date(2024, 6, 20)
    for number, times in ((event, 3), (other, 50)):
        ref = f"disaster_event:{number}"
        lines = [{"item": "棉被", "quantity": times}]
        add("meeting", type="防汛部署会", event=ref, times=times, record_date=before, granularity="汇总")
        add("supply_movement", event=ref, record_date=after, supply_line=lines)
        respond(
            add, datetime.datetime(2024, 6, 8, 17 + number), event=ref, type=("防暴雨", "防台风")[number - 1]
        )
    for day, amount in ((12, 1_000_000), (13, 5_000_000)):
        on = datetime.date(2024, 6, day)
        add("fund", direction="下拨", purpose="自然灾害救灾", amount=amount, record_date=on)
    flood = covered(ledger, Order(2024, template="flood", event=event), Span.EVENT).period
    names = (
        "flood_meetings",
        "quilts_dispatched",
        "responses_started",
        "responses_raised",
        "relief_funds_paid",
    )
    assert [of(ledger, name, flood).value for name in names] == [3, 3, 1, 1, 1]
    cut_off = Order(2024, template="flood", event=event, as_of=datetime.date(2024, 6, 19))
    assert of(ledger, "quilts_dispatched", covered(ledger, cut_off, Span.EVENT).period).value == 0
    rule = ledger.prove("quilts_dispatched", flood).rule
    assert rule.startswith("“物资明细”台账中这次灾害过程，")


@pytest.mark.parametrize("order", [Order(2024, template="monthly"), Order(2024, template="flood")])
def test_month_and_event_must_be_named(ledger: Ledger, order: Order) -> None:
    with pytest.raises(UserError, match="还没有选"):
        covered(ledger, order, Span.MONTH if order.template == "monthly" else Span.EVENT)
