"""A second start on the same ledger brings the first one's window to the front and ends.

Who has the file is known by SQLite's lock alone. The second process leaves a small file in the data folder, which
the first one watches; where nobody takes it away, another user or program has the ledger.  In it stands the backup
that is to be looked at there, if any.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError

_PATIENCE, _PAUSE = 2.0, 0.05
"""Seconds that the second start waits for the first one, and between two looks."""


class Doorbell(QFileSystemWatcher):
    """Shows the window of a ledger when a second start asks for it."""

    backup_wanted = Signal(object)
    """A backup (`Path`) was opened that this ledger may go back to."""

    def __init__(self, window: QWidget, ledger: Path) -> None:
        super().__init__(window)
        self._window = window
        self._request = _request(ledger)
        self._request.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            self._request.unlink()
        self.addPath(str(self._request.parent))
        self.directoryChanged.connect(self._look)

    def _look(self) -> None:
        try:
            wanted = self._request.read_text(encoding="utf-8")
        except OSError:
            return
        with suppress(OSError):
            self._request.unlink()
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)
        if wanted:
            self.backup_wanted.emit(Path(wanted))


def shown_by_first(ledger: Path, error: UserError, backup: Path | None = None) -> bool:
    """Whether a ledger that could not be opened is open in a window of this user, which now is in front.

    backup: to be looked at there.
    """
    from mingxi_desktop.ledger.safekeeping.recovering import (
        BUSY_TITLE,  # loaded only where a ledger does not open
    )

    if error.title != BUSY_TITLE:
        return False
    request = _request(ledger)
    try:
        request.parent.mkdir(parents=True, exist_ok=True)
        part = request.with_suffix(".part")
        part.write_text(str(backup.absolute()) if backup else "", encoding="utf-8")
        paths.give_name(part, request)
    except OSError:
        return False
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if not request.exists():
            return True
        time.sleep(_PAUSE)
    with suppress(OSError):
        request.unlink()
    return False


def _request(ledger: Path) -> Path:
    name = hashlib.sha256(str(ledger.resolve()).encode("utf-8")).hexdigest()[:16]
    return paths.data_dir() / "show" / name
