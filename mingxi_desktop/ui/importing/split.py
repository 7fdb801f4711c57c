"""Two parts side by side or one above the other, in a proportion that holds in every window.

The parts are made inside it: Qt styles a widget anew, with all that is in it, whenever it is given another parent, so
that a page put together from the inside out is styled once for each level.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Split(QSplitter):
    """Keeps the first part's share of the room until the user moves the border.

    The first two widgets that are made with it as their parent are its parts.
    """

    def __init__(self, orientation: Qt.Orientation, share: float, parent: QWidget | None) -> None:
        """share: of the first part, between 0 and 1."""
        super().__init__(orientation, parent)
        self._share = share
        self._moved = False
        self.setChildrenCollapsible(False)
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


def beside(share: float, parent: QWidget | None = None) -> Split:
    """For two widgets side by side; the first has `share` (0 to 1) of the width."""
    return Split(Qt.Orientation.Horizontal, share, parent)


def stacked(share: float, parent: QWidget | None = None) -> Split:
    """For two widgets one above the other; the first has `share` (0 to 1) of the height."""
    return Split(Qt.Orientation.Vertical, share, parent)
