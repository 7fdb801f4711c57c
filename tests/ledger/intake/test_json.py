from __future__ import annotations

import json

import pytest

from mingxi_desktop.ledger import importing
from tests.exchange.recognising.sheets import made_of

HEADER = ["日期", "乡镇", "隐患内容", "发现数量"]
RIGHT, WRONG = ["2024-6-9", "盖洋镇", "甲", 2], ["2024-2-30", "盖洋镇", "乙", 1]
TOTAL = ["合计", None, None, 3]


@pytest.fixture
def found(onlooker):
    return onlooker.read([["隐患台账"], HEADER, RIGHT, WRONG, TOTAL], kind="hazard", name="盖洋.xlsx").found


def test_the_document_is_the_one_agreed(found):
    document = importing.to_json(found, accept_valid=True)
    assert document == {"batch": None, "files": document["files"], "concerns": []}
    (file,) = document["files"]
    assert list(file) == "file sheet kind header_row mapping read imported skipped rejected warnings".split()
    assert (file["file"], file["sheet"], file["kind"]) == ("盖洋.xlsx", "Sheet1", "hazard")
    assert (file["header_row"], file["read"], file["imported"]) == (2, 3, 1)
    assert file["mapping"]["发现数量"] == "quantity_found"
    assert file["skipped"] == [{"row": 1, "reason": "标题行"}, {"row": 5, "reason": "合计行（合计）"}]
    assert json.loads(json.dumps(document)) == document


def test_a_fault_names_its_cell(found):
    (fault,) = importing.to_json(found)["files"][0]["rejected"]
    assert list(fault) == ["row", "column", "field", "value", "code", "message"]
    assert (fault["row"], fault["column"], fault["field"]) == (4, "日期", "record_date")
    assert (fault["value"], fault["code"]) == ("2024-2-30", "E_DATE_IMPOSSIBLE")


def test_wrong_rows_keep_everything_back_in_a_dry_run_too(found):
    assert importing.to_json(found)["files"][0]["imported"] == 0


def test_warnings_of_the_whole_table_have_no_row(onlooker):
    found = onlooker.read([["2024年6月隐患"], ["乡镇", "发现数量"], ["盖洋镇", 2]], kind="hazard").found
    (file,) = importing.to_json(found)["files"]
    assert {warning["row"] for warning in file["warnings"]} == {None}
    assert {tuple(warning) for warning in file["warnings"]} == {("code", "row", "column", "message")}


def test_hidden_sheets_are_named_in_warnings_only(onlooker):
    sheets = [made_of([HEADER, RIGHT], "六月"), made_of([HEADER, RIGHT], "旧表", hidden=True)]
    (file,) = importing.to_json(onlooker.read(*sheets, kind="hazard").found)["files"]
    assert file["sheet"] == "六月"
    assert sum("旧表" in warning["message"] for warning in file["warnings"]) == 1


def test_a_file_that_was_refused_has_no_header(onlooker):
    (file,) = importing.to_json(onlooker.read([["姓名", "工资"], ["张三", 1]], kind="hazard").found)["files"]
    assert (file["header_row"], file["read"], file["imported"]) == (None, 0, 0)
    assert [(fault["row"], fault["code"]) for fault in file["rejected"]] == [(None, "E_NO_HEADER")]


def test_of_two_tables_on_a_sheet_each_has_the_lines_above_it(onlooker):
    head, hazard = (
        ["排查日期", "乡镇", "隐患内容", "行业领域"],
        ["2024-03-05", "盖洋镇", "灭火器过期", "消防"],
    )
    again = ["2024-03-06", "沙溪乡", "电线老化", "消防"]
    rows = [["三月隐患台账"], head, hazard, [], ["四月隐患台账"], head, again]
    files = importing.to_json(onlooker.read(rows).found)["files"]
    titles = [[item["row"] for item in file["skipped"] if item["reason"] == "标题行"] for file in files]
    assert titles == [[1], [5]]
