"""What all dialogs have in common: size within the screen, a body that can be scrolled, a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.shapes import row

_MARGIN = 48
"""Pixels of the screen left around a dialog, for its title bar and the task bar."""


class Frame(QDialog):
    """A dialog: put widgets into `column`, then call `close_with`. Esc cancels."""

    def __init__(self, title: str, width: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self, self._help)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.WIDE_GAP, theme.WIDE_GAP, theme.WIDE_GAP, theme.WIDE_GAP)
        self.column.setSpacing(theme.GAP)
        room = self.screen().availableSize()
        self.resize(min(width, room.width() - _MARGIN), min(height, room.height() - _MARGIN))

    def scrolled(self) -> QVBoxLayout:
        """A column that scrolls where the screen is too small for it."""
        area = QScrollArea()
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
        return column

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

    def _help(self) -> None:
        from mingxi_desktop.ui.dialogs.manual import open_manual

        open_manual(self)
