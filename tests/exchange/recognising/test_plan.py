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


def cells_of(made, name):
    """What the rows have in the column of a field."""
    return [cell for planned in made.rows for column, cell in planned.cells if column.target.name == name]


def totals(*rows):
    made = Sheet("表", [["乡镇", "发现数量"], *rows])
    return make_plan(made, find_layout(made, targets_of("hazard")), county="明溪县")


@pytest.mark.parametrize("name", ["全县", "明溪县", "全县合计", "各乡镇"])
@pytest.mark.parametrize("first", [False, True], ids=["last", "first"])
def test_the_row_of_the_county_is_a_total_beside_its_townships(name, first):
    towns = [["盖洋镇", 2], ["胡坊镇", 3]]
    made = totals(*([[name, 5], *towns] if first else [*towns, [name, 5]]))
    assert cells_of(made, "area") == ["盖洋镇", "胡坊镇"]
    assert [item.reason for item in made.skipped] == [f"合计行（{name}）"]
    assert made.notices == []


def test_a_wrong_total_of_the_county_is_told():
    (notice,) = totals(["盖洋镇", 2], ["胡坊镇", 3], ["全县", 6]).notices
    assert notice.code == "W_TOTAL_MISMATCH"


@pytest.mark.parametrize("towns", [[], [["盖洋镇", 2]]])
def test_the_county_without_its_townships_is_data(towns):
    assert "全县" in cells_of(totals(["全县", 5], *towns), "area")


@pytest.mark.parametrize("word", ["上月数", "上年同期", "去年同期", "同比增长"])
def test_figures_of_other_periods_are_no_data(word):
    made = totals(["盖洋镇", 2], ["胡坊镇", 3], [word, 50])
    assert [(item.row, item.reason) for item in made.skipped] == [(4, "上期或去年的数")]


@pytest.mark.parametrize("sign", ["同上", "〃", "″", '"'])
def test_ditto_marks_stand_for_the_cell_above(sign):
    made = plan([row(1, "盖洋镇", 1, 1), row(2, sign, 1, 0), row(3, sign, 1, 0), row(4, "胡坊镇", 1, 0)])
    assert cells_of(made, "area") == ["盖洋镇"] * 3 + ["胡坊镇"]
    (notice,) = made.notices
    assert (notice.code, notice.column) == ("W_DITTO", "乡镇")
    assert "有2处“同上”（从第3行起）" in notice.message


def blocks(*areas):
    return plan([row(number, area, 1, 0) for number, area in enumerate(areas, 1)])


def test_a_township_written_once_for_each_block_holds_for_the_block_and_that_is_said():
    made = blocks("盖洋镇", None, None, "胡坊镇", None)
    assert cells_of(made, "area") == ["盖洋镇"] * 3 + ["胡坊镇"] * 2
    assert "下面空着的3行按上面一行记" in made.notices[0].message


@pytest.mark.parametrize(
    "areas", [("盖洋镇", "胡坊镇", None), ("盖洋镇", None, None)], ids=["one gap", "one block"]
)
def test_a_gap_among_written_townships_stays_a_gap(areas):
    assert None in cells_of(blocks(*areas), "area")


def test_a_description_is_never_filled_down():
    rows = [row(1, "盖洋镇", 1, 0), *([number, "2024-06-09", "盖洋镇", None, 1, 0] for number in (2, 3, 4))]
    assert cells_of(plan(rows), "description").count(None) == 3


@pytest.mark.parametrize("separated", [True, False], ids=["text file", "workbook"])
def test_only_rows_of_text_files_are_shifted_by_an_unquoted_comma(separated):
    made = plan([row(1, "盖洋镇", 1, 1), [*row(2, "胡坊镇", 1, 0), 0]], separated=separated)
    assert [planned.shifted for planned in made.rows] == [False, separated]


def test_titles_printed_again_on_the_next_page_are_listed():
    made = plan([row(1, "盖洋镇", 1, 1), ["盖洋镇隐患台账"], HEADER, row(2, "胡坊镇", 1, 0)])
    assert [(item.row, item.reason) for item in made.skipped] == [(3, "重复的标题"), (4, "重复的表头")]
    assert len(made.rows) == 2


def test_a_text_merged_across_the_table_heads_the_rows_below_it():
    made = plan([["盖洋镇"], row(1, None, 1, 1), ["说明如下"]], merged=(Merged(1, 0, 1, 5),))
    assert [planned.section for planned in made.rows] == ["盖洋镇"]
    assert [item.reason for item in made.skipped] == ["小标题行", "表下面的文字"]


@pytest.mark.parametrize("mark", ["“", "”", "“”", "〃", "同上。"])
def test_marks_for_the_same_as_above(mark):
    made = plan([row(1, "盖洋镇", 1, 1), row(2, mark, 1, 0)])
    assert [dict(planned.cells)[planned.columns[1]] for planned in made.rows] == ["盖洋镇", "盖洋镇"]


def test_a_township_that_has_not_reported_is_said_to_be_one():
    made = Sheet(
        "表", [["乡镇", "发现数", "已整改数"], ["盖洋镇", 2, 1], ["胡坊镇"], ["沙溪乡", 1, 1], ["夏阳乡"]]
    )
    found = find_layout(made, targets_of("hazard"))
    assert found is not None
    skipped = make_plan(made, found).skipped
    assert [(item.row, item.reason) for item in skipped] == [(3, UNFILLED), (5, UNFILLED)]


UNFILLED = "只写了乡镇，别的都空着（没有报）"
