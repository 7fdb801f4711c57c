"""Duties: when they are due, where they stand, that they are kept whole."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from mingxi_desktop.domain.duties import DELIVERED, SENT, Duty, choices_of, fault, from_text, new_id, to_text
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.periods import Often, period_of
from mingxi_desktop.domain.workdays import Workdays, delivered_years

D = datetime.date
JUNE = period_of(Often.MONTH, D(2024, 6, 1))


@pytest.mark.parametrize(
    ("days", "workdays", "due"),
    [
        (5, False, D(2024, 7, 5)),
        (0, False, D(2024, 6, 30)),
        (5, True, D(2024, 7, 5)),  # 30 June is a Sunday
        (6, True, D(2024, 7, 8)),
    ],
)
def test_the_due_day(days, workdays, due) -> None:
    duty = Duty("x", "hazard", Often.MONTH, days=days, workdays=workdays)
    assert duty.due(JUNE, Workdays(delivered_years().values())) == due


def test_a_campaign_stands_in_the_weeks_that_it_touches() -> None:
    campaign = Duty("x", "hazard", Often.WEEK, first=D(2024, 6, 12), last=D(2024, 6, 20))
    days = (D(2024, 6, 9), D(2024, 6, 10), D(2024, 6, 17), D(2024, 6, 24))
    standing = [campaign.stands_in(period_of(Often.WEEK, day)) for day in days]
    assert standing == [False, True, True, False]


def test_duties_are_kept_whole() -> None:
    own = Duty(
        "hazard-2", "hazard", Often.WEEK, "生命通道周报", ("area:1", "area:3"), "生命通道·拆窗破网",
        D(2024, 6, 1), D(2024, 8, 31), 2, True,
    )  # fmt: skip
    department = Duty("fund", "fund", Often.QUARTER, who=("org:4",))
    kept = (*DELIVERED, own, department)
    assert from_text(to_text(kept)) == kept
    assert (own.title, own.of_departments, own.due_words) == ("生命通道周报 · 每周", False, "期后第2个工作日")
    assert department.of_departments
    assert [duty.due_words for duty in (*DELIVERED, department)] == ["次月5日", "次日", "期后第5天"]
    assert new_id("hazard", [duty.id for duty in kept]) == "hazard-3"


def test_what_cannot_be_a_duty() -> None:
    monthly = DELIVERED[0]
    twin = replace(monthly, id="hazard-2", who=("area:1",))
    later = replace(twin, first=D(2024, 6, 1))
    for duty, field in (
        (replace(monthly, name="名" * 41), "name"),
        (replace(monthly, days=91), "days"),
        (replace(later, last=D(2024, 5, 1)), "last"),
        (later, "kind"),
    ):
        wrong = fault(duty, DELIVERED)
        assert wrong is not None
        assert wrong[0] == field
    assert fault(monthly, DELIVERED) is None
    assert fault(replace(twin, who=("org:1",)), DELIVERED) is None
    assert fault(later, [replace(monthly, last=D(2024, 5, 31))]) is None
    assert fault(replace(twin, campaign="大排查大整治"), DELIVERED) is None


def test_ledgers_of_disaster_events_are_due_by_events() -> None:
    assert choices_of("response_tally") == (Often.EVENT_DAY, Often.EVENT)
    assert Often.MONTH in choices_of("supply_movement")


def test_only_ledgers_that_lie_by_day_are_sent() -> None:
    assert not [name for name in SENT if kind_of(name).state or kind_of(name).parent]
