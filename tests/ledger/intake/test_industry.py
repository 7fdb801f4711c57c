from __future__ import annotations

import pytest

from mingxi_desktop.ledger import importing
from mingxi_desktop.ledger.importing import Choice, Doubt
from mingxi_desktop.ledger.intake import json
from tests.exchange.recognising.sheets import made_of

HEADER = ["日期", "乡镇", "被检查单位", "隐患内容"]


def hazards(onlooker, *rows, more=(), **said):
    return onlooker.read(
        made_of([[*HEADER, *more], *(["2024-6-9", "盖洋镇", *row] for row in rows)]), kind="hazard", **said
    )


def test_a_table_without_fields_is_told_with_how_many_rows(onlooker):
    found = hazards(onlooker, ["甲店", "通道堵塞"], ["乙店", "线路老化"])
    assert found.ready("field") == [None, None]
    said = "没有“行业领域”一列，都按“其他”记，请核对（2行，从第2行起）"
    assert found.message("W_FIELD_ASSUMED") == said


@pytest.mark.parametrize(
    ("place", "description", "field"),
    [
        ("明溪县城关加油站", "标识脱落", "危化品"),
        ("甲店", "消防通道堵塞", "消防"),
        ("明溪县教育服务中心", "线路老化", "教育"),
        ("盖洋矿山", "消防水池无水", None),
        ("甲店", "未开展安全教育培训", None),
        ("甲店", "建筑物外墙脱落，影响交通", None),
        ("渡口", "水上交通安全标志缺失", None),
    ],
)
def test_a_row_that_names_one_field_is_of_it(onlooker, place, description, field):
    found = hazards(onlooker, [place, description])
    assert found.ready("field") == [field]
    said = "按每行的内容判断，请核对（1行，从第2行起）"
    assert said in found.message("W_FROM_ROW") if field else "其他" in found.message("W_FIELD_ASSUMED")


def test_rows_of_which_some_name_a_field_are_told_apart(onlooker):
    found = hazards(onlooker, ["甲店", "消防通道堵塞"], ["乙店", "线路老化"])
    assert found.ready("field") == ["消防", None]
    assert "（1行，从第2行起）" in found.message("W_FROM_ROW")
    assert "从内容也看不出，按“其他”记，请核对（1行，从第3行起）" in found.message("W_FIELD_ASSUMED")


def test_a_column_of_fields_a_title_and_the_clerk_go_before(onlooker):
    found = hazards(onlooker, ["甲店", "消防通道堵塞"], values={"field": "工贸"})
    assert found.ready("field") == ["工贸"]
    rows = made_of([[*HEADER, "行业领域"], ["2024-6-9", "盖洋镇", "甲店", "消防通道堵塞", "工贸"]])
    assert onlooker.read(rows, kind="hazard").ready("field") == ["工贸"]


TWICE = ["甲店", "线路老化"], ["甲店", "线路老化"]
FIRE = ["乙店", "消防通道堵塞"], ["乙店", "消防通道堵塞"]


def test_a_repeated_row_says_what_it_would_be_of_and_is_of_it_once_taken_in(desk):
    found = hazards(desk, *TWICE, *FIRE).found
    assert [item.assumed for item in found.sheets[0].doubtful] == [
        "行业领域按“其他”记",
        "行业领域按内容记“消防”",
    ]
    found.choose([Doubt.FILE], Choice.ADD)
    made = importing.commit(desk.ledger, found)
    assert sorted(desk.records("hazard", "field", "source_ref")) == [
        ("其他", "表.xlsx · Sheet1 · 第2行"),
        ("其他", "表.xlsx · Sheet1 · 第3行（行业领域按“其他”记）"),
        ("消防", "表.xlsx · Sheet1 · 第4行"),
        ("消防", "表.xlsx · Sheet1 · 第5行（行业领域按内容记“消防”）"),
    ]
    said = [item["message"] for item in json.to_json(found, made)["files"][0]["warnings"]]
    assert "第3行：按您的选择另加了一条，行业领域按“其他”记" in said
    assert "W_MISSING" not in hazards(desk, *TWICE, *FIRE).codes


def test_a_record_that_says_so_is_known_by_its_row_all_the_same(desk):
    found = hazards(desk, *TWICE).found
    found.choose([Doubt.FILE], Choice.ADD)
    importing.commit(desk.ledger, found)
    rows = [["2024-6-9", "盖洋镇", *TWICE[0]], ["2024-6-9", "火星", *TWICE[1]]]
    again = desk.read(made_of([HEADER, *rows]), kind="hazard")
    assert [fault[0] for fault in again.faults] == [3]
    assert "W_MISSING" not in again.codes


def test_a_row_that_replaces_a_record_leaves_it_the_field_it_has(desk):
    importing.commit(desk.ledger, hazards(desk, FIRE[0], values={"field": "工贸"}).found)
    changed = hazards(desk, [*FIRE[0], "乙方"], more=["整改责任人"]).found
    found = changed.sheets[0].doubtful
    assert [(item.doubt, item.assumed) for item in found] == [(Doubt.CHANGED, "行业领域按内容记“消防”")]
    changed.choose([Doubt.CHANGED], Choice.REPLACE)
    importing.commit(desk.ledger, changed)
    assert desk.records("hazard", "field", "source_ref") == [("工贸", "表.xlsx · Sheet1 · 第2行")]


@pytest.mark.parametrize(
    ("more", "doubt"), [("甲方", Doubt.SAME), ("乙方", Doubt.CHANGED)], ids=["the same", "changed"]
)
def test_a_row_added_besides_the_record_that_is_there_leaves_that_one_as_it_is(desk, more, doubt):
    importing.commit(desk.ledger, hazards(desk, [*FIRE[0], "甲方"], more=["整改责任人"]).found)
    found = hazards(desk, [*FIRE[0], more], more=["整改责任人"]).found
    assert [item.doubt for item in found.sheets[0].doubtful] == [doubt]
    found.choose([doubt], Choice.ADD)
    importing.commit(desk.ledger, found)
    first, second = desk.records("hazard", "owner", "source_ref")
    assert first == ("甲方", "表.xlsx · Sheet1 · 第2行")
    assert second == (more, "表.xlsx · Sheet1 · 第2行（行业领域按内容记“消防”）")


def test_a_row_with_a_field_of_its_own_says_nothing_more(onlooker):
    row = ["2024-6-9", "盖洋镇", "甲店", "消防通道堵塞", "工贸"]
    found = onlooker.read(made_of([[*HEADER, "行业领域"], row, row]), kind="hazard").found
    assert [item.assumed for item in found.sheets[0].doubtful] == [""]
