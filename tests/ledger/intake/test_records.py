from __future__ import annotations

import pytest

TITLE = ["2024年6月隐患汇总"]
LEVELS = ["乡镇", "发现一般隐患", "其中已整改", "发现重大隐患", "其中已整改"]
SITUATION = ["“6.9-6.18”强降雨 2024年6月13日"]


def hazards(onlooker, *rows):
    return onlooker.read([TITLE, *rows], kind="hazard")


def test_a_row_gives_a_record_for_each_level(onlooker):
    found = hazards(onlooker, LEVELS, ["盖洋镇", 5, 4, 1, 0])
    assert found.faults == []
    assert found.ready("level", "quantity_found", "quantity_rectified") == [("一般", 5, 4), ("重大", 1, 0)]


def test_a_level_of_which_there_is_none_gives_no_record(onlooker):
    found = hazards(onlooker, LEVELS, ["盖洋镇", 3, 3, 0, 0])
    assert found.ready("level", "quantity_found") == [("一般", 3)]


def test_a_row_of_zeros_is_listed_as_left_out(onlooker):
    found = hazards(onlooker, LEVELS, ["盖洋镇", 0, 0, 0, 0], ["胡坊镇", 1, 0, 0, 0])
    assert found.skipped == [(3, "各列都是0，没有可记的")]
    assert found.ready("area") == ["胡坊镇"]


def test_a_township_that_sent_no_numbers_is_listed_as_left_out(onlooker):
    found = hazards(onlooker, [*LEVELS, "备注"], ["盖洋镇", None, None, None, None, "未报"], ["胡坊镇", 1])
    assert found.skipped == [(3, "各列都空着（没有报），没有可记的")]


def test_a_number_of_all_levels_together_goes_to_the_first_record_and_that_is_said(onlooker):
    found = hazards(onlooker, [*LEVELS, "整改资金（万元）"], ["盖洋镇", 5, 4, 1, 0, 2])
    assert found.ready("rectify_fund") == [2_000_000, None]
    assert "记在每行的第一条里（第3行等1行）" in found.message("W_SHARED")


def test_purposes_are_records_of_their_own(onlooker):
    header = ["下拨日期", "乡镇", "文号", "冬春救助资金（万元）", "应急抢险资金（万元）"]
    rows = [["2024年资金下拨表"], header, ["2024-6-9", "盖洋镇", "明财1号", 3, 2]]
    found = onlooker.read(rows, kind="fund", values={"direction": "下拨"})
    assert found.faults == []
    assert found.ready("purpose", "amount") == [("冬春救助", 3_000_000), ("应急抢险", 2_000_000)]


def test_drills_are_told_apart_by_their_kind(onlooker):
    header = ["乡镇", "防汛", "森林火灾", "消防", "合计（场）", "参与人次"]
    rows = [["2024年第二季度演练情况"], header, ["盖洋镇", 2, 1, 0, 3, 300]]
    found = onlooker.read(rows, kind="activity")
    assert found.ready("type", "hazard_type", "sessions", "participants") == [
        ("应急演练", "防汛", 2, 300),
        ("应急演练", "森林火灾", 1, None),
    ]


def test_of_new_and_running_totals_only_the_running_ones_are_taken(onlooker):
    rows = [SITUATION, ["乡镇", "当日新增转移人数", "累计转移人数"], ["盖洋镇", 5, 30], ["胡坊镇", 4, None]]
    found = onlooker.read(rows, kind="response_tally")
    assert found.ready("area", "basis", "evacuees") == [("盖洋镇", "累计", 30)]
    assert found.skipped == [(4, "只写了当日新增；这张表按累计记，没有导入")]
    assert "W_BOTH_BASES" in found.codes


def test_new_figures_alone_are_new_figures(onlooker):
    rows = [SITUATION, ["乡镇", "当日新增转移人数", "当日下沉干部"], ["盖洋镇", 5, 30]]
    found = onlooker.read(rows, kind="response_tally")
    assert found.ready("basis", "evacuees", "cadres") == [("当日新增", 5, 30)]


def test_rows_that_count_many_things_are_totals_named_by_the_title(onlooker):
    found = hazards(onlooker, ["乡镇", "发现数量"], ["盖洋镇", 2])
    assert found.ready("granularity", "description") == [("汇总", "2024年6月隐患汇总")]
    assert "W_BATCH_ROWS" in found.codes


def test_rows_that_say_what_was_found_are_single_records(onlooker):
    found = hazards(onlooker, ["乡镇", "隐患内容", "发现数量"], ["盖洋镇", "甲", 2])
    assert found.ready("granularity", "description", "quantity_found") == [(None, "甲", 2)]


@pytest.mark.parametrize("names", [("发现数", "整改数"), ("总数", "已整改")])
def test_found_and_rectified_below_one_heading(onlooker, names):
    header = [["日期", "乡镇", "隐患内容", "数量", None], [None, None, None, *names]]
    found = onlooker.read([*header, ["2024-6-9", "盖洋镇", "甲", 5, 3]], kind="hazard")
    assert found.ready("quantity_found", "quantity_rectified") == [(5, 3)]


def test_where_the_column_of_what_was_found_is_not_understood_it_is_asked_for(onlooker):
    header = [["日期", "乡镇", "隐患内容", "数量", None], [None, None, None, "查到的", "已整改"]]
    found = onlooker.read([*header, ["2024-6-9", "盖洋镇", "甲", 5, 0]], kind="hazard")
    assert found.ready("description") == []
    assert "没有认出哪一列是发现数（“数量 查到的”？）" in found.message("E_NEEDED")


def test_several_points_in_one_cell_are_one_record_and_that_is_said(onlooker):
    rows = [["日期", "乡镇", "隐患内容"], ["2024-6-9", "盖洋镇", "1.灭火器过期；2.通道堵塞"]]
    found = onlooker.read(rows, kind="hazard")
    assert len(found.rows) == 1
    assert "像是写了2条" in found.message("W_SEVERAL_IN_CELL")


def test_signs_for_nothing_under_one_level_leave_the_other(onlooker):
    found = hazards(onlooker, LEVELS, ["盖洋镇", 5, 4, "/", "—"], ["胡坊镇", "/", "/", "/", "/"])
    assert found.faults == []
    assert found.ready("area", "level", "quantity_found") == [("盖洋镇", "一般", 5)]
    assert [row for row, _ in found.skipped] == [4]


def test_a_sign_beside_a_number_of_its_level_is_asked(onlooker):
    assert [code for *_, code in hazards(onlooker, LEVELS, ["盖洋镇", 5, 4, 2, "/"]).faults] == ["E_NUMBER"]


GOODS = ["接收单位", "日期", "物资名称", "数量"]


@pytest.mark.parametrize("cell", [0, "/", "无"])
def test_goods_of_which_there_were_none_are_listed_as_left_out(onlooker, cell):
    rows = [
        ["救灾物资调拨台账"],
        GOODS,
        ["盖洋镇", "2024-6-9", "棉被", 5],
        ["胡坊镇", "2024-6-9", "棉被", cell],
    ]
    found = onlooker.read(rows, kind="supply_movement")
    assert (found.faults, found.ready("receiver")) == ([], ["盖洋镇"])
    assert found.skipped == [(4, "数量是0，没有可记的")]


def test_the_value_of_several_goods_goes_to_the_remarks_and_that_of_one_to_it(onlooker):
    header = ["接收单位", "日期", "棉被（床）", "毛毯（件）", "价值（元）"]
    rows = [
        ["救灾物资调拨台账"],
        header,
        ["盖洋镇", "2024-6-9", 20, 5, 3000],
        ["胡坊镇", "2024-6-9", 5, None, 500],
    ]
    found = onlooker.read(rows, kind="supply_movement")
    assert found.faults == []
    assert found.ready("receiver", "note") == [("盖洋镇", "价值（元）：3000"), ("胡坊镇", None)]
    assert "是几样物资合在一起的价值，写进了备注" in found.message("W_SHARED")


def test_a_unit_before_the_goods_is_the_receiver(onlooker):
    rows = [["2024年6月9日救灾物资调拨表"], ["单位", "棉被（床）", "毛毯（件）"], ["盖洋镇", 20, 5]]
    assert onlooker.read(rows, kind="supply_movement").ready("receiver") == ["盖洋镇"]


def test_goods_that_are_not_listed_are_told_as_goods(onlooker):
    header = ["接收单位", "日期", "棉被（床）", "矿泉水（箱）", "经办人"]
    rows = [["救灾物资调拨台账"], header, ["盖洋镇", "2024-6-9", 20, 10, "甲"]]
    found = onlooker.read(rows, kind="supply_movement")
    said = [notice.message for table in found.tables for notice in table.warnings]
    assert any("“矿泉水（箱）”（D列）像是物资，名单里没有" in text for text in said)
    assert any("“经办人”（E列）不是这本台账的内容" in text for text in said)


VILLAGES = ["盖洋镇2024年6月隐患汇总"]


def test_the_villages_of_one_township_are_all_taken_in(onlooker):
    rows = [VILLAGES, ["村（居）", "发现数", "已整改数"], ["盖洋村", 5, 5], ["温庄村", 3, 2], ["合计", 8, 7]]
    found = onlooker.read(rows, kind="hazard")
    assert found.ready("area", "quantity_found") == [("盖洋镇", 5), ("盖洋镇", 3)]
    assert found.ready("note") == ["村（居）：盖洋村", "村（居）：温庄村"]
    assert found.message("W_COLUMN_IGNORED") == "列“村（居）”没有对应的字段，写进了备注"


def test_villages_beside_their_township_are_parts_and_its_own_row_is_not(onlooker):
    header = ["乡镇", "村", "发现数", "已整改数"]
    rows = [TITLE, header, ["盖洋镇", "盖洋村", 5, 5], ["盖洋镇", "温庄村", 3, 2], ["胡坊镇", None, 1, 1]]
    assert onlooker.read(rows, kind="hazard").ready("quantity_found") == [5, 3, 1]
    whole = [TITLE, header, ["盖洋镇", None, 8, 7], ["盖洋镇", "盖洋村", 5, 5], ["盖洋镇", "温庄村", 3, 2]]
    assert onlooker.read(whole, kind="hazard").ready("quantity_found") == [8]


def test_the_label_of_a_part_keeps_no_number_of_a_person(onlooker):
    rows = [VILLAGES, ["网格及联络员", "发现数", "已整改数"], ["一网格13812345678", 5, 5]]
    assert onlooker.read(rows, kind="hazard").ready("note") == ["网格及联络员：一网格138****5678"]


@pytest.mark.parametrize(
    ("kind", "header", "title"),
    [
        (
            "response_tally",
            ["村", "转移群众", "下沉干部"],
            "盖洋镇“6.9-6.18”强降雨转移情况（累计，截至2024年6月13日）",
        ),
        (
            "disaster_loss",
            ["行政村", "受灾人口", "紧急转移安置"],
            "盖洋镇“6.9-6.18”强降雨灾情（核报，截至2024年6月19日）",
        ),
    ],
)
def test_a_figure_of_each_village_is_none_of_the_township(onlooker, kind, header, title):
    found = onlooker.read([[title], header, ["盖洋村", 12, 3], ["温庄村", 30, 4]], kind=kind)
    assert [code for *_, code in found.faults] == ["E_NEEDED", "E_NEEDED"]
    assert "每行只是一个村的数" in found.message("E_NEEDED")
    assert onlooker.read([[title], header, ["盖洋村", 12, 3]], kind=kind).faults == []


def test_a_column_that_only_the_total_counts_is_asked_for(onlooker):
    rows = [
        ["2024年6月应急演练统计表"],
        ["乡镇", "防汛", "消防", "防溺水", "合计"],
        ["盖洋镇", 2, 3, 4, 9],
        ["胡坊镇", 1, 0, 0, 1],
    ]
    found = onlooker.read(rows, kind="activity")
    assert "“防溺水”也算在合计里，但认不出是哪一项" in found.message("E_NEEDED")
    wrong = onlooker.read([*rows[:2], ["盖洋镇", 2, 3, 4, 5]], kind="activity")
    assert wrong.ready("sessions") == [2, 3]
