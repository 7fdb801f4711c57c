"""A damaged ledger on the command line: every verb refuses it, `verify` names what is wrong, `repair` leads back."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.storage import beside, seal
from tests.sealing import never_sealed, outside

from .conftest import HAZARD, Run


def test_repair_leads_back_and_keeps_the_damaged_file(on: Run, run: Run, db: Path, hazard: int) -> None:
    assert on("repair").json == {"ok": True, "file": str(db), "problems": [], "ways": []}
    on("backup")
    on("edit", "hazard", hazard, "note=备份以后")
    outside(db, f"UPDATE hazard SET note = 'x' WHERE id = {hazard}")
    damaged = db.read_bytes()
    for verb in (["list", "hazard"], ["add", "hazard", *HAZARD], ["backup"]):
        refused = on(*verb)
        assert (refused.code, "在程序之外被改动过" in refused.json["error"]) == (1, True)
    assert f"隐患 #{hazard} 在程序之外被改动过" in on("verify").json["problems"]
    told = on("repair")
    assert (told.code, told.json["best"]) == (1, "changes")
    assert [way["way"] for way in told.json["ways"] if way["possible"]] == ["changes", "backup", "salvage"]
    assert "repair --way changes" in run("repair", "--db", db).text
    assert db.read_bytes() == damaged
    done = on("repair", "--way", "best")
    assert (done.code, done.json["lost"], done.json["way"]) == (0, [], "changes")
    assert Path(done.json["kept"]).read_bytes() == damaged
    assert on("verify").json["ok"]
    assert on("list", "hazard").json["records"][0]["note"] == "备份以后"


def test_a_ledger_in_use_is_not_judged(on: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "in_use", lambda _: True)
    refused = on("repair")
    assert (refused.code, "正被另一个程序使用" in refused.json["error"]) == (1, True)


def test_a_way_that_is_not_open_is_refused(on: Run, db: Path, hazard: int) -> None:
    outside(db, f"UPDATE hazard SET note = 'x' WHERE id = {hazard}")
    refused = on("repair", "--way", "backup")
    assert (refused.code, "走不通" in refused.json["error"]) == (1, True)
    db.write_bytes(b"")
    refused = on("repair", "--way", "best")
    assert (refused.code, "restore" in refused.json["hint"]) == (1, True)
    assert on("repair", "--way", "nix").code == 2


def test_where_no_way_is_open_the_backup_of_another_history_is_named(
    on: Run, run: Run, db: Path, hazard: int
) -> None:
    backup = Path(on("backup").json["file"])
    db.unlink()
    assert on("new").code == 0
    assert "restore" not in run("repair", "--db", db).text
    assert on("repair", "--way", "accept").code == 0
    db.write_bytes(bytes(100) + db.read_bytes()[100:])
    told = on("repair").json
    assert (told["best"], Path(told["other"])) == (None, backup)
    assert backup.name in run("repair", "--db", db).text
    assert backup.name in on("repair", "--way", "best").json["hint"]
    assert on("restore", backup).code == 0
    assert on("list", "hazard").json["records"][0]["id"] == hazard


def test_after_a_cut_short_session_the_next_call_looks_through_it(on: Run, db: Path, hazard: int) -> None:
    for statement, code in (("SELECT 1", 0), (f"UPDATE hazard SET note = 'x' WHERE id = {hazard}", 1)):
        outside(db, statement)
        never_sealed(db)
        answer = on("list", "hazard")
        assert answer.code == code
        assert seal.holds(db) is not bool(code)
    assert f"隐患 #{hazard}" in answer.json["detail"]
    assert on("verify").json["ok"] is False
    assert on("repair", "--way", "salvage").code == 0
    assert on("verify").json["ok"] is True
