from __future__ import annotations

import pytest

from mingxi_desktop.exchange.cells import Merged, Sheet
from mingxi_desktop.exchange.recognising.roster import find_roster

HEADER = ["序号", "姓名", "单位", "身份证号", "联系电话", "签名"]


def people(*names, start=1):
    return [
        [start + place, name, "盖洋镇政府", f"35042119900101{place:04}", f"1380598{place:04}", None]
        for place, name in enumerate(names)
    ]


def one(rows, **more):
    (roster,) = find_roster(Sheet("Sheet1", rows, **more))
    return roster


def test_a_sign_in_sheet_gives_a_count_and_no_names():
    rows = [["2024年6月9日安全培训签到表（联系人13805981234）"], HEADER, *people("张三", "李四", "王 五")]
    roster = one(rows)
    assert (roster.people, roster.top, roster.bottom, roster.end, roster.rows) == (3, 1, 1, 5, (3, 4, 5))
    assert roster.columns == tuple(HEADER)
    assert roster.title == ("2024年6月9日安全培训签到表（联系人138****1234）",)
    assert (roster.area_header, roster.by_area, roster.notes) == ("单位", (("盖洋镇政府", 3),), ())
    assert not any(secret in repr(roster) for secret in ("张三", "王", "350421199001010000", "13805980001"))


def test_totals_notes_signatures_blanks_and_repeated_headers_are_nobody():
    rows = [
        HEADER, *people("张三", "李四"), [], HEADER, *people("赵六", start=3)[:1], [4, None, None], ["合计", None, 3],
        ["备注：以上为参训人员"], ["填表人：张三", None, "审核人：李四"],
    ]  # fmt: skip
    rows[5][3] = "350421198001010000"
    assert one(rows).people == 3


def test_the_same_person_counts_once_and_that_is_said():
    rows = [
        HEADER,
        *people("张三", "李四"),
        *people("张三"),
        [3, "张三", "胡坊镇政府", "350421198505050000", "1", None],
    ]
    roster = one(rows)
    assert roster.people == 3
    assert roster.notes == ("有1行重复（同一个人），只计一次", "有1个姓名重复，其他内容不同，按不同的人计")


def test_without_id_numbers_the_same_row_is_the_same_person():
    rows = [
        ["序号", "姓名", "单位", "职务"],
        [1, "张三", "甲", "乙"],
        [2, "张三", "甲", "乙"],
        [3, "张三", "丙", "乙"],
    ]
    assert one(rows).people == 2
    unsigned = [["姓名", "签名"], ["张三"], ["李四"], ["张三"]]
    assert (one(unsigned).people, one(unsigned).notes) == (3, ("有1个姓名重复，其他内容不同，按不同的人计",))


def test_people_by_township_where_cells_are_merged():
    rows = [
        ["乡镇", "姓名", "性别"],
        ["盖洋镇", "张三", "男"],
        [None, "李四", "女"],
        ["胡坊镇", "王五", "男"],
    ]
    roster = one(rows, merged=(Merged(1, 0, 2, 0),))
    assert (roster.area_header, roster.by_area) == ("乡镇", (("盖洋镇", 2), ("胡坊镇", 1)))


def test_households_give_their_members():
    rows = [
        ["村", "户主姓名", "转移人口", "联系电话"],
        ["甲村", "张三", 4, 1],
        ["甲村", "李四", "3人", 2],
        ["乙村", "王五", None, 3],
    ]
    roster = one(rows)
    assert (roster.people, roster.by_area) == (8, (("甲村", 7), ("乙村", 1)))
    said = ("第4行的“转移人口”没有写整数，按1人计", "每行是一户，人数按“转移人口”相加，共3户")
    assert roster.notes == said


def test_two_sets_of_columns_side_by_side():
    rows = [
        ["序号", "姓名", "单位", "序号", "姓名", "单位"],
        [1, "张三", "甲", 3, "王五", "乙"],
        [2, "李四", "甲", 4, None, None],
    ]
    roster = one(rows)
    assert (roster.people, roster.by_area) == (3, (("甲", 2), ("乙", 1)))


def test_two_lists_on_a_sheet():
    rows = [
        ["参训人员"],
        ["姓名", "单位", "电话"],
        ["张三", "甲", 1],
        ["二、应急队员"],
        ["姓名", "性别", "年龄"],
        ["李四", "男", 30],
    ]
    first, second = find_roster(Sheet("Sheet1", rows))
    assert (first.people, first.title, first.end) == (1, ("参训人员",), 3)
    assert (second.people, second.title, second.top) == (1, ("二、应急队员",), 4)


def test_a_header_of_two_rows():
    rows = [
        ["序号", "姓名", "联系方式", None],
        [None, None, "手机", "住址"],
        [1, "张三", "13805981234", "甲村"],
    ]
    merged = (Merged(0, 0, 1, 0), Merged(0, 1, 1, 1), Merged(0, 2, 0, 3))
    roster = one(rows, merged=merged)
    assert (roster.bottom, roster.people) == (1, 1)


def test_names_that_cannot_be_read_are_said():
    rows = [
        ["姓名", "单位"],
        ["张三（组长）", "甲"],
        ["李四、王五", "甲"],
        [12345, "甲"],
        ["赵六123号", "乙"],
        ["阿卜·杜拉", "乙"],
    ]
    roster = one(rows)
    assert (roster.people, roster.notes) == (4, ("第4、5行的姓名看不懂或者没有填，没有计入",))


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["序号", "日期", "乡镇", "隐患描述", "整改责任人", "联系电话"],
            [1, "6.9", "盖洋镇", "甲", "张三", "1"],
        ],
        [
            ["案号", "当事人", "案由", "处罚种类", "罚款", "姓名", "身份证号"],
            ["1", "甲", "乙", "罚款", 1, "张三", "1"],
        ],
        [["会议名称", "时间", "地点", "主持人", "参会人员"], ["甲", "6.9", "乙", "张三", "各乡镇"]],
        [["乡镇", "转移人员", "安置人数"], ["盖洋镇", 12, 3]],
        [["乡镇", "领取人", "棉被（床）", "毛毯（件）", "日期"], ["盖洋镇", "张三", 12, 3, "6.9"]],
        [["日期", "动作", "人员", "单位", "情况"], ["6.9", "复查", "张三", "甲", "好"]],
        [["单位", "负责人姓名", "隐患", "整改情况"], ["甲", "张三", "乙", "已整改"]],
        [["姓名", "单位"]],
        [],
    ],
)
def test_ledgers_are_no_lists_of_people(rows):
    assert find_roster(Sheet("Sheet1", rows)) == ()
