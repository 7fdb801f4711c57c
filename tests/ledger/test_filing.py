"""What cannot be copied into the attachment folder is refused in words and leaves nothing behind."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, filing
from mingxi_desktop.storage import sqlite
from tests.ledger.conftest import Add
from tests.ledger.evidence import PHOTO, folder, made, names


@pytest.fixture
def hazard(add: Add) -> int:
    return add("hazard")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return made(tmp_path / "照片.jpg", PHOTO)


def refused(ledger: Ledger, hazard: int, paths: list[Path], title: str, detail: str) -> None:
    """Nothing is attached and nothing lies about."""
    tail = ledger.history_hash()
    with pytest.raises(UserError, match=title) as caught:
        ledger.attach("hazard", hazard, paths)
    assert detail in caught.value.detail
    assert caught.value.hint
    assert names(ledger, hazard) == []
    assert ledger.history_hash() == tail
    assert not list(ledger.path.parent.rglob("*.part"))
    assert ledger.verify() == []


def test_what_cannot_be_attached_is_refused_in_words(ledger: Ledger, hazard: int, photo: Path,
                                                     tmp_path: Path) -> None:  # fmt: skip
    refused(ledger, hazard, [photo, tmp_path / "没有.jpg"], "找不到要添加的文件", "没有.jpg")
    refused(ledger, hazard, [tmp_path], "这是一个文件夹", str(tmp_path))
    refused(ledger, hazard, [made(tmp_path / "空.jpg", b"")], "文件是空的", "空.jpg")
    refused(ledger, hazard, [made(tmp_path / "照片.jpg.EXE", b"MZ")], "程序和快捷方式", "照片.jpg.EXE")
    refused(ledger, hazard, [ledger.path], "台账文件本身", str(ledger.path))
    assert not folder(ledger).exists()
    with pytest.raises(UserError, match="没有编号为99的隐患"):
        ledger.attach("hazard", 99, [photo])
    with pytest.raises(UserError, match="没有叫“x”的台账"):
        ledger.attach("x", 1, [photo])


def test_a_copy_s_name_outlasts_a_power_cut(
    ledger: Ledger, hazard: int, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folders are new too: each is on the disk, with what is in it, before the record names the file."""
    synced: dict[Path, set[Path]] = {}

    def sync(folder: Path) -> None:
        assert names(ledger, hazard) == []
        synced[folder] = set(folder.iterdir())

    monkeypatch.setattr(sqlite, "sync_folder", sync)
    ledger.attach("hazard", hazard, [photo])
    [place] = [one for one in folder(ledger).rglob("*") if one.is_file()]
    for inside in (place, place.parent, folder(ledger)):
        assert inside in synced.get(inside.parent, ()), inside


def test_a_file_over_the_limit(ledger: Ledger, hazard: int, tmp_path: Path, photo: Path,
                               monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    large = tmp_path / "录像.mp4"
    with large.open("wb") as file:
        file.truncate(filing.MOST_BYTES + 1)
    refused(ledger, hazard, [large], "最多100MB", "录像.mp4")
    assert not folder(ledger).exists()
    # One that grows while it is copied.
    monkeypatch.setattr(filing, "examine", lambda source, _: source.name)
    refused(ledger, hazard, [large], "最多100MB", "录像.mp4")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(13, "denied"), "没有权限，或者正被 Excel、WPS 等程序打开着"),
        (OSError(errno.EIO, "I/O error"), "读写磁盘出错"),
    ],
)
def test_a_file_that_cannot_be_read(ledger: Ledger, hazard: int, photo: Path, error: OSError, reason: str,
                                    monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    real = Path.open

    def locked(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self == photo:
            raise error
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", locked)
    refused(ledger, hazard, [photo], "读不了要添加的文件", reason)


def test_a_full_disk(ledger: Ledger, hazard: int, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        refused(ledger, hazard, [photo], "没有存进附件文件夹", " 满了")
    ledger.attach("hazard", hazard, [photo])
    assert names(ledger) == ["照片.jpg"]


def test_no_folder_can_be_made(ledger: Ledger, hazard: int, photo: Path) -> None:
    folder(ledger).write_bytes(b"")
    refused(ledger, hazard, [photo], "没有存进附件文件夹", "附件")
