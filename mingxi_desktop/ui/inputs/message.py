"""A line that says what is wrong, with symbol and word, never by colour alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mingxi_desktop.ui import icons, style, theme
from mingxi_desktop.ui.shapes import button

_ICONS = {"error": "error", "entry": "error", "warning": "warning", "info": "info"}
_STATES = {"entry": "error"}
_WORDS = {"error": "错误：", "entry": "错误：", "warning": "提醒：", "info": ""}


_NARROWEST = 120


class Message(QWidget):
    """Hidden while it has nothing to say. Of another record it speaks with a door to it."""

    record_wanted = Signal(str, int)
    """Kind and id of the record it speaks of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: tuple[str, int] | None = None
        self._icon = QLabel(self)
        self._icon.setFixedSize(theme.TEXT + 3, theme.TEXT + 5)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 2)
        row.setSpacing(theme.HALF)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        tip = "看已有的那一条，写了一半的内容不会丢"
        self._door = button("查看那一条", self._open, self, link=True, tip=tip)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._text)
        said.addWidget(self._door, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(said, 1)
        self._door.hide()
        about = self.parentWidget()
        field = about.focusProxy() if about is not None else None
        if field is not None:
            QWidget.setTabOrder(field, self._door)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def say(self, message: str, severity: str = "error", record: tuple[str, int] | None = None) -> None:
        """Show a message of severity "error", "entry", "warning" or "info"; "" hides the line.

        record: (kind, id) of the one it speaks of.
        """
        self._record = record if message else None
        self._door.setVisible(self._record is not None)
        state = _STATES.get(severity, severity)
        if message:
            role = "muted" if state == "info" else state
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(icons.pixmap(_ICONS[severity], role, theme.TEXT + 3, ratio))
            style.set_state(self._text, "state", state)
        self._text.setText(_WORDS[severity] + message if message else "")
        self.setVisible(bool(message))
        self._make_room()

    def _open(self) -> None:
        if self._record is not None:
            self.record_wanted.emit(*self._record)

    def _make_room(self) -> None:
        """All lines of a long message show, whatever the layouts around ask for."""
        width = self.width() - self._icon.width() - theme.HALF
        self._text.setMinimumHeight(0)  # else it asks for no less than it had when it was narrower
        self._text.setMinimumHeight(max(0, self._text.heightForWidth(max(width, _NARROWEST))))

    def text(self) -> str:
        """What it says."""
        return self._text.text()
