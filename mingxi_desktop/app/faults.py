"""Faults of disk and folders that no layer below has put into words."""

from __future__ import annotations

import errno

from mingxi_desktop.errors import UserError

_REASONS = {
    errno.ENOSPC: ("磁盘满了", "先清理这个盘上的其他文件再试。"),
    errno.EROFS: ("这个盘是只读的", "换一个能写的文件夹。"),
    errno.ENOENT: ("没有这个文件或文件夹", "核对位置再试。"),
    errno.ENOTDIR: ("路径里有一段不是文件夹", "核对位置再试。"),
    errno.EISDIR: ("这是一个文件夹，不是文件", "写上文件名再试。"),
    errno.EEXIST: ("同名的文件已经存在", "换一个名字再试。"),
    errno.ENAMETOOLONG: ("文件名太长", "换一个短一些的名字。"),
    errno.EIO: ("读写磁盘出错", "检查磁盘或U盘是否松动，再试一次。"),
}


def of_disk(error: OSError) -> UserError:
    """What an OSError means for the user: what, which file, what next."""
    where = f"文件：{error.filename}" if error.filename is not None else ""
    if isinstance(error, PermissionError):  # by type: Windows gives no number for a file held by Excel
        hint = "关闭正在使用它的程序（如 Excel、WPS），或换一个有写权限的文件夹。"
        return UserError("文件打不开或写不进去", where, hint)
    title, hint = _REASONS.get(error.errno or 0, ("读写文件出错", "检查磁盘和文件夹，再试一次。"))
    return UserError(title, where, hint)
