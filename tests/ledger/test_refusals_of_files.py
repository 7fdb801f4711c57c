"""Every refusal around the ledger file says what, where and what next, in Chinese, and leaves everything as it was."""

from __future__ import annotations

import errno
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mingxi_desktop.errors import UserError, drive_of
from mingxi_desktop.ledger import (
    Ledger,
    door,
    moving_in,
    placing,
    whole_book,
)
from mingxi_desktop.ledger.safekeeping import (
    closing,
    handing_over,
    handover,
    recovering,
    repairing,
    restoring,
    second_place,
)
from mingxi_desktop.storage import beside
from tests.ledger.conftest import adder_for

Office = SimpleNamespace
Deed = Callable[[Office, pytest.MonkeyPatch], object]
_ENGLISH = re.compile(r"[A-Za-z]{4,}")
_OURS = re.compile(r"(?:[A-Z]:\\|/)[^\s（）；：，。“”]*|mingxi restore|verify|mxdb|mxbak")
"""Paths and the words that are typed at a terminal."""


@pytest.fixture(scope="module")
def template(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a closed ledger, its backup and a package of it; do not change it."""
    folder = tmp_path_factory.mktemp("office")
    path = Path(shutil.copyfile(empty_file, folder / "台账.mxdb"))
    with Ledger.open(path) as ledger:
        adder_for(ledger)("hazard")
        backup = ledger.backup(folder / "好.mxbak")
    handover.write(folder / "交接.zip", backup, path, [], [])
    return folder


@pytest.fixture
def office(template: Path, tmp_path: Path) -> Office:
    shutil.copytree(template, tmp_path / "单位")
    folder = tmp_path / "单位"
    return Office(
        folder=folder,
        path=folder / "台账.mxdb",
        backup=folder / "好.mxbak",
        package=folder / "交接.zip",
    )


def failing(code: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise OSError(code, "No space left on device")

    return fail


def full(monkeypatch: pytest.MonkeyPatch, where: Any = placing, name: str = "settle") -> None:
    monkeypatch.setattr(where, name, failing(errno.ENOSPC))


def restore_of_nothing(office: Office, _: pytest.MonkeyPatch) -> object:
    return restoring.restore(office.folder / "没有.mxbak", office.path)


def restore_of_a_folder(office: Office, _: pytest.MonkeyPatch) -> object:
    return restoring.restore(office.folder, office.path)


def rebuild_of_nothing(office: Office, _: pytest.MonkeyPatch) -> object:
    return restoring.rebuild(office.folder / "没有.xlsx", office.path)


def restore_of_text(office: Office, _: pytest.MonkeyPatch) -> object:
    other = office.folder.parent / "字.mxbak"
    other.write_bytes(b"x" * 200)
    return restoring.restore(other, office.path)


def restore_on_a_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    full(monkeypatch)
    return restoring.restore(office.backup, office.path)


def rebuild_on_a_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    book = office.folder.with_name("全部台账.xlsx")
    with Ledger.open(office.path) as ledger:
        whole_book.write(ledger, book)
    monkeypatch.setattr(Ledger, "create", failing(errno.ENOSPC))
    return restoring.rebuild(book, office.path)


def package_on_a_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(handover.zipfile.ZipFile, "writestr", failing(errno.ENOSPC))
    return handover.write(office.folder / "新.zip", office.backup, office.path, [], [])


def package_of_a_full_temporary_folder(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    with Ledger.open(office.path) as ledger:
        draft = handing_over.begin(ledger.backups, office.folder / "新.zip")
    full(monkeypatch, placing, "copy")
    try:
        return handing_over.make(draft)
    finally:
        (office.folder / "备份").rmdir()


def package_that_is_there(office: Office, _: pytest.MonkeyPatch) -> object:
    return handover.write(office.package, office.backup, office.path, [], [])


def package_in_no_folder(office: Office, _: pytest.MonkeyPatch) -> object:
    return handover.admit(office.folder / "没有" / "新.zip")


def restore_of_another_zip(office: Office, _: pytest.MonkeyPatch) -> object:
    other = office.folder.parent / "照片.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("照片.jpg", "x")
    return restoring.restore(other, office.path)


def restore_of_half_a_package(office: Office, _: pytest.MonkeyPatch) -> object:
    other = office.folder.parent / "半.zip"
    other.write_bytes(office.package.read_bytes()[:5000])
    return restoring.restore(other, office.path)


def unpacking_on_a_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    full(monkeypatch, placing, "pour")
    return restoring.restore(office.package, office.path)


def unpacking_without_room(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(handover.shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    return restoring.restore(office.package, office.path)


def second_place_full(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    full(monkeypatch)
    return second_place.copy_there(office.backup, office.folder.parent)


def moving_in_on_a_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    full(monkeypatch)
    return moving_in.move_in(office.path, office.folder.parent / "这里.mxdb")


def moving_in_of_one_in_use(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(beside, "in_use", lambda _: True)
    return moving_in.move_in(office.path, office.folder.parent / "这里.mxdb")


def restore_over_one_in_use(office: Office, _: pytest.MonkeyPatch) -> object:
    with Ledger.open(office.path):
        return restoring.restore(office.backup, office.path)


def restore_from_one_in_use(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(beside, "in_use", lambda _: True)
    return restoring.restore(office.path, office.folder.parent / "neu.mxdb")


def repair_of_one_in_use(office: Office, _: pytest.MonkeyPatch) -> object:
    with Ledger.open(office.path):
        return repairing.admit(office.path)


def repair_with_no_way(office: Office, _: pytest.MonkeyPatch) -> object:
    return repairing.repair(recovering.examine(office.path), recovering.Way.BACKUP)


def opening_where_nothing_can_be_written(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(door.os, "access", lambda _path, mode: mode != door.os.W_OK)
    monkeypatch.setattr(recovering.Store, "open", classmethod(refuse_to_open))
    return Ledger.open(office.path)


def refuse_to_open(*_: object, **__: object) -> Any:
    raise UserError("打不开台账文件", "文件：台账.mxdb", "核对权限。")


def opening_a_backup(office: Office, _: pytest.MonkeyPatch) -> object:
    return Ledger.open(office.backup)


def opening_a_package(office: Office, _: pytest.MonkeyPatch) -> object:
    return Ledger.open(office.package)


FULL = (
    restore_on_a_full_disk, rebuild_on_a_full_disk, package_on_a_full_disk, package_of_a_full_temporary_folder,
    unpacking_on_a_full_disk, second_place_full, moving_in_on_a_full_disk,
)  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (restore_of_nothing, "找不到要恢复的备份"),
        (restore_of_a_folder, "这是一个文件夹"),
        (rebuild_of_nothing, "找不到要恢复的备份"),
        (restore_of_text, "文件不是台账"),
        (restore_on_a_full_disk, "没有恢复成"),
        (rebuild_on_a_full_disk, "没有恢复成"),
        (package_on_a_full_disk, "交接包没有写成"),
        (package_of_a_full_temporary_folder, "交接包没有写成"),
        (package_that_is_there, "交接包已经存在"),
        (package_in_no_folder, "没有这个文件或文件夹"),
        (restore_of_another_zip, "这个压缩包不是交接包"),
        (restore_of_half_a_package, "压缩包坏了"),
        (unpacking_on_a_full_disk, "交接包没有打开"),
        (unpacking_without_room, "磁盘放不下"),
        (second_place_full, "第二份备份没有写成"),
        (moving_in_on_a_full_disk, "没有复制成"),
        (moving_in_of_one_in_use, "正被另一个程序使用"),
        (restore_over_one_in_use, "正打开着"),
        (restore_from_one_in_use, "正被另一个程序使用"),
        (repair_of_one_in_use, "正被另一个程序使用"),
        (repair_with_no_way, "这条路走不通"),
        (opening_where_nothing_can_be_written, "只读"),
        (opening_a_backup, "这是台账的备份"),
        (opening_a_package, "这是交接包"),
    ],
)
def test_a_refusal_says_what_where_and_what_next(
    deed: Deed, said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {one.name: one.read_bytes() for one in office.folder.iterdir()}
    with pytest.raises(UserError) as caught, monkeypatch.context() as patched:
        deed(office, patched)
    error = caught.value
    assert said in f"{error.title}{error.detail}"
    assert error.detail
    assert len(error.hint) > 4
    assert not _ENGLISH.search(_OURS.sub("", f"{error}")), f"{error}"
    if deed in FULL:
        assert f"磁盘 {drive_of(office.path)} 满了" in error.detail
        assert "清理" in error.hint
    assert {one.name: one.read_bytes() for one in office.folder.iterdir()} == before
    assert not list(office.folder.parent.rglob("*.part*"))


def test_the_readable_workbook_never_keeps_a_window_from_closing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(office.path) as ledger:
        monkeypatch.setattr(Path, "mkdir", failing(errno.ENOSPC))
        assert "满了" in closing.write_readable(ledger)
