"""The ledger file: its settings, who may open it, and what is refused without touching it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import peewee
import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage import beside, cipher, copies, seal, sqlite
from mingxi_desktop.storage.schema import VERSION
from mingxi_desktop.storage.store import Store, open_ledgers
from tests import ledgers

HOLD = """
import sys
from pathlib import Path
from mingxi_desktop.storage.store import Store
store = Store.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
store.close()
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pragma(store: Store, name: str) -> object:
    return store.database.execute_sql(f"PRAGMA {name}").fetchone()[0]


def test_settings_of_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite.PRAGMAS, "synchronous", ledgers.DELIVERED["synchronous"])
    store = Store.open(file)
    try:
        assert pragma(store, "journal_mode") == "persist"
        assert pragma(store, "synchronous") == 2  # FULL
        assert pragma(store, "locking_mode") == "exclusive"
        assert pragma(store, "foreign_keys") == 1
        assert pragma(store, "application_id") == cipher.PLAIN_ID
        assert pragma(store, "user_version") == VERSION[0] * 1000 + VERSION[1]
        assert store.path in open_ledgers()
    finally:
        store.close()
    store.close()  # harmless
    assert store.path not in open_ledgers()
    assert sqlite.look(file) == (cipher.PLAIN_ID, VERSION[0] * 1000 + VERSION[1])


def test_a_transaction_has_more_room_than_reading(file: Path) -> None:
    store = Store.open(file)
    try:
        before = pragma(store, "cache_size")
        with store.writing():
            during = pragma(store, "cache_size")
            with store.writing():
                pass
            assert pragma(store, "cache_size") == during
        with pytest.raises(ZeroDivisionError), store.writing():
            raise ZeroDivisionError
        assert pragma(store, "cache_size") == before == sqlite.usual_cache(store.database)
        assert abs(int(str(during))) > abs(int(str(before)))
    finally:
        store.close()


def test_a_journal_keeps_its_place_on_the_disk_and_is_cut_only_after_a_large_change(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite.PRAGMAS, "journal_size_limit", 1 << 14)
    journal, sizes = beside.journal_of(file), []
    store = Store.open(file)
    try:
        for statement in ("DELETE FROM setting WHERE key = 'a'", "UPDATE reference SET name = name || '甲'"):
            with store.writing():
                store.database.execute_sql(statement)
            assert journal.read_bytes()[:28] == bytes(28), "its head says that it is done with"
            sizes.append(journal.stat().st_size)
    finally:
        store.close()
    assert 4096 < sizes[0] < sizes[1] == 1 << 14
    assert not journal.exists()


def test_one_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "新" / "台账.mxdb"
    store = Store.create(path)
    with store.writing():
        store.set_setting("bureau", "某局")
    store.close()
    assert [item.name for item in path.parent.iterdir()] == ["台账.mxdb"]


def test_create_leaves_alone_what_is_there(tmp_path: Path, file: Path) -> None:
    before = digest(file)
    with pytest.raises(UserError, match="文件已经存在，没有新建") as caught:
        Store.create(file)
    assert str(file) in caught.value.detail
    assert digest(file) == before
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="不能在这里新建台账"):
        Store.create(tmp_path / "file" / "台账.mxdb")
    assert sorted(item.name for item in tmp_path.iterdir() if item.suffix != "") == ["台账.mxdb"]


def test_a_create_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingxi_desktop.storage.store.ReferenceStore.deliver", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Store.create(tmp_path / "台账.mxdb")
    assert [item for item in tmp_path.iterdir() if item.is_file()] == []


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("create table t (a)")
    other.close()


def stamped(path: Path, application: int, version: int) -> None:
    foreign(path)
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA application_id = {application}")
    other.execute(f"PRAGMA user_version = {version}")
    other.close()


REFUSED = {
    "foreign": (foreign, "文件不是台账，没有打开"),
    "stamped but never filled": (lambda path: stamped(path, cipher.PLAIN_ID, 0), "文件不是台账，没有打开"),
    "newer minor": (lambda path: stamped(path, cipher.PLAIN_ID, 1000 * VERSION[0] + VERSION[1] + 1), "新版本"),
    "newer major": (lambda path: stamped(path, cipher.PLAIN_ID, 1000 * (VERSION[0] + 1)), "新版本"),
    "empty": (lambda path: path.write_bytes(b""), "文件是空的，没有打开"),
    "text": (lambda path: path.write_bytes("台账".encode() * 100), "文件不是台账，没有打开"),
    "a short one": (lambda path: path.write_bytes(b"SQLite format 3\0"), "文件不是台账，没有打开"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_refused_files_stay_as_they_are(tmp_path: Path, what: str) -> None:
    path = tmp_path / "x.mxdb"
    make, sentence = REFUSED[what]
    make(path)
    before = digest(path), path.stat().st_mtime_ns
    with pytest.raises(UserError, match=sentence) as caught:
        Store.open(path)
    assert str(path) in str(caught.value)
    assert "没有被改动" in caught.value.hint
    assert (digest(path), path.stat().st_mtime_ns) == before
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["x.mxdb"]


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到台账文件"):
        Store.open(tmp_path / "nicht.mxdb")
    with pytest.raises(UserError, match="这是一个文件夹"):
        Store.open(tmp_path)
    assert not (tmp_path / "nicht.mxdb").exists()


def test_a_damaged_file_is_told_as_such(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[100:4096] = b"\xff" * 3996  # the first page holds the schema
    file.write_bytes(data)
    before = digest(file)
    with pytest.raises(UserError, match=r"台账文件已损坏|文件不是台账") as caught:
        Store.open(file)
    assert str(file) in caught.value.detail
    assert digest(file) == before
    assert file not in open_ledgers()


def test_a_file_is_open_once_in_a_process(file: Path) -> None:
    store = Store.open(file)
    with pytest.raises(UserError, match="台账已经打开"):
        Store.open(file.parent / "." / file.name)
    store.close()
    Store.open(file).close()


def test_a_file_is_open_in_one_program(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        encoding="utf-8",
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        before = digest(file)
        with pytest.raises(UserError, match="台账文件正被另一个程序使用") as caught:
            Store.open(file)
        assert str(file) in caught.value.detail
        assert digest(file) == before
        other.communicate("\n")
    assert other.returncode == 0
    store = Store.open(file)
    assert store.database.timeout == sqlite.LOCK_WAIT, "no longer does it wait for another"
    store.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("record_date", "2024-02-30"), ("record_date", "20240101"), ("record_date", "不是日期"),
        ("record_date", "2024-1-1"), ("record_date", 20240101), ("quantity_found", "三"),
        ("quantity_found", 0), ("quantity_rectified", -1), ("in_total", 2), ("rectify_fund", 0.5), ("area", "x"),
    ],
)  # fmt: skip
def test_columns_refuse_what_their_field_does_not_mean(file: Path, column: str, value: object) -> None:
    store = Store.open(file)
    row = {
        "uid": "u",
        "year": 2024,
        "created_at": "",
        "updated_at": "",
        "updated_by": "",
        "search": "",
        column: value,
    }
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    try:
        with pytest.raises(peewee.IntegrityError, match="CHECK"), store.writing():
            store.database.execute_sql(f"INSERT INTO hazard ({names}) VALUES ({marks})", tuple(row.values()))
        with pytest.raises(peewee.IntegrityError, match="CHECK"), store.writing():
            store.database.execute_sql(
                "INSERT INTO response (uid, year, created_at, updated_at, updated_by, search, start_at) "
                "VALUES ('u', 2024, '', '', '', '', '2024-06-09 25:00')"
            )
        assert store.schema.table["hazard"].select().count() == 0
    finally:
        store.close()


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (sqlite3.SQLITE_FULL, "磁盘满了，没有保存"),
        (sqlite3.SQLITE_IOERR, "读写台账文件出错"),
        (sqlite3.SQLITE_IOERR | (3 << 8), "读写台账文件出错"),
        (sqlite3.SQLITE_READONLY, "台账文件是只读的"),
        (sqlite3.SQLITE_CORRUPT, "台账文件已损坏"),
        (sqlite3.SQLITE_BUSY, "台账文件正被另一个程序使用"),
        (sqlite3.SQLITE_CANTOPEN, "打不开台账文件"),
    ],
)
def test_faults_of_the_disk_are_told_in_chinese(tmp_path: Path, code: int, title: str) -> None:
    path = tmp_path / "台账.mxdb"
    fault = sqlite3.OperationalError("as SQLite says it")
    fault.sqlite_errorcode = code
    for error in (fault, peewee.OperationalError("as peewee passes it on")):
        error.__cause__ = None if error is fault else fault
        with pytest.raises(UserError, match=title) as caught, sqlite.translated(path):
            raise error
        assert str(path) in caught.value.detail
        assert ("磁盘：" in caught.value.detail) == (code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN))
        assert caught.value.hint


def test_our_own_faults_stay_what_they_are(tmp_path: Path) -> None:
    for error in (sqlite3.OperationalError("no such table: x"), sqlite3.IntegrityError("CHECK failed")):
        with pytest.raises(type(error)), sqlite.translated(tmp_path):
            raise error


def test_copies_are_whole_files(file: Path, tmp_path: Path) -> None:
    store = Store.open(file)
    try:
        copies.copy_to(store.database, tmp_path / "copy.mxdb")
    finally:
        store.close()
    seal.press(tmp_path / "copy.mxdb")
    assert sqlite.sound(tmp_path / "copy.mxdb")
    Store.open(tmp_path / "copy.mxdb").close()
    broken = tmp_path / "broken.mxdb"
    shutil.copyfile(file, broken)
    with broken.open("r+b") as data:
        data.seek(4096)
        data.write(b"\xff" * 3000)
    assert not sqlite.sound(broken)


def test_only_what_the_program_left_half_made_is_swept_away(file: Path) -> None:
    part = "0123abcd.part"
    half = (part, f"{part}-journal", f"key.{part}", f"{part}.4567ef00.part", f"{part}.4567ef00.part-journal")
    ours = [f"{file.name}.{what}" for what in half]
    theirs = [
        f"{file.name}.给局长.part2.xlsx",
        f"{file.name}.rar.part1.rar",
        f"{file.name}.0123abcd.part.bak",
        f"{file.name}.key",
    ]
    for name in (*ours, *theirs):
        file.with_name(name).write_bytes(b"x")
        os.utime(file.with_name(name), (0, 0))
    Store.open(file).close()
    assert sorted(item.name for item in file.parent.iterdir() if item.is_file()) == sorted(
        [file.name, *theirs]
    )
