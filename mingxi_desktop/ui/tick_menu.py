"""A menu of things to be ticked: it stays open at a tick, so that several are one visit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu


class TickMenu(QMenu):
    """A click or Space on an action that can be ticked leaves it open; Enter, Esc and a click elsewhere close it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._ticks(action):
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._ticks(self.activeAction()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _ticks(self, action: QAction | None) -> bool:
        """Trigger an action that can be ticked; whether it is one."""
        if action is None or not (action.isCheckable() and action.isEnabled()):
            return False
        action.trigger()
        return True
