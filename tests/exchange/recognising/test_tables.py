from __future__ import annotations

import functools

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.exchange.recognising import tables as recognising
from mingxi_desktop.exchange.recognising.headers import given_keys
from mingxi_desktop.exchange.recognising.tables import find_tables, is_heading
from mingxi_desktop.exchange.recognising.targets import targets_of
from tests.exchange.recognising.sheets import made_of

HAZARD = ["日期", "乡镇", "隐患内容", "发现数量"]
INSPECTION = ["检查日期", "乡镇", "检查类型", "受检企业", "带队领导"]
INSPECTED = ["2024-6-9", "盖洋镇", "执法检查", "甲厂", "张三"]


@functools.cache
def indexes():
    return tuple(targets_of(kind.name) for kind in kinds.ALL if not kind.parent)


def tables(rows, *, stem="表", columns=None, top=None, name="Sheet1", areas=()):
    """(ledger, first header row, last header row, end) of the tables, best readings."""
    sheet = made_of(rows, name, areas=areas)
    found = find_tables(sheet, indexes(), given_keys(columns or {}), stem, top=top)
    return [(best.kind, best.top, best.bottom, best.end) for best in (table.best for table in found)]


def row(day, text="甲"):
    return [f"2024-6-{day}", "盖洋镇", text, 1]


def test_two_tables_of_different_ledgers_with_their_titles():
    rows = [["一、隐患"], HAZARD, row(9), ["合计", None, None, 1], [], ["二、检查"], INSPECTION, INSPECTED]
    assert tables(rows) == [("hazard", 1, 1, 5), ("inspection", 6, 6, 8)]


def test_a_header_of_another_ledger_right_below_the_data_ends_the_table():
    assert tables([HAZARD, row(9), INSPECTION, INSPECTED]) == [("hazard", 0, 0, 2), ("inspection", 2, 2, 4)]


def test_two_tables_of_one_ledger_under_different_titles():
    header = HAZARD[:1] + HAZARD[2:]
    rows = [["盖洋镇隐患"], header, ["2024-6-9", "甲", 1], [], ["胡坊镇隐患"], header, ["2024-6-9", "甲", 1]]
    assert tables(rows) == [("hazard", 1, 1, 4), ("hazard", 5, 5, 7)]


@pytest.mark.parametrize("title", [[], [["盖洋镇隐患台账"]]], ids=["alone", "with its title"])
def test_a_header_that_is_printed_again_on_the_next_page_begins_no_table(title):
    rows = [*title, HAZARD, row(9), *title, HAZARD, row(10)]
    assert len(tables(rows)) == 1


def test_a_header_of_two_rows_is_printed_again():
    header = [["日期", "乡镇", "隐患内容", "数量", None], [None, None, None, "发现数", "已整改"]]
    areas = [f"{area}{top}:{end}{top + more}" for top in (1, 4) for area, end, more in
             (("A", "A", 1), ("B", "B", 1), ("C", "C", 1), ("D", "E", 0))]  # fmt: skip
    rows = [*header, [*row(9), 1], *header, [*row(10), 0]]
    assert tables(rows, areas=areas) == [("hazard", 0, 1, 6)]


@pytest.mark.parametrize("lines", [0, 29, 69])
def test_the_header_may_stand_far_below(lines):
    above = [[f"说明第{number}行"] for number in range(lines)]
    assert tables([*above, HAZARD, row(9)]) == [("hazard", lines, lines, lines + 2)]


@pytest.mark.parametrize(
    "data",
    [
        [["盖洋镇", "六月九日", "灭火器过期", "张三"], ["胡坊镇", "六月十日", "配电箱", "李四"]],
        [["盖洋镇", None, "灭火器过期", "张三"], ["胡坊镇", None, "配电箱", None]],
    ],
    ids=["words in every cell", "gaps"],
)
def test_a_row_of_data_is_never_taken_for_a_row_of_the_header(data):
    assert tables([["乡镇", "日期", "隐患内容", "整改责任人"], *data]) == [("hazard", 0, 0, 3)]


def test_a_row_with_more_cells_than_the_header_is_data():
    rows = [["乡镇", "隐患内容", "整改措施"], ["盖洋镇", "灭火器过期", "立即更换", "备用", "已购"]]
    assert tables(rows) == [("hazard", 0, 0, 2)]


@pytest.mark.parametrize(
    "rows", [[["姓名", "工资"], ["张三", 1]], [["日期", "乡镇", "备注"], row(9)], [["隐患"]], []]
)
def test_sheets_of_something_else_have_no_table(rows):
    assert tables(rows) == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"name": "演练"}, "activity"),
        ({"stem": "2024年会议台账"}, "meeting"),
        ({"name": "会议", "stem": "2024年会议台账"}, "meeting"),
    ],
)
def test_sheet_and_file_decide_between_ledgers_of_the_same_header(said, kind):
    rows = [["日期", "乡镇", "名称", "类型", "人数"], ["2024-6-9", "盖洋镇", "某某", "其他", 3]]
    assert tables(rows, **said)[0][0] == kind


def test_the_row_that_the_clerk_names_is_the_header():
    assert tables([HAZARD, ["旧", "旧", "旧", "旧"], HAZARD, row(9)], top=2) == [("hazard", 2, 2, 4)]


def test_a_mapping_makes_a_header_of_unknown_words():
    columns = {"何时": "record_date", "什么": "description"}
    ((kind, top, *_),) = tables([["何时", "什么"], ["2024-6-9", "漏电"]], columns=columns)
    assert (kind, top) == ("hazard", 0)


@pytest.mark.parametrize("text", ["隐患内容", "隐 患\n内容", "*隐患内容：", "发现数量（条）", "序号"])
def test_texts_that_some_ledger_knows_as_a_header(text):
    assert is_heading(text)


@pytest.mark.parametrize("text", ["盖洋镇", "灭火器过期", "2024年6月", ""])
def test_texts_that_no_ledger_knows_as_a_header(text):
    assert not is_heading(text)


@pytest.mark.parametrize("block", [2, 5, 500])
def test_headers_far_below_are_found_among_rows_of_data(monkeypatch, block):
    monkeypatch.setattr(recognising, "_BLOCK", block)
    data = [[20240609.0, "盖洋镇", f"第{number}处", 1.0] for number in range(30)]
    inspected = [[20240609.0, "盖洋镇", "执法检查", "甲厂", "张三"]] * 12
    found = tables([HAZARD, *data, [], ["检查台账"], INSPECTION, *inspected])
    assert found == [("hazard", 0, 0, 32), ("inspection", 33, 33, 46)]
