from __future__ import annotations

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
