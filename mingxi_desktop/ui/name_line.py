"""A line with the name or the place of a file in it: they are as long as people like, and the window is not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from mingxi_desktop.ui import style
from mingxi_desktop.ui.veil import VeiledLabel

_LEAST = 120


class NameLine(VeiledLabel):
    """Gives way where it is too narrow: cut in the middle, for the end of a name tells as much as its beginning.

    `text()` is the whole text, as is the tool tip while it is cut.  role: as of `shapes.label`.
    """

    def __init__(self, role: str, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        style.set_state(self, "role", role)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        wanted = super().minimumSizeHint()
        return QSize(min(wanted.width(), _LEAST), wanted.height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room, where, role = self.contentsRect(), self.alignment(), self.foregroundRole()
        self.style().drawItemText(
            painter, room, where, self.palette(), self.isEnabled(), self._fitting(), role
        )

    def _fitting(self) -> str:
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def _tell(self) -> None:
        self.setToolTip(self.text() if self._fitting() != self.text() else "")
