from __future__ import annotations

import pytest

from tests.exchange.recognising.sheets import made_of

HEADER = ["日期", "乡镇", "被检查单位", "隐患内容"]


def hazards(onlooker, *rows, **said):
    return onlooker.read(
        made_of([HEADER, *(["2024-6-9", "盖洋镇", *row] for row in rows)]), kind="hazard", **said
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
