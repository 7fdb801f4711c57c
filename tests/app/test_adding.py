"""add --stdin: one object a line in, one result a line out, and no acknowledged record is ever lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from mingxi_desktop.app.cli import main
from mingxi_desktop.ledger import Ledger

from .conftest import Run

ROW = {"record_date": "2024-06-09", "area": "盖洋镇", "description": "消防通道堵塞"}


def lines(*rows: object) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8")


def test_a_bad_line_does_not_stop_the_others(on: Run) -> None:
    bad = [{**ROW, "quantity_found": "很多"}, {**ROW, "colour": "红"}, ["x"], {**ROW, "description": ""}]
    answer = on("add", "hazard", "--stdin", stdin=lines(ROW, *bad) + b"\n{\n\xff\n" + lines(ROW))
    assert answer.code == 1
    first, *wrong, last = answer.lines
    assert (first["id"], last["id"]) == (1, 2)
    assert [line["field"] for line in wrong] == ["quantity_found", "colour", None, "description", None, None]
    assert "不是 JSON" in wrong[4]["error"]
    assert "UTF-8" in wrong[5]["error"]
    assert on("list", "hazard").json["total"] == 2


def test_values_come_in_json_types(on: Run) -> None:
    row = {
        **ROW,
        "record_date": 20240609,
        "quantity_found": 3,
        "in_total": False,
        "campaign": ["大排查大整治", "治本攻坚三年行动"],
        "rectify_fund": 76026.5,
        "note": None,
        "category": 12,
    }
    assert on("add", "hazard", "--stdin", stdin=b"\xef\xbb\xbf" + lines(row)).code == 0
    record = on("list", "hazard").json["records"][0]
    assert record["record_date"] == "2024-06-09"
    assert (record["quantity_found"], record["in_total"]) == (3, False)
    assert record["campaign"] == ["大排查大整治", "治本攻坚三年行动"]
    assert (record["rectify_fund"], record["rectify_fund_fen"]) == ("7.60265万元", 7_602_650)
    assert (record["note"], record["category"]) == (None, "12")


def test_money_in_fen(on: Run) -> None:
    rows = [
        {**ROW, "rectify_fund_fen": 123_456},
        {**ROW, "rectify_fund_fen": 123_456, "rectify_fund": "1234.56元"},
        {**ROW, "rectify_fund_fen": 1, "rectify_fund": 1},
        {**ROW, "rectify_fund_fen": 1.5},
        {**ROW, "rectify_fund_fen": -100},
    ]
    answers = on("add", "hazard", "--stdin", stdin=lines(*rows)).lines
    assert [answer.get("id") for answer in answers] == [1, 2, None, None, None]
    assert [answer.get("field") for answer in answers[2:4]] == ["rectify_fund", "rectify_fund_fen"]
    amounts = [record["rectify_fund_fen"] for record in on("list", "hazard").json["records"]]
    assert amounts == [123_456, 123_456]


@pytest.mark.parametrize(
    "number", ["1e400", "NaN", "-Infinity", "1e-400", "9" * 5000, "1.5", "true", "[1]", "{}"]
)
def test_numbers_that_are_none_are_refused(number: str, on: Run) -> None:
    row = json.dumps({**ROW, "quantity_found": 1}).replace(
        '"quantity_found": 1', f'"quantity_found": {number}'
    )
    answer = on("add", "hazard", "--stdin", stdin=row.encode())
    assert answer.code == 1
    assert "error" in answer.lines[0]
    assert "Exceeds" not in answer.text


def test_a_number_for_a_record_is_its_id(on: Run) -> None:
    on("add", "hazard", "--stdin", stdin=lines({**ROW, "code": "7"}, {**ROW, "code": "1"}))
    step = {"hazard": 1, "action": "下达整改", "record_date": "2024-06-10"}
    on("add", "hazard_step", "--stdin", stdin=lines(step))
    assert on("list", "hazard_step").json["records"][0]["hazard"] == "7"


def test_children_come_along(on: Run) -> None:
    movement = {"record_date": "2024-06-09", "area": "县直", "type": "调拨", "receiver": "盖洋镇"}
    items = [{"item": "棉被", "quantity": 100}, {"item": "棉大衣", "quantity": "20件"}]
    wrong = [{"item": "棉被", "quantity": 0}]
    answer = on(
        "add",
        "supply_movement",
        "--stdin",
        stdin=lines(
            {**movement, "supply_line": items},
            {**movement, "supply_line": wrong},
            {**movement, "supply_line": 1},
        ),
    )
    assert [("id" in line) for line in answer.lines] == [True, False, False]
    assert on("list", "supply_movement").json["total"] == 1
    assert {row["item"]: row["quantity"] for row in on("list", "supply_line").json["records"]} == {
        "棉被": 100,
        "棉大衣": 20,
    }


def _write(pipe: IO[bytes], data: bytes) -> None:
    with suppress(OSError), pipe:  # whoever reads it may be killed
        pipe.write(data)


def test_killed_midway_every_acknowledged_record_is_there(db: Path) -> None:
    command = [sys.executable, "-m", "mingxi_desktop", "add", "hazard", "--stdin", "--db", str(db)]
    env = {**os.environ, "PYTHONIOENCODING": "gbk"}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
    assert process.stdin is not None
    assert process.stdout is not None
    rows = lines(*[{**ROW, "quantity_found": number + 1} for number in range(400)])
    # Beside the reading: a pipe of Windows holds less than all of them.
    writer = threading.Thread(target=_write, args=(process.stdin, rows))
    writer.start()
    acknowledged = [json.loads(process.stdout.readline()) for _ in range(25)]
    process.kill()
    with process.stdout:
        rest = process.stdout.read()
    process.wait()
    writer.join()
    whole = [line for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]
    acknowledged += [json.loads(line) for line in whole]
    with Ledger.open(db) as ledger:
        there = {
            record.id: record for record in ledger.records("hazard", [row["id"] for row in acknowledged])
        }
        assert ledger.verify() == []
    assert len(acknowledged) >= 25
    for row in acknowledged:
        assert there[row["id"]].uid == row["uid"]
        assert there[row["id"]].values["quantity_found"] == row["id"]


def test_a_closed_standard_input_is_told(
    db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["add", "hazard", "--stdin", "--db", str(db)]) == 1
    assert "没有标准输入" in capsys.readouterr().err


def test_what_the_program_numbers_is_not_asked_for(on: Run) -> None:
    refused = on("add", "hazard", "area=盖洋镇", "description=堵塞").json
    assert (refused["error"], refused["field"]) == ("要填写日期", "record_date")
    assert "编号" not in refused["detail"]
    assert "编号" not in on("add", "hazard").text


def test_a_refusal_says_that_nothing_was_stored(run: Run, db: Path) -> None:
    for given in (["area=盖洋镇"], ["area=火星"]):
        refused = run("add", "hazard", *given, "--db", db)
        assert refused.code == 1
        assert "没有" in refused.err.splitlines()[-1]
        assert "已填" not in refused.err, "there is no form that still has it"
