"""Records through the command line: add, edit, delete, restore-record, list, history."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import HAZARD, Run


def test_add_gives_the_id_of_what_is_in_the_file(run: Run, db: Path, on: Run) -> None:
    answer = on("add", "hazard", *HAZARD, "rectify_fund=1.5万元", "campaign=大排查大整治")
    assert answer.code == 0
    assert set(answer.json) == {"id", "uid"}
    told = run("add", "隐患", "日期=2024年6月10日", "乡镇=城关", "隐患描述=电线老化", "--db", db)
    assert told.text == "已保存 隐患 2024-0002，记录号 2\n"
    found = on("list", "hazard").json
    assert found["total"] == 2
    record = found["records"][1]
    assert record["uid"] == answer.json["uid"]
    assert record["record_date"] == "2024-06-09"
    assert record["area"] == "盖洋镇"
    assert record["quantity_found"] == 1
    assert (record["rectify_fund"], record["rectify_fund_fen"]) == ("1.5万元", 1_500_000)
    assert record["campaign"] == ["大排查大整治"]
    assert record["in_total"] is True
    assert record["status"] == "待整改"
    assert record["note"] is None


def test_several_values_come_in_one_or_several_arguments(on: Run) -> None:
    case = ("record_date=2024-06-09", "area=县直", "party=甲公司", "cause=未持证上岗", "fine_fen=1000000")
    on("add", "enforcement_case", *case, "measure=警告、罚款")
    on("add", "enforcement_case", *case, "measure=罚款", "measure=没收")
    newest, oldest = on("list", "enforcement_case").json["records"]
    assert oldest["measure"] == ["警告", "罚款"]
    assert newest["measure"] == ["罚款", "没收"]
    assert newest["fine"] == "1万元"


def test_a_child_names_its_parent_by_code_or_id(run: Run, on: Run, db: Path, hazard: int) -> None:
    on("add", "hazard", *HAZARD)
    assert on("add", "hazard_step", "hazard=2024-0002", "action=下达整改", "record_date=2024-06-10").code == 0
    step = ("action=下达整改", "record_date=2024-06-10", "area=盖洋镇")
    told = run("add", "hazard_step", f"hazard=#{hazard}", *step, "--db", db)
    assert told.code == 0
    assert "乡镇随隐患" in told.err
    records = on("list", "hazard_step").json["records"]
    assert {record["hazard"] for record in records} == {"2024-0001", "2024-0002"}
    refused = on("add", "hazard_step", "action=下达整改", "record_date=2024-06-10")
    assert (refused.code, refused.json["field"]) == (1, "hazard")


def test_edit_changes_only_what_is_named(run: Run, on: Run, db: Path, hazard: int) -> None:
    answer = on("edit", "hazard", hazard, "quantity_found=5", "place=明溪某厂", "note=", "area=盖洋")
    assert answer.json == {"id": hazard, "changed": ["place", "quantity_found"]}
    record = on("list", "hazard").json["records"][0]
    assert (record["quantity_found"], record["place"]) == (5, "明溪某厂")
    assert on("edit", "hazard", hazard, "place=").json["changed"] == ["place"]
    assert "没有改动" in run("edit", "hazard", hazard, "quantity_found=5", "--db", db).text


def test_delete_moves_to_the_trash_with_the_children_and_back(on: Run, hazard: int) -> None:
    on("add", "hazard_step", f"hazard=#{hazard}", "action=下达整改", "record_date=2024-06-10")
    gone = on("delete", "hazard", hazard)
    assert gone.json["records"] == [{"kind": "hazard", "id": 1}, {"kind": "hazard_step", "id": 1}]
    assert on("list", "hazard").json["total"] == on("list", "hazard_step").json["total"] == 0
    assert on("list", "hazard", "--trash").json["records"][0]["deleted_by"] == "李四"
    assert on("delete", "hazard", hazard).code == 1
    assert on("edit", "hazard", hazard, "note=x").code == 1
    assert on("restore-record", "hazard", hazard).json["id"] == hazard
    assert on("list", "hazard").json["total"] == on("list", "hazard_step").json["total"] == 1
    assert on("restore-record", "hazard", hazard).code == 1


def test_history_says_who_when_before_and_after(run: Run, on: Run, db: Path, hazard: int) -> None:
    on("edit", "hazard", hazard, "quantity_found=1200", "rectify_fund=2万元", "in_total=否")
    on("delete", "hazard", hazard)
    added, edited, deleted = on("history", "hazard", hazard).json
    assert added["changes"]["area"] == [None, "盖洋镇"]
    assert added["by"] == "李四"
    assert edited["changes"] == {
        "quantity_found": [1, 1200],
        "in_total": [True, False],
        "rectify_fund": [None, "2万元"],
        "rectify_fund_fen": [None, 2_000_000],
    }
    assert [entry["action"] for entry in (added, edited, deleted)] == ["新增", "修改", "删除"]
    assert "发现数由“1”改为“1,200”" in run("history", "hazard", hazard, "--db", db).text


@pytest.fixture
def several(on: Run) -> Run:
    rows = [
        ("record_date=2024-03-01", "area=盖洋镇", "description=一", "quantity_found=3", "note=有"),
        (
            "record_date=2024-05-31",
            "area=城关乡",
            "description=二",
            "quantity_found=1",
            "due_date=2024-06-30",
        ),
        ("record_date=2024-06-01", "area=夏坊乡", "description=三", "quantity_found=2", "place=甲公司"),
        (
            "record_date=2023-06-01",
            "area=夏坊乡",
            "description=四",
            "rectify_fund=1000",
            "quantity_rectified=1",
        ),
    ]
    for row in rows:
        assert on("add", "hazard", *row).code == 0
    return on


FOUND: list[tuple[list[str], str]] = [
    ([], "三二一四"),
    (["--year", "2024"], "三二一"),
    (["--search", "gaiyang"], "一"),
    (["--search", "xf"], "三四"),
    (["--where", "area=夏坊"], "三四"),
    (["--where", "乡镇=夏坊乡", "--where", "area=城关乡"], "三二四"),
    (["--where", "area=夏坊乡", "--where", "quantity_found=2"], "三"),
    (["--where", "area=夏坊乡", "quantity_found=2"], "三"),
    (["--where=area=夏坊乡", "quantity_found=2", "--year", "2024"], "三"),
    (["--where", "quantity_found=2..3"], "三一"),
    (["--where", "record_date=2024-05"], "二"),
    (["--where", "record_date=2024-05-31.."], "三二"),
    (["--where", "record_date=..2024-03-01"], "一四"),
    (["--where", "record_date=2024年6月1日"], "三"),
    (["--where", "status=逾期"], "二"),
    (["--where", "status=已销号", "--where", "status=逾期"], "二四"),
    (["--where", "note="], "三二四"),
    (["--where", "place="], "二一四"),
    (["--where", "place=甲公司"], "三"),
    (["--where", "place=没有的公司"], ""),
    (["--where", "rectify_fund_fen=100000"], "四"),
    (["--where", "rectify_fund=1000元"], "四"),
    (["--where", "in_total=是", "--where", "id=2"], "二"),
    (["--limit", "2"], "三二"),
    (["--limit", "2", "--offset", "3"], "四"),
    (["--limit", "0"], ""),
]


def test_list_finds_what_is_asked_for(several: Run) -> None:
    for arguments, found in FOUND:
        records = several("list", "hazard", *arguments).json["records"]
        assert "".join(record["description"] for record in records) == found, arguments


def test_a_word_that_a_computed_field_cannot_show_is_refused(several: Run) -> None:
    answer = several("list", "hazard", "--where", "status=己逾期")
    assert (answer.code, answer.json["field"]) == (1, "status")
    assert "逾期" in answer.json["error"]


def test_list_counts_all_and_people_see_a_table(run: Run, several: Run, db: Path) -> None:
    assert several("list", "hazard", "--limit", "1").json["total"] == 4
    text = run("list", "hazard", "--limit", "1", "--db", db).text
    assert text.splitlines()[0].startswith("记录号  编号")
    assert text.endswith("隐患共4条，列出1条\n")
    assert run("list", "hazard", "--search", "没有", "--db", db).text == "隐患共0条\n"


def test_moments_are_found_by_day_and_moment(on: Run) -> None:
    on("add", "response", "type=防汛", "start_at=2024-06-09 08:00", "area=县直")
    record = on("list", "response", "--where", "start_at=2024-06-09").json["records"][0]
    assert record["start_at"] == "2024-06-09T08:00"
    for text, total in [
        ("2024-06-09 08:00", 1),
        ("2024-06-09T08:00", 1),
        ("2024-06-09 09:00", 0),
        ("..2024-06-09", 1),
        ("2024-06-10..", 0),
    ]:
        assert on("list", "response", "--where", f"start_at={text}").json["total"] == total, text


def test_multi_references_are_lists_of_names(on: Run) -> None:
    visit = ("record_date=2024-06-09", "area=县直", "type=精准帮扶", "times=1")
    on("add", "inspection", *visit, "enterprises=甲公司、乙公司", "visits=2")
    on("add", "inspection", *visit)
    newest, oldest = on("list", "inspection").json["records"]
    assert (newest["enterprises"], oldest["enterprises"]) == ([], ["甲公司", "乙公司"])
    assert on("list", "inspection", "--where", "enterprises=乙公司").json["total"] == 1
    assert on("list", "inspection", "--where", "enterprises=").json["total"] == 1
    both = ("--where", "enterprises=", "--where", "enterprises=甲公司")
    assert on("list", "inspection", *both).json["total"] == 2
