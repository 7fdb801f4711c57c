"""Where a live ledger may not lie: on a network drive, a USB stick, in a folder that a program synchronises.

Backups, exports and packages may go there; only what is written to all day may not.  The check comes before
anything is written.
"""

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import NamedTuple

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError
from mingxi_desktop.errors import drive_of as drive_name
from mingxi_desktop.ledger.drives import Drive, drive_of
from mingxi_desktop.ledger.synced import service_of


class Sort(enum.Enum):
    """Kinds of places that are unfit, and why."""

    NETWORK = "网络一断，正在写的内容就会丢，两个人同时打开还会互相写坏"
    REMOVABLE = "一拔、一松动，正在写的内容就会丢，文件也容易坏"
    SYNCED = "同步软件会在程序写到一半时上传它，或者拿旧的一份把它换掉"


class Unfit(NamedTuple):
    """A place that is unfit.  name: what the user calls it: 网络盘 Z:、U盘 E:、坚果云的同步文件夹."""

    sort: Sort
    name: str


class PlaceError(UserError):
    """A ledger lies, or was to lie, where none may.  path: the file.  unfit: what the place is."""

    def __init__(self, title: str, hint: str, path: Path, unfit: Unfit) -> None:
        super().__init__(title, f"文件：{path}（{unfit.name}）。{unfit.sort.value}。", hint)
        self.path = path
        self.unfit = unfit


def unfit(path: Path) -> Unfit | None:
    """What is wrong with the place of a file that need not exist; None for an ordinary disk."""
    given = Path(os.path.abspath(path))  # noqa: PTH100 - asked first as it is: a dead network drive cannot be resolved
    found = _unfit(given)
    if found is None:
        try:
            real = given.resolve()  # where links, substituted and mapped drives lead
        except (OSError, RuntimeError):
            return None
        found = _unfit(real) if real != given else None
    return found


def admit_open(path: Path) -> None:
    """PlaceError where a ledger that is there may not be opened in its place."""
    found = _refused(path)
    if found is not None and paths.is_file(path):
        raise PlaceError(
            f"台账不能放在{_place(found)}直接用，没有打开",
            "先复制到本机硬盘再打开，这里的文件不会动。窗口里点“复制到本机”；"
            f'用命令：mingxi restore "{path}" --db 本机硬盘上的文件.mxdb',
            path,
            found,
        )  # fmt: skip


def admit_new(path: Path, outcome: str = "没有新建") -> None:
    """PlaceError where no ledger may be made, UserError for a name that no file may have.

    outcome: what was not done then, in Chinese.
    """
    paths.admit_name(path)
    found = _refused(path)
    if found is not None:
        raise PlaceError(
            f"台账不能放在{_place(found)}，{outcome}",
            "换一个本机硬盘上的文件夹。备份、导出的表格和交接包可以放在那里。",
            path,
            found,
        )


def warning(path: Path) -> str:
    """What to say of an open ledger's place where it is only suffered; "" for an ordinary disk."""
    found = unfit(path) if paths.portable() else None
    return f"台账放在{_place(found)}，只作演示；正式的记录请放在本机硬盘" if found else ""


def _refused(path: Path) -> Unfit | None:
    found = unfit(path)
    if found is not None and found.sort is Sort.REMOVABLE and paths.portable():
        return None
    return found


def _place(found: Unfit) -> str:
    """The place in the middle of a sentence."""
    return f"{found.name}里" if found.sort is Sort.SYNCED else f"{found.name} 上"


def _unfit(path: Path) -> Unfit | None:
    drive = drive_of(path)
    if drive is Drive.NETWORK:
        return Unfit(Sort.NETWORK, f"网络盘 {drive_name(path)}")
    if drive is Drive.REMOVABLE:
        return Unfit(Sort.REMOVABLE, f"U盘 {drive_name(path)}")
    service = service_of(path)
    return Unfit(Sort.SYNCED, f"{service}的同步文件夹") if service else None
