"""Where the window was: it comes back on its screen, as large as before, and always where it can be seen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize, Qt
from PySide6.QtWidgets import QWidget

_GEOMETRY, _MAXIMISED = "window/geometry", "window/maximised"
_FRAME = QSize(16, 40)
"""What the system draws around a window, about, in logical pixels."""


def note(window: QWidget, settings: QSettings) -> None:
    """Keep place, size and whether it is maximised."""
    settings.setValue(_GEOMETRY, window.saveGeometry())
    settings.setValue(_MAXIMISED, window.isMaximized())
    settings.sync()


def put_back(window: QWidget, settings: QSettings) -> None:
    """Give the window its place of last time, before it is shown.

    Qt finds another screen for one that is gone. Where the screen has become smaller, as at another scale, it may
    take nothing over, or a size that has no room; such a window fills the screen.
    """
    saved = settings.value(_GEOMETRY)
    known = isinstance(saved, QByteArray) and window.restoreGeometry(saved)
    if window.isMaximized():
        return
    maximised = not known and settings.value(_MAXIMISED, False, bool)
    if maximised or not fits(window.size(), window.screen().availableGeometry()):
        window.resize(window.size().boundedTo(window.screen().availableSize() - _FRAME))
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def fits(size: QSize, room: QRect) -> bool:
    """Whether a window of that size, with its frame, has room on a screen."""
    whole = size + _FRAME
    return whole.width() <= room.width() and whole.height() <= room.height()
