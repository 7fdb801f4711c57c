"""The proof of a fresh copy of a large ledger that was looked through days ago: quick, and blind to nothing new."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import backups, closing, copy_proof, proving
from mingxi_desktop.ledger.safekeeping.backup_names import LAST_PROOF
from mingxi_desktop.ledger.safekeeping.backups import CLOSING, MEANWHILE
from mingxi_desktop.storage import copies
from mingxi_desktop.storage.sqlite import Database
from tests.ledger.conftest import Add


class _NotWantedError(Exception):
    """The clerk does not wait."""


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ledger counts as a large one."""
    monkeypatch.setattr(proving, "MOST_AT_ONCE", 0)


@pytest.fixture
def proved(ledger: Ledger, add: Add) -> Ledger:
    """A ledger with some records, looked through just now, one of them changed since."""
    for number in range(12):
        add("hazard", description=f"第{number}处", place="甲厂")
    add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
    ledger.backups.make()
    ledger.edit("hazard", 3, {"quantity_rectified": 1})
    return ledger


def copied(ledger: Ledger) -> backups.Draft:
    draft = ledger.backups.begin(CLOSING)
    assert draft.proved
    return draft


def spoilt(path: Path, statement: str) -> None:
    other = sqlite3.connect(path)
    other.execute(statement)
    other.commit()
    other.close()


def test_nothing_is_held_against_a_sound_copy(proved: Ledger) -> None:
    steps: list[int] = []
    draft = copied(proved)
    found = copy_proof.faults(draft.part, draft.rows, lambda done, _all: steps.append(done), draft.proved)
    assert found == ([], [])
    assert steps == sorted(steps)
    assert closing.back_up(proved) is not None
    draft.part.unlink()


def test_the_indexes_are_not_held_against_their_tables(proved: Ledger) -> None:
    """What takes minutes of a million records."""
    asked: list[str] = []
    draft, execute = copied(proved), Database.execute_sql

    def noted(self: Database, sql: str, params: Any = None) -> Any:
        asked.append(sql)
        return execute(self, sql, params)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Database, "execute_sql", noted)
        copy_proof.faults(draft.part, draft.rows, lambda *_: None, True)
    assert any("quick_check" in sql for sql in asked)
    assert not any("integrity_check" in sql for sql in asked)
    draft.part.unlink()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE hazard SET quantity_rectified = 2 WHERE id = 3", "隐患 #3 在程序之外被改动过"),
        ("UPDATE hazard SET search = 'x' WHERE id = 3", "隐患 #3 的登记信息"),
        ("UPDATE history SET changes = '{}' WHERE action = '修改'", "被改动过"),
        ("CREATE TRIGGER t AFTER INSERT ON hazard BEGIN DELETE FROM hazard; END", "没有的触发器"),
    ],
)
def test_what_is_new_and_wrong_makes_a_flawed_backup(proved: Ledger, statement: str, said: str) -> None:
    draft = copied(proved)
    spoilt(draft.part, statement)
    made = backups.finish(draft)
    assert any(said in flaw for flaw in made.flaws), made.flaws


def test_lost_rows_and_lost_entries_make_none(proved: Ledger) -> None:
    from tests.storage.test_index_entries import without

    draft = copied(proved)
    spoilt(draft.part, "DELETE FROM setting WHERE key = 'backup.owner'")
    with pytest.raises(UserError, match="备份没有通过检查") as caught:
        backups.finish(draft)
    assert "setting 应有" in caught.value.detail
    for entries in ("DELETE FROM raw WHERE {row} = 9", "UPDATE raw SET c0 = 'x' WHERE {row} = 3"):
        draft = copied(proved)
        without(draft.part, "hazard_uid", entries)
        with pytest.raises(UserError, match="备份没有通过检查") as caught:
            backups.finish(draft)
        assert "索引 hazard_uid 和记录对不上" in caught.value.detail
    assert not list(proved.backups.folder.glob("*.part"))


def test_every_bit_that_is_written_wrongly_is_noticed(
    proved: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 300 the file's structure alone told 26."""
    chance, copy_to = random.Random(1), copies.copy_to

    def badly(database: Any, target: Path, told: Any) -> None:
        copy_to(database, target, told)
        data = bytearray(target.read_bytes())
        place = chance.randrange(100 * 8, len(data) * 8)
        data[place >> 3] ^= 1 << (place & 7)
        target.write_bytes(data)

    monkeypatch.setattr(copies, "copy_to", badly)
    for _ in range(20):
        with pytest.raises(UserError, match="备份没有通过检查") as caught:
            proved.backups.begin(CLOSING)
        assert "不一样" in caught.value.detail
    assert not list(proved.backups.folder.glob("*.part"))


@pytest.mark.parametrize("reason", [CLOSING, MEANWHILE])
def test_who_does_not_wait_leaves_no_half_backup(
    proved: Ledger, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in the midst of SQLite's own check, which tells nothing by itself."""
    monkeypatch.setattr("mingxi_desktop.storage.sqlite._STEPS", 10)
    before, asked = sorted(proved.backups.folder.iterdir()), 0

    def told(done: int, _all: int) -> None:
        nonlocal asked
        asked += done > 36  # the copy is there, and is looked at
        if asked > 4:
            raise _NotWantedError

    with pytest.raises(_NotWantedError):
        proved.backups.make(reason, told=told)
    assert sorted(proved.backups.folder.iterdir()) == before
    assert proved.backups.changed(), "the next start makes it up"
    assert proved.verify() == []


def test_a_restored_ledger_is_looked_through_again_as_its_backup_says(proved: Ledger, tmp_path: Path) -> None:
    made = proved.backups.make(CLOSING)
    with Ledger.open(Path(shutil.copyfile(made.path, tmp_path / "副本.mxdb"))) as copy:
        assert copy.setting(LAST_PROOF) == proved.setting(LAST_PROOF)
