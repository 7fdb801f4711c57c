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


def put_before(stops: Sequence[QWidget], later: QWidget) -> None:
    """Tab reaches these, in this order, right before the other one: what is made later would come last."""
    before: QWidget | None = later.previousInFocusChain()
    while before is not None and before is not later and not _takes_tab(before, stops):
        before = before.previousInFocusChain()
    if before is not None and before is not later:
        for first, second in pairwise((before, *stops)):
            QWidget.setTabOrder(first, second)


class TabPlace(QWidget):
    """A place in the order of Tab, never in sight, for what is made later and would come last.

    Where it is known beforehand it takes no time: `put_before` has PySide make what lies around for Python.
    """

    def __init__(self, parent: QWidget) -> None:
        """It comes after what the parent holds by now."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def put(self, stops: Sequence[QWidget]) -> None:
        """Tab reaches these here, in this order."""
        for first, second in pairwise((self, *stops)):
            QWidget.setTabOrder(first, second)


def _takes_tab(widget: QWidget, stops: Sequence[QWidget]) -> bool:
    return (
        widget not in stops and not widget.isWindow() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )


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
