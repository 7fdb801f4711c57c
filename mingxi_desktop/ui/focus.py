"""Where the user is typing: ending it without losing a letter, and going back there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QWidget


def finish_typing(within: QWidget) -> None:
    """What is still being typed into a field or a cell inside the widget counts, as if it had been left."""
    focus = QApplication.focusWidget()
    if focus is None or not within.isAncestorOf(focus):
        return
    around = focus.parentWidget()
    while around is not None and not isinstance(around, QAbstractItemView):
        around = around.parentWidget()
    if around is not None:
        # The editor of a cell: it closes when its table has the focus again.
        around.setFocus()
    else:
        focus.clearFocus()
        focus.setFocus()


class TabPlace(QWidget):
    """A place in the order of Tab, never in sight, for what is made later and would come last.

    Nobody may ask Qt for the neighbours in that order, `nextInFocusChain` and `previousInFocusChain`: PySide takes what
    they return for a child of the widget that was asked.  Asked from both sides two widgets own each other, and their
    Python halves stay for ever, or one goes with the other while Qt still calls it.
    """

    def __init__(self, parent: QWidget) -> None:
        """It comes after what the parent holds by now; if others are in its window already, after them too."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def put(self, stops: Sequence[QWidget]) -> None:
        """Tab reaches these here, in this order."""
        for first, second in pairwise((self, *stops)):
            QWidget.setTabOrder(first, second)


class Cursor:
    """The place in the text that has the focus, to be put there again after the text was set anew."""

    def __init__(self) -> None:
        self._focus = QApplication.focusWidget()
        self._place = 0
        if isinstance(self._focus, QLineEdit):
            self._place = self._focus.cursorPosition()
        elif isinstance(self._focus, QPlainTextEdit):
            self._place = self._focus.textCursor().position()

    def put_back(self) -> None:
        """Go on where the user was."""
        if isinstance(self._focus, QLineEdit):
            self._focus.setCursorPosition(self._place)
        elif isinstance(self._focus, QPlainTextEdit):
            cursor = self._focus.textCursor()
            cursor.setPosition(min(self._place, len(self._focus.toPlainText())))
            self._focus.setTextCursor(cursor)
