from __future__ import annotations

import datetime

import pytest

TITLE = ["2024年6月隐患汇总表"]
LOSS = {"event": "6.9", "stage": "初报", "record_date": "2024-6-13"}


@pytest.mark.parametrize(
    ("header", "cell"), [("整改率", "90%"), ("未整改数", 2), ("销号情况", 18)], ids=["rate", "left", "closed"]
)
def test_what_is_put_right_is_not_0_where_a_column_says_otherwise(onlooker, header, cell):
    found = onlooker.read([TITLE, ["乡镇", "发现隐患数", header], ["盖洋镇", 20, cell]], kind="hazard")
    assert found.ready("quantity_rectified") in ([], [18])


def test_numbers_that_are_about_other_things_ask_nothing(onlooker):
    header = ["日期", "乡镇", "隐患内容", "发现数量", "整改天数"]
    found = onlooker.read([header, ["2024-6-9", "盖洋镇", "甲", 1, 15]], kind="hazard")
    assert found.ready("quantity_found") == [1]


def test_a_column_that_the_user_leaves_out_asks_nothing(onlooker):
    rows = [TITLE, ["乡镇", "发现隐患数", "未整改数"], ["盖洋镇", 20, 2]]
    assert onlooker.read(rows, kind="hazard").faults == [(3, "", "E_NEEDED")]
    found = onlooker.read(rows, kind="hazard", columns={"未整改数": ""})
    assert found.ready("quantity_found", "quantity_rectified") == [(20, None)]


@pytest.mark.parametrize("cell", ["2处（其中重大1处）", "2个重大"])
def test_a_count_that_names_a_level_is_asked_about(onlooker, cell):
    rows = [["日期", "乡镇", "隐患内容", "隐患等级", "发现数量"], ["2024-6-9", "盖洋镇", "甲", "一般", cell]]
    assert onlooker.read(rows, kind="hazard").faults == [(2, "发现数量", "E_COMPOUND")]


def test_houses_without_a_unit_are_asked_about(desk):
    desk.ledger.add(
        "disaster_event", {"name": "6.9", "type": "暴雨洪涝", "record_date": datetime.date(2024, 6, 9)}
    )
    rows = [["灾情"], ["乡镇", "受灾人口", "倒塌房屋"], ["盖洋镇", 10, "1/3"]]
    found = desk.read(rows, kind="disaster_loss", values=LOSS)
    assert found.faults == [(3, "", "E_NEEDED")]
    assert "“倒塌房屋”" in found.message("E_NEEDED")


def test_a_header_that_is_not_there_is_said(onlooker):
    rows = [["日期", "乡镇", "隐患内容"], ["2024-6-9", "盖洋镇", "甲"]]
    found = onlooker.read(rows, kind="hazard", columns={"何人": "note"})
    assert "“何人”" in found.message("W_NO_COLUMN")


@pytest.mark.parametrize(("header", "cell"), [("经济损失-房屋（万元）", 3), ("房屋损坏情况", "屋顶漏水")])
def test_other_columns_of_houses_ask_nothing(desk, header, cell):
    desk.ledger.add(
        "disaster_event", {"name": "6.9", "type": "暴雨洪涝", "record_date": datetime.date(2024, 6, 9)}
    )
    rows = [["灾情"], ["乡镇", "受灾人口", header], ["盖洋镇", 10, cell]]
    found = desk.read(rows, kind="disaster_loss", values=LOSS)
    assert found.ready("affected") == [10]
