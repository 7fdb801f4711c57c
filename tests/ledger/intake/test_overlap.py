from __future__ import annotations

from datetime import date

import pytest

from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.importing import Choice, Doubt

HEADER = ["日期", "乡镇", "隐患内容", "发现数量"]
MAY = [HEADER, ["2024-5-9", "盖洋镇", "甲", 1]]
JUNE = [HEADER, ["2024-6-9", "盖洋镇", "甲", 1], ["2024-6-19", "盖洋镇", "乙", 1]]


def totals(period, **found):
    return [
        [f"2024年{period}隐患汇总"],
        ["乡镇", "发现数量"],
        *([area, number] for area, number in found.items()),
    ]


def test_a_total_beside_its_parts_is_left_out_of_the_same_import(desk):
    book = {"明细": JUNE, "汇总": totals("6月", 盖洋镇=2, 胡坊镇=3)}
    made = desk.take(book, kind="hazard")
    assert desk.records("hazard", "area", "quantity_found") == [("盖洋镇", 1), ("盖洋镇", 1), ("胡坊镇", 3)]
    assert "这些文件里已有盖洋镇2024-06-01至2024-06-30逐条的隐患" in made.message("W_PARTS")


def test_a_total_whose_parts_are_in_the_ledger_is_left_out(desk):
    desk.take(JUNE, kind="hazard")
    made = desk.take(totals("6月", 盖洋镇=2), kind="hazard")
    assert desk.records("hazard", "quantity_found") == [1, 1]
    assert "台账中已有盖洋镇2024-06-01至2024-06-30逐条的隐患2条" in made.message("W_PARTS")


def test_the_clerk_may_take_the_total_all_the_same(desk):
    desk.take(JUNE, kind="hazard")
    found = desk.read(totals("6月", 盖洋镇=2), kind="hazard").found
    found.choose([Doubt.PARTS], Choice.ADD)
    importing.commit(desk.ledger, found)
    assert desk.records("hazard", "granularity") == ["逐条", "逐条", "汇总"]


@pytest.mark.parametrize("before", [MAY, totals("5月", 盖洋镇=2)], ids=["single", "month"])
def test_a_quarter_does_not_come_on_top_of_its_earlier_months(desk, before):
    desk.take(before, kind="hazard")
    made = desk.take(totals("第二季度", 盖洋镇=20, 夏阳乡=3), kind="hazard")
    assert desk.records("hazard", "area") == ["盖洋镇", "夏阳乡"]
    assert "W_PARTS" in made.codes


def test_a_quarter_may_replace_the_month_that_is_in_it(desk):
    desk.take(totals("5月", 盖洋镇=2), kind="hazard")
    found = desk.read(totals("第二季度", 盖洋镇=20), kind="hazard").found
    found.choose([Doubt.PARTS], Choice.REPLACE)
    importing.commit(desk.ledger, found)
    assert desk.records("hazard", "record_date", "quantity_found") == [("2024-06-30", 20)]


def test_a_running_total_does_not_come_on_top_of_an_earlier_one(desk):
    desk.take(totals("1-3月", 盖洋镇=2), kind="hazard")
    desk.take(totals("1-6月", 盖洋镇=20), kind="hazard")
    assert desk.records("hazard", "quantity_found") == [2]


def test_the_next_month_is_another_total(desk):
    desk.take(totals("5月", 盖洋镇=2), kind="hazard")
    desk.take(totals("6月", 盖洋镇=3), kind="hazard")
    assert desk.records("hazard", "quantity_found") == [2, 3]


def test_single_records_after_their_total_are_pointed_out(desk):
    desk.take(totals("5月", 盖洋镇=2), kind="hazard")
    made = desk.take(MAY, kind="hazard")
    assert "台账中已有盖洋镇2024-05的合计（#1），又逐条导入会重复" in made.message("W_PARTS")


def test_another_total_of_the_same_month_is_shown_with_its_difference(desk):
    desk.take(totals("6月", 盖洋镇=2), kind="hazard")
    made = desk.take(totals("6月", 盖洋镇=5), kind="hazard")
    assert desk.records("hazard", "quantity_found") == [2]
    assert "发现数台账中是“2”，表中是“5”" in made.message("W_CHANGED")


def test_a_ledger_without_totals_is_asked_for_them_once_a_year(desk, monkeypatch):
    asked = []
    ids = Ledger.ids
    monkeypatch.setattr(Ledger, "ids", lambda ledger, query: asked.append(query.kind) or ids(ledger, query))
    rows = [[f"{year}-{month}-9", "盖洋镇", "甲", 1] for year in (2023, 2024) for month in range(1, 10)]
    assert len(desk.read([HEADER, *rows], kind="hazard").ready("record_date")) == len(rows)
    assert asked == ["hazard"] * 2


def test_single_records_of_other_things_are_no_parts_of_a_total(desk, add):
    june = date(2024, 6, 5)
    add("activity", record_date=june, area="盖洋镇", type="企业负责人培训", title="一线三排")
    add("inspection", record_date=june, area="盖洋镇", type="精准帮扶")
    drills = [["2024年6月演练情况汇总表"], ["乡镇", "防汛", "消防", "参与人次"], ["盖洋镇", 2, 28, 1200]]
    made = desk.take(drills, kind="activity")
    assert "W_PARTS" not in made.codes
    assert sorted(desk.records("activity", "sessions")) == [1, 2, 28]
    joint = [
        ["日期", "乡镇", "类型", "次数", "记录粒度"],
        ["2024-6-30", "盖洋镇", "连片联合执法", 10, "汇总"],
    ]
    assert "W_PARTS" not in desk.take(joint, kind="inspection").codes


def test_a_drill_is_in_the_total_of_its_kind_alone(desk, add):
    add(
        "activity",
        record_date=date(2024, 6, 5),
        area="盖洋镇",
        type="应急演练",
        title="消防演练",
        hazard_type="消防",
    )
    drills = [["2024年6月演练情况汇总表"], ["乡镇", "防汛", "消防"], ["盖洋镇", 2, 28]]
    assert "W_PARTS" in desk.take(drills, kind="activity").codes
    assert desk.records("activity", "hazard_type", "sessions") == [("消防", 1), ("防汛", 2)]


@pytest.mark.parametrize(
    ("single", "total", "doubted"),
    [
        ({}, {"专项行动": "生命通道·拆窗破网"}, False),
        ({"in_total": False}, {"专项行动": "生命通道·拆窗破网"}, True),
        ({"campaign": ("治本攻坚三年行动",)}, {"专项行动": "大排查大整治"}, False),
        ({"campaign": ("治本攻坚三年行动", "大排查大整治")}, {"专项行动": "大排查大整治"}, True),
        ({"category": "违规广告牌"}, {"隐患类别": "门窗障碍物"}, False),
        ({"category": "门窗障碍物"}, {"隐患类别": "门窗障碍物"}, True),
        ({}, {"隐患类别": "门窗障碍物"}, True),
        ({}, {"计入总数": "否"}, False),
    ],
)
@pytest.mark.parametrize("together", [False, True])
def test_words_tell_whether_a_hazard_is_in_a_total(desk, add, single, total, doubted, together):
    labels = {"in_total": "计入总数", "campaign": "专项行动", "category": "隐患类别"}
    rows = [["2024-6-30", "盖洋镇", "6月合计", 30, "汇总", *total.values()]]
    header = ["日期", "乡镇", "隐患内容", "发现数量", "记录粒度", *total]
    if together:
        shown = {labels[name]: "否" if value is False else "、".join(value) if isinstance(value, tuple) else value
                 for name, value in single.items()}  # fmt: skip
        header += [label for label in shown if label not in total]
        one = {
            "日期": "2024-6-5",
            "乡镇": "盖洋镇",
            "隐患内容": "甲",
            "发现数量": 1,
            "记录粒度": "逐条",
            **shown,
        }
        rows = [row + [None] * (len(header) - len(row)) for row in rows] + [
            [one.get(name) for name in header]
        ]
    else:
        add("hazard", record_date=date(2024, 6, 5), area="盖洋镇", **single)
    made = desk.take([header, *rows], kind="hazard")
    assert ("W_PARTS" in made.codes) == doubted


@pytest.mark.parametrize(
    ("reporter", "doubted"), [("明溪县教育局", False), ("明溪县应急管理局", True), (None, True)]
)
def test_departments_of_the_county_have_records_of_their_own(desk, add, reporter, doubted):
    said = {"reporter": "明溪县应急管理局", "type": "应急演练", "title": "消防演练", "hazard_type": "消防"}
    add("activity", record_date=date(2024, 6, 5), area="县直", **said)
    header = ["日期", "乡镇", "类型", "名称", "场次", "填报单位", "记录粒度"]
    row = ["2024-6-30", "县直", "应急演练", "6月演练", 9, reporter, "汇总"]
    assert ("W_PARTS" in desk.take([header, row], kind="activity").codes) == doubted
