"""Faults of disk and folders that no layer below has put into words."""

from __future__ import annotations

import errno
import os
from types import MappingProxyType

from mingxi_desktop.errors import FULL_HINT, UserError, disk_reason

_HINTS = MappingProxyType(
    {
        errno.ENOSPC: FULL_HINT,
        errno.EDQUOT: FULL_HINT,
        errno.EROFS: "换一个能写的文件夹。",
        errno.EISDIR: "写上文件名再试。",
        errno.EEXIST: "换一个名字再试。",
        errno.ENAMETOOLONG: "换一个短一些的名字。",
        errno.EIO: "检查磁盘或U盘是否松动，再试一次。",
    }
)


def of_disk(error: OSError) -> UserError:
    """What an OSError means for the user: what, which file, what next."""
    if error.filename is None and _nowhere():
        return UserError(
            "命令是在一个已经删除的文件夹里运行的",
            "位置：终端的当前文件夹",
            "用 cd 换到一个在的文件夹，再运行一次。",
        )
    where = f"文件：{error.filename}" if error.filename is not None else ""
    if isinstance(error, PermissionError):
        hint = "关闭正在使用它的程序（如 Excel、WPS），或换一个有写权限的文件夹。"
        return UserError("文件打不开或写不进去", where, hint)
    hint = _HINTS.get(error.errno or 0, "核对位置、检查磁盘和文件夹，再试一次。")
    return UserError(disk_reason(error), where, hint)


def _nowhere() -> bool:
    """Whether the folder in which the command runs has been deleted."""
    try:
        os.getcwd()  # noqa: PTH109 - what is asked is whether the system knows
    except FileNotFoundError:
        return True
    return False
