"""Working days, as the delivered holidays and the clerk's own have them."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain import workdays
from mingxi_desktop.domain.workdays import Holiday, Workdays, YearOff, delivered_years

_D = datetime.date


def test_holidays_are_off_and_make_up_days_are_on() -> None:
    known = Workdays(delivered_years().values())
    assert not known.is_workday(_D(2024, 2, 10))
    assert known.is_workday(_D(2024, 2, 18)), "a Sunday that is worked"
    assert not known.is_workday(_D(2022, 12, 31)), "the holiday of 2023 begins the year before"
    assert known.next_workday(_D(2026, 10, 1)) == _D(2026, 10, 8)
    assert known.next_workday(_D(2026, 10, 10)) == _D(2026, 10, 10)
    assert known.after_workdays(_D(2026, 9, 30), 3) == _D(2026, 10, 10)
    assert known.between(_D(2026, 9, 30), _D(2026, 10, 10)) == 3
    assert known.between(_D(2026, 10, 10), _D(2026, 9, 30)) == -3
    assert known.between(_D(2026, 10, 10), _D(2026, 10, 10)) == 0
    assert not known.knows(2031)
    assert known.is_workday(_D(2031, 10, 1)), "of a year nobody has announced only the weekends are known"


@pytest.mark.parametrize("year", delivered_years().values(), ids=lambda year: str(year.year))
def test_the_delivered_years_are_sound_and_keep_their_shape(year: YearOff) -> None:
    assert year.fault() == ""
    assert workdays.from_plain(year.year, workdays.to_plain(year)) == year
    # What is worked at weekends is about what is off on weekdays beyond the public holidays: 11 days, 13 from 2025.
    weekdays = {day for one in year.off for day in one.days if day.weekday() < 5}
    assert 8 <= len(weekdays) - len(year.on) <= 13


@pytest.mark.parametrize(
    ("off", "on", "fault"),
    [
        ([("", "2027-01-01", "2027-01-03")], [], "01-01 这一行没有写节日名称"),
        ([("元旦", "2027-01-03", "2027-01-01")], [], "元旦的止日早于起日"),
        ([("元旦", "2027-01-01", "2027-11-03")], [], "元旦有307天，请核对起止日"),
        ([("元旦", "2026-01-01", "2026-01-03")], [], "元旦（2026-01-01）不在2027年"),
        (
            [("元旦", "2027-01-01", "2027-01-03"), ("春节", "2027-01-03", "2027-01-05")],
            [],
            "2027-01-03 登记了两次",
        ),
        ([], ["2027-01-04"], "2027-01-04 是周一，本来就上班，不用登记"),
        ([], ["2028-01-01"], "上班日 2028-01-01 不在2027年"),
        ([("元旦", "2026-12-31", "2027-01-02")], ["2027-01-09"], ""),
    ],
)
def test_what_cannot_be_a_year(off: list[tuple[str, str, str]], on: list[str], fault: str) -> None:
    assert workdays.from_plain(2027, {"off": off, "on": on}).fault() == fault


def test_a_year_of_the_clerks_own() -> None:
    known = Workdays([YearOff(2027, (Holiday("元旦", _D(2027, 1, 1), _D(2027, 1, 3)),), (_D(2027, 1, 9),))])
    assert known.next_workday(_D(2027, 1, 1)) == _D(2027, 1, 4)
    assert known.is_workday(_D(2027, 1, 9))
    assert known.latest == 2027
