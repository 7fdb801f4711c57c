"""A line that says what is wrong, with symbol and word, never by colour alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from mingxi_desktop.ui import icons, style, theme

_ICONS = {"error": "error", "entry": "error", "warning": "warning", "info": "info"}
_STATES = {"entry": "error"}
_WORDS = {"error": "错误：", "entry": "错误：", "warning": "提醒：", "info": ""}


class Message(QWidget):
    """Hidden while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self._icon.setFixedSize(theme.TEXT + 3, theme.TEXT + 5)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 2)
        row.setSpacing(theme.HALF)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    def say(self, message: str, severity: str = "error") -> None:
        """Show a message of severity "error", "entry", "warning" or "info"; "" hides the line."""
        state = _STATES.get(severity, severity)
        if message:
            role = "muted" if state == "info" else state
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(icons.pixmap(_ICONS[severity], role, theme.TEXT + 3, ratio))
            style.set_state(self._text, "state", state)
        self._text.setText(_WORDS[severity] + message if message else "")
        self.setVisible(bool(message))

    def text(self) -> str:
        """What it says."""
        return self._text.text()
