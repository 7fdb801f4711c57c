"""Totals of years without records: read by the sort of the indicator, with a reason where they cannot be."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.indicator_data import by_id, definitions
from mingxi_desktop.domain.openings import check_source, check_year, read, worded
from mingxi_desktop.domain.value_sorts import Sort, sort_of
from mingxi_desktop.errors import UserError


@pytest.mark.parametrize(
    ("indicator", "typed", "kept", "shown"),
    [
        ("hazards_found", "１，５０２条", "1502", "1502条"),
        ("hazards_found", "0", "0", "0条"),
        ("fines", "68.345万元", "68.345", "68.345万元"),
        ("hazard_rectification_rate", "99.20%", "99.2", "99.2%"),
        ("hazard_rectification_rate", "99.2", "99.2", "99.2%"),
        ("publicity_day_disaster", "5月12日", "2022-05-12", "5月12日"),
        ("rainstorm_event", "6.9-6.18", "2022-06-09..2022-06-18", "6.9-6.18"),
        ("typhoon_event", "3号“格美”", "3号“格美”", "3号台风“格美”"),
    ],
)
def test_values_as_a_clerk_types_them(indicator, typed, kept, shown) -> None:
    assert read(by_id()[indicator], 2022, typed) == kept
    assert worded(by_id()[indicator], kept) == shown


@pytest.mark.parametrize(
    ("indicator", "typed", "said"),
    [
        ("hazards_found", "", "还空着"),
        ("hazards_found", "很多", "不能作排查问题隐患数的期初数"),
        ("hazards_found", "15.5", "有小数"),
        ("hazards_found", "-3", "不能是负数"),
        ("hazard_rectification_rate", "9920", "小数点"),
        ("publicity_day_disaster", "2021年5月12日", "不是2022年的"),
        ("rainstorm_event", "梅雨", "梅雨"),
        ("typhoon_event", "格美", "第几号"),
    ],
)
def test_what_cannot_be_one_is_refused_with_an_example(indicator, typed, said) -> None:
    with pytest.raises(UserError) as caught:
        read(by_id()[indicator], 2022, typed)
    assert said in f"{caught.value.title}{caught.value.detail}"
    assert caught.value.hint
    assert caught.value.field == "value"


def test_year_and_source_are_checked() -> None:
    with pytest.raises(UserError, match="不能登记期初数"):
        check_year(202)
    with pytest.raises(UserError, match="来源还空着"):
        check_source("  ")
    assert check_source(" 2023年 总结 ") == "2023年 总结"


def test_every_delivered_indicator_has_a_sort() -> None:
    sorts = {indicator.id: sort_of(indicator) for indicator in definitions()}
    assert sorts["hazards_found"] is Sort.WHOLE
    assert sorts["funds_won"] is Sort.AMOUNT
    assert sorts["township_pump_team_rate"] is Sort.PERCENT
    assert sorts["chemical_drill"] is Sort.DAY
    assert sorts["chemical_drill_people"] is Sort.WHOLE
