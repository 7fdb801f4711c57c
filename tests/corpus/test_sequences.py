"""One command after the other, as a clerk uses them over weeks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.corpus.biff import xls
from tests.corpus.books import sheets, xlsx
from tests.corpus.judge import Runner
from tests.corpus.others import delimited
from tests.corpus.rows import HEAD, Row, line, lines, record

FIELDS = tuple(record(line(1)))


class Clerk:
    """Calls the command line on one ledger."""

    def __init__(self, runner: Runner, folder: Path) -> None:
        self._runner = runner
        self.folder = folder
        self.db = folder / "台账.mxdb"
        runner.new(self.db)

    def say(self, verb: str, *more: str) -> tuple[int, Any]:
        """(exit code, JSON document)."""
        code, out, err = self._runner.call(verb, *more, "--db", str(self.db))
        assert "Traceback" not in err
        return code, json.loads(out)

    def file(self, name: str, data: bytes) -> str:
        path = self.folder / name
        path.write_bytes(data)
        return str(path)

    def take(self, *files: str, kind: str = "hazard", more: tuple[str, ...] = ()) -> tuple[int, Any]:
        return self.say("import", *files, "--kind", kind, "--year", "2024", *more)

    def hazards(self) -> list[dict[str, Any]]:
        found = self.say("list", "hazard", "--limit", "1000")[1]["records"]
        return sorted(({name: item[name] for name in FIELDS} for item in found), key=str)


def plain(rows: list[Row]) -> list[dict[str, Any]]:
    return sorted(map(record, rows), key=str)


def table(rows: list[Row]) -> bytes:
    return xlsx([HEAD, *rows])


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with Runner(tmp_path_factory.mktemp("sequences")) as started:
        yield started


@pytest.fixture
def clerk(runner: Runner, tmp_path: Path) -> Clerk:
    return Clerk(runner, tmp_path)


def parts(answer: Any, name: str) -> list[Any]:
    return [item for file in answer["files"] for item in file[name]]


def imported(answer: Any) -> int:
    return sum(file["imported"] for file in answer["files"])


def test_the_same_file_again_stores_nothing(clerk):
    path = clerk.file("六月.xlsx", table(lines(4)))
    assert imported(clerk.take(path)[1]) == 4
    code, answer = clerk.take(path)
    assert (code, imported(answer), answer["batch"]) == (0, 0, None)
    assert {item["row"] for item in parts(answer, "skipped")} == {2, 3, 4, 5}
    assert clerk.hazards() == plain(lines(4))


def test_the_same_rows_as_csv_and_xls_store_nothing(clerk):
    clerk.take(clerk.file("六月.xlsx", table(lines(4))))
    assert imported(clerk.take(clerk.file("六月.csv", delimited([HEAD, *lines(4)])))[1]) == 0
    assert imported(clerk.take(clerk.file("六月.xls", xls([HEAD, *lines(5)])))[1]) == 1
    assert clerk.hazards() == plain(lines(5))


def test_a_corrected_file_changes_only_what_is_told(clerk):
    clerk.take(clerk.file("六月.xlsx", table(lines(4))))
    new = [line(1, 已整改数量=2), *lines(3, 2), line(9)]
    path = clerk.file("六月（更正）.xlsx", table(new))
    code, answer = clerk.take(path, more=("--dry-run",))
    assert (code, imported(answer)) == (0, 1)
    told = [item["reason"] for item in parts(answer, "skipped") if item["row"] == 2]
    assert told
    assert "1" in told[0]
    assert "2" in told[0]
    assert imported(clerk.take(path, more=("--changed", "replace"))[1]) == 2
    assert clerk.hazards() == plain(new)


def test_undoing_a_replacement_brings_the_old_values_back(clerk):
    clerk.take(clerk.file("六月.xlsx", table(lines(4))))
    new = [line(1, 已整改数量=2, 备注="更正"), *lines(3, 2), line(9)]
    batch = clerk.take(clerk.file("更正.xlsx", table(new)), more=("--changed", "replace"))[1]["batch"]
    code, answer = clerk.say("undo-import", str(batch))
    assert (code, answer["reversed"], answer["kept"], answer["failed"]) == (0, 2, [], [])
    assert clerk.hazards() == plain(lines(4))


def test_undoing_keeps_what_was_edited_since_and_says_so(clerk):
    batch = clerk.take(clerk.file("六月.xlsx", table(lines(4))))[1]["batch"]
    number = clerk.say("list", "hazard")[1]["records"][0]["id"]
    clerk.say("edit", "hazard", str(number), "note=已复查")
    code, answer = clerk.say("undo-import", str(batch))
    assert (code, answer["reversed"], answer["failed"]) == (0, 3, [])
    assert [item["id"] for item in answer["kept"]] == [number]
    assert "备注" in answer["kept"][0]["reason"]
    assert [item["note"] for item in clerk.hazards()] == ["已复查"]


def test_after_undoing_the_file_comes_in_again(clerk):
    path = clerk.file("六月.xlsx", table(lines(4)))
    batch = clerk.take(path)[1]["batch"]
    clerk.say("undo-import", str(batch))
    assert clerk.hazards() == []
    assert imported(clerk.take(path)[1]) == 4
    assert clerk.hazards() == plain(lines(4))


@pytest.mark.parametrize("batch", ["999", "1"])
def test_a_batch_is_undone_once_and_an_unknown_one_never(clerk, batch):
    clerk.take(clerk.file("六月.xlsx", table(lines(2))))
    clerk.say("undo-import", "1")
    code, answer = clerk.say("undo-import", batch)
    assert code == 1
    assert answer.get("error") or answer.get("failed")


@pytest.mark.parametrize("name", ["六月.xlsx", "六月.csv", "六月.xls"])
def test_a_returned_file_corrected_brings_only_what_was_missing(clerk, name):
    rows = [line(1), line(2, 发现数量="若干"), line(3, 排查日期="2024-02-30"), line(4)]
    data = {"xlsx": table, "csv": lambda r: delimited([HEAD, *r]), "xls": lambda r: xls([HEAD, *r])}
    path = clerk.file(name, data[name.rpartition(".")[2]](rows))
    code, answer = clerk.take(path, more=("--accept-valid", "--returned", str(clerk.folder / "退回")))
    assert code == 0
    assert imported(answer) == 2
    (returned,) = answer["returned"]
    book = openpyxl.load_workbook(returned)
    sheet = book.active
    sheet["G3"].value, sheet["B4"].value = line(2)[6], line(3)[1]
    book.save(returned)
    code, answer = clerk.take(returned)
    assert code == 0
    assert imported(answer) == 2
    assert clerk.hazards() == plain(lines(4))


def test_a_returned_file_that_is_still_wrong_is_told_again(clerk):
    path = clerk.file("六月.xlsx", table([line(1), line(2, 发现数量="若干"), line(3, 排查日期="二月三十")]))
    folder = ("--returned", str(clerk.folder / "退回"))
    (returned,) = clerk.take(path, more=("--accept-valid", *folder))[1]["returned"]
    book = openpyxl.load_workbook(returned)
    book.active["G3"].value = line(2)[6]
    book.save(returned)
    answer = clerk.take(returned, more=("--accept-valid",))[1]
    assert imported(answer) == 1
    assert {item["row"] for item in parts(answer, "rejected")} == {4}
    assert clerk.hazards() == plain(lines(2))


def test_unknown_headers_come_in_by_a_given_mapping(clerk):
    head = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]
    rows = [[row[n] for n in range(8)] for row in lines(3)]
    path = clerk.file("怪.xlsx", xlsx([head, *rows]))
    assert imported(clerk.take(path)[1]) == 0
    fields = "record_date area place description level quantity_found quantity_rectified".split()
    maps = [
        part for header, name in zip(head[1:], fields, strict=True) for part in ("--map", f"{header}={name}")
    ]
    code, answer = clerk.take(path, more=tuple(maps))
    assert code == 0
    assert imported(answer) == 3
    assert answer["files"][0]["mapping"] == dict(zip(head[1:], fields, strict=True))
    wanted = [dict(item, due_date=None, rectified_date=None) for item in plain(lines(3))]
    assert clerk.hazards() == sorted(wanted, key=str)


def test_a_mapping_to_no_field_is_refused(clerk):
    path = clerk.file("六月.xlsx", table(lines(2)))
    code, answer = clerk.take(path, more=("--map", "发现数量=quantity_fund"))
    assert code in (1, 2)
    assert answer.get("error")
    assert clerk.hazards() == []


def test_a_mapping_of_a_header_that_is_not_there_is_said(clerk):
    path = clerk.file("六月.xlsx", table(lines(2)))
    answer = clerk.take(path, more=("--map", "没有这列=note"))[1]
    assert "没有这列" in json.dumps(answer, ensure_ascii=False)


def test_a_mapping_goes_before_what_was_recognised(clerk):
    head = [*HEAD[:6], "累计数", *HEAD[7:], "本月数"]
    path = clerk.file("六月.xlsx", xlsx([head, *([*row[:6], 99, *row[7:], row[6]] for row in lines(2))]))
    code, answer = clerk.take(path, more=("--map", "本月数=quantity_found", "--map", "累计数="))
    assert code == 0
    assert imported(answer) == 2
    assert clerk.hazards() == plain(lines(2))


def test_who_sent_the_file_is_kept(clerk):
    path = clerk.file("六月.xlsx", table(lines(2)))
    code, _ = clerk.take(path, more=("--reporter", "盖洋镇人民政府"))
    assert code == 0
    found = clerk.say("list", "hazard")[1]["records"]
    assert {item["reporter"] for item in found} <= {"盖洋镇人民政府", "盖洋镇"}
    assert len(found) == 2


def test_only_the_named_sheet_is_read(clerk):
    path = clerk.file("两张.xlsx", sheets({"五月": [HEAD, *lines(2)], "六月": [HEAD, *lines(2, 3)]}))
    code, answer = clerk.take(path, more=("--sheet", "六月"))
    assert code == 0
    assert clerk.hazards() == plain(lines(2, 3))
    code, answer = clerk.take(path, more=("--sheet", "七月"))
    assert code == 1
    assert "七月" in json.dumps(answer, ensure_ascii=False)


def test_several_files_are_one_batch_or_nothing(clerk):
    good = clerk.file("甲.xlsx", table(lines(2)))
    bad = clerk.file("乙.xlsx", table([line(3), line(4, 发现数量="若干")]))
    broken = clerk.file("丙.xlsx", b"PK\x03\x04 noise")
    before = clerk.db.read_bytes()
    code, answer = clerk.take(good, bad, broken)
    assert code == 1
    assert imported(answer) == 0
    assert clerk.db.read_bytes() == before
    code, answer = clerk.take(good, bad, broken, more=("--accept-valid",))
    assert imported(answer) == 3
    assert {file["file"] for file in answer["files"]} == {"甲.xlsx", "乙.xlsx", "丙.xlsx"}
    assert clerk.hazards() == plain(lines(3))
    assert len(clerk.say("batches")[1]) == 1
    clerk.say("undo-import", str(answer["batch"]))
    assert clerk.hazards() == []


def test_the_same_rows_in_two_files_of_one_command_are_stored_once(clerk):
    paths = [clerk.file(name, table(lines(3))) for name in ("甲.xlsx", "乙.xlsx")]
    answer = clerk.take(*paths)[1]
    assert imported(answer) == 3
    assert len(parts(answer, "skipped")) == 3
    assert clerk.hazards() == plain(lines(3))
    answer = clerk.take(paths[0], paths[0])[1]
    assert imported(answer) == 0


def _beside(clerk):
    """What lies in the folder but for the program's own."""
    return {path.name for path in clerk.folder.iterdir()} - {"home"}


def test_a_dry_run_writes_nothing(clerk):
    path = clerk.file("六月.xlsx", table(lines(3)))
    before, there = clerk.db.read_bytes(), _beside(clerk)
    code, answer = clerk.take(path, more=("--dry-run",))
    assert (code, answer["batch"], imported(answer)) == (0, None, 3)
    assert clerk.db.read_bytes() == before
    assert _beside(clerk) == there


def test_a_file_that_is_not_there_and_a_folder_are_told(clerk):
    code, answer = clerk.take(str(clerk.folder / "没有.xlsx"))
    assert code == 1
    assert "没有.xlsx" in json.dumps(answer, ensure_ascii=False)
    (clerk.folder / "夹").mkdir()
    code, answer = clerk.take(str(clerk.folder / "夹"))
    assert code == 1
    assert "夹" in json.dumps(answer, ensure_ascii=False)


def test_the_chosen_year_is_for_dates_without_one_only(clerk):
    rows = [
        line(1, 排查日期="6月9日", 整改期限=None, 整改完成日期=None),
        line(2, 整改期限=None, 整改完成日期=None),
    ]
    path = clerk.file("六月.xlsx", table(rows))
    clerk.say("import", path, "--kind", "hazard", "--year", "2023")
    assert [item["record_date"] for item in clerk.hazards()] == ["2023-06-09", "2024-11-15"]


def test_a_ledger_exported_and_dropped_again_changes_nothing(clerk):
    clerk.take(
        clerk.file(
            "六月.xlsx", table([line(1, 备注="=1+1"), line(2, 隐患内容="-5℃以下\n开裂"), *lines(3, 3)])
        )
    )
    before = clerk.hazards()
    for name in ("出.xlsx", "出.csv"):
        path = str(clerk.folder / name)
        clerk.say("export", "hazard", "-o", path)
        code, answer = clerk.take(path)
        assert (code, imported(answer), parts(answer, "rejected")) == (0, 0, [])
        assert clerk.hazards() == before


def _tally(day: int, *people: int) -> bytes:
    title = [f"“6.9-6.18”强降雨转移人员统计表（累计，截至6月{day}日18时）"]
    rows = zip(("盖洋镇", "胡坊镇"), people, strict=True)
    return xlsx([title, ["乡镇", "下沉干部", "转移人数"], *([area, 10, count] for area, count in rows)])


def test_a_later_running_total_stands_beside_the_earlier_one(clerk):
    for day, people in ((13, (100, 50)), (14, (120, 50))):
        code, answer = clerk.take(clerk.file(f"{day}.xlsx", _tally(day, *people)), kind="response_tally")
        assert code == 0
        assert imported(answer) == 2
    found = clerk.say("list", "response_tally")[1]["records"]
    assert {(item["record_date"], item["area"], item["evacuees"], item["basis"]) for item in found} == {
        (f"2024-06-{day}", area, people, "累计")
        for day, area, people in (
            (13, "盖洋镇", 100),
            (13, "胡坊镇", 50),
            (14, "盖洋镇", 120),
            (14, "胡坊镇", 50),
        )
    }


def test_a_corrected_running_total_replaces_its_own_day(clerk):
    clerk.take(clerk.file("13.xlsx", _tally(13, 100, 50)), kind="response_tally")
    path = clerk.file("13（更正）.xlsx", _tally(13, 110, 50))
    answer = clerk.take(path, kind="response_tally")[1]
    assert imported(answer) == 0
    assert [item["row"] for item in parts(answer, "skipped")] == [1, 3, 4], (
        "the title, and rows that are there"
    )
    answer = clerk.take(path, kind="response_tally", more=("--changed", "replace"))[1]
    assert imported(answer) == 1
    found = clerk.say("list", "response_tally")[1]["records"]
    assert sorted(item["evacuees"] for item in found) == [50, 110]


def test_a_template_filled_in_is_taken(clerk):
    path = str(clerk.folder / "模板.xlsx")
    clerk.say("template", "hazard", "-o", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    place = {str(cell.value).lstrip("*").partition("（")[0]: cell.column for cell in sheet[1]}
    values = {"日期": "2024-06-09", "乡镇": "盖洋镇", "行业领域": "消防", "隐患等级": "一般"}
    for name, value in (values | {"隐患描述": "灭火器过期", "发现数": 2, "已整改数": 1}).items():
        sheet.cell(2, place[name], value)
    book.save(path)
    assert imported(clerk.take(path)[1]) == 1
    assert [item["quantity_found"] for item in clerk.hazards()] == [2]
