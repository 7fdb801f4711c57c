from __future__ import annotations

import pytest

from tests.exchange.recognising.sheets import made_of

HAZARD = ["日期", "隐患内容", "发现数量"]
FOUND = ["2024-6-9", "甲", 1]
LATER = ["2024-6-11", "丁", 1]
ACTIVITY = ["日期", "乡镇", "名称", "人数"]
TEAM = ["队伍名称", "队伍类型", "人数", "成立时间"]


def hazards(onlooker, *rows, areas=(), **said):
    return onlooker.read(made_of(rows, areas=areas), kind="hazard", **said)


# the township of a row


def test_headings_across_the_table_name_the_township(onlooker):
    rows = [HAZARD, ["盖洋镇"], FOUND, ["2024-6-9", "乙", 1], ["胡坊镇"], LATER]
    found = hazards(onlooker, *rows, areas=("A2:C2", "A5:C5"))
    assert found.ready("area") == ["盖洋镇", "盖洋镇", "胡坊镇"]
    assert [row for row, reason in found.skipped if reason == "小标题行"] == [2, 5]


def test_a_heading_goes_before_the_title(onlooker):
    rows = [["雪峰镇隐患台账"], HAZARD, ["盖洋镇"], FOUND, ["二、其他"], LATER]
    assert hazards(onlooker, *rows, areas=("A3:C3", "A5:C5")).ready("area") == ["盖洋镇", "雪峰镇"]


def test_rows_below_a_heading_that_names_no_township_ask_for_it(onlooker):
    rows = [HAZARD, ["一、盖洋镇"], FOUND, ["二、其他"], LATER]
    found = hazards(onlooker, *rows, areas=("A2:C2", "A4:C4"))
    assert found.ready("area") == ["盖洋镇"]
    assert [(row, code) for row, _, code in found.faults] == [(5, "E_REQUIRED")]


def test_the_column_of_townships_goes_before_a_heading(onlooker):
    rows = [["乡镇", *HAZARD], ["盖洋镇片区"], ["胡坊镇", *FOUND]]
    assert hazards(onlooker, *rows, areas=("A2:D2",)).ready("area") == ["胡坊镇"]


def test_the_reporter_of_a_row_names_its_township(onlooker):
    rows = [["填报单位", *HAZARD], ["住建局", *FOUND], ["盖洋镇政府", *FOUND]]
    assert hazards(onlooker, *rows).ready("area") == ["县直", "盖洋镇"]


def test_a_team_is_of_the_township_in_its_name(onlooker):
    rows = [TEAM, ["雪峰镇综合应急救援队", "综合", 20, "2020-1-1"]]
    found = onlooker.read(rows, kind="rescue_team")
    assert found.ready("area") == ["雪峰镇"]
    assert "按名称、地点里写的乡镇记" in found.message("W_AREA_ASSUMED")


def test_a_team_that_names_no_township_asks_for_it(onlooker):
    rows = [TEAM, ["明溪县蓝天救援队", "社会", 20, "2020-1-1"]]
    assert [code for *_, code in onlooker.read(rows, kind="rescue_team").faults] == ["E_REQUIRED"]


def test_goods_that_were_moved_go_to_the_township_that_they_are_for(onlooker):
    rows = [["日期", "类型", "乡镇", "物资名称", "数量"], ["2024-1-22", "调拨", "盖洋镇", "棉被", 20]]
    assert onlooker.read(rows, kind="supply_movement").ready("area", "receiver") == [("盖洋镇", "盖洋镇")]


def test_what_only_the_county_does_is_the_countys(onlooker):
    rows = [["响应类型", "启动时间"], ["防暴雨", "2024-6-9 12:00"]]
    found = onlooker.read(rows, kind="response")
    assert found.ready("area") == ["县直"]
    assert "没有写乡镇，记为县直" in found.message("W_AREA_ASSUMED")


# how many are put right


def test_a_date_of_completion_means_that_all_are_put_right(onlooker):
    rows = [["乡镇", *HAZARD, "整改完成时间"], ["盖洋镇", "2024-6-9", "甲", 3, "2024-6-12"]]
    found = hazards(onlooker, *rows)
    assert found.ready("quantity_rectified", "rectified_date") == [(3, "2024-06-12")]
    assert "按全部已整改记（1行，从第2行起）" in found.message("W_FROM_ROW")


@pytest.mark.parametrize("cell", [None, "未完成"])
def test_without_a_date_of_completion_nothing_is_put_right(onlooker, cell):
    rows = [["乡镇", *HAZARD, "整改完成时间"], ["盖洋镇", "2024-6-9", "甲", 3, cell]]
    assert hazards(onlooker, *rows).ready("quantity_rectified", "rectified_date") == [(None, None)]


def test_what_the_row_says_goes_before_its_date(onlooker):
    header = ["乡镇", "日期", "隐患内容", "是否整改", "整改完成时间"]
    found = hazards(onlooker, header, ["盖洋镇", "2024-6-9", "甲", "否", "2024-6-12"])
    assert found.ready("quantity_rectified") == [None]


# the kind of a row


def test_the_one_kind_that_a_row_speaks_of_is_its_kind(onlooker):
    rows = [["活动台账"], ACTIVITY, ["2024-6-9", "盖洋镇", "防汛应急演练", 5]]
    found = onlooker.read(rows, kind="activity")
    assert found.ready("type") == ["应急演练"]
    assert "没有“类型”一列，按每行的内容判断，请核对" in found.message("W_FROM_ROW")


def test_a_row_that_speaks_of_no_kind_asks_for_it(onlooker):
    rows = [["活动台账"], ACTIVITY, ["2024-6-10", "盖洋镇", "座谈", 50]]
    assert [code for *_, code in onlooker.read(rows, kind="activity").faults] == ["E_REQUIRED"]


# reports that there was nothing


def test_a_report_of_nothing_is_left_out_and_listed(onlooker):
    found = hazards(onlooker, ["乡镇", *HAZARD], ["盖洋镇", "2024-6-9", "零报告", 0], ["胡坊镇", *FOUND])
    assert found.skipped == [(2, "零报告（写明没有），不记为记录")]
    assert found.ready("area") == ["胡坊镇"]


def test_headings_across_the_table_name_the_level(onlooker):
    header = ["日期", "乡镇", "隐患内容"]
    rows = [["一、重大隐患"], ["2024-6-9", "盖洋镇", "甲"], ["二、一般隐患"], ["2024-6-9", "盖洋镇", "乙"]]
    found = hazards(onlooker, header, *rows, areas=("A2:C2", "A4:C4"))
    assert found.ready("level") == ["重大", "一般"]
    assert "按小标题记等级" in found.message("W_FROM_ROW")


SUMS = [["2024年6月隐患汇总"], ["乡镇", "发现数", "已整改数", "备注"]]


@pytest.mark.parametrize("cell", [0, "0条", "无", "/", "—", "零", "本月未发现隐患"])
def test_a_township_that_found_nothing_is_left_out_of_the_totals_and_listed(onlooker, cell):
    empty = cell if cell != "本月未发现隐患" else None
    found = hazards(onlooker, *SUMS, ["盖洋镇", 5, 4], ["胡坊镇", cell, empty])
    assert found.faults == []
    assert found.ready("area", "quantity_found") == [("盖洋镇", 5)]
    assert found.skipped == [(4, "零报告（写明没有），不记为记录")]


def test_what_is_put_right_of_nothing_found_is_asked(onlooker):
    found = hazards(onlooker, *SUMS, ["盖洋镇", 5, 4], ["胡坊镇", 0, 3])
    assert (4, "E_RANGE") in [(row, code) for row, _, code in found.faults]


def test_a_hazard_without_a_number_is_no_report_of_nothing(onlooker):
    found = hazards(onlooker, ["乡镇", *HAZARD], ["盖洋镇", "2024-6-9", "甲", "/"], ["胡坊镇", *FOUND])
    assert found.faults == [(2, "发现数量", "E_NUMBER")]


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        (
            "activity",
            ["日期", "乡镇", "类型", "名称", "人数"],
            ["2024-6-9", "盖洋镇", "应急演练", "本月未开展演练", 0],
        ),
        ("meeting", ["日期", "乡镇", "会议类型", "会议主题"], ["2024-6-9", "县直", "会商", "本月未召开"]),
        (
            "enforcement_case",
            ["日期", "乡镇", "当事人", "案由", "处罚种类", "罚款（元）"],
            ["2024-6-9", "县直", "无", "无", "无", 0],
        ),
        (
            "fund",
            ["日期", "乡镇", "方向", "用途", "金额（万元）"],
            ["2024-6-9", "盖洋镇", "下拨", "其他", "/"],
        ),
        ("inspection", ["日期", "乡镇", "检查类型", "检查次数"], ["2024-6-9", "盖洋镇", "执法检查", "—"]),
    ],
)
def test_what_did_not_take_place_is_no_record(onlooker, kind, header, row):
    found = onlooker.read([header, row], kind=kind)
    assert (found.faults, found.ready("record_date")) == ([], [])
    assert found.skipped == [(2, "零报告（写明没有），不记为记录")]


def test_a_training_of_people_has_taken_place_whatever_it_is_called(onlooker):
    rows = [["日期", "乡镇", "类型", "名称", "人数"], ["2024-6-9", "盖洋镇", "从业人员培训", "无", 46]]
    assert onlooker.read(rows, kind="activity").ready("participants") == [46]


def test_an_accident_is_of_the_township_where_it_was(onlooker):
    header = ["发生时间", "地点", "行业", "等级", "死亡", "受伤"]
    rows = [header, ["2024-6-9", "盖洋镇温庄路口", "道路交通", "一般", 0, 1]]
    assert onlooker.read(rows, kind="accident").ready("area") == ["盖洋镇"]


def test_what_a_row_is_called_goes_before_the_title(onlooker):
    rows = [
        ["盖洋镇安全生产会议台账"],
        ["会议名称", "日期"],
        ["防汛工作部署会", "2024-5-8"],
        ["镇安委会全体会议", "2024-4-10"],
    ]
    found = onlooker.read(rows, kind="meeting")
    assert found.ready("type") == ["防汛部署会", "安全生产工作会"]
    assert "名称里写的“类型”和标题不一样，按名称记，请核对（1行，从第3行起）" in found.message("W_FROM_ROW")


def test_a_title_counts_where_a_row_is_called_two_things(onlooker):
    rows = [["盖洋镇安全生产会议台账"], ["会议名称", "日期"], ["安全生产暨防汛工作部署会", "2024-5-8"]]
    assert onlooker.read(rows, kind="meeting").ready("type") == ["安全生产工作会"]


def test_other_figures_without_a_township_are_the_countys(onlooker):
    rows = [["日期", "指标名称", "数值", "依据"], ["2024-6-30", "行政许可", 12, "政务平台"]]
    assert onlooker.read(rows, kind="manual_entry").ready("area") == ["县直"]
