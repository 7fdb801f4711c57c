"""After a restore: what was done, where the replaced file is, and the one click back to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from mingxi_desktop.ui.context import Context

_LEDGER, _ASIDE = "restore/ledger", "restore/aside"


def note_restored(context: Context, backup: Path, aside: Path | None, window: QWidget) -> None:
    """Remember what a restore has replaced, and tell the user."""
    from mingxi_desktop.ui.dialogs.restored import RestoredDialog

    context.settings.setValue(_LEDGER, str(context.path))
    context.settings.setValue(_ASIDE, str(aside or ""))
    context.said.emit(f"已恢复：{backup.name}")
    if aside is not None:
        RestoredDialog(context, backup, aside, window).show()


def replaced(settings: QSettings, ledger: Path) -> Path | None:
    """The file that the last restore of this ledger has replaced; None where there is none any more."""
    kept = str(settings.value(_ASIDE, ""))
    if not kept or str(settings.value(_LEDGER, "")) != str(ledger):
        return None
    path = Path(kept)
    return path if path.is_file() else None
