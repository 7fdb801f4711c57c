"""After a restore: what was done, where the replaced file is, and the one click back to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from mingxi_desktop.ui.window import MainWindow

_LEDGER, _ASIDE = "restore/ledger", "restore/aside"


def note_restored(window: MainWindow, backup: Path, aside: Path | None) -> None:
    """Remember what a restore has replaced, and tell the user."""
    from mingxi_desktop.ui.dialogs.restored import RestoredDialog

    settings = window.context.settings
    settings.setValue(_LEDGER, str(window.context.path))
    settings.setValue(_ASIDE, str(aside or ""))
    window.context.said.emit(f"已恢复：{backup.name}")
    if aside is not None:
        RestoredDialog(window, backup, aside).show()


def replaced(settings: QSettings, ledger: Path) -> Path | None:
    """The file that the last restore of this ledger has replaced; None where there is none any more."""
    kept = str(settings.value(_ASIDE, ""))
    if not kept or str(settings.value(_LEDGER, "")) != str(ledger):
        return None
    path = Path(kept)
    return path if path.is_file() else None
