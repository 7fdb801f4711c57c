"""This year beside the last: what is said on the screen, in the report, in a table and on a card."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingxi_desktop.domain.comparing import Comparison, comparison, signed
from mingxi_desktop.domain.indicator_data import by_id

D = Decimal


@pytest.mark.parametrize(
    ("now", "before", "unit", "sentence", "clause", "cell", "short"),
    [
        (1683, 1502, "条", "2023年1502条，上升12.05%", "同比增长12.05%", "增长12.05%", "▲ 增 12.1%"),
        (9, 10, "次", "2023年10次，下降10%", "同比下降10%", "下降10%", "▼ 减 10%"),
        (7, 7, "次", "与2023年持平（7次）", "与上年持平", "持平", "＝ 持平"),
        (0, 0, "人", "与2023年持平（0人）", "与上年持平", "持平", "＝ 持平"),
        (4, 0, "次", "2023年为零，2024年4次", "上年为零", "增加4次", "▲ 增 4"),
        (0, 4, "次", "2023年4次，2024年为零", "上年为4次", "减少4次", "▼ 减 100%"),
        (4, None, "次", "2023年没有数据", "", "—", ""),
        (None, 4, "次", "2024年没有数据，2023年4次", "", "—", ""),
        (None, None, "次", "2024年没有数据", "", "—", ""),
        (D("99.76"), D("99.2"), "%", "2023年99.2%，上升0.56个百分点", "比上年提高0.56个百分点", "提高0.56个百分点",
         "▲ 升 0.56 点"),
        (99, D("99.2"), "%", "2023年99.2%，下降0.2个百分点", "比上年下降0.2个百分点", "下降0.2个百分点", "▼ 降 0.2 点"),
        (200, 10, "场", "2023年10场，是2023年的20倍", "是上年的20倍", "是上年的20倍", "▲ 增 190"),
        (100_001, 100_000, "份", "2023年100000份，与2023年基本持平", "与上年基本持平", "与上年基本持平", "▲ 增 0%"),
    ],
)  # fmt: skip
def test_two_years_in_words(now, before, unit, sentence, clause, cell, short) -> None:
    found = Comparison(now, before, unit)
    assert (found.sentence(2024), found.clause(), found.cell(), found.short()) == (
        sentence,
        clause,
        cell,
        short,
    )


def test_a_part_of_a_year_is_compared_with_the_same_part() -> None:
    half = Comparison(120, 100, "条", part=True)
    assert half.sentence(2024) == "2023年同期100条，上升20%"
    assert Comparison(5, 5, "条", part=True).clause() == "与上年同期持平"
    assert Comparison(4, 0, "次", part=True).sentence(2024) == "2023年同期为零，本期4次"


def test_what_is_known_roughly_is_not_compared_to_two_decimals() -> None:
    people = by_id()["people_relieved"]
    assert people.wording == "yu:100"
    found = comparison(people, 426, 368)
    assert found is not None
    assert found.clause() == "同比增长约16%"
    exact = comparison(by_id()["hazards_found"], 426, 368, approx="余")
    assert exact is not None
    assert exact.clause() == "同比增长约16%"


def test_names_and_days_are_not_compared() -> None:
    for id in ("rainstorm_event", "typhoon_event", "publicity_day_disaster"):
        assert comparison(by_id()[id], 3, 5) is None
    assert comparison(by_id()["hazards_found"], "三", 5) is None


def test_a_difference_has_its_sign_and_that_of_percentages_its_word() -> None:
    assert signed(D("0.56"), "%") == "+0.56个百分点"
    assert signed(D("-11.110"), "%") == "-11.11个百分点"
    assert signed(D(181), "条") == "+181"
    assert signed(D("-7.50"), "万元") == "-7.5"
    assert signed(D(0), "%") == "0"
