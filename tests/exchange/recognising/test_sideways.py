from __future__ import annotations

import pytest

from mingxi_desktop.exchange.recognising.sideways import beside_each_other
from tests.exchange.recognising.sheets import made_of

HEADER = ["日期", "乡镇", "隐患内容"]
LEFT, RIGHT = ["2024-6-9", "盖洋镇", "甲"], ["2024-6-10", "胡坊镇", "乙"]


def parts(*rows):
    return [sheet.rows for sheet in beside_each_other(made_of(rows))]


def test_two_tables_beside_each_other_are_read_one_by_one():
    nothing = [None] * 4
    left, right = parts([*HEADER, None, *HEADER], [*LEFT, None, *RIGHT])
    assert left == [[*HEADER, *nothing], [*LEFT, *nothing]]
    assert right == [[*nothing, *HEADER], [*nothing, *RIGHT]]


def test_a_title_above_both_is_the_title_of_each():
    found = parts(["2024年6月隐患"], [*HEADER, None, *HEADER], [*LEFT, None, *RIGHT])
    assert [rows[0] for rows in found] == [["2024年6月隐患"]] * 2


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER, LEFT],
        [[*HEADER, None, "备注", "说明"], [*LEFT, None, "好", "好"]],
        [[*HEADER, None, *HEADER], [*LEFT, "甲", *RIGHT]],
        [],
    ],
    ids=["one table", "another header", "no gap", "nothing"],
)
def test_a_single_table_stays_whole(rows):
    assert parts(*rows) == [[list(row) for row in rows]]


def test_a_list_that_goes_on_at_the_right_of_itself():
    rows = [
        ["转移人数"],
        ["乡镇", "人数", "乡镇", "人数"],
        ["盖洋镇", 5, "胡坊镇", 6],
        ["沙溪乡", 7, "合计", 18],
    ]
    left, right = beside_each_other(made_of(rows))
    assert left.rows[2][:2] == ["盖洋镇", 5]
    assert right.rows[2] == [None, None, "胡坊镇", 6]
    assert right.rows[3] == [None, None, "合计", None]
    assert right.rows[0] == ["转移人数"]


@pytest.mark.parametrize(
    "header",
    [
        ["乡镇", "数量", "金额", "数量", "金额"],
        ["数量", "金额", "数量", "金额"],
        ["乡镇", "人数", "乡镇", "户数"],
    ],
)
def test_numbers_that_are_named_twice_are_one_table(header):
    sheet = made_of([header, ["盖洋镇", *range(len(header) - 1)]])
    assert beside_each_other(sheet) == [sheet]
