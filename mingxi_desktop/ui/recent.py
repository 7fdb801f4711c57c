"""The ledgers opened last on this PC."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from mingxi_desktop import paths

_RECENT = "ledger/recent"
_MOST_RECENT = 5


def recent_files(settings: QSettings) -> list[Path]:
    """The ledgers used last that are still there, newest first."""
    kept = settings.value(_RECENT)
    names = kept if isinstance(kept, list) else [kept]  # one alone comes back as a text
    found = [Path(name) for name in names if isinstance(name, str) and name]
    return [path for path in found if paths.is_there(path)]


def remember(settings: QSettings, path: Path) -> None:
    """Put a ledger first among the recent ones."""
    names = [str(path), *(str(other) for other in recent_files(settings) if other != path)]
    settings.setValue(_RECENT, names[:_MOST_RECENT])
