"""The seal: every bit of a closed file counts; a session that was cut short is told from a change outside."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from io import FileIO
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage import copies, seal, sqlite
from mingxi_desktop.storage.seal import Seal, State
from mingxi_desktop.storage.store import Store
from tests.sealing import never_sealed, outside

CUT_SHORT = """
import os, sys
from pathlib import Path
from mingxi_desktop.storage.store import Store
store = Store.open(Path(sys.argv[1]))
with store.writing():
    store.set_setting("a", "b")
if sys.argv[2] == "amid":
    with store.writing():
        store.database.execute_sql("PRAGMA cache_size = 10")  # so that pages are written before the end
        for number in range(300):
            store.set_setting(f"k{number}", "x" * 900)
        os._exit(9)
os._exit(9)
"""


def cut_short(path: Path, how: str) -> None:
    """A session that is killed after its first save, or amid the second one, pages of it written already."""
    done = subprocess.run([sys.executable, "-c", CUT_SHORT, str(path), how], check=False, env=os.environ)
    assert done.returncode == 9


def state_of(path: Path) -> State:
    store = Store.open(path)
    try:
        return store.state
    finally:
        store.close()


def test_a_closed_file_is_sealed_and_a_copy_of_it_too(file: Path, tmp_path: Path) -> None:
    assert seal.holds(file)
    store = Store.open(file)
    with store.writing():
        store.set_setting("bureau", "某局")
    assert not seal.holds(file)
    store.close()
    copy = Path(shutil.copyfile(file, tmp_path / "u盘.mxdb"))
    assert seal.holds(copy)
    assert state_of(copy) is State.WHOLE


def test_looking_only_leaves_every_byte(file: Path) -> None:
    before = file.read_bytes()
    store = Store.open(file)
    assert store.setting("nichts") == ""
    store.close()
    assert file.read_bytes() == before
    assert sorted(item.name for item in file.parent.iterdir() if item.is_file()) == [file.name]


def test_every_flipped_bit_is_noticed_and_the_file_left_as_it_is(file: Path) -> None:
    data, chance = file.read_bytes(), random.Random(1)
    places = [*range(0, 800, 13), *(chance.randrange(len(data) * 8) for _ in range(60))]
    for place in places:
        flipped = bytearray(data)
        flipped[place >> 3] ^= 1 << (place & 7)
        file.write_bytes(flipped)
        with pytest.raises(UserError) as caught:
            Store.open(file)
        assert "文件" in caught.value.detail
        assert file.read_bytes() == flipped
    file.write_bytes(data)
    assert state_of(file) is State.WHOLE


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Every file is one of those whose seal is looked at later, and that only when this is set."""
    go = threading.Event()
    worked_out = Seal.worked_out

    def wait(self: Seal, unwanted: Callable[[], bool] = lambda: False) -> bytes:
        while not (go.wait(0.001) or unwanted()):
            pass
        return worked_out(self, unwanted)

    monkeypatch.setattr(seal, "AT_ONCE", 0)
    monkeypatch.setattr(Seal, "worked_out", wait)
    return go


def test_a_large_file_is_read_before_its_seal_is_looked_at_and_written_after(
    file: Path, slow: threading.Event
) -> None:
    before = file.read_bytes()
    store = Store.open(file, later=True)
    assert (store.setting("nichts"), store.look()) == ("", False)
    store.close()
    assert file.read_bytes() == before
    store = Store.open(file, later=True)
    threading.Timer(0.02, slow.set).start()
    with store.writing():
        assert store.look()
        store.set_setting("a", "b")
    assert store.proved
    store.close()
    assert seal.holds(file)


def test_every_flipped_bit_of_a_large_file_is_noticed_before_anything_is_written(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "AT_ONCE", 0)
    data, chance = file.read_bytes(), random.Random(2)
    places = [*range(0, 800, 13), *(chance.randrange(len(data) * 8) for _ in range(60))]
    opened = 0
    for place in places:
        flipped = bytearray(data)
        flipped[place >> 3] ^= 1 << (place & 7)
        file.write_bytes(flipped)
        try:
            store = Store.open(file, later=True)
        except UserError:
            continue
        finally:
            assert file.read_bytes() == flipped
        opened += 1
        for refused in (store.writing().__enter__, store.vouch, store.let_go().__enter__, store.settle):
            with pytest.raises(sqlite.DamagedError, match="在程序之外被改动过"):
                refused()
        store.close()
        assert file.read_bytes() == flipped
    assert opened > 60
    file.write_bytes(data)
    assert state_of(file) is State.WHOLE


def test_why_a_large_file_does_not_open_is_that_it_was_changed(
    file: Path, slow: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside(file, "UPDATE reference SET name = 'x' WHERE id = 1")
    slow.set()

    def unreadable(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("mingxi_desktop.storage.store.Schema", unreadable)
    with pytest.raises(sqlite.DamagedError, match="在程序之外被改动过"):
        Store.open(file, later=True)


def test_a_large_session_cut_short_is_no_damage(file: Path, slow: threading.Event) -> None:
    slow.set()
    cut_short(file, "after")
    store = Store.open(file, later=True)
    store.settle()
    assert (store.state, store.proved) == (State.UNSEALED, False)
    with store.writing():
        store.set_setting("c", "d")
    store.close()
    assert not seal.holds(file)


def test_a_disk_that_gives_no_answer_later_is_told(
    file: Path, slow: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        slow.wait(5)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Seal, "worked_out", fails)
    store = Store.open(file, later=True)
    slow.set()
    with pytest.raises(UserError, match="打不开台账文件"), store.writing():
        pytest.fail("nothing is written")
    store.close()


def test_a_row_changed_with_another_program_is_damage(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("UPDATE reference SET name = 'x' WHERE id = 1")
    other.commit()
    other.close()
    with pytest.raises(sqlite.DamagedError, match="在程序之外被改动过") as caught:
        Store.open(file)
    assert "repair" in caught.value.hint
    store = Store.open(file, as_is=True)
    assert (store.state, store.proved) == (State.CHANGED, False)
    with store.writing():
        store.set_setting("a", "b")
    store.close()
    assert state_of(file) is State.UNSEALED


@pytest.mark.parametrize("how", ["after", "amid"])
def test_a_session_cut_short_is_no_damage_but_stays_unsealed_until_it_is_proved(file: Path, how: str) -> None:
    cut_short(file, how)
    store = Store.open(file)
    assert store.setting("a") == "b"
    assert store.setting("k1") == ""
    assert (store.state, store.proved) == (State.UNSEALED, False)
    store.close()
    assert not seal.holds(file)
    store = Store.open(file)
    store.vouch()
    store.close()
    assert state_of(file) is State.WHOLE


def test_a_file_that_was_never_sealed_opens(file: Path) -> None:
    never_sealed(file)
    assert state_of(file) is State.UNSEALED


def test_a_seal_that_is_wiped_out_is_not_one_that_never_was(file: Path) -> None:
    store = Store.open(file)
    with store.writing():
        store.set_setting("a", "b")
    store.close()
    data = bytearray(file.read_bytes())
    data[72:92] = bytes(20)
    file.write_bytes(data)
    with pytest.raises(sqlite.DamagedError):
        Store.open(file)


def test_a_file_held_by_another_program_is_not_sealed_over_its_head(file: Path) -> None:
    store = Store.open(file)
    with store.writing():
        store.set_setting("a", "b")
    sqlite.tidy(store.database)  # the lock is gone: another program may take the file now
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store.close()
    other.execute("ROLLBACK")
    other.close()
    assert state_of(file) is State.UNSEALED


def test_a_read_only_file_is_told_as_such(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the administrator nothing is read-only to us, so the system's answer is given here."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no", str(file))

    monkeypatch.setattr(Seal, "of", refuse)
    with pytest.raises(UserError, match="打不开台账文件") as caught:
        Store.open(file)
    assert "程序打开" in caught.value.detail
    monkeypatch.setattr("os.access", lambda _path, how: how != os.W_OK)
    with pytest.raises(UserError, match="台账文件是只读的") as caught:
        Store.open(file)
    assert "只读" in caught.value.hint


def test_a_copy_has_the_same_bytes_to_the_last_bit(file: Path, tmp_path: Path) -> None:
    store, copy = Store.open(file), tmp_path / "copy.mxdb"
    try:
        with store.writing():
            store.set_setting("a", "b")
        copies.copy_to(store.database, copy)
        data, chance = copy.read_bytes(), random.Random(1)
        assert data != file.read_bytes(), "SQLite counts in the header of a copy"
        assert store.copied_in(copy)
        for place in (chance.randrange(100 * 8, len(data) * 8) for _ in range(40)):
            flipped = bytearray(data)
            flipped[place >> 3] ^= 1 << (place & 7)
            copy.write_bytes(flipped)
            assert not store.copied_in(copy)
        copy.write_bytes(data[:-4096])
        assert not store.copied_in(copy)
    finally:
        store.close()


def test_the_bytes_that_sqlite_locks_are_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows lets nobody read them while the file is open; the seal is the same as elsewhere."""
    data, page = file.read_bytes(), 8 * 4096
    file.write_bytes(data[:page] + bytes(4096) + data[page + 4096 :])  # the page of the lock is nobody's
    with closing(Seal.of(file, reading=True)) as one:
        before = one.worked_out()
    monkeypatch.setattr(seal, "_LOCKED", page)
    read: list[range] = []

    class Watched(FileIO):
        def read(self, size: int = -1, /) -> bytes:  # type: ignore[override]
            read.append(range(self.tell(), self.tell() + size))
            return super().read(size)

    with closing(Seal(Watched(file, "rb"))) as one:
        assert one.worked_out() == before
    assert all(page not in part and page + 511 not in part for part in read)
    assert sum(map(len, read)) >= len(data) - 512
