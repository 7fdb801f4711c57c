"""A number of days, typed: 10 天."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mingxi_desktop.ui.shapes import label, row

_WIDTH = 64


class DaysBox(QWidget):
    """From least to most days; what is none of them goes back to what was there, ↑ and ↓ step."""

    changed = Signal(int)
    """Another number was typed and left."""

    def __init__(self, name: str, least: int, most: int, days: int, parent: QWidget | None = None) -> None:
        """name: for people who hear the screen."""
        super().__init__(parent)
        self._least, self._most, self._days = least, most, days
        self.editor = _Days(self)
        self.editor.setAccessibleName(name)
        self.editor.setToolTip(f"{least} 到 {most} 天")
        self.editor.setValidator(QIntValidator(0, most, self))
        self.editor.setFixedWidth(_WIDTH)
        self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        inside = row(self.editor, label("天"), None)
        self.setLayout(inside)
        self.setFocusProxy(self.editor)
        self.set_days(days)
        self.editor.editingFinished.connect(self._left)

    @property
    def days(self) -> int:
        """The number that stands there, or did before something else was typed."""
        text = self.editor.text()
        typed = int(text) if text.isdecimal() else self._days
        return typed if self._least <= typed <= self._most else self._days

    def set_days(self, days: int) -> None:
        """Show another number."""
        self._days = days
        self.editor.setText(str(days))

    def step(self, days: int) -> None:
        """So many more or fewer."""
        self.editor.setText(str(min(max(self.days + days, self._least), self._most)))

    def _left(self) -> None:
        days, before = self.days, self._days
        self.set_days(days)
        if days != before:
            self.changed.emit(days)


class _Days(QLineEdit):
    """The digits."""

    def __init__(self, box: DaysBox) -> None:
        super().__init__(box)
        self._box = box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self._box.step(1 if event.key() == Qt.Key.Key_Up else -1)
            event.accept()
        else:
            super().keyPressEvent(event)
