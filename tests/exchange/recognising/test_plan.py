from __future__ import annotations

import pytest

from mingxi_desktop.exchange.cells import CellError, Merged, Sheet
from mingxi_desktop.exchange.recognising.headers import find_layout
from mingxi_desktop.exchange.recognising.plan import MergedNumber, make_plan
from mingxi_desktop.exchange.recognising.targets import targets_of

HEADER = ["序号", "排查日期", "乡镇", "隐患内容", "发现数量", "已整改数量"]


def row(number, place, found, rectified):
    return [number, "2024-06-09", place, "问题", found, rectified]


def plan(rows, **sheet):
    made = Sheet("表", [HEADER, *rows], **sheet)
    found = find_layout(made, targets_of("hazard"))
    assert found is not None
    return make_plan(made, found)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["合  计", None, None, None, 3, 1], "合计行（合计）"),
        ([None, "总计：", None, None, None, None], "合计行（总计:）"),
        (["单位负责人：张三", None, None, "填表人：李四"], "落款行"),
        (["填报日期：2024年7月1日"], "落款行"),
        (["审核：", None, "制表："], "落款行"),
        (["注：本表每月5日前报送"], "说明行"),
        (["说明：1.本表一式两份"], "说明行"),
        (HEADER, "重复的表头"),
        ([9], "只有序号，没有内容"),
        ([None, None, None, None, "（条）", "条"], "单位行"),
    ],
)
def test_rows_that_are_no_data_are_listed_with_the_reason(cells, reason):
    made = plan([row(1, "盖洋镇", 1, 1), cells])
    assert [planned.number for planned in made.rows] == [2]
    assert [(item.row, item.reason) for item in made.skipped] == [(3, reason)]


def test_blank_rows_are_listed_between_data_and_not_after_it():
    made = plan([row(1, "盖洋镇", 1, 1), [None, "  "], row(2, "胡坊镇", 1, 0), [], []])
    assert [(item.row, item.reason) for item in made.skipped] == [(3, "空行")]


def test_a_place_named_like_a_signature_is_data():
    made = plan([[1, "2024-06-09", "盖洋镇", "负责人不在岗：需整改", 1, 0]])
    assert len(made.rows) == 1


def test_totals_are_compared_with_the_sums():
    right = plan([row(1, "盖洋镇", 2, 1), row(2, "胡坊镇", "3条", 1), ["合计", None, None, None, 5, 2]])
    assert not right.notices
    wrong = plan([["合计", None, None, None, 6, 2], row(1, "盖洋镇", 2, 1), row(2, "胡坊镇", 3, 1)])
    (notice,) = wrong.notices
    assert (notice.code, notice.row, notice.column) == ("W_TOTAL_MISMATCH", 2, "发现数量")
    assert "6" in notice.message
    assert "5" in notice.message


def test_subtotals_sum_only_their_own_part():
    rows = [
        row(1, "盖洋镇", 2, 1),
        ["小计", None, None, None, 2, 1],
        row(2, "胡坊镇", 3, 1),
        ["小计", None, None, None, 3, 1],
        ["总计", None, None, None, 5, 2],
    ]
    assert not plan(rows).notices


def test_cells_merged_downwards_fill_texts_but_never_numbers():
    rows = [row(1, "盖洋镇", 4, 1), [2, "2024-06-10", None, "问题二", None, 0]]
    made = plan(rows, merged=(Merged(1, 2, 2, 2), Merged(1, 4, 2, 4)))
    cells = [{column.target.name: cell for column, cell in planned.cells} for planned in made.rows]
    assert [found["area"] for found in cells] == ["盖洋镇", "盖洋镇"]
    assert [found["quantity_found"] for found in cells] == [MergedNumber("4"), MergedNumber("4")]


def test_unknown_columns_and_hidden_rows_are_pointed_out():
    made = Sheet(
        "表",
        [[*HEADER, "联系电话"], [*row(1, "盖洋镇", 1, 1), "138"]],
        hidden_rows=frozenset({1}),
        formulas=2,
    )
    found = find_layout(made, targets_of("hazard"))
    codes = [notice.code for notice in make_plan(made, found).notices]
    assert codes == ["W_PERSONAL", "W_FORMULA", "W_HIDDEN"]


def test_error_cells_stay_in_their_row():
    made = plan([row(1, "盖洋镇", CellError("#REF!"), 1)])
    assert CellError("#REF!") in [cell for _, cell in made.rows[0].cells]


def test_rows_of_our_own_exports_are_data_whatever_they_look_like():
    made = Sheet("表", [["乡镇", "隐患内容", "记录标识"], ["合计", "说明：x", "1-ab"]])
    planned = make_plan(made, find_layout(made, targets_of("hazard")))
    assert [item.uid for item in planned.rows] == ["1-ab"]
