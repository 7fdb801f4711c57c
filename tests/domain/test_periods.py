"""Periods of reports: where weeks lie, what they are called, that a year has all of them and no other."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest

from mingxi_desktop.domain.periods import Often, day_period, period_of, periods

D = datetime.date
CALENDAR = [often for often in Often if not often.of_events]


@pytest.mark.parametrize(
    ("often", "key", "label", "short", "first", "last"),
    [
        (Often.DAY, "2024-06-12", "6月12日", "6.12", D(2024, 6, 12), D(2024, 6, 12)),
        (Often.WEEK, "2024-W24", "6月第2周（6.10–6.16）", "6.10–6.16", D(2024, 6, 10), D(2024, 6, 16)),
        (Often.MONTH, "2024-06", "6月", "6月", D(2024, 6, 1), D(2024, 6, 30)),
        (Often.QUARTER, "2024-Q2", "第二季度", "第二季度", D(2024, 4, 1), D(2024, 6, 30)),
        (Often.HALF, "2024-H1", "上半年", "上半年", D(2024, 1, 1), D(2024, 6, 30)),
    ],
)
def test_the_period_of_a_day(often, key, label, short, first, last) -> None:
    found = period_of(often, D(2024, 6, 12))
    assert (found.key, found.label, found.short) == (key, label, short)
    assert (found.first, found.last, found.year, found.month) == (first, last, 2024, 6)
    assert found.full == f"2024年{label}"


@pytest.mark.parametrize("often", CALENDAR)
@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_the_periods_of_years_follow_each_other_without_gap(often, year) -> None:
    both = [*periods(often, year), *periods(often, year + 1)]
    assert all(after.first - before.last == datetime.timedelta(days=1) for before, after in pairwise(both))
    assert len({period.key for period in both}) == len(both)
    assert {period.year for period in periods(often, year)} == {year}
    assert all(period_of(often, period.last) == period for period in both)


def test_a_week_belongs_to_the_year_and_month_of_its_thursday() -> None:
    new_year = period_of(Often.WEEK, D(2024, 12, 30))
    assert (new_year.key, new_year.label) == ("2025-W01", "1月第1周（12.30–1.5）")
    assert (new_year.year, new_year.month) == (2025, 1)
    assert [len(periods(Often.WEEK, year)) for year in (2024, 2026)] == [52, 53]


def test_events_set_their_own_days() -> None:
    assert periods(Often.EVENT_DAY, 2024) == ()
    assert day_period(D(2024, 6, 9), "disaster_event:4").key == "disaster_event:4/2024-06-09"
    with pytest.raises(ValueError, match="event"):
        period_of(Often.EVENT, D(2024, 6, 9))
