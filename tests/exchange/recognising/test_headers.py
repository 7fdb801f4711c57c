from __future__ import annotations

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.exchange.cells import Merged, Sheet
from mingxi_desktop.exchange.recognising.headers import Role, find_layout
from mingxi_desktop.exchange.recognising.targets import importable, targets_of
from mingxi_desktop.exchange.writing.grid import header_of

HEADER = ["序号", "排查日期", "乡镇", "单位或地点", "隐患内容", "发现数量（条）"]


def layout(rows, kind="hazard", mapping=None, merged=(), top=None):
    return find_layout(Sheet("表", rows, merged=tuple(merged)), targets_of(kind), mapping, top=top)


def test_the_header_is_found_below_titles():
    found = layout([["盖洋镇隐患台账"], ["填报单位：盖洋镇", None, "单位：条"], [], HEADER, [1, "2024-6-9"]])
    assert (found.top, found.bottom) == (3, 3)
    assert found.mapping["发现数量（条）"] == "quantity_found"
    assert found.title == ("盖洋镇隐患台账", "填报单位：盖洋镇", "单位：条")
    assert found.columns[0].role is Role.NUMBER


def test_blanks_and_line_breaks_in_headers_do_not_count():
    found = layout([["序 号", "排查\n日期", "乡\u3000镇", "隐患内容 "]])
    assert list(found.mapping.values()) == ["record_date", "area", "description"]


def test_two_header_rows_are_joined():
    rows = [["乡镇", "排查日期", "隐患内容", "数量", None], [None, None, None, "发现数", "已整改数"]]
    merged = [Merged(0, 0, 1, 0), Merged(0, 1, 1, 1), Merged(0, 2, 1, 2), Merged(0, 3, 0, 4)]
    found = layout(rows, merged=merged)
    assert (found.top, found.bottom) == (0, 1)
    assert found.mapping["数量 发现数"] == "quantity_found"
    assert found.mapping["数量 已整改数"] == "quantity_rectified"


def test_a_unit_row_belongs_to_the_header():
    rows = [["决定日期", "当事人", "案由", "罚款"], [None, None, None, "（万元）"]]
    found = layout(rows, "enforcement_case")
    fine = found.column_of("fine")
    assert fine is not None
    assert fine.unit == "万元" or found.bottom == 0


def test_the_same_header_twice_is_left_to_the_user():
    rows = [["乡镇", "排查日期", "隐患内容", "其中已整改", "其中已整改"]]
    assert layout(rows).repeated == ("其中已整改",)
    chosen = layout(rows, mapping={"E": "quantity_rectified"})
    assert chosen.repeated == ()
    assert chosen.column_of("quantity_rectified").index == 4


def test_a_fields_own_label_goes_before_its_synonyms():
    found = layout([["时间", "日期", "乡镇", "隐患描述"]])
    assert found.column_of("record_date").index == 1
    assert found.columns[0].role is Role.SECOND


def test_the_users_mapping_wins_and_may_leave_a_column_out():
    found = layout([["乡镇", "某某", "隐患内容"]], mapping={"某某": "owner", "隐患内容": ""})
    assert found.mapping == {"乡镇": "area", "某某": "owner"}


def test_computed_fields_are_not_filled():
    found = layout([["乡镇", "隐患内容", "状态"]])
    assert [column.role for column in found.columns] == [Role.FIELD, Role.FIELD, Role.COMPUTED]


def test_a_sheet_of_something_else_has_no_header():
    assert layout([["姓名", "工资", "奖金"], ["张三", 1, 2]]) is None


@pytest.mark.parametrize("kind", [kind.name for kind in kinds.ALL if not kind.parent])
def test_every_header_that_a_template_writes_is_found_again(kind: str):
    fields = [item for item in kinds.kind_of(kind).fields if importable(item)]
    found = layout([[header_of(item, mark_required=True) for item in fields]], kind)
    assert list(found.mapping.values()) == [item.name for item in fields]


LOSS = ["乡镇", "受灾人口", "农作物受灾面积"]


@pytest.mark.parametrize(
    "below",
    [
        [[None, "人", "亩"]],
        [["单位", "人", "亩"]],
        [["/", "人", "亩"]],
        [[None, "（人）", "（亩）"]],
        [[None, None, "亩"]],
        [[None, "人", "单位：亩"]],
        [["甲", "1", "2"], [None, "人", "亩"]],
    ],
    ids=["bare", "labelled", "stroke", "brackets", "one", "with a word", "below column numbers"],
)
def test_units_in_a_row_of_their_own_are_those_of_the_columns(below):
    found = layout([["灾情统计表"], LOSS, *below, ["盖洋镇", 10, 560]], "disaster_loss")
    assert found.bottom == 1 + len(below)
    assert found.column_of("crops").unit == "亩"


GROUPS = [
    ["乡镇", "人口情况", None, "损失情况", None],
    [None, "受灾", "转移", "农业", "经济"],
    [None, "受灾人口", "紧急转移安置", "农作物受灾面积", "直接经济损失"],
    [None, "人", "人", "公顷", "万元"],
]


@pytest.mark.parametrize(
    "merged", [(), (Merged(0, 0, 3, 0), Merged(0, 1, 0, 2), Merged(0, 3, 0, 4))], ids=["lost", "merged"]
)
def test_a_header_of_three_rows_and_units(merged):
    found = layout([*GROUPS, ["盖洋镇", 10, 5, 2, 76.026]], "disaster_loss", merged=merged, top=0)
    assert list(found.mapping.values()) == ["area", "affected", "relocated", "crops", "loss"]
    assert (found.bottom, found.column_of("loss").unit) == (3, "万元")


@pytest.mark.parametrize(
    "merged", [(), (Merged(0, 0, 1, 0), Merged(0, 1, 1, 1), Merged(0, 2, 0, 3))], ids=["lost", "merged"]
)
def test_the_first_part_of_a_group_is_not_its_sum(merged):
    rows = [
        ["乡镇", "受灾人口", "直接经济损失", None],
        [None, None, "农业损失", "合计"],
        ["盖洋镇", 10, 1, 76],
    ]
    found = layout(rows, "disaster_loss", merged=merged)
    assert found.column_of("loss").index == 3


def test_a_header_under_a_group_is_what_the_group_counts():
    rows = [["日期", "乡镇", "隐患内容", "数量", None], [None, None, None, "发现", "已整改"]]
    found = layout(rows)
    assert found.column_of("quantity_rectified").index == 4
    assert found.column_of("quantity_found") is None or found.column_of("quantity_found").index == 3


def test_a_reporter_behind_the_headers_is_in_the_header():
    assert layout([[*HEADER, "填报单位：盖洋镇"]]).top == 0
