"""Backups, coming back from them, and proving that nothing was changed behind the program's back."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, encrypting
from mingxi_desktop.ledger.safekeeping import copy_proof, recovering, restoring
from mingxi_desktop.storage import sqlite
from tests.ciphers import CODE, PASSWORD, quickly
from tests.ledger.conftest import Add, adder_for, as_it_is
from tests.pages import leaves
from tests.sealing import outside

INSERTED = """
    INSERT INTO hazard (uid, year, created_at, updated_at, updated_by, search, record_date)
    VALUES ('u', 2024, '', '', '', '', '2024-06-09')
"""


@pytest.fixture(scope="module")
def filled_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed ledger file with some records, one of them edited and one deleted; copy it, do not change it."""
    path = Path(shutil.copyfile(empty_file, tmp_path_factory.mktemp("filled") / "台账.mxdb"))
    with Ledger.open(path, operator="张三") as ledger:
        add = adder_for(ledger)
        first = add("hazard", quantity_found=3, place="甲厂")
        add("hazard", description="二")
        third = add("hazard", description="三")
        add("inspection", enterprises=("甲厂", "乙厂"))
        add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
        ledger.edit("hazard", first, {"quantity_rectified": 1})
        ledger.delete("hazard", [third])
        assert ledger.verify() == []
    assert problems(path) == []
    return path


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path) -> Path:
    """A copy of that file, for one test."""
    return Path(shutil.copyfile(filled_file, tmp_path / "台账.mxdb"))


def problems(path: Path) -> list[str]:
    try:
        with Ledger.open(path) as opened:
            return opened.verify()
    except recovering.DamagedError:
        return list(recovering.problems_of(path))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE hazard SET quantity_found = 4 WHERE id = 2", "隐患 #2 在程序之外被改动过"),
        ("UPDATE hazard SET note = 'x' WHERE id = 2", "隐患 #2 在程序之外被改动过"),
        ("UPDATE hazard SET deleted_at = NULL WHERE id = 3", "隐患 #3 在程序之外被改动过"),
        ("UPDATE hazard SET deleted_at = '2024-06-09 12:00:00' WHERE id = 1", "隐患 #1 在程序之外被改动过"),
        ("DELETE FROM hazard WHERE id = 2", "隐患 #2 不见了"),
        (
            INSERTED,
            "隐患 #4 在程序之外被改动过",
        ),
        ("DELETE FROM link WHERE id = 1", "检查帮扶 #1 在程序之外被改动过"),
        ("UPDATE supply_line SET quantity = 60000", "物资明细 #1 在程序之外被改动过"),
        ("UPDATE hazard SET year = 2023 WHERE id = 2", "隐患 #2 的年度和日期对不上"),
        ("DELETE FROM reference WHERE name = '甲厂'", "隐患 #1 的单位/场所指向不存在的内容"),
        ("DELETE FROM reference WHERE name = '乙厂'", "检查帮扶 #1 的受检企业指向不存在的内容"),
        ("DELETE FROM reference WHERE name = '盖洋镇'", "物资收发 #1 的接收单位指向不存在的内容"),
        ("UPDATE history SET changes = '{}' WHERE action = '修改'", "条（"),
        ("UPDATE history SET changes = '{}' WHERE action = '修改'", "隐患 #1）被改动过"),
        ("UPDATE history SET \"by\" = '李四' WHERE id = 2", "变更历史第2条（"),
        ("DELETE FROM history WHERE id = 2", "变更历史第2条不见了"),
        ("DELETE FROM history WHERE id = (SELECT max(id) FROM history)", "变更历史的末尾被截断或改动过"),
        ("DELETE FROM history WHERE id = (SELECT max(id) FROM history)", "隐患 #3 在程序之外被改动过"),
        ("DELETE FROM setting WHERE key = 'history.tail'", "变更历史的末尾被截断或改动过"),
    ],
)
def test_what_was_changed_outside_is_named(filled: Path, statement: str, sentence: str) -> None:
    outside(filled, statement)
    found = problems(filled)
    assert any(sentence in problem for problem in found), found


def test_the_history_is_only_ever_added_to(ledger: Ledger, add: Add) -> None:
    table = ledger._store.schema.history
    number = add("hazard", quantity_found=3)
    seen: list[tuple[Any, ...]] = []
    for act in (
        lambda: ledger.edit("hazard", number, {"quantity_rectified": 2}), ledger.undo, ledger.redo,
        lambda: ledger.delete("hazard", [number]), ledger.undo,
    ):  # fmt: skip
        act()
        rows = list(table.select().order_by(table.id).tuples())
        assert rows[: len(seen)] == seen
        assert len(rows) > len(seen)
        seen = rows
    hashes = [bytes(row[-1]) for row in seen]
    assert len(set(hashes)) == len(hashes)
    assert ledger.history_hash() == hashes[-1].hex()


def test_many_problems_are_not_listed_without_end(filled: Path) -> None:
    with Ledger.open(filled) as opened:
        for number in range(30):
            opened.add("hazard", {"record_date": datetime.date(2024, 1, 1), "area": "area:1", "field": "消防",
                                  "description": f"{number}"})  # fmt: skip
    outside(filled, "UPDATE hazard SET note = 'x'")
    found = problems(filled)[1:]
    assert len(found) == 21
    assert found[-1] == "另有13处类似问题"


def test_a_damaged_page_is_a_problem_not_a_crash(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    other = sqlite3.connect(filled)
    page = other.execute("SELECT rootpage FROM sqlite_master WHERE name = 'hazard'").fetchone()[0]
    size = other.execute("PRAGMA page_size").fetchone()[0]
    other.close()
    data[(page - 1) * size : page * size] = b"\xff" * size
    filled.write_bytes(data)
    assert problems(filled)[1].startswith("文件结构：")
    with as_it_is(filled) as opened, pytest.raises(UserError, match="台账文件已损坏") as caught:
        opened.records("hazard", opened.ids(Query("hazard")))
    assert str(filled) in caught.value.detail


def test_damage_that_shows_only_at_a_later_row_is_told_too(filled: Path) -> None:
    with Ledger.open(filled) as opened:
        for number in range(200):
            values = {"record_date": datetime.date(2024, 1, 1), "area": "area:1", "description": f"{number}"}
            opened.add("hazard", values)
    data = bytearray(filled.read_bytes())
    page, size = leaves(filled, "hazard")[-1], int.from_bytes(data[16:18], "big")
    data[(page - 1) * size : page * size] = b"\xff" * size
    filled.write_bytes(data)
    with as_it_is(filled) as opened, pytest.raises(UserError, match="台账文件已损坏") as caught:
        opened.records("hazard", list(range(1, 300)))
    assert str(filled) in caught.value.detail


def test_text_that_is_no_text_any_more_is_damage(filled: Path) -> None:
    outside(filled, "UPDATE reference SET name = CAST(x'FFFE' AS TEXT) WHERE id = 1")
    with as_it_is(filled) as opened, pytest.raises(UserError, match="台账文件已损坏"):
        opened.entries("area")


def test_a_bug_over_a_damaged_file_is_told_as_damage_and_over_a_sound_one_as_a_bug(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any) -> None:
        raise TypeError("int and bytes")

    monkeypatch.setattr("mingxi_desktop.ledger.measuring.evaluate", broken)
    with Ledger.open(filled) as opened:
        with pytest.raises(TypeError):
            opened.indicators(2024)
        monkeypatch.setattr("mingxi_desktop.storage.sqlite.integrity", lambda _database: ["row 1 missing"])
        with pytest.raises(UserError, match="台账文件已损坏"):
            opened.indicators(2024)


# backups


def test_a_backup_is_a_ledger_of_its_own(ledger: Ledger, add: Add) -> None:
    add("hazard")
    first, second = ledger.backup(), ledger.backup()
    assert first.parent == ledger.path.parent / "备份"
    assert first != second
    assert ledger.history_hash()[:8] in first.name
    assert sorted(item.name for item in first.parent.iterdir()) == sorted([first.name, second.name])
    add("hazard", description="二")
    with Ledger.open(shutil.copyfile(first, first.with_name("副本.mxdb"))) as copy:
        assert copy.count(Query("hazard")) == 1
        assert copy.verify() == []
    assert ledger.count(Query("hazard")) == 2


def test_a_backup_never_overwrites(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "u盘" / "台账.mxbak"
    assert ledger.backup(target) == target
    before = digest(target)
    with pytest.raises(UserError, match="备份文件已经存在，没有覆盖"):
        ledger.backup(target)
    assert digest(target) == before


def test_a_backup_that_fails_its_check_is_none(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_proof, "faults", lambda *_: (["hazard 应有 1 行，备份里有 0 行"], []))
    with pytest.raises(UserError, match="备份没有通过检查") as caught:
        ledger.backup(tmp_path / "x.mxbak")
    assert "hazard 应有 1 行" in caught.value.detail
    assert not list(tmp_path.glob("x.mxbak*"))


def test_a_backup_needs_a_place(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="不能写备份"):
        ledger.backup(tmp_path / "file" / "x.mxbak")


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
@pytest.mark.parametrize("share", [0, 0.5, 1], ids=["first", "amid", "last"])
def test_a_full_disk_while_backing_up(
    filled: Path, monkeypatch: pytest.MonkeyPatch, encrypted: bool, share: float
) -> None:
    """SQLite's own copying is refused, from its first page to its last.  share: of the pages, less one, has room."""
    connect = sqlite.Database._connect

    def into_little_room(database: sqlite.Database) -> Any:
        made = connect(database)
        if database.database.endswith(".part"):
            made.execute(f"PRAGMA max_page_count = {max(1, int((pages - 1) * share))}")
        return made

    quickly(monkeypatch)
    with Ledger.open(filled) as opened:
        if encrypted:
            encrypting.turn_on(opened, CODE, PASSWORD)
        pages = opened._store.database.execute_sql("PRAGMA page_count").fetchone()[0]
        monkeypatch.setattr(sqlite.Database, "_connect", into_little_room)
        told: list[tuple[int, int]] = []
        with pytest.raises(UserError, match="备份没有做成：磁盘满了") as caught:
            opened.backups.make("关闭时", told=lambda *step: told.append(step))
        assert str(filled.parent / "备份") in caught.value.detail
        assert "磁盘：" in caught.value.detail
        assert list((filled.parent / "备份").iterdir()) == []
        assert opened.backups.changed(), "it is due as before"
        monkeypatch.setattr(sqlite.Database, "_connect", connect)
        assert opened.verify() == []
        assert opened.backups.make("关闭时").path.exists()


def test_a_full_disk_while_saving(ledger: Ledger, add: Add) -> None:
    add("hazard")
    pages = ledger._store.database.execute_sql("PRAGMA page_count").fetchone()[0]
    ledger._store.database.execute_sql(f"PRAGMA max_page_count = {pages}")
    filling = (add("hazard", description=f"{number}" * 500) for number in range(300))
    with pytest.raises(UserError, match="磁盘满了，没有保存") as caught:
        list(filling)
    assert str(ledger.path) in caught.value.detail
    stored = ledger.count(Query("hazard"))
    ledger._store.database.execute_sql("PRAGMA max_page_count = 1000000")
    add("hazard", description="又有地方了")
    assert ledger.count(Query("hazard")) == stored + 1
    assert ledger.verify() == []


# restore


def test_restore_keeps_what_it_replaces(filled: Path, tmp_path: Path) -> None:
    with Ledger.open(filled) as opened:
        backup = opened.backup(tmp_path / "b.mxbak")
        opened.delete("hazard", [1, 2])
    replaced = digest(filled)
    aside = restoring.restore(backup, filled)
    assert aside is not None
    assert aside.parent == filled.parent
    assert "恢复前" in aside.name
    assert digest(aside) == replaced
    assert problems(filled) == []
    again = restoring.restore(backup, filled)
    assert again not in (None, aside)
    assert sorted(item.name for item in tmp_path.iterdir() if item.is_file()) == sorted(
        [filled.name, backup.name, aside.name, again.name if again else ""]
    )


def test_restore_where_nothing_is(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "别处" / "台账.mxdb"
    assert restoring.restore(filled, target) is None
    assert problems(target) == []


def damaged(path: Path) -> None:
    outside(path, "UPDATE hazard SET quantity_found = 4 WHERE id = 2")


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 20])


def strange(path: Path) -> None:
    path.write_bytes(b"PK" + bytes(5000))


@pytest.mark.parametrize("spoil", [damaged, torn, strange])
def test_a_bad_backup_changes_nothing(filled: Path, tmp_path: Path, spoil: Any) -> None:
    bad = tmp_path / "bad.mxbak"
    shutil.copyfile(filled, bad)
    spoil(bad)
    before = digest(filled), digest(bad)
    with pytest.raises(UserError) as caught:
        restoring.restore(bad, filled)
    assert "bad.mxbak" in caught.value.detail
    assert (digest(filled), digest(bad)) == before
    assert sorted(item.name for item in tmp_path.iterdir() if item.is_file()) == ["bad.mxbak", filled.name]


def test_an_open_ledger_is_not_replaced(filled: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.mxbak"
    shutil.copyfile(filled, backup)
    with Ledger.open(filled), pytest.raises(UserError, match="台账正打开着，没有恢复"):
        restoring.restore(backup, filled)
    script = (
        "import sys; from pathlib import Path; from mingxi_desktop.ledger import Ledger\n"
        "with Ledger.open(Path(sys.argv[1])): print('open', flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(filled)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        encoding="utf-8",
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        before = digest(filled)
        with pytest.raises(UserError, match="台账文件正被另一个程序使用"):
            restoring.restore(backup, filled)
        assert digest(filled) == before
        other.communicate("\n")


def test_a_damaged_ledger_may_be_replaced_and_is_kept(filled: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.mxbak"
    shutil.copyfile(filled, backup)
    filled.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    lost = digest(filled)
    aside = restoring.restore(backup, filled)
    assert aside is not None
    assert digest(aside) == lost
    assert problems(filled) == []


def test_no_journal_of_the_old_file_spoils_the_restored_one(filled: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.mxbak"
    shutil.copyfile(filled, backup)
    filled.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    journal = filled.with_name(f"{filled.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    restoring.restore(backup, filled)
    assert not journal.exists()
    assert problems(filled) == []
