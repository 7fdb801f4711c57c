"""Enter leads from line to line, as in the forms of records; after the last one it does what the dialog is for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAD = Qt.KeyboardModifier.KeypadModifier


def is_enter(event: QEvent) -> bool:
    """Whether it is Enter alone, of either part of the keyboard."""
    return isinstance(event, QKeyEvent) and event.key() in _ENTER and not event.modifiers() & ~_PAD


def lead_on(*stops: QWidget) -> None:
    """Enter in each of these leads to the next one that can be used; in the last it stays what it was.

    With a button as the last, Enter never presses it from within a line: the next Enter does.
    """
    leading = _Leading(stops)
    for stop in stops[:-1]:
        stop.installEventFilter(leading)


class _Leading(QObject):
    def __init__(self, stops: tuple[QWidget, ...]) -> None:
        super().__init__(stops[0])
        self._stops = stops

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and is_enter(event):
            later = self._stops[self._stops.index(watched) + 1 :]
            following = next((stop for stop in later if stop.isVisible() and stop.isEnabled()), None)
            if following is not None:
                following.setFocus()
                return True
        return super().eventFilter(watched, event)
