"""What the taskbar of Windows knows of us: who we are, and the ledgers opened last (its jump list)."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

from mingxi_desktop import paths

ID = "Mingxi.EmergencyLedger"
"""The application's name for Windows; the installer gives it to shortcuts and file types, too."""
_WITH_ID = 5
"""SHARD_APPIDINFOIDLIST: a file of the application that is named along."""


class _Recent(ctypes.Structure):
    """SHARDAPPIDINFOIDLIST."""

    _fields_ = (("place", ctypes.c_void_p), ("application", ctypes.c_wchar_p))


def introduce() -> None:
    """Own taskbar button with own icon; must come before the first window. Elsewhere nothing is done."""
    if sys.platform == "win32":
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(ID)


def remember(path: Path) -> None:
    """Put a ledger into the jump list; a demonstration from a stick leaves nothing on that PC."""
    if sys.platform == "win32" and not paths.portable():
        add_recent(ctypes.windll.shell32, path)


def add_recent(shell: Any, path: Path) -> None:
    """Tell the shell (shell32) of a file just opened; one that it cannot find is left out."""
    shell.ILCreateFromPathW.restype = ctypes.c_void_p
    shell.ILCreateFromPathW.argtypes = [ctypes.c_wchar_p]
    place = shell.ILCreateFromPathW(str(path))
    if not place:
        return
    shell.ILFree.argtypes = [ctypes.c_void_p]
    try:
        shell.SHAddToRecentDocs(_WITH_ID, ctypes.byref(_Recent(place, ID)))
    finally:
        shell.ILFree(place)
