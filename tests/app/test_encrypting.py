"""`encrypt`: two steps, passwords from the environment, and every other verb on an encrypted ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.ledger import locking
from mingxi_desktop.ledger.safekeeping.backups import Backups
from mingxi_desktop.storage import cipher, keys
from tests.app.conftest import Run
from tests.ledgers import BACKUP_BEFORE

FIRST, SECOND = "明溪 2024 口令", "另一个 2025 口令"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_POWER", 10)
    monkeypatch.setattr(locking, "_COST", 1024)
    monkeypatch.setattr(cipher, "_known", {})
    monkeypatch.setattr(Backups, "before", BACKUP_BEFORE)
    for name in ("MINGXI_PASSWORD", "MINGXI_NEW_PASSWORD", "MINGXI_CODE"):
        monkeypatch.delenv(name, raising=False)


def test_a_ledger_is_encrypted_and_used_from_scripts(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--db", db, "add", "hazard", "record_date=2024-06-09", "area=盖洋镇", "description=消防通道堵塞")
    assert run("--db", db, "encrypt", "--json").json["encrypted"] is False
    told = run("--db", db, "encrypt", "on", "--json").json
    assert (told["changed"], keys.secret_of(told["code"]) is not None) == (False, True)

    monkeypatch.setenv("MINGXI_CODE", told["code"])
    monkeypatch.setenv("MINGXI_NEW_PASSWORD", FIRST)
    done = run("--db", db, "encrypt", "on", "--json").json
    assert done["encrypted"] is True
    assert done["plain"] == [done["backup"]]
    assert "消防".encode() not in db.read_bytes()

    cipher._known.clear()
    assert "加密" in run("--db", db, "list", "hazard", "--json").json["error"]
    monkeypatch.setenv("MINGXI_PASSWORD", "不是这个口令")
    assert "口令不对" in run("--db", db, "list", "hazard", "--json").json["error"]
    for password in (FIRST, told["code"]):
        monkeypatch.setenv("MINGXI_PASSWORD", password)
        assert run("--db", db, "list", "hazard", "--json").json["total"] == 1
        assert run("--db", db, "verify").code == 0

    monkeypatch.setenv("MINGXI_NEW_PASSWORD", SECOND)
    assert run("--db", db, "encrypt", "password").code == 0
    monkeypatch.setenv("MINGXI_PASSWORD", SECOND)
    assert run("--db", db, "encrypt", "off", "--json").json["encrypted"] is False
    monkeypatch.delenv("MINGXI_PASSWORD")
    assert run("--db", db, "list", "hazard", "--json").json["total"] == 1
