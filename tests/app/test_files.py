"""new, demo, backup, restore and verify through the command line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, demo, door
from mingxi_desktop.ledger.safekeeping import backups, second_place
from mingxi_desktop.storage.store import Store

from .conftest import HAZARD, Run


def test_new_makes_a_ledger_with_its_lists_and_never_overwrites(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "新.mxdb"
    answer = run("new", "--db", path, "--bureau", "沙县区应急管理局", "--json")
    assert (answer.code, answer.json) == (0, {"db": str(path)})
    with Ledger.open(path) as ledger:
        assert ledger.setting("bureau") == "沙县区应急管理局"
        assert len(ledger.entries("area")) == 10
    before = path.read_bytes()
    again = run("new", "--db", path, "--json")
    assert (again.code, "已经存在" in again.json["error"]) == (1, True)
    assert path.read_bytes() == before


def test_new_without_a_name_takes_the_data_folder(run: Run, tmp_home: Path) -> None:
    path = run("new", "--json").json["db"]
    assert Path(path).parent == tmp_home
    assert run("list", "hazard", "--json").json["total"] == 0


def test_demo_counts_what_it_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def build(path: Path, year: int, bureau: str) -> dict[str, int]:
        asked.append((path, year, bureau))
        return {"hazard": 1683}

    monkeypatch.setattr(demo, "build", build)
    path = tmp_path / "demo.mxdb"
    assert run("demo", "--db", path, "--json").json == {"db": str(path), "records": {"hazard": 1683}}
    assert "隐患 1683条" in run("demo", "--db", path, "--year", "2022").text
    assert asked == [(path, 2024, "明溪县应急管理局"), (path, 2022, "明溪县应急管理局")]


def test_a_backup_brings_everything_back_and_keeps_what_was_there(
    on: Run, db: Path, hazard: int, tmp_path: Path
) -> None:
    backup = on("backup", "-o", tmp_path / "备份.mxbak").json
    assert (backup["ok"], backup["problems"]) == (True, [])
    on("add", "hazard", *HAZARD)
    on("edit", "hazard", hazard, "note=后来改的")
    answer = on("restore", backup["file"])
    assert answer.code == 0
    assert on("list", "hazard").json["total"] == 1
    with Ledger.open(Path(answer.json["aside"])) as kept:
        assert kept.counts()["hazard"] == 2
    refused = on("backup", "-o", tmp_path / "备份.mxbak")
    assert (refused.code, "没有覆盖" in refused.json["error"]) == (1, True)


def test_what_did_not_come_along_stands_among_the_problems(
    on: Run, run: Run, db: Path, hazard: int, tmp_path: Path
) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"x")
    with Ledger.open(db) as ledger:
        ledger.attach("hazard", hazard, [photo])
    (tmp_path / "U盘").mkdir()
    backup = on("backup", "-o", tmp_path / "U盘" / "备份.mxbak").json["file"]
    answer = run("restore", backup, "--db", tmp_path / "新" / "台账.mxdb", "--json")
    assert (answer.code, answer.json["ok"]) == (0, True)
    assert "有 1 个佐证材料" in answer.json["problems"][0]


def test_a_second_place_without_room_stands_among_the_problems(
    on: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "U盘").mkdir()
    with Ledger.open(db) as ledger:
        ledger.set_setting(backups.SECOND_PLACE, str(tmp_path / "U盘"))

    def full(*_: Any) -> Path:
        raise UserError("第二份备份没有存成", "磁盘 E: 满了")

    monkeypatch.setattr(second_place, "copy_there", full)
    answer = on("backup")
    said = "第二份备份没有存成（磁盘 E: 满了）"
    assert (answer.code, answer.json["ok"], answer.json["problems"]) == (0, True, [said])
    assert Path(answer.json["file"]).exists()
    assert f"提示：{said}" in answer.err


def test_a_ledger_that_can_only_be_read_is_verified_in_a_copy(
    on: Run, db: Path, hazard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = Store.open

    def open_(path: Path, *args: Any, **options: Any) -> Store:
        if path.name == db.name:
            raise UserError("打不开台账文件")
        return opening(path, *args, **options)

    monkeypatch.setattr(Store, "open", open_)
    monkeypatch.setattr(door.os, "access", lambda _path, mode: mode != os.W_OK)
    refused = on("list", "hazard")
    assert (refused.code, "只读" in refused.json["error"]) == (1, True)
    assert "verify" in refused.json["hint"]
    assert on("verify").json["ok"] is True


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be deleted there")
def test_a_command_in_a_deleted_folder_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "没了"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    answer = run("list", "hazard", "--db", "台账.mxdb", "--json")
    assert (answer.code, "已经删除的文件夹" in answer.json["error"]) == (1, True)
    assert "cd" in answer.json["hint"]


def test_a_file_in_place_of_the_folder_is_told(on: Run, tmp_path: Path) -> None:
    (tmp_path / "甲").write_text("x", encoding="utf-8")
    for written in (("backup",), ("export", "hazard"), ("template", "hazard")):
        answer = on(*written, "-o", tmp_path / "甲" / "乙.xlsx")
        assert (answer.code, answer.json["error"]) == (1, "没有这个文件夹")
        assert answer.json["detail"].endswith("甲（这是一个文件）")


@pytest.mark.skipif(os.name == "nt", reason="no pipes among files there")
def test_what_is_no_file_is_never_replaced_by_a_restored_one(run: Run, on: Run, tmp_path: Path) -> None:
    backup = on("backup", "-o", tmp_path / "一.mxbak").json["file"]
    pipe, folder = tmp_path / "管道.mxdb", tmp_path / "夹.mxdb"
    os.mkfifo(pipe)
    folder.mkdir()
    for place, said in ((pipe, "这是一个设备或管道"), (folder, "这是一个文件夹")):
        answer = run("restore", backup, "--db", place, "--json")
        assert (answer.code, answer.json["error"]) == (1, f"{said}，不是台账文件")
    assert pipe.is_fifo()
    assert sorted(
        path.name for path in tmp_path.iterdir() if path.name.endswith((".part", ".mxdb"))
    ) == sorted(["夹.mxdb", "管道.mxdb", "账.mxdb"])


def test_a_backup_without_a_name_lies_beside_the_ledger(on: Run, db: Path) -> None:
    backup = Path(on("backup").json["file"])
    assert backup.parent == db.parent / "备份"
    assert on("verify", "--db", backup).json["ok"] is True


def test_verify_finds_what_was_changed_outside_the_program(run: Run, on: Run, db: Path, hazard: int) -> None:
    sound = on("verify")
    assert (sound.code, sound.json["ok"], sound.json["problems"]) == (0, True, [])
    content = db.read_bytes()
    assert content.count("消防通道堵塞".encode()) >= 1
    db.write_bytes(content.replace("消防通道堵塞".encode(), "消防通道畅通".encode()))
    found = on("verify")
    assert (found.code, found.json["ok"]) == (1, False)
    assert any(f"隐患 #{hazard}" in problem for problem in found.json["problems"])
    told = run("verify", "--db", db)
    assert told.code == 1
    assert "备份恢复" in told.text


def test_a_damaged_page_is_told_as_damage(on: Run, run: Run, db: Path) -> None:
    rows = b"".join(
        b'{"record_date":"2024-06-09","area":"\xe7\x9b\x96\xe6\xb4\x8b\xe9\x95\x87","description":"%d"}\n'
        % number
        for number in range(300)
    )
    assert on("add", "hazard", "--stdin", stdin=rows).code == 0
    content = bytearray(db.read_bytes())
    place = content.rindex("盖洋镇".encode())
    content[place - place % 4096 : place - place % 4096 + 200] = b"\xff" * 200
    db.write_bytes(content)
    assert on("verify").json["ok"] is False
    answer = run("list", "hazard", "--search", "盖洋", "--db", db)
    assert "Traceback" not in answer.err


def test_damage_is_told_without_the_english_of_the_database(on: Run, run: Run, db: Path) -> None:
    on("add", "hazard", *HAZARD)
    text = "消防通道堵塞".encode()
    content = db.read_bytes()
    db.write_bytes(content.replace(text, "消防通道畅通".encode(), 1))  # an index has it, too
    problems = on("verify").json["problems"]
    assert any("内部结构坏了" in problem for problem in problems)
    for told in (*problems, *on("repair").json["problems"], run("repair", "--db", db).text):
        assert not re.search(r"\b(row|index|missing)\b", told), told
