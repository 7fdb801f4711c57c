"""The opening password on the command line, and numbers of people in what people read there."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path

import pytest

from mingxi_desktop import logs
from mingxi_desktop.app import passwords
from mingxi_desktop.ledger import Ledger, locking

from .conftest import HAZARD, Run

SECRET = "明溪2024-密"


@pytest.fixture
def locked(on: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "_COST", 2)
    monkeypatch.setenv("MINGXI_NEW_PASSWORD", SECRET)
    assert on("password", "--set").json == {"password": True, "changed": True}
    monkeypatch.delenv("MINGXI_NEW_PASSWORD")


@pytest.mark.usefixtures("locked")
def test_every_verb_wants_the_password(on: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = db.read_bytes()
    for given in ("", "别的"):
        monkeypatch.setenv("MINGXI_PASSWORD", given)
        for arguments in (
            ("list", "hazard"),
            ("add", "hazard", *HAZARD),
            ("verify",),
            ("backup",),
            ("password",),
        ):
            answer = on(*arguments)
            assert answer.code == 1
            assert "口令" in str(answer.json)
            assert "MINGXI_PASSWORD" in str(answer.json)
    assert db.read_bytes() == before
    monkeypatch.setenv("MINGXI_PASSWORD", SECRET)
    assert on("list", "hazard").code == 0
    assert on("password").json == {"password": True, "changed": False}
    assert on("verify").json["ok"]
    assert on("password", "--remove").json["changed"]
    monkeypatch.delenv("MINGXI_PASSWORD")
    assert on("list", "hazard").code == 0


@pytest.mark.usefixtures("locked")
def test_at_a_terminal_it_is_asked_for(run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ["错的", SECRET]
    monkeypatch.setattr(getpass, "getpass", lambda *_, **__: typed.pop(0))
    monkeypatch.setattr(passwords, "_terminal", lambda: True)
    answer = run("list", "hazard", "--db", db)
    assert answer.code == 0
    assert not typed
    assert "口令不对" in answer.err


@pytest.mark.usefixtures("locked")
def test_a_forgotten_password_is_taken_away_and_noted(on: Run, db: Path) -> None:
    assert on("password", "--remove", "--forgotten").json["changed"]
    with Ledger.open(db) as ledger:
        assert not ledger.remarks.has_password
        assert not ledger.verify()
    for place in (db, *logs.log_file().parent.iterdir()):
        assert SECRET.encode() not in place.read_bytes(), "neither file nor log holds a password"


def test_people_read_masked_numbers_and_programs_whole_ones(run: Run, db: Path, tmp_path: Path) -> None:
    def on(*arguments: object) -> str:
        answer = run(*arguments, "--db", db)
        assert answer.code == 0, answer
        return answer.text

    on("add", "hazard", *HAZARD[:2], "description=王家 13812345678 屋后滑坡", "owner=张三")
    number = run("list", "hazard", "--search", "王家", "--db", db, "--json").json["records"][0]["id"]
    on("edit", "hazard", number, "owner=张三 13912345678")
    assert "138****5678" in on("list", "hazard")
    assert "13812345678" in on("list", "hazard", "--personal")
    assert "139****5678" in on("history", "hazard", number)
    assert "13812345678" in on("list", "hazard", "--json")
    path = tmp_path / "隐患.csv"
    assert "有2格" in on("export", "hazard", "-o", path)
    assert "13812345678" not in path.read_text(encoding="utf-8-sig")
    on("export", "hazard", "-o", path, "--personal")
    assert "13812345678" in path.read_text(encoding="utf-8-sig")
    assert path.name in on("exports")
