"""What lies beside a ledger file: its own unfinished save is undone, another file's is put aside."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from mingxi_desktop.storage import beside
from mingxi_desktop.storage.store import Store
from tests.storage.test_seal import cut_short


def setting(path: Path, value: str) -> None:
    store = Store.open(path)
    with store.writing():
        store.set_setting("a", value)
    store.close()


def journal_left_behind(path: Path) -> bytes:
    """The journal that a kill left; the file itself is put back as it was."""
    before = path.read_bytes()
    cut_short(path, "amid")
    journal = beside.journal_of(path)
    left = journal.read_bytes()
    assert len(left) > 4096
    journal.unlink()
    path.write_bytes(before)
    return left


def test_a_journal_of_an_earlier_day_does_not_spoil_the_file(file: Path) -> None:
    left = journal_left_behind(file)
    setting(file, "heute")
    before = file.read_bytes()
    beside.journal_of(file).write_bytes(left)
    store = Store.open(file)
    assert store.setting("a") == "heute"
    store.close()
    assert file.read_bytes() == before
    aside = [item for item in file.parent.iterdir() if "不属于此文件" in item.name]
    assert [item.read_bytes() for item in aside] == [left]


def test_a_journal_of_another_ledger_does_not_undo_a_session_cut_short(file: Path, tmp_path: Path) -> None:
    other = Path(shutil.copyfile(file, tmp_path / "other.mxdb"))
    setting(other, "andere")
    left = journal_left_behind(other)
    cut_short(file, "after")
    beside.journal_of(file).write_bytes(left)
    store = Store.open(file)
    assert store.setting("a") == "b"
    assert store.database.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"
    store.close()
    assert any("不属于此文件" in item.name for item in file.parent.iterdir())


def test_its_own_journal_is_rolled_back(file: Path) -> None:
    cut_short(file, "amid")
    assert beside.journal_of(file).stat().st_size
    assert beside.put_foreign_aside(file) == []
    store = Store.open(file)
    assert (store.setting("a"), store.setting("k1")) == ("b", "")
    store.close()
    assert not beside.journal_of(file).exists()


@pytest.mark.parametrize("content", [b"", b"\x00" * 600, b"garbage" * 100])
def test_a_journal_that_is_none_harms_nothing(file: Path, content: bytes) -> None:
    beside.journal_of(file).write_bytes(content)
    before = file.read_bytes()
    Store.open(file).close()
    assert file.read_bytes() == before


def test_the_log_of_another_program_is_not_taken_in(file: Path, tmp_path: Path) -> None:
    other = Path(shutil.copyfile(file, tmp_path / "other.mxdb"))
    writer = sqlite3.connect(other)
    writer.execute("PRAGMA journal_mode = wal")
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("UPDATE reference SET name = 'fremd'")
    writer.commit()
    shutil.copyfile(beside.wal_of(other), beside.wal_of(file))
    writer.close()
    before = file.read_bytes()
    store = Store.open(file)
    assert not store.references.find("area", "fremd")
    store.close()
    assert file.read_bytes() == before
    assert any(item.name.startswith(f"{file.name}-wal-不属于") for item in file.parent.iterdir())


def test_nothing_is_touched_while_another_program_has_the_file(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE reference SET name = 'x' WHERE id = 1")
    other.execute("PRAGMA cache_spill = 1")
    # In this process SQLite's own lock would not be seen: ask another one.
    import subprocess
    import sys

    script = (
        "import sys; from pathlib import Path; from mingxi_desktop.storage import beside\n"
        "print(beside.in_use(Path(sys.argv[1])), beside.put_foreign_aside(Path(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    other.execute("ROLLBACK")
    other.close()
    assert done.stdout.strip() == "True []"
    assert not beside.in_use(file)
