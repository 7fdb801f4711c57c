"""Bad input: a Chinese sentence that says what, where and what next; exit code 1; nothing half done."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import HAZARD, Answer, Run


def refused(answer: Answer, said: str, field: str | None = None) -> None:
    assert answer.code == 1
    document = answer.json
    assert set(document) == {"error", "detail", "hint", "field"}
    assert said in document["error"] + document["detail"]
    assert document["hint"] or document["detail"]
    assert document["field"] == field
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("value", "field", "said"),
    [
        ("quantity_found=很多", "quantity_found", "很多"),
        ("quantity_found=0", "quantity_found", "不能小于1"),
        ("quantity_found=2.5", "quantity_found", "小数"),
        ("quantity_found=3吨", "quantity_found", "吨"),
        ("quantity_rectified=-1", "quantity_rectified", "负数"),
        ("quantity_rectified=2", "quantity_rectified", "不能大于发现数"),
        ("record_date=1999-12-31", "record_date", "2000-01-01"),
        ("record_date=2999-01-01", "record_date", "2999"),
        ("record_date=2024-02-30", "record_date", "2024-02-30"),
        ("record_date=6月9日", "record_date", "年份"),
        ("record_date=昨天", "record_date", "昨天"),
        ("due_date=2024-01-01", "due_date", "不能早于发现日期"),
        ("due_date=9999-01-01", "due_date", "9999"),
        ("area=火星", "area", "没有这个乡镇"),
        ("area=", "area", "要填写乡镇"),
        ("level=特大", "level", "一般、重大"),
        ("campaign=没有的行动", "campaign", "没有的行动"),
        ("in_total=也许", "in_total", "也许"),
        ("rectify_fund=100美元", "rectify_fund", "人民币"),
        ("rectify_fund_fen=1.5", "rectify_fund_fen", "整数"),
        ("description=" + "字" * 2001, "description", "2001个字"),
        ("inspection=没有的检查", "inspection", "没有的检查"),
        ("status=已销号", "status", "由程序算出"),
        ("evidence=照片.jpg", "evidence", "还没有"),
        ("颜色=红", "颜色", "没有叫“颜色”的字段"),
        ("status_fen=1", "status_fen", "没有叫“status_fen”的字段"),
    ],
)
def test_what_cannot_be_stored_names_the_field(value: str, field: str, said: str, on: Run) -> None:
    name = value.partition("=")[0]
    row = [part for part in HAZARD if not part.startswith(f"{name}=")]
    refused(on("add", "hazard", *row, value), said, field)
    assert on("list", "hazard").json["total"] == 0


def test_the_same_rules_hold_for_edit_and_where(on: Run, hazard: int) -> None:
    refused(on("edit", "hazard", hazard, "quantity_rectified=9"), "不能大于发现数", "quantity_rectified")
    refused(on("edit", "hazard", hazard, "record_date=1999-01-01"), "2000", "record_date")
    refused(on("edit", "hazard", hazard, "level=特大", "quantity_found=5"), "特大", "level")
    refused(on("edit", "hazard", hazard, "颜色=红"), "颜色", "颜色")
    refused(on("list", "hazard", "--where", "level=特大"), "特大", "level")
    refused(on("list", "hazard", "--where", "颜色=红"), "颜色", "颜色")
    refused(on("list", "hazard", "--where", "id=一"), "整数", "id")
    both = ("--where", "record_date=2024-01..2024-02", "--where", "record_date=2024-03-01")
    refused(on("list", "hazard", *both), "只能写一次", "record_date")
    assert len(on("history", "hazard", hazard).json) == 1


def test_what_is_not_there_is_named(on: Run, tmp_path: Path) -> None:
    refused(on("list", "hazards"), "没有叫“hazards”的台账")
    refused(on("edit", "hazard", 9, "note=x"), "9")
    refused(on("delete", "hazard", 9), "9")
    refused(on("history", "hazard", 9), "9")
    refused(on("undo-import", 9), "9")
    refused(on("trace", "nothing", "--year", "2024"), "nothing")
    refused(on("chart", "nothing", "--year", "2024", "-o", tmp_path / "a.png"), "nothing")
    refused(on("chart", "hazards_by_month", "--year", "2024", "-o", tmp_path / "a.gif"), ".gif")
    refused(on("report", "--year", "2024", "-o", tmp_path / "a.odt"), ".odt")
    refused(on("export", "hazard", "-o", tmp_path / "a.pdf"), ".pdf")
    refused(on("export", "hazard", "-o", tmp_path / "no" / "a.xlsx"), "没有这个文件夹")
    refused(on("export", "hazard", "-o", tmp_path), "文件夹")
    refused(on("indicators", "--year", "2024", "--as-of", "2023-12-31"), "之前")
    assert {path.name for path in tmp_path.iterdir()} <= {"账.mxdb", "账.mxdb-journal", "home"}


VERBS = (
    ["list", "hazard"],
    ["add", "hazard", *HAZARD],
    ["indicators", "--year", "2024"],
    ["backup"],
)


def foreign(path: Path, what: str) -> None:
    if what == "sqlite":
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE hazard (id INTEGER PRIMARY KEY, x TEXT)")
            other.execute("INSERT INTO hazard (x) VALUES ('别人的')")
        other.close()
    else:
        content = {"text": "这是一份通知\n" * 50, "empty": "", "short": "SQLite format 3\0"}[what]
        path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize("what", ["sqlite", "text", "empty", "short"])
def test_a_foreign_file_is_refused_and_untouched(what: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "foreign.mxdb"
    foreign(path, what)
    before = path.read_bytes()
    for verb in (*VERBS, ["restore", str(path)]):
        target = tmp_path / "other.mxdb" if verb[0] == "restore" else path
        answer = run(*verb, "--db", target, "--json")
        refused(answer, str(path))
    checked = run("verify", "--db", path, "--json")
    assert (checked.code, checked.json["ok"], len(checked.json["problems"])) == (1, False, 1)
    for verb in ("new", "demo"):
        refused(run(verb, "--db", path, "--json"), str(path))
    assert path.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"foreign.mxdb", "home"}


def test_a_missing_file_is_not_made(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.mxdb"
    for verb in VERBS:
        refused(run(*verb, "--db", path, "--json"), str(path))
    assert run("verify", "--db", path, "--json").json["ok"] is False
    assert not path.exists()
    answer = run("list", "hazard", "--json")
    refused(answer, "还没有台账文件")
    assert "new" in answer.json["hint"]


def test_a_folder_is_no_ledger(run: Run, tmp_path: Path) -> None:
    for verb in VERBS:
        refused(run(*verb, "--db", tmp_path, "--json"), str(tmp_path))
    refused(run("new", "--db", tmp_path, "--json"), str(tmp_path))


HOLD = """
import sys
from pathlib import Path
from mingxi_desktop.ledger import Ledger

with Ledger.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_a_file_that_another_program_holds_is_refused_and_then_opens(run: Run, db: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"open"
        for verb in VERBS[:2]:
            refused(run(*verb, "--db", db, "--json"), "正被另一个程序使用")
        assert "正被另一个程序使用" in run("verify", "--db", db, "--json").json["problems"][0]
    finally:
        holder.communicate(b"\n")
    assert run("list", "hazard", "--db", db, "--json").json["total"] == 0


def test_odd_characters_are_text_like_any_other(on: Run, hazard: int) -> None:
    odd = "\udcff\x00\u202e<b>%s&\t' OR 1=1"
    assert on("edit", "hazard", hazard, f"note={odd}").code == 0
    assert on("list", "hazard", "--search", odd).code == 0
    assert on("list", "hazard", "--where", f"note={odd}").code == 0
    lone = b'{"record_date":"2024-06-09","area":"\\ud800","description":"x"}\n{"\\ud800":1}\n'
    assert [set(line) for line in on("add", "hazard", "--stdin", stdin=lone).lines] == [
        {"error", "field"}
    ] * 2
    note = on("list", "hazard").json["records"][0]["note"]
    assert note.endswith("<b>%s&\t' OR 1=1")
    assert "\x00" not in note
    assert on("verify").json["ok"] is True
