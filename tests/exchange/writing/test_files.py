"""A file that another program holds: a second's patience, then which file and what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import finished, save


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Another program lets go of the file after so many looks (put their number first); what was waited follows."""
    waited: list[float] = [0]
    whole = Path.replace

    def replace(part: Path, target: Path) -> Path:
        if len(waited) <= waited[0]:
            raise PermissionError  # without any number, as Windows may give it
        return whole(part, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(paths.time, "sleep", waited.append)
    return waited


def test_a_file_held_for_a_moment_is_waited_for(tmp_path: Path, held: list[float]) -> None:
    held[0] = 3
    save(tmp_path / "o.pdf", b"new")
    assert (tmp_path / "o.pdf").read_bytes() == b"new"
    assert sum(held[1:]) <= 1
    assert [one.name for one in tmp_path.iterdir()] == ["o.pdf"]


def test_a_file_held_on_stays_as_it_is_and_is_named(tmp_path: Path, held: list[float]) -> None:
    held[0] = 99
    (tmp_path / "o.pdf").write_bytes(b"old")
    with pytest.raises(UserError) as caught:
        save(tmp_path / "o.pdf", b"new")
    assert str(tmp_path / "o.pdf") in caught.value.detail
    assert caught.value.title == "文件正被 Excel/WPS 打开，没有写成"
    assert "关闭" in caught.value.hint
    assert 0.5 < sum(held[1:]) <= 1, "a second's patience"
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]


def test_a_folder_in_the_place_of_the_file_is_told_as_one(tmp_path: Path, held: list[float]) -> None:
    held[0] = 99  # Windows refuses it as a file in use
    (tmp_path / "o.pdf").mkdir()
    with pytest.raises(UserError, match="这是一个文件夹"):
        save(tmp_path / "o.pdf", b"new")


def test_a_folder_without_the_right_and_a_read_only_file_are_told_apart(
    tmp_path: Path, held: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    held[0] = 99
    (tmp_path / "o.pdf").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UserError) as caught:
        save(tmp_path / "o.pdf", b"new")
    assert "只读" in caught.value.detail

    def refuse(_: Path, *__: object, **___: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(UserError) as caught:
        save(tmp_path / "o.pdf", b"new")
    assert f"文件夹：{tmp_path}（没有写的权限）" in caught.value.detail


def test_a_name_that_is_none_on_windows_is_refused_on_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件名"):
        save(tmp_path / "aux.txt", b"lost there")
    assert not list(tmp_path.iterdir())


class FileCreateError(Exception):
    """As XlsxWriter wraps the faults of its temporary files."""


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, "full"), "满了"),
        (OSError(errno.ENOSPC, "full", "/x/tmp"), "满了"),
        (OSError(errno.EDQUOT, "quota"), "满了"),
        (OSError(errno.EIO, "bad"), "读写磁盘出错"),
        (OSError(errno.EROFS, "read-only"), "只读"),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_every_fault_of_the_disk_is_told(tmp_path: Path, fault: OSError, said: str, wrapped: bool) -> None:
    with pytest.raises(UserError) as caught:
        fail(tmp_path / "o.xlsx", FileCreateError(fault) if wrapped else fault)
    assert said in caught.value.detail
    assert str(tmp_path / "o.xlsx") in caught.value.detail
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def fail(path: Path, fault: Exception) -> None:
    with finished(path) as part:
        part.write_bytes(b"half")
        raise fault


def test_bugs_stay_bugs(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ours"):
        fail(tmp_path / "o.xlsx", ValueError("ours"))
    assert list(tmp_path.iterdir()) == []
