from __future__ import annotations

import pytest

from mingxi_desktop.exchange.recognising.card import columns_of, is_card
from mingxi_desktop.exchange.recognising.tables import is_heading
from tests.exchange.recognising.sheets import made_of

CARD = [
    ["隐患登记卡"],
    ["日期", "2024-6-9", "乡镇", "盖洋镇"],
    ["隐患内容", "灭火器过期"],
    ["发现数量", 2, "已整改数量", 1],
]


def card(rows):
    return is_card(made_of(rows), is_heading)


@pytest.mark.parametrize("rows", [CARD, CARD[1:], [*CARD, [], ["填表人：张三"]]])
def test_headings_and_values_that_take_turns_are_a_card(rows):
    assert card(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        CARD[:2],
        [["日期", "乡镇", "隐患内容"], ["2024-6-9", "盖洋镇", "甲"]],
        [["日期", "乡镇"], ["2024-6-9", "盖洋镇"], ["2024-6-10", "胡坊镇"]],
        [["姓名", "张三"], ["爱好", "钓鱼"]],
    ],
    ids=["nothing", "one line", "a table", "a narrow table", "a card of something else"],
)
def test_sheets_that_are_no_card(rows):
    assert not card(rows)


@pytest.mark.parametrize(
    ("header", "each"),
    [
        (["乡镇", "1月", "2月", "3月", "合计"], "月份"),
        (["乡镇", "一季度", "二季度"], "月份"),
        (["项目", "盖洋镇", "胡坊镇", "合计"], "乡镇"),
        (["乡镇", "5月", "备注"], ""),
        (["乡镇", "各乡镇"], ""),
    ],
)
def test_what_each_column_is_for(header, each):
    assert columns_of(made_of([["转移人数"], header, ["甲", 1, 2, 3, 6]])) == each
