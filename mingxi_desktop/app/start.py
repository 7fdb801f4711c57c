"""Starting the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mingxi_desktop.errors import UserError

_OLDEST_BUILD = 17763
"""Windows 10 1809."""


def window(db: Path | None) -> int:
    """Open the window on a ledger file (None: the one used last) and stay until it is closed.

    Returns the exit code.  UserError where there is no screen, and on a Windows that is too old.
    """
    refuse_old_windows()
    if not _has_screen():
        raise UserError(
            "这台机器没有显示器，打不开窗口",
            "环境里没有 DISPLAY，也没有 WAYLAND_DISPLAY",
            "在有桌面的电脑上打开，或者使用命令行：mingxi --help",
        )
    gc.disable()  # what modules make while they are loaded stays: looking for garbage in it only takes time
    from mingxi_desktop.ui import lean_qt

    lean_qt.restore()
    from mingxi_desktop.ui import main

    gc.freeze()
    gc.enable()
    return main.run(db)


def refuse_old_windows(build: int | None = None) -> None:
    """UserError on a Windows that Qt does not start on, which would end without a word.  build: default this PC's."""
    if sys.platform == "win32" and build is None:
        build = sys.getwindowsversion().build
    if build is not None and build < _OLDEST_BUILD:
        raise UserError(
            "这台电脑的 Windows 太旧，打不开窗口",
            f"需要 Windows 10（1809）或更新的 64 位系统；这里是内部版本 {build}",
            "先更新 Windows，或换一台电脑。台账文件没有改动。",
        )


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)


def pictures(
    db: Path, folder: Path, scale: float, appearance: str = "light", password: str = ""
) -> list[Path]:
    """Pictures of every view with the data at hand, as PNG files in `folder`; works without a screen.

    scale: 1.5 for a screen at 150 %.  appearance: "light" or "dark".  password: of the ledger.
    """
    if not _has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from mingxi_desktop.ui import screens

    return screens.take(db, folder, scale, appearance=appearance, password=password)


def manual_pictures(folder: Path) -> list[Path]:
    """The pictures of the manual, of the demonstration year, as PNG files in `folder`; works without a screen."""
    if not _has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from mingxi_desktop.ui import screens

    return screens.take_for_manual(folder)


def all_pictures(
    db: Path, folder: Path, scales: Sequence[float], looks: Sequence[str], password: str = ""
) -> list[Path]:
    """The pictures at several scales and in several appearances, each in a folder named like dark-150.

    The scale is one for a whole process, so each folder is filled by one of its own. UserError if one fails.
    """
    import subprocess

    from mingxi_desktop.app import passwords

    made: list[Path] = []
    for look in looks:
        for scale in scales:
            own = folder / f"{look}-{scale * 100:.0f}"
            command = [*_ourselves(), "--db", str(db), "screens", "-o", str(own)]
            command += ["--scale", str(scale), "--appearance", look]
            done = subprocess.run(
                command,
                env={**os.environ, passwords.VARIABLE: password},
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                stdin=subprocess.DEVNULL,
                check=False,
            )
            if done.returncode:
                raise UserError(
                    "图片没有画成", f"文件夹：{own}\n{done.stderr.strip()}", "按上面的提示改正后再试。"
                )
            made += sorted(own.glob("*.png"))
    return made


def _ourselves() -> list[str]:
    """The command that runs this program."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "mingxi_desktop"]
