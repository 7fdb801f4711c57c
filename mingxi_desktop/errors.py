"""The world's faults, told apart from our own bugs."""

from __future__ import annotations

import errno
import os
from pathlib import Path
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

    def in_one_line(self, between: str = "。") -> str:
        """The same where there is room for one line; a part that ends a sentence by itself does not end it twice."""
        parts = [part for part in (self.title, self.detail, self.hint) if part]
        return between.join([part.rstrip("。") for part in parts[:-1]] + parts[-1:])


class PasswordError(UserError):
    """The ledger is kept under a password, and none was given or another one."""


_REASONS = MappingProxyType(
    {
        errno.ENOSPC: "磁盘满了",
        errno.EDQUOT: "这个盘上给您的空间用完了",
        errno.EFBIG: "文件太大，这个盘放不下",
        errno.EROFS: "这个盘是只读的",
        errno.ENOENT: "没有这个文件或文件夹",
        errno.ENOTDIR: "路径里有一段不是文件夹",
        errno.EISDIR: "这是一个文件夹，不是文件",
        errno.EEXIST: "同名的文件已经存在",
        errno.ENAMETOOLONG: "文件名太长",
        errno.EINVAL: "文件名里有不能用的字符，或者这个盘打不开、还没有解锁",
        errno.EIO: "读写磁盘出错",
    }
)


def drive_of(path: str | Path) -> str:
    """The drive a file lies on, as its user knows it: D:, or the folder where a disk is mounted."""
    place = Path(path).absolute()
    if place.drive:
        return place.drive
    return str(next((one for one in (place, *place.parents) if os.path.ismount(one)), place.anchor))


FULL_HINT = "移走或清理这个盘上的其他文件，再试；或换一个盘。"
_FULL = (errno.ENOSPC, errno.EDQUOT)


def is_full(error: BaseException | None) -> bool:
    """Whether the disk has no more room for us: the error itself, or the one that it was made of."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return error is not None and is_full(error.__cause__)


def disk_reason(error: OSError, where: str | Path | None = None) -> str:
    """Why the disk refused, in a few Chinese words: the system's own are in its own language.

    where: the file, for an error that does not name it.
    """
    if isinstance(error, PermissionError):  # by type: Windows gives no number for a file held by Excel
        return "没有权限，或者正被 Excel、WPS 等程序打开着"
    inner = error.__cause__ or error.__context__
    if error.errno is None and isinstance(inner, OSError):  # matplotlib says it in its own words
        return disk_reason(inner, where)
    place = error.filename if isinstance(error.filename, str) else where
    if is_full(error) and place is not None:
        return f"磁盘 {drive_of(place)} 满了"
    return _REASONS.get(error.errno or 0, "读写出错")


def disk_fault(title: str, where: str | Path, error: OSError, hint: str) -> UserError:
    """What the disk did to a file or folder, for the user.  hint: what to do unless the disk is full."""
    sort = "文件夹" if os.path.isdir(where) else "文件"  # noqa: PTH112 - no fault on a disk that is locked
    return UserError(
        title, f"{sort}：{where}（{disk_reason(error, where)}）", FULL_HINT if is_full(error) else hint
    )
