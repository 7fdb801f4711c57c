from __future__ import annotations

import datetime

import pytest

TITLE = ["2024年“6.9-6.18”强降雨转移情况（累计）"]
HEADER = ["乡镇", "统计时间", "转移群众"]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "hours",
    [
        ("2024年6月13日8时", "2024年6月13日18时"),
        ("2024-6-13 8:00", "2024-6-13 18:00"),
        (datetime.datetime(2024, 6, 13, 8), datetime.datetime(2024, 6, 13, 18)),
    ],
)
def test_of_the_hours_of_a_day_the_last_one_counts(onlooker, hours, turned):
    rows = [["盖洋镇", hours[0], 50], ["盖洋镇", hours[1], 100]]
    found = onlooker.read([TITLE, HEADER, *(rows[::-1] if turned else rows)], kind="response_tally")
    assert found.ready("evacuees") == [100]
    ((number, reason),) = found.skipped
    assert number == (4 if turned else 3)
    assert "只取最后一次" in reason
    assert "，18时）" in reason


def test_totals_of_a_day_without_hours_or_of_one_hour_are_asked(onlooker):
    rows = [["盖洋镇", "2024-6-13", 50], ["盖洋镇", "2024-6-13", 100]]
    found = onlooker.read([TITLE, HEADER, *rows], kind="response_tally")
    assert "请核对哪一行对" in found.skipped[0][1]


def test_increments_of_several_hours_stay(onlooker):
    rows = [
        [*HEADER, "口径"],
        ["盖洋镇", "2024年6月13日8时", 50, "当日新增"],
        ["盖洋镇", "2024年6月13日18时", 100, "当日新增"],
    ]
    found = onlooker.read([["2024年“6.9-6.18”强降雨转移情况"], *rows], kind="response_tally")
    assert not any("只取最后一次" in reason for _, reason in found.skipped)
