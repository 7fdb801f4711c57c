"""Putting a finished file in its place: whole or not at all, with a second's patience for a held file."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mingxi_desktop.errors import UserError, disk_reason

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
        _replace(part, path)
    except PermissionError as error:
        raise UserError(
            "文件写不进去",
            f"{path}：没有写的权限，或者正被 WPS 或 Excel 打开",
            "关闭打开它的程序，或换一个文件夹再试。",
        ) from error
    except OSError as error:
        detail = f"{path}：{disk_reason(error)}"
        raise UserError("文件写不进去", detail, "处理后再试，或换一个文件夹。") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def save(path: Path, data: bytes) -> None:
    """Write a whole file or none; UserError where that is not possible."""
    with finished(path) as part:
        part.write_bytes(data)


def _sync(part: Path) -> None:
    """Have the content on the disk before the name: a power cut would leave an empty file under it."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _replace(part: Path, path: Path) -> None:
    for attempt in range(_TRIES):
        try:
            part.replace(path)
            return
        except PermissionError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE)
