"""Conditions survive being written and read; what is broken asks for nothing."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from mingxi_desktop.domain.query import EMPTY, Query, Range
from mingxi_desktop.domain.query_text import from_text, to_text

DAY = datetime.date(2024, 6, 9)


def test_conditions_come_back() -> None:
    query = Query(
        "hazard",
        year=2024,
        search="消防",
        where=(
            ("area", ("area:3", None)),
            ("level", (EMPTY, "重大")),
            ("found", Range(1, None)),
            ("crops", Range(Decimal("1.25"), None)),
            ("due_date", Range(datetime.date(2023, 1, 2), DAY)),
            ("start_at", Range(datetime.datetime(2024, 6, 9, 8, 30), None)),
            ("approx", (True,)),
        ),
    )
    assert from_text(to_text(query), "hazard", 2024) == query


def test_months_follow_the_year() -> None:
    february = Range(datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    text = to_text(Query("hazard", year=2024, where=(("record_date", february),)))
    later = from_text(text, "hazard", 2025)
    assert dict(later.where)["record_date"] == Range(datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    again = from_text(to_text(later), "hazard", 2024)
    assert dict(again.where)["record_date"] == february


@pytest.mark.parametrize("text", ["", "[", "[]", "7", '{"where": 3}', '{"where": {"a": [[1]]}}',
                                  '{"where": {"a": {"low": {"day": "x"}, "high": null}}}',
                                  '{"where": {"a": [{"number": "x"}]}}', '{"where": {"a": [{}]}}'])  # fmt: skip
def test_what_cannot_be_read_asks_for_nothing(text) -> None:
    assert from_text(text, "hazard", 2024) == Query("hazard", year=2024)
