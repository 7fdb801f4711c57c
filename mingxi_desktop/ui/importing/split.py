"""Two parts side by side or one above the other, in a proportion that holds in every window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Split(QSplitter):
    """Keeps the first part's share of the room until the user moves the border."""

    def __init__(self, orientation: Qt.Orientation, first: QWidget, second: QWidget, share: float) -> None:
        """share: of the first part, between 0 and 1."""
        super().__init__(orientation)
        self._share = share
        self._moved = False
        self.setChildrenCollapsible(False)
        self.addWidget(first)
        self.addWidget(second)
        self.splitterMoved.connect(self._user_moved)

    def _user_moved(self) -> None:
        self._moved = True

    def sizeHint(self) -> QSize:
        # Where labels wrap, a scroll area asks for what is liked, not for what is needed.
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            upright = self.orientation() is Qt.Orientation.Vertical
            room = event.size().height() if upright else event.size().width()
            self.setSizes([round(room * self._share), round(room * (1 - self._share))])


def beside(first: QWidget, second: QWidget, share: float) -> Split:
    """Two widgets side by side; the first has `share` (0 to 1) of the width."""
    return Split(Qt.Orientation.Horizontal, first, second, share)


def stacked(first: QWidget, second: QWidget, share: float) -> Split:
    """Two widgets one above the other; the first has `share` (0 to 1) of the height."""
    return Split(Qt.Orientation.Vertical, first, second, share)
