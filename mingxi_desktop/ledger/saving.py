"""Files written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.errors import UserError, disk_reason


def save(path: Path, data: bytes) -> None:
    """Write a whole file or none; UserError where that is not possible."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except PermissionError:
        part.unlink(missing_ok=True)
        raise UserError(
            f"“{path.name}”写不进去",
            f"文件：{path}",
            "它可能正在别的程序里打开，请关掉后再试，或换一个文件名。",
        ) from None
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(
            f"“{path.name}”没有存成", f"文件：{path}（{disk_reason(error)}）", "请换一个文件夹再试。"
        ) from error
