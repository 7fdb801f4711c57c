"""The world's faults, told apart from our own bugs."""

from __future__ import annotations

import errno
from types import MappingProxyType


class UserError(Exception):
    """A fault of the world, said in Chinese: what happened, where, and what to do next.

    title: one short sentence, what happened.  detail: where and why.  hint: the next step.
    field: name of the field at fault, where there is one.
    """

    def __init__(self, title: str, detail: str = "", hint: str = "", *, field: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint
        self.field = field

    def __str__(self) -> str:
        return "\n".join(part for part in (self.title, self.detail, self.hint) if part)


_REASONS = MappingProxyType(
    {
        errno.ENOSPC: "磁盘满了",
        errno.EROFS: "这个盘是只读的",
        errno.ENOENT: "没有这个文件或文件夹",
        errno.ENOTDIR: "路径里有一段不是文件夹",
        errno.EISDIR: "这是一个文件夹，不是文件",
        errno.EEXIST: "同名的文件已经存在",
        errno.ENAMETOOLONG: "文件名太长",
        errno.EINVAL: "文件名里有不能用的字符",
        errno.EIO: "读写磁盘出错",
    }
)


def disk_reason(error: OSError) -> str:
    """Why the disk refused, in a few Chinese words: the system's own are in its own language."""
    if isinstance(error, PermissionError):  # by type: Windows gives no number for a file held by Excel
        return "没有权限，或者正被别的程序打开"
    return _REASONS.get(error.errno or 0, "读写出错")
