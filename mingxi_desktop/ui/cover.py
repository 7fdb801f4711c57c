"""What lies over a window while the program is locked: nothing of it can be read, and only a password goes in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mingxi_desktop import APP_NAME
from mingxi_desktop.ui import icons, theme
from mingxi_desktop.ui.password_line import PasswordLine
from mingxi_desktop.ui.shapes import button, label, row

_ICON, _WIDTH, _ROOMY = 40, 320, 300
_LOCKED = "已锁定"
TITLE = f"{APP_NAME}（{_LOCKED}）"
"""What a locked window is called."""


class Cover(QWidget):
    """Lies over one window, a dialog or the main one; the one in use asks for the password."""

    given = Signal(str)
    """A password was entered."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(_LOCKED)
        self.line = PasswordLine("口令(&P)", width=0)
        self.line.setMaximumWidth(_WIDTH)
        self.line.entered.connect(self._give)
        self.setFocusProxy(self.line)
        self.said: QLabel = label(role="error")
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said.setWordWrap(True)
        self.go = button("解锁", self._give, primary=True)
        self._picture = QLabel()
        self._picture.setPixmap(icons.pixmap("lock", "accent_text", _ICON, self.devicePixelRatioF()))
        title = label(_LOCKED, "title")
        self._told = label("正在做的事会接着做完，填了一半的内容都在。", "muted")
        self._told.setWordWrap(True)
        for text in (title, self._told, self._picture):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(theme.GAP)
        column.addStretch(1)
        for part in (self._picture, title, self._told):
            column.addWidget(part)
        line = row(None, self.line, None)
        line.setStretch(1, 4)
        column.addLayout(line)
        column.addLayout(row(None, self.go, None))
        column.addWidget(self.said)
        column.addStretch(2)
        self.fit()
        self.show()
        self.raise_()

    def fit(self) -> None:
        """Over the whole window, its menus and status bar included."""
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
            for part in (self._picture, self._told):
                part.setVisible(window.height() >= _ROOMY)

    def tell(self, text: str) -> None:
        """Say what is wrong with the password; empty, and ready for the next one."""
        self.said.setText(text)
        self.line.clear()
        self.line.edit.setFocus()

    def allow(self, *, on: bool, text: str = "解锁") -> None:
        """Whether a password is taken now."""
        self.go.setText(text)
        self.go.setEnabled(on)

    def _give(self) -> None:
        if self.go.isEnabled() and self.line.text():
            self.given.emit(self.line.text())

    # nothing gets through

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes between the line and the button, and never behind the cover."""
        inside = self.window().focusWidget() is self.line.edit and self.go.isEnabled()
        (self.go if inside else self.line.edit).setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.line.edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # a dialog below would close at Esc

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("ground"))
