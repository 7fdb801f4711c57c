"""Spreadsheets through the command line: template, import, batches, undo-import, export."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.check import Check, Scope

from .conftest import HAZARD, Run

pytestmark = pytest.mark.usefixtures("one_child")

HEADER = ["日期", "乡镇", "隐患描述", "发现数"]
GOOD = [["2024-06-09", "盖洋镇", "消防通道堵塞", 2], ["2024-06-10", "城关乡", "电线老化", 1]]
BAD = ["2024-06-11", "火星", "灭火器过期", 1]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A workbook with two good rows and a bad one, as openpyxl writes it."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "隐患"
    for row in (HEADER, *GOOD, BAD):
        page.append(row)
    path = tmp_path / "盖洋镇6月.xlsx"
    book.save(path)
    return path


def test_nothing_is_stored_while_a_row_is_wrong(
    run: Run, on: Run, db: Path, sheet: Path, tmp_path: Path
) -> None:
    returned = tmp_path / "退回"
    answer = on("import", sheet, "--kind", "hazard", "--returned", returned)
    assert answer.code == 1
    (file,) = answer.json["files"]
    assert answer.json["batch"] is None
    assert (file["read"], file["imported"]) == (3, 0)
    assert [(fault["row"], fault["field"], fault["value"]) for fault in file["rejected"]] == [
        (4, "area", "火星")
    ]
    assert on("list", "hazard").json["total"] == 0
    assert list(returned.iterdir())
    told = run("import", sheet, "--kind", "隐患", "--db", db)
    assert told.code == 1
    assert told.text.count("第4行") == 1
    assert "第4行“乡镇”（B4）：“火星”" in told.text


def test_valid_rows_come_in_as_one_batch_that_can_be_undone(on: Run, sheet: Path) -> None:
    dry = on("import", sheet, "--kind", "hazard", "--dry-run", "--accept-valid")
    assert (dry.code, dry.json["batch"], dry.json["files"][0]["imported"]) == (0, None, 2)
    assert on("list", "hazard").json["total"] == 0
    done = on("import", sheet, "--kind", "hazard", "--accept-valid")
    assert (done.code, done.json["files"][0]["imported"]) == (0, 2)
    number = done.json["batch"]
    records = on("list", "hazard", "--where", f"batch={number}").json["records"]
    assert [record["description"] for record in records] == ["电线老化", "消防通道堵塞"]
    assert "盖洋镇6月.xlsx" in records[0]["source_ref"]
    (batch,) = on("batches").json
    assert (batch["batch"], batch["state"], batch["records"]) == (number, "active", 2)
    on("edit", "hazard", records[0]["id"], "note=已核")
    undone = on("undo-import", number)
    assert undone.code == 0
    assert undone.json["reversed"] == 1
    assert [item["id"] for item in undone.json["kept"]] == [records[0]["id"]]
    assert undone.json["failed"] == []
    assert on("undo-import", number).code == 1
    assert on("batches").json[0]["state"] == "reversed"


def test_columns_can_be_mapped(on: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["何时", "何地", "何事=问题", "甲"], ["6月9日", "盖洋", "堵塞", "x"]])
    mapped = ("--map", "何时=日期", "--map", "何地=area", "--map", "何事=问题=description", "--map", "甲=")
    answer = on("import", path, "--kind", "hazard", "--year", "2024", "--reporter", "盖洋镇人民政府", *mapped)
    assert answer.code == 0, answer.text
    record = on("list", "hazard").json["records"][0]
    assert (record["record_date"], record["description"]) == ("2024-06-09", "堵塞")
    unknown = on("import", path, "--kind", "hazard", "--map", "何时=颜色")
    assert (unknown.code, "颜色" in unknown.json["error"] + unknown.json["detail"]) == (1, True)


def test_a_file_that_is_no_spreadsheet_is_refused_by_name(on: Run, tmp_path: Path) -> None:
    path = tmp_path / "通知.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    answer = on("import", path, tmp_path / "没有.xlsx", "--kind", "hazard", "--accept-valid")
    assert answer.code == 1
    messages = [file["rejected"][0]["message"] for file in answer.json["files"]]
    assert "通知.xlsx" in messages[0]
    assert "没有.xlsx" in messages[1]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_was_exported_changes_nothing_when_it_comes_back(ending: str, on: Run, tmp_path: Path) -> None:
    on("add", "hazard", *HAZARD, "rectify_fund=1.5万元", "place=甲公司", "campaign=大排查大整治")
    on("add", "hazard", "record_date=2023-01-01", "area=县直", "description=旧的")
    path = tmp_path / f"导出.{ending}"
    assert on("export", "hazard", "-o", path, "--year", "2024").json["rows"] == 1
    assert (
        on("export", "hazard", "-o", path, "--where", "area=盖洋", "--where", "area=县直").json["rows"] == 2
    )
    before = on("list", "hazard").json
    answer = on("import", path, "--kind", "hazard")
    assert (answer.code, answer.json["batch"]) == (0, None)
    assert on("list", "hazard").json == before


def test_a_template_is_taken_back_empty_and_filled(on: Run, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    assert on("template", "hazard", "-o", path).json == {"file": str(path)}
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    header = next(row for row in page.iter_rows() if any("隐患描述" in str(cell.value) for cell in row))
    places = {str(cell.value).strip("*＊ "): cell.column for cell in header if cell.value}
    for label, value in zip(HEADER, GOOD[0], strict=True):
        place = next(column for name, column in places.items() if name.startswith(label))
        page.cell(header[0].row + 1, place, value)
    book.save(path)
    answer = on("import", path, "--kind", "hazard")
    assert answer.code == 0, answer.text
    assert answer.json["files"][0]["imported"] == 1


def test_the_template_of_a_child_table_is_that_of_its_ledger(on: Run, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    assert on("template", "supply_line", "-o", path).code == 0
    assert on("import", path, "--kind", "supply_line").json["files"][0]["kind"] == "supply_movement"
    header = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]]
    assert {"*日期", "*类型", "*物资", "*数量"} <= set(header)


def test_a_mapping_is_remembered_for_the_reporters_next_file(on: Run, tmp_path: Path) -> None:
    def sheet(month: int) -> Path:
        path = tmp_path / f"{month}月.csv"
        path.write_text(f"日期,乡镇,何事\n2024-{month}-9,盖洋镇,电线老化{month}\n", encoding="utf-8")
        return path

    said = ("--kind", "hazard", "--reporter", "明溪县教育局")
    on("import", sheet(5), *said, "--map", "何事=description", "--dry-run")
    assert "何事" not in on("import", sheet(6), *said).json["files"][0]["mapping"], "nothing was stored"
    on("import", sheet(7), *said, "--map", "何事=description")
    again = on("import", sheet(8), *said).json["files"][0]
    assert again["mapping"]["何事"] == "description"
    assert any("记住的对应" in warning["message"] for warning in again["warnings"])
    assert "电线老化8" in [record["description"] for record in on("list", "hazard").json["records"]]


def test_several_columns_are_named_after_one_map(on: Run, tmp_path: Path) -> None:
    path = tmp_path / "甲=乙.csv"
    path.write_text("哪天,哪里,什么,几个\n2024-06-09,胡坊镇,堵塞,2\n", encoding="utf-8")
    named = ("哪天=record_date", "哪里=area", "什么=description", "几个=quantity_found")
    for order in (("--map", *named, path), (path, "--map", *named)):
        answer = on("import", "--dry-run", "--kind", "hazard", *order)
        assert (answer.code, answer.json["files"][0]["mapping"]["几个"]) == (0, "quantity_found"), answer.text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "几个=quantity_found", "几个=note"), "“几个”写了两次"),
        (("--set", "乡镇=盖洋镇", "乡镇=胡坊镇"), "“area”写了两次"),
        (("--set", "乱写=9"), "没有这个字段：乱写"),
    ],
)
def test_what_is_said_twice_or_of_no_field_is_refused(
    options: tuple[str, ...], said: str, on: Run, tmp_path: Path
) -> None:
    path = tmp_path / "甲.csv"
    path.write_text("日期,乡镇,隐患描述,几个\n2024-06-09,胡坊镇,堵塞,2\n", encoding="utf-8")
    answer = on("import", path, "--kind", "hazard", *options)
    assert (answer.code, answer.json["error"].startswith(said)) == (1, True), answer.text
    assert on("list", "hazard").json["total"] == 0


@pytest.mark.parametrize(("row", "said"), [(9, "没有第9行"), (2, "第2行里没有一个认得的表头")])
def test_a_header_row_that_is_none_is_told(row: int, said: str, on: Run, tmp_path: Path) -> None:
    path = tmp_path / "甲.csv"
    path.write_text("日期,乡镇,隐患描述\n2024-06-09,胡坊镇,堵塞\n", encoding="utf-8")
    (file,) = on("import", path, "--kind", "hazard", "--dry-run", "--header-row", row).json["files"]
    assert any(notice["message"].startswith(said) for notice in file["warnings"])


def test_two_columns_for_one_number_must_not_say_different_ones(on: Run, tmp_path: Path) -> None:
    path = tmp_path / "甲.csv"
    path.write_text(
        "日期,乡镇,隐患描述,几个,几处\n2024-06-09,胡坊镇,堵塞,5,\n2024-06-09,胡坊镇,老化,,7\n2024-06-09,胡坊镇,过期,3,7\n",
        encoding="utf-8",
    )
    named = ("--map", "几个=quantity_found", "几处=quantity_found")
    answer = on("import", path, "--kind", "hazard", *named, "--accept-valid")
    (file,) = answer.json["files"]
    assert [(fault["row"], fault["code"]) for fault in file["rejected"]] == [(4, "E_AMBIGUOUS")]
    assert "发现数是“3”" in file["rejected"][0]["message"]
    assert not any(
        "空着" in notice["message"] and "发现数" in notice["message"] for notice in file["warnings"]
    )
    found = {one["description"]: one["quantity_found"] for one in on("list", "hazard").json["records"]}
    assert found == {"堵塞": 5, "老化": 7}


def test_a_folder_in_place_of_a_file_is_named(
    on: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (file,) = on("import", ".", "--kind", "hazard").json["files"]
    assert file["rejected"][0]["message"].startswith(".：这是一个文件夹")


def _twice(scope: Scope) -> Iterable[Concern]:
    """A check for this test: the same text on the same day is one hazard."""
    records = scope.ledger.records("hazard", scope.ledger.ids(Query("hazard", year=scope.year)))
    alike = sorted(record.id for record in records if record.values["description"] == "消防通道堵塞")
    if len(alike) > 1:
        message = f"消防通道堵塞记了{len(alike)}遍（#{alike[-1]}）"
        yield Concern("twice", Severity.WARNING, message, tuple(("hazard", number) for number in alike))


def test_what_would_be_counted_twice_is_told_before_and_after(
    run: Run, on: Run, db: Path, hazard: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "every", lambda: (Check("twice", "", "", ("hazard",), _twice),))
    path = tmp_path / "胡坊镇.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, ["2024-06-09", "胡坊镇", "消防通道堵塞", 1]])
    row = {"file": "胡坊镇.csv", "sheet": "", "row": 2}
    before = on("import", path, "--kind", "hazard", "--dry-run")
    assert before.code == 0
    (concern,) = before.json["concerns"]
    assert concern == {
        "code": "twice",
        "severity": "warning",
        "message": "消防通道堵塞记了2遍（第2行）",
        "rows": [row],
        "records": [{"kind": "hazard", "id": hazard}],
    }
    refused = on("import", path, "--kind", "hazard", "--refuse-doubtful")
    assert (refused.code, refused.json["batch"], refused.json["concerns"]) == (1, None, [concern])
    assert refused.json["files"][0]["imported"] == 0
    assert refused.json["refused"].startswith("有1处疑点")
    assert on("list", "hazard").json["total"] == 1
    told = run("import", path, "--kind", "hazard", "--refuse-doubtful", "--db", db).text
    assert "疑似重复：消防通道堵塞记了2遍（第2行）" in told
    assert f"胡坊镇.csv 第2行；台账中的隐患 #{hazard}" in told
    assert "有1处疑点，什么也没有导入" in told
    done = on("import", path, "--kind", "hazard")
    assert done.code == 0
    (after,) = done.json["concerns"]
    assert after["rows"] == [row]
    assert after["records"] == [{"kind": "hazard", "id": hazard}, {"kind": "hazard", "id": hazard + 1}]
    assert after["message"].endswith(f"（#{hazard + 1}）")


def test_a_dry_run_says_what_the_ledger_would_refuse(on: Run, tmp_path: Path) -> None:
    path = tmp_path / "响应.csv"
    times = ("2024-06-09 08:00", "2024-06-10 09:00")
    rows = [["启动时间", "乡镇", "响应类型"], *([time, "县直", "防汛"] for time in times)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    answer = on("import", path, "--kind", "response", "--dry-run")
    assert (answer.code, answer.json["files"][0]["imported"]) == (1, 0)
    assert "响应还没有终止" in answer.json["refused"]
    assert on("import", path, "--kind", "response").code == 1
