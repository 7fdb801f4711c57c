"""Layouts whose meaning shows in the rows below the header."""

from __future__ import annotations


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
