from __future__ import annotations

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.exchange.cells import Merged, Sheet
from mingxi_desktop.exchange.recognising.headers import Role, find_layout
from mingxi_desktop.exchange.recognising.targets import importable, targets_of
from mingxi_desktop.exchange.writing.grid import header_of

HEADER = ["序号", "排查日期", "乡镇", "单位或地点", "隐患内容", "发现数量（条）"]


def layout(rows, kind="hazard", mapping=None, merged=()):
    return find_layout(Sheet("表", rows, merged=tuple(merged)), targets_of(kind), mapping)


def test_the_header_is_found_below_titles():
    found = layout([["盖洋镇隐患台账"], ["填报单位：盖洋镇", None, "单位：条"], [], HEADER, [1, "2024-6-9"]])
    assert (found.top, found.bottom) == (3, 3)
    assert found.mapping["发现数量（条）"] == "quantity_found"
    assert found.title == ("盖洋镇隐患台账", "填报单位：盖洋镇", "单位：条")
    assert found.columns[0].role is Role.NUMBER


def test_blanks_and_line_breaks_in_headers_do_not_count():
    found = layout([["序 号", "排查\n日期", "乡\u3000镇", "隐患内容 "]])
    assert list(found.mapping.values()) == ["record_date", "area", "description"]


def test_two_header_rows_are_joined():
    rows = [["乡镇", "排查日期", "隐患内容", "数量", None], [None, None, None, "发现数", "已整改数"]]
    merged = [Merged(0, 0, 1, 0), Merged(0, 1, 1, 1), Merged(0, 2, 1, 2), Merged(0, 3, 0, 4)]
    found = layout(rows, merged=merged)
    assert (found.top, found.bottom) == (0, 1)
    assert found.mapping["数量 发现数"] == "quantity_found"
    assert found.mapping["数量 已整改数"] == "quantity_rectified"


def test_a_unit_row_belongs_to_the_header():
    rows = [["决定日期", "当事人", "案由", "罚款"], [None, None, None, "（万元）"]]
    found = layout(rows, "enforcement_case")
    fine = found.column_of("fine")
    assert fine is not None
    assert fine.unit == "万元" or found.bottom == 0


def test_the_same_header_twice_is_left_to_the_user():
    rows = [["乡镇", "排查日期", "隐患内容", "其中已整改", "其中已整改"]]
    assert layout(rows).repeated == ("其中已整改",)
    chosen = layout(rows, mapping={"E": "quantity_rectified"})
    assert chosen.repeated == ()
    assert chosen.column_of("quantity_rectified").index == 4


def test_a_fields_own_label_goes_before_its_synonyms():
    found = layout([["时间", "日期", "乡镇", "隐患描述"]])
    assert found.column_of("record_date").index == 1
    assert found.columns[0].role is Role.SECOND


def test_the_users_mapping_wins_and_may_leave_a_column_out():
    found = layout([["乡镇", "某某", "隐患内容"]], mapping={"某某": "owner", "隐患内容": ""})
    assert found.mapping == {"乡镇": "area", "某某": "owner"}


def test_computed_fields_are_not_filled():
    found = layout([["乡镇", "隐患内容", "状态"]])
    assert [column.role for column in found.columns] == [Role.FIELD, Role.FIELD, Role.COMPUTED]


def test_a_sheet_of_something_else_has_no_header():
    assert layout([["姓名", "工资", "奖金"], ["张三", 1, 2]]) is None


@pytest.mark.parametrize("kind", [kind.name for kind in kinds.ALL if not kind.parent])
def test_every_header_that_a_template_writes_is_found_again(kind: str):
    fields = [item for item in kinds.kind_of(kind).fields if importable(item)]
    found = layout([[header_of(item, mark_required=True) for item in fields]], kind)
    assert list(found.mapping.values()) == [item.name for item in fields]
