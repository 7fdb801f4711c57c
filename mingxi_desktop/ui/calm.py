"""A drop-down list that the wheel changes only while it has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

_MOST_SHOWN = 16


class CalmCombo(QComboBox):
    """A combo box that lets the page scroll under the mouse."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """name: for people who hear the screen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(_MOST_SHOWN)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
