"""Which report is meant: a month or an event with another report, or none where one is needed, is wrong usage."""

from __future__ import annotations

import pytest

MONTHLY, FLOOD = ("--template", "monthly"), ("--template", "flood")


@pytest.mark.parametrize(
    "options", [("--month", 5), ("--event", 1), MONTHLY, FLOOD, (*FLOOD, "--event", 1, "--month", 6)]
)
def test_nothing_is_passed_over(on, options):
    report = on("report", "--year", 2024, *options, "-o", "报告.txt")
    assert report.code == 2
    assert any(word in report.json["error"] for word in ("--month", "--event"))
    # It would stand beside the version in force as another report of the same year.
    assert on("freeze", "--year", 2024, *options, "--by", "张三").code == 2
    assert on("changes", "--year", 2024, *options).code == 2


def test_a_month_no_ledger_has_is_wrong_usage_and_an_earlier_cut_off_is_refused(on, tmp_path):
    assert on("brief", "--month", "0000-01", "-o", "月报.txt").code == 2
    answer = on("brief", "--month", "2024-06", "--as-of", "2024-05-31", "-o", tmp_path / "月报.txt")
    assert answer.code == 1
    assert "2024年6月之前" in answer.json["error"]
    assert not (tmp_path / "月报.txt").exists()
    assert on("brief", "--month", "2024-06", "-o", tmp_path / "月报.txt").err.startswith(
        "正在写2024年6月的月报"
    )
