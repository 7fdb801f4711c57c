"""Putting a finished file in its place: whole or not at all; what the disk refuses is told."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.errors import FULL_HINT, UserError, disk_reason, is_full


@contextmanager
def finished(path: Path) -> Iterator[Path]:
    """A path to write to; what stands there at the end takes the place of `path`.

    UserError when the name is none for a file, the folder cannot be written or another program holds the file.
    """
    paths.admit_name(path)
    part = path.with_name(path.name + ".part")
    try:
        _touch(part)
        yield part
        _sync(part)
        paths.give_name(part, path)
    except UserError:
        raise
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


def _touch(part: Path) -> None:
    """A folder that cannot be written is noticed before any work is done."""
    try:
        part.touch()
    except PermissionError as error:
        raise UserError(
            "文件写不进去", f"文件夹：{part.parent}（没有写的权限）", "换一个文件夹再试。"
        ) from error


def _sync(part: Path) -> None:
    """Have the content on the disk before the name: a power cut would leave an empty file under it."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _of_disk(error: Exception) -> OSError | None:
    """The disk's fault in an error; XlsxWriter wraps it into one of its own."""
    inner = error if isinstance(error, OSError) else next(iter(error.args), None)
    return inner if isinstance(inner, OSError) else None


def _unwritten(path: Path, fault: OSError) -> UserError:
    if isinstance(fault, PermissionError):  # by type: Windows does not always give its number
        return _held(path)
    if is_full(fault):
        return UserError("文件写不进去", f"{path}：{disk_reason(fault, _fullest(path))}", FULL_HINT)
    return UserError("文件写不进去", f"{path}：{disk_reason(fault)}", "处理后再试，或换一个文件夹。")


def _held(path: Path) -> UserError:
    if path.is_dir():  # Windows says the same of it as of a file in use
        return UserError("文件写不进去", f"{path}：这是一个文件夹，不是文件", "写上文件名再试。")
    if path.exists() and not os.access(path, os.W_OK):
        return UserError("文件写不进去", f"{path}：文件是只读的", "去掉它的“只读”属性，或换一个文件名再试。")
    return UserError(
        "文件正被 Excel/WPS 打开，没有写成",
        f"{path}：正被 Excel、WPS 或别的程序打开着",
        "关闭打开它的程序再试，或换一个文件名。原来的文件没有动。",
    )


def _fullest(path: Path) -> Path:
    """Which disk it is that a write found full: that of the file, or that of the temporary files behind it."""

    def free(folder: Path) -> int:
        try:
            return shutil.disk_usage(folder).free
        except OSError:
            return 0

    return min((path.parent, Path(tempfile.gettempdir())), key=free)
