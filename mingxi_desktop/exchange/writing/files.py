"""Putting a finished file in its place: whole or not at all, with a second's patience for a held file."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mingxi_desktop.errors import FULL_HINT, UserError, disk_reason, is_full

_TRIES = 5
_PAUSE = 0.2


@contextmanager
def finished(path: Path) -> Iterator[Path]:
    """A path to write to; what stands there at the end takes the place of `path`.

    UserError when the folder cannot be written or the file is held by another program.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.touch()  # a folder that cannot be written is noticed before any work is done
        yield part
        _sync(part)
        put(part, path)
    except Exception as error:
        fault = _of_disk(error)
        if fault is None:
            raise
        raise _unwritten(path, fault) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def save(path: Path, data: bytes) -> None:
    """Write a whole file or none; UserError where that is not possible."""
    with finished(path) as part:
        part.write_bytes(data)


def put(part: Path, path: Path) -> None:
    """Give a finished file its name, over the one that has it; OSError where another program holds that one."""
    for attempt in range(_TRIES):
        try:
            part.replace(path)
            return
        except PermissionError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE)


def _sync(part: Path) -> None:
    """Have the content on the disk before the name: a power cut would leave an empty file under it."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _of_disk(error: Exception) -> OSError | None:
    """The disk's fault in an error; XlsxWriter wraps it into one of its own."""
    inner = error if isinstance(error, OSError) else next(iter(error.args), None)
    return inner if isinstance(inner, OSError) else None


def _unwritten(path: Path, fault: OSError) -> UserError:
    if isinstance(fault, PermissionError):
        return UserError(
            "文件写不进去",
            f"{path}：没有写的权限，或者正被 WPS 或 Excel 打开",
            "关闭打开它的程序，或换一个文件夹再试。",
        )
    if is_full(fault):
        return UserError("文件写不进去", f"{path}：{disk_reason(fault, _fullest(path))}", FULL_HINT)
    return UserError("文件写不进去", f"{path}：{disk_reason(fault)}", "处理后再试，或换一个文件夹。")


def _fullest(path: Path) -> Path:
    """Which disk it is that a write found full: that of the file, or that of the temporary files behind it."""

    def free(folder: Path) -> int:
        try:
            return shutil.disk_usage(folder).free
        except OSError:
            return 0

    return min((path.parent, Path(tempfile.gettempdir())), key=free)
