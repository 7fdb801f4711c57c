"""The command line on a USB stick, a network drive, a synchronised folder: refused before anything is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mingxi_desktop.ledger import places
from mingxi_desktop.ledger.drives import Drive

from .conftest import HAZARD, Run


@pytest.fixture
def sort() -> Drive:
    """What the system says of the folder."""
    return Drive.REMOVABLE


@pytest.fixture
def away(sort: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where no live ledger may lie."""
    folder = tmp_path / ("坚果云" if sort is Drive.FIXED else "E")
    folder.mkdir()
    monkeypatch.setattr(places, "drive_of", lambda path: sort if path.is_relative_to(folder) else Drive.FIXED)
    return folder


@pytest.mark.parametrize("sort", [*Drive])
def test_no_ledger_is_made_there(run: Run, away: Path) -> None:
    answer = run("new", "--db", away / "局" / "新.mxdb", "--json")
    assert (answer.code, "没有新建" in answer.json["error"]) == (1, True)
    assert "本机硬盘" in answer.json["hint"]
    assert list(away.iterdir()) == []


def test_a_ledger_there_is_not_opened(run: Run, on: Run, db: Path, hazard: int, away: Path) -> None:
    backup = away / "b.mxbak"
    assert on("backup", "-o", backup).code == 0, "backups may go there"
    assert on("export", "hazard", "-o", away / "o.csv").code == 0
    there = {one.name for one in away.iterdir()}
    for verb in (["demo"], ["restore", backup]):
        answer = run(*verb, "--db", away / "新.mxdb", "--json")
        assert (answer.code, "不能放在" in answer.json["error"]) == (1, True), verb
        assert {one.name for one in away.iterdir()} == there, "before anything is written"
    live = Path(shutil.copyfile(db, away / "台账.mxdb"))
    before = live.read_bytes(), live.stat().st_mtime_ns
    for verb in (["list", "hazard"], ["add", "hazard", *HAZARD], ["backup"]):
        answer = run(*verb, "--db", live, "--json")
        assert (answer.code, "没有打开" in answer.json["error"]) == (1, True), verb
        assert f'restore "{live}"' in answer.json["hint"]
    assert run("verify", "--db", live, "--json").json["ok"] is True, "it is looked into in a copy"
    home = db.with_name("本机.mxdb")
    assert run("restore", live, "--db", home).code == 0, "the way on that the message names"
    assert run("list", "hazard", "--db", home, "--json").json["total"] == 1
    assert (live.read_bytes(), live.stat().st_mtime_ns) == before


def test_a_backup_is_looked_into_and_not_worked_in(run: Run, on: Run, hazard: int, tmp_path: Path) -> None:
    backup = Path(on("backup", "-o", tmp_path / "b.mxbak").json["file"])
    before = backup.read_bytes(), backup.stat().st_mtime_ns
    answer = run("add", "hazard", *HAZARD, "--db", backup, "--json")
    assert (answer.code, "这是台账的备份" in answer.json["error"]) == (1, True)
    assert "restore" in answer.json["hint"]
    assert run("verify", "--db", backup, "--json").json["ok"] is True
    assert (backup.read_bytes(), backup.stat().st_mtime_ns) == before


def test_a_clock_set_back_is_remarked_on(
    run: Run, db: Path, hazard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingxi_desktop.ledger.clock.now", lambda: "2014-06-09 08:00:00")
    answer = run("list", "hazard", "--db", db)
    assert answer.code == 0
    assert "请核对电脑的日期" in answer.err
    assert "请核对" not in run("list", "hazard", "--db", db, "--quiet").err
