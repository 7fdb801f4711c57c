"""Keeping the file safe: checked copies, coming back from them, and proving that nothing is wrong."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.ledger.backup_names import SUFFIX
from mingxi_desktop.ledger.backups import (
    FOLDER,
    FOLDER_SETTING,
    Backups,
    check_folder,
    exists_already,
    folder_of,
)
from mingxi_desktop.ledger.proving import check_file, verify
from mingxi_desktop.ledger.restoring import restore
from mingxi_desktop.storage.store import Store

__all__ = [
    "FOLDER",
    "FOLDER_SETTING",
    "SUFFIX",
    "backup",
    "check_file",
    "check_folder",
    "folder_of",
    "restore",
    "verify",
]


def backup(store: Store, target: Path | None) -> Path:
    """A copy, opened again and checked before it gets its name; UserError when that fails.

    target: its name; None for the folder of backups, where old ones are thinned out.
    """
    if target is not None and target.exists():
        raise exists_already(target)
    return Backups(store).make(target=target).path
