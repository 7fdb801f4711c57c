"""What all dialogs have in common: size within the screen, a body that can be scrolled, a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.shapes import row

_MARGIN = 48
"""Pixels of the screen left around a dialog, for its title bar and the task bar."""


class BareFrame(QDialog):
    """A dialog without a page of the manual: the manual itself, and what tells of work under way.

    Put widgets into `column`, then call `close_with`. Esc cancels.
    """

    def __init__(self, title: str, width: int, height: int = 0, parent: QWidget | None = None) -> None:
        """height: where there is none, as much as all that is shown needs; with more to show it grows."""
        super().__init__(parent)
        self._fitted = not height
        self._needed = 0
        self._area: _FittedArea | None = None
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.WIDE_GAP, theme.WIDE_GAP, theme.WIDE_GAP, theme.WIDE_GAP)
        self.column.setSpacing(theme.GAP)
        room = self.screen().availableSize()
        self.resize(min(width, room.width() - _MARGIN), min(height, room.height() - _MARGIN))

    def scrolled(self) -> QVBoxLayout:
        """A column that scrolls where the screen is too small for it."""
        area = _FittedArea() if self._fitted else QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        style.set_state(inside, "plain", value=True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        # Room beside the bar only where there is one: what is above stands in line with the buttons below.
        area.verticalScrollBar().rangeChanged.connect(
            lambda _, last: column.setContentsMargins(0, 0, theme.GAP if last else 0, 0)
        )
        area.setWidget(inside)
        self.column.addWidget(area, 1)
        if isinstance(area, _FittedArea):
            self._area = area
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            for part in (self, inside):
                part.installEventFilter(self)
        return column

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._area is not None:
            if watched is not self:
                self._area.updateGeometry()
            self._grow()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        self._grow()  # before Qt puts it in the middle
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._needed and event.size().width() != event.oldSize().width():
            self._needed = self._height_needed()  # made smaller by hand it stays so
        self._bar_where_needed()

    def _grow(self) -> None:
        """Be high enough for what is shown, as far as the screen goes; smaller it would jump under the mouse."""
        needed = self._height_needed() if self._area is not None else 0
        if needed > self._needed:
            self._needed = needed
            room = self.screen().availableGeometry()
            self.resize(self.width(), max(self.height(), min(needed, room.height() - _MARGIN)))
            below = self.frameGeometry().bottom() - room.bottom()
            if below > 0 and self.isVisible():
                self.move(self.x(), max(self.y() - below, room.top()))
            self._bar_where_needed()

    def _bar_where_needed(self) -> None:
        """Have a bar only where there is no room for all: beside it texts wrap, and then they would need it."""
        if self._needed and self._area is not None:
            policy = Qt.ScrollBarPolicy
            self._area.setVerticalScrollBarPolicy(
                policy.ScrollBarAsNeeded if self.height() < self._needed else policy.ScrollBarAlwaysOff
            )

    def _height_needed(self) -> int:
        """Pixels with which nothing has to be scrolled."""
        return _height(self.column, self.width())

    def done(self, result: int) -> None:
        """Once closed it is of no more use: it goes, rather than wait with its window for the end."""
        super().done(result)
        self.deleteLater()

    def close_with(self, *buttons: QPushButton | None, default: QPushButton) -> None:
        """The row of buttons at the bottom; None is a stretch."""
        default.setDefault(True)
        line = row(*buttons)
        line.setContentsMargins(0, theme.GAP, 0, 0)
        self.column.addLayout(line)


class _FittedArea(QScrollArea):
    """Wants to be as high as what it holds is in its width, without a bar."""

    def sizeHint(self) -> QSize:
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        hint = super().sizeHint()
        if layout is not None:
            hint.setHeight(_height(layout, self.width() + layout.contentsMargins().right()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _height(layout: QLayout, width: int) -> int:
    """How high what is laid out likes to be in a width."""
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )
