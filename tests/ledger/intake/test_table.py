"""Layouts whose meaning shows in the rows below the header."""

from __future__ import annotations

from tests.exchange.recognising.sheets import made_of


def test_a_number_is_no_description(onlooker):
    header = ["乡镇", "检查家次", "出动人次", "发现隐患", "整改"]
    found = onlooker.read(
        [["2024年6月检查情况"], header, ["盖洋镇", 10, 20, 5, 3], ["胡坊镇", 1, 2, 4, 3]], kind="hazard"
    )
    assert found.ready("description") == [] or found.ready("quantity_found") == [5, 4]


def test_found_and_rectified_below_a_heading(onlooker):
    rows = [
        ["乡镇", "日期", "隐患内容", "数量", None],
        [None, None, None, "排查", "整改"],
        ["盖洋镇", "2024-6-9", "甲", 5, 3],
    ]
    found = onlooker.read(rows, kind="hazard")
    assert found.ready("quantity_found", "quantity_rectified") in ([(5, 3)], [])


def test_a_header_of_two_rows_printed_again(onlooker):
    header = [["日期", "乡镇", "隐患内容", "数量", None], [None, None, None, "发现数", "已整改"]]
    found = onlooker.read(
        [*header, ["2024-6-9", "盖洋镇", "甲", 5, 3], *header, ["2024-6-10", "盖洋镇", "乙", 4, 2]],
        kind="hazard",
    )
    assert found.ready("description", "quantity_found") == [("甲", 5), ("乙", 4)]


def test_year_month_and_day_in_columns(onlooker):
    found = onlooker.read(
        [["年", "月", "日", "乡镇", "隐患内容"], [2024, 6, 9, "盖洋镇", "甲"]], kind="hazard"
    )
    assert found.ready("record_date") == ["2024-06-09"]


def test_month_and_day_below_a_year(onlooker):
    rows = [["2024年", None, "乡镇", "隐患内容"], ["月", "日", None, None], [6, 9, "盖洋镇", "甲"]]
    sheet = made_of(rows, areas=("A1:B1", "C1:C2", "D1:D2"))
    assert onlooker.read(sheet, kind="hazard").ready("record_date") == ["2024-06-09"]


def test_days_outside_the_titles_year_are_pointed_out(onlooker):
    header = ["日期", "乡镇", "隐患内容"]
    rows = [["2024年隐患台账"], header, ["2024-6-9", "盖洋镇", "甲"], ["2025-6-10", "盖洋镇", "乙"]]
    assert "标题写的是2024年，第4行的日期不在这一年" in onlooker.read(rows, kind="hazard").message(
        "W_OTHER_YEAR"
    )
    assert "W_OTHER_YEAR" not in onlooker.read(rows[:3], kind="hazard").codes
    assert "W_OTHER_YEAR" not in onlooker.read(rows[1:], kind="hazard").codes


def test_the_months_of_a_table_are_asked_for_one_by_one(onlooker):
    rows = [["乡镇", "一月", None, "二月", None], [None, *("排查数", "整改数") * 2], ["盖洋镇", 5, 4, 6, 6]]
    found = onlooker.read(made_of(rows, areas=("A1:A2", "B1:C1", "D1:E1")), kind="hazard")
    assert "是同一项的几列（几个月份或几个乡镇）" in found.message("E_DUPLICATE_HEADERS")


def test_an_amount_that_is_not_exact_is_told_as_money(onlooker):
    rows = [["日期", "乡镇", "方向", "用途", "金额"], ["2024-6-9", "盖洋镇", "下拨", "其他", "约5万元"]]
    assert "是约数，按5万元记" in onlooker.read(rows, kind="fund").message("W_APPROX")


CODED = ["编号", "日期", "乡镇", "隐患内容"]


def test_numbers_from_one_on_are_no_codes(onlooker):
    rows = [
        CODED,
        [1, "2024-6-9", "盖洋镇", "甲"],
        ["2", "2024-6-9", "盖洋镇", "乙"],
        ["合计", None, None, 2],
    ]
    assert onlooker.read(rows, kind="hazard").ready("code", "description") == [(None, "甲"), (None, "乙")]
    two = onlooker.read(made_of(rows[:3], "一"), made_of(rows[:3], "二"), kind="hazard")
    assert two.faults == []


def test_codes_stay_and_so_do_numbers_that_the_user_calls_codes(onlooker):
    rows = [CODED, ["甲-1", "2024-6-9", "盖洋镇", "甲"], ["甲-2", "2024-6-9", "盖洋镇", "乙"]]
    assert onlooker.read(rows, kind="hazard").ready("code") == ["甲-1", "甲-2"]
    said = onlooker.read([CODED, [1, "2024-6-9", "盖洋镇", "甲"]], kind="hazard", columns={"编号": "code"})
    assert said.ready("code") == ["1"]


def test_the_same_drill_in_two_villages_is_two(onlooker):
    header = ["日期", "乡镇", "类型", "名称", "地点", "人数"]
    drill = ["2024-6-9", "盖洋镇", "应急演练", "防汛演练"]
    found = onlooker.read([header, [*drill, "盖洋村", 30], [*drill, "温庄村", 25]], kind="activity")
    assert found.ready("participants") == [30, 25]
    again = onlooker.read([header, [*drill, "盖洋村", 30], [*drill, None, 25]], kind="activity")
    assert "请核对哪一行对" in again.skipped[0][1]
