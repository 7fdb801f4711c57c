from __future__ import annotations

import datetime

import pytest

TALLY = [["乡镇", "转移人数"], ["盖洋镇", 5]]
RAIN = "“6.9-6.18”强降雨统计（截至2024年6月13日18时）"


@pytest.fixture
def tally(desk):
    """Look at a tally of that title, in a ledger that has these events: name, first and last day."""

    def look(title, *events):
        for name, first, last in events:
            values = {"name": name, "type": "暴雨洪涝", "record_date": datetime.date.fromisoformat(first)}
            end = datetime.date.fromisoformat(last) if last else None
            desk.ledger.add("disaster_event", {**values, "end_date": end})
        return desk.read([[title], *TALLY], kind="response_tally")

    return look


def added(found):
    """The events that would be registered."""
    return [row.values["name"] for table in found.tables for row in table.before]


LONG, SHORT = ("6.9-6.18", "2024-06-09", "2024-06-18"), ("6.9", "2024-06-09", None)


def test_the_event_of_the_title_is_found(tally):
    found = tally(RAIN, LONG)
    assert found.ready("event") == ["6.9-6.18"]
    assert added(found) == []
    assert "按标题都记到灾害过程“6.9-6.18”" in found.message("W_EVENT_FROM_TITLE")


def test_an_event_that_is_not_there_is_registered_too(tally):
    found = tally(RAIN)
    assert (found.ready("event"), added(found)) == (["6.9-6.18"], ["6.9-6.18"])
    assert "（暴雨洪涝，2024-06-09 至 2024-06-18），请核对" in found.message("W_EVENT_ADDED")


def test_an_event_of_the_same_name_in_another_year_is_another(tally):
    found = tally(RAIN, ("6.9-6.18", "2023-06-09", "2023-06-18"))
    assert added(found) == ["6.9-6.18"]


@pytest.mark.parametrize("events", [(LONG, SHORT), (SHORT, LONG)])
def test_the_longest_name_counts(tally, events):
    assert tally(RAIN, *events).ready("event") == ["6.9-6.18"]


def test_a_name_written_with_another_dash_is_the_same(tally):
    assert tally("“6.9—6.18”强降雨统计（截至2024年6月13日）", LONG).ready("event") == ["6.9-6.18"]


@pytest.mark.parametrize("name", ["6.9—6.18", "16.9"])
def test_a_name_is_no_part_of_another_number(tally, name):
    found = tally(f"“{name}”强降雨统计（截至2025年6月13日18时）", ("6.9", "2025-06-09", "2025-06-09"))
    assert "6.9" not in found.ready("event")


def test_two_events_in_a_title_are_asked(tally):
    found = tally(
        "甲、乙两次过程转移统计（截至2024年8月13日）", ("甲", "2024-06-09", None), ("乙", "2024-07-09", None)
    )
    assert found.ready("event") == []
    assert "标题里不止一个灾害过程" in found.message("W_EVENT_CONFLICT")


@pytest.mark.parametrize(
    ("title", "typhoon"),
    [
        ("台风“格美”防御情况统计（截至2024年7月26日）", "“格美”"),
        ("第3号台风“格美”转移情况（截至2024年7月26日）", "3号“格美”"),
        ("“格美”台风转移情况（截至2024年7月26日8时）", "“格美”"),
    ],
)
def test_a_typhoon_is_registered_by_its_name(onlooker, title, typhoon):
    found = onlooker.read([[title], *TALLY], kind="response_tally")
    (event,) = found.tables[0].before
    assert (event.values["name"], event.values["typhoon"]) == ("台风“格美”", typhoon)
    assert found.ready("event") == ["台风“格美”"]


def test_without_a_name_the_one_event_of_those_days_is_meant_and_that_is_said(tally):
    found = tally("转移统计（截至2024年6月13日）", LONG)
    assert found.ready("event") == ["6.9-6.18"]
    assert "按日期记到“6.9-6.18”" in found.message("W_FROM_ROW")


def test_two_events_on_those_days_are_asked(tally):
    found = tally("转移统计（截至2024年6月13日）", LONG, ("乙", "2024-06-10", "2024-06-15"))
    assert [code for *_, code in found.faults] == ["E_REQUIRED"]


def test_a_title_without_event_and_date_asks_for_it(onlooker):
    found = onlooker.read([["强降雨转移情况（2024年6月13日）"], *TALLY], kind="response_tally")
    assert "要填写灾害过程" in found.message("E_REQUIRED")
