from __future__ import annotations

import datetime

import pytest

SLIP = ["日期", "类型", "乡镇", "接收单位"]
MOVED = ["2024-1-22", "调拨", "盖洋镇", "盖洋镇"]
HAZARD = ["日期", "乡镇", "隐患内容", "发现数量"]
FOUND = ["2024-6-9", "盖洋镇", "甲", 3]


def goods(onlooker, header, *rows):
    table = [[*SLIP, *header], *([*MOVED, *row] for row in rows)]
    return onlooker.read(table, kind="supply_movement")


def lines(found):
    return found.lines("supply_line", "item", "quantity")


# goods as columns


def test_goods_as_columns_are_lines_of_one_movement(onlooker):
    found = goods(onlooker, ["棉被（床）", "大衣（件）", "帐篷"], [20, 5, None])
    assert lines(found) == [[("棉被", "20"), ("棉大衣", "5")]]


@pytest.mark.parametrize("nothing", [(None, None), (0, "/")])
def test_a_movement_of_nothing_is_left_out_and_listed(onlooker, nothing):
    found = goods(onlooker, ["棉被", "帐篷"], nothing, (1, 0))
    assert found.skipped == [(2, "各样物资都空着或是0，没有可记的")]
    assert lines(found) == [[("棉被", "1")]]


def test_a_column_of_totals_across_is_compared_and_never_stored(onlooker):
    found = goods(onlooker, ["棉被（床）", "大衣（件）", "合计"], [20, 5, 26])
    assert lines(found) == [[("棉被", "20"), ("棉大衣", "5")]]
    assert "写的是26，这一行各列相加是25" in found.message("W_TOTAL_MISMATCH")


def test_goods_below_a_group_heading_with_their_units(onlooker):
    header = [["乡镇", "调拨物资", None], [None, "棉被", "方便面"], [None, "床", "箱"]]
    found = onlooker.read([["2024年1月救灾物资调拨表"], *header, ["盖洋镇", 20, 5]], kind="supply_movement")
    assert found.faults == []
    assert lines(found) == [[("棉被", "20"), ("方便面", "5")]]


# units


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        (["棉被（件）"], [20], "棉被（件）"),
        (["棉被（床）"], ["20件"], "棉被（床）"),
        (["物资名称", "数量"], ["棉被", "20件"], "数量"),
        (["物资名称", "单位", "数量"], ["棉被", "件", 20], "数量"),
        (["物资名称及数量"], ["棉被20件"], "物资名称及数量"),
    ],
    ids=["in the header", "in the cell", "beside the name", "in a column", "among the goods"],
)
def test_goods_in_another_unit_than_theirs_are_a_fault(onlooker, header, row, column):
    found = goods(onlooker, header, row)
    assert found.faults == [(2, column, "E_UNIT")]
    assert "棉被按“床”计，表里写的是“件”" in found.message("E_UNIT")


def test_their_own_unit_in_a_column_is_right(onlooker):
    assert lines(goods(onlooker, ["物资名称", "单位", "数量"], ["棉被", "床", 20])) == [[("棉被", "20")]]


# goods in one cell


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("棉被20床、方便面10箱", [("棉被", "20"), ("方便面", "10")]),
        ("棉被、毛毯各10", [("棉被", "10"), ("毛毯", "10")]),
    ],
)
def test_several_goods_in_one_cell(onlooker, cell, wanted):
    assert lines(goods(onlooker, ["物资名称及数量"], [cell])) == [wanted]


@pytest.mark.parametrize(
    ("cell", "code"), [("火箭3枚", "E_REFERENCE"), ("棉被若干", "E_REFERENCE"), ("棉被", "E_REQUIRED")]
)
def test_goods_that_nobody_can_count_are_a_fault(onlooker, cell, code):
    found = goods(onlooker, ["物资名称及数量"], [cell])
    assert [(row, code) for row, _, code in found.faults] == [(2, code)]


def test_two_goods_with_one_number_are_a_fault(onlooker):
    assert goods(onlooker, ["物资名称", "数量"], ["棉被、毛毯", 20]).faults == [(2, "物资名称", "E_COMPOUND")]


# outputs of publicity


def test_leaflets_and_banners_are_outputs_of_the_activity(onlooker):
    header = ["日期", "乡镇", "类型", "名称", "发放宣传资料（份）", "横幅"]
    rows = [header, ["2024-5-12", "盖洋镇", "宣传活动", "减灾日", 500, "10条"]]
    found = onlooker.read(rows, kind="activity")
    assert found.lines("activity_output", "item", "quantity") == [[("宣传资料", 500), ("横幅", 10)]]


def test_about_so_many_leaflets_marks_the_output(onlooker):
    header = ["日期", "乡镇", "类型", "名称", "发放宣传资料（份）", "参加人数"]
    rows = [header, ["2024-5-12", "盖洋镇", "宣传活动", "减灾日", "约300", 50]]
    found = onlooker.read(rows, kind="activity")
    assert found.lines("activity_output", "quantity", "approx") == [[(300, "约")]]
    assert found.ready("participants", "approx") == [(50, None)]


def test_no_leaflets_are_no_output(onlooker):
    header = ["日期", "乡镇", "类型", "名称", "发放宣传资料（份）", "横幅"]
    rows = [header, ["2024-5-12", "盖洋镇", "宣传活动", "减灾日", 0, "/"]]
    assert onlooker.read(rows, kind="activity").lines("activity_output", "item") == [[]]


def test_totals_of_activities_have_outputs_too(onlooker):
    header = ["乡镇", "场次", "参加人数", "发放资料（份）", "悬挂横幅（条）"]
    rows = [["2024年5月宣传活动统计表"], header, ["盖洋镇", 3, 200, 500, 6]]
    found = onlooker.read(rows, kind="activity")
    assert found.ready("granularity", "sessions", "participants") == [("汇总", 3, 200)]
    assert found.lines("activity_output", "item", "quantity") == [[("宣传资料", 500), ("横幅", 6)]]


# yes or no for a number


@pytest.mark.parametrize(("cell", "done"), [("√", 3), ("是", 3), ("否", None), ("整改中", None), (2, 2)])
def test_put_right_or_not_is_all_or_none(onlooker, cell, done):
    found = onlooker.read([[*HAZARD, "是否销号"], [*FOUND, cell]], kind="hazard")
    assert found.ready("quantity_found", "quantity_rectified") == [(3, done)]


def test_that_a_yes_was_taken_for_all_is_said(onlooker):
    found = onlooker.read([[*HAZARD, "是否销号"], [*FOUND, "√"]], kind="hazard")
    assert "“√”按全部已整改记" in found.message("W_ASSUMED")


def test_put_right_in_part_is_asked_for_the_number(onlooker):
    found = onlooker.read([[*HAZARD, "是否销号"], [*FOUND, "部分整改"]], kind="hazard")
    assert found.faults == [(2, "是否销号", "E_NUMBER")]


# pairs

ROOMS = ("collapsed", "collapsed_rooms")


def losses(desk, header, row):
    day = datetime.date(2024, 6, 9)
    desk.ledger.add("disaster_event", {"name": "6.9", "type": "暴雨洪涝", "record_date": day})
    table = [["乡镇", "日期", "报次", header], ["盖洋镇", "2024-6-13", "续报", row]]
    return desk.read(table, kind="disaster_loss", values={"event": "6.9"})


@pytest.mark.parametrize(
    ("cell", "rooms"), [("1/3", (1, 3)), ("1户3间", (1, 3)), ("2户", (2, None)), ("/", (0, 0))]
)
def test_households_and_rooms_in_one_cell(desk, cell, rooms):
    assert losses(desk, "倒塌房屋（户/间）", cell).ready(*ROOMS) == [rooms]


@pytest.mark.parametrize(("cell", "code"), [(3, "E_AMBIGUOUS"), ("1/3/5", "E_COMPOUND")])
def test_households_or_rooms_are_asked(desk, cell, code):
    assert losses(desk, "倒塌房屋（户/间）", cell).faults == [(2, "倒塌房屋（户/间）", code)]


ACCIDENT = ["日期", "乡镇", "行业", "等级", "伤亡情况"]


@pytest.mark.parametrize(("cell", "hurt"), [("1死2伤", (1, 2)), ("无伤亡", (0, 0))])
def test_dead_and_injured_in_one_cell(onlooker, cell, hurt):
    found = onlooker.read([ACCIDENT, ["2024-6-1", "盖洋镇", "道路交通", "一般", cell]], kind="accident")
    assert found.ready("deaths", "injured") == [hurt]


def test_a_bare_number_of_casualties_is_asked(onlooker):
    found = onlooker.read([ACCIDENT, ["2024-6-1", "盖洋镇", "道路交通", "一般", "2"]], kind="accident")
    assert found.faults == [(2, "伤亡情况", "E_AMBIGUOUS")]


DATED = ["日期", "乡镇", "隐患内容", "整改情况"]


@pytest.mark.parametrize("cell", ["3月8日已整改", "已于3月8日整改完成", "2024.3.8已整改", "3.8整改到位。"])
def test_what_was_put_right_on_a_day(onlooker, cell):
    found = onlooker.read([["2024年隐患"], DATED, ["2024-3-5", "盖洋镇", "甲", cell]], kind="hazard")
    assert found.ready("quantity_rectified", "rectified_date") == [(1, "2024-03-08")]
    assert "整改完成日期2024-03-08" in found.message("W_ASSUMED")


@pytest.mark.parametrize(
    "cell", ["3月8日前整改", "预计3月8日整改完成", "3月8日下发整改通知书", "3月8日未整改"]
)
def test_what_is_to_be_put_right_by_a_day_is_not_done(onlooker, cell):
    found = onlooker.read([["2024年隐患"], DATED, ["2024-3-5", "盖洋镇", "甲", cell]], kind="hazard")
    assert found.ready("quantity_rectified") == []


def test_the_first_and_the_last_day_in_one_cell(onlooker):
    rows = [["灾害名称", "灾种", "起止时间"], ["6.9暴雨", "暴雨洪涝", "2024年6月9日至18日"]]
    found = onlooker.read(rows, kind="disaster_event")
    assert found.ready("record_date", "end_date") == [("2024-06-09", "2024-06-18")]
    assert "结束日期按2024-06-18" in found.message("W_ASSUMED")


def test_a_column_of_the_last_day_goes_before_a_stretch(onlooker):
    rows = [
        ["灾害名称", "灾种", "开始日期", "结束日期"],
        ["6.9暴雨", "暴雨洪涝", "2024年6月9日至18日", "2024-6-19"],
    ]
    assert onlooker.read(rows, kind="disaster_event").ready("end_date") == ["2024-06-19"]


def test_a_response_from_one_hour_to_another(onlooker):
    rows = [["2024年响应"], ["响应类型", "响应级别", "起止时间"], ["防暴雨", "Ⅳ级", "6月9日8时-6月19日12时"]]
    found = onlooker.read(rows, kind="response")
    assert found.ready("start_at", "end_at") == [("2024-06-09 08:00", "2024-06-19 12:00")]
