"""A ledger file that somebody takes away, replaces or cuts while it is open: nothing is acknowledged from then on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage import copies, seal
from mingxi_desktop.storage.store import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody do that to an open file")


def _moved(path: Path) -> None:
    path.rename(path.with_name("别处.mxdb"))


def _replaced(path: Path) -> None:
    Path(shutil.copyfile(path, path.with_name("另一个.mxdb"))).replace(path)


def _cut(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("act", [_moved, Path.unlink, _replaced, _cut])
def test_a_save_is_refused(file: Path, act: Callable[[Path], None]) -> None:
    store = Store.open(file)
    try:
        with store.writing():
            store.set_setting("a", "1")
        act(file)
        there = file.read_bytes() if file.exists() else None
        for _ in range(2):
            with pytest.raises(UserError, match="没有保存") as caught, store.writing():
                store.set_setting("a", "2")
            assert str(file) in caught.value.detail
        assert store.setting("a") == "1"
    finally:
        store.close()
    assert (file.read_bytes() if file.exists() else None) == there, "what is no longer ours was written to"


@pytest.mark.parametrize("saves", [0, 1])
def test_another_state_written_into_the_file_is_noticed(file: Path, saves: int) -> None:
    """As a program that keeps two PCs alike may do: the file is the same one, and as large."""
    other = Path(shutil.copyfile(file, file.with_name("另一个.mxdb")))
    for path, times in ((other, 1), (file, saves)):
        store = Store.open(path)
        for time in range(times):
            with store.writing():
                store.set_setting("a", f"{path.name} {time}")
        if path == other:
            store.close()
    try:
        assert other.stat().st_size == file.stat().st_size
        file.write_bytes(other.read_bytes())
        with pytest.raises(UserError, match="没有保存"), store.writing():
            store.set_setting("a", "2")
    finally:
        store.close()
    assert file.read_bytes() == other.read_bytes(), "what is no longer ours was written to"


def _save_amid_which(store: Store, act: Callable[[], None]) -> None:
    with store.writing():
        store.set_setting("a", "1")
        act()


def test_what_goes_away_amid_a_save_is_not_acknowledged_and_can_be_copied(file: Path, tmp_path: Path) -> None:
    store, kept = Store.open(file), tmp_path / "留下的.mxdb"
    try:
        with pytest.raises(UserError, match="没有存到原处") as caught:
            _save_amid_which(store, file.unlink)
        assert "立即备份" in caught.value.hint
        copies.copy_to(store.database, kept)
    finally:
        store.close()
    seal.press(kept)
    opened = Store.open(kept)
    assert opened.setting("a") == "1"
    opened.close()
