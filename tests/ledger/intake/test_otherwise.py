from __future__ import annotations

import pytest

HAZARD = ["日期", "隐患内容", "发现数量"]
FOUND = ["2024-6-9", "甲", 1]


def test_an_office_among_the_townships_is_the_countys(onlooker):
    found = onlooker.read([["乡镇", *HAZARD], ["住建局", *FOUND], ["盖洋", *FOUND]], kind="hazard")
    assert found.ready("area") == ["县直", "盖洋镇"]
    assert "“住建局”按“县直”" in found.message("W_ASSUMED")


def test_two_townships_in_one_cell_are_a_fault(onlooker):
    found = onlooker.read([["乡镇", *HAZARD], ["盖洋、胡坊", *FOUND]], kind="hazard")
    assert found.faults == [(2, "乡镇", "E_COMPOUND")]


def test_an_event_that_is_not_known_is_kept_in_the_remarks_where_none_is_needed(onlooker):
    rows = [["名称", "响应类型", "启动时间"], ["6.9", "防暴雨", "2024-6-9 12:00"]]
    found = onlooker.read(rows, kind="response")
    assert found.ready("event", "note") == [(None, "名称：6.9")]
    assert "“6.9”还没有登记为灾害过程，写进了备注" in found.message("W_REFERENCE_UNKNOWN")


def test_an_event_that_is_needed_and_not_known_is_a_fault(onlooker):
    rows = [["灾害过程", "日期", "乡镇", "口径", "转移人数"], ["6.9", "2024-6-9", "盖洋镇", "累计", 3]]
    found = onlooker.read(rows, kind="response_tally")
    assert found.faults == [(2, "灾害过程", "E_REFERENCE")]


def test_a_word_that_may_be_two_measures_is_a_fault(onlooker):
    header = ["决定日期", "乡镇", "当事人", "案由", "处罚", "罚款（元）"]
    rows = [header, ["2024-6-1", "盖洋镇", "甲", "乱", "警告并处罚款2000元", 2000]]
    assert onlooker.read(rows, kind="enforcement_case").faults == [(2, "处罚", "E_CHOICE")]


DONE = ["日期", "乡镇", "隐患内容", "整改完成时间"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("当场整改", "2024-06-09"), ("现场已整改", "2024-06-09"), ("已整改", None), ("整改完成", None)],
)
def test_words_in_the_place_of_the_day_of_completion(onlooker, cell, day):
    found = onlooker.read([DONE, ["2024-6-9", "盖洋镇", "甲", cell]], kind="hazard")
    assert found.ready("quantity_rectified", "rectified_date") == [(1, day)]
    assert "按全部已整改记" in found.message("W_ASSUMED")


@pytest.mark.parametrize("cell", ["立行立改", "限期整改", "长期"])
def test_words_that_do_not_say_that_it_is_done_are_asked(onlooker, cell):
    found = onlooker.read([DONE, ["2024-6-9", "盖洋镇", "甲", cell]], kind="hazard")
    assert [code for *_, code in found.faults] == ["E_DATE"]


def test_words_beside_a_number_that_is_put_right_are_asked(onlooker):
    rows = [[*DONE, "已整改数"], ["2024-6-9", "盖洋镇", "甲", "已整改", 0]]
    assert [code for *_, code in onlooker.read(rows, kind="hazard").faults] == ["E_DATE"]


GOODS = [["救灾物资调拨表"], ["接收单位", "日期", "物资名称", "数量"]]


@pytest.mark.parametrize("name", ["棉被（1.5m×2m）", "棉被(加厚)", "棉被（2床/包）"])
def test_goods_with_what_they_are_like_in_a_bracket(onlooker, name):
    found = onlooker.read([*GOODS, ["盖洋镇", "2024-6-9", name, 20]], kind="supply_movement")
    assert found.faults == []
    assert f"“{name}”按“棉被”" in found.message("W_ASSUMED")


@pytest.mark.parametrize("name", ["棉被（5床）", "彩条布（加厚）"])
def test_goods_with_a_number_in_a_bracket_or_not_listed_are_asked(onlooker, name):
    assert onlooker.read([*GOODS, ["盖洋镇", "2024-6-9", name, 20]], kind="supply_movement").faults
