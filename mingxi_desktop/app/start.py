"""Starting the window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mingxi_desktop.errors import UserError


def window(db: Path | None) -> int:
    """Open the window on a ledger file (None: the one used last) and stay until it is closed.

    Returns the exit code.  UserError where there is no screen.
    """
    if not _has_screen():
        raise UserError(
            "这台机器没有显示器，打不开窗口",
            "环境里没有 DISPLAY，也没有 WAYLAND_DISPLAY",
            "在有桌面的电脑上打开，或者使用命令行：mingxi --help",
        )
    from mingxi_desktop.ui import main

    return main.run(db)


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)


def pictures(db: Path, folder: Path, scale: float) -> list[Path]:
    """Pictures of every tab and dialog with the data at hand, as PNG files in `folder`; works without a screen."""
    if not _has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from mingxi_desktop.ui import screens

    return screens.take(db, folder, scale)
