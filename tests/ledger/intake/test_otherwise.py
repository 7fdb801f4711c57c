from __future__ import annotations

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
