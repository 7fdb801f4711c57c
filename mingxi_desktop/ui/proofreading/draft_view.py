"""The draft's text, not to be edited, its numbers marked; a click on one chooses it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from mingxi_desktop.report.proofreading.model import Checked
from mingxi_desktop.report.proofreading.telling import NAMES, sentence
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.proofreading.look import text_format

_BMP = 0xFFFF
_MARGIN = 2 * theme.TITLE
"""A number nearer than this to the edge is brought to the middle."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DraftView(QPlainTextEdit):
    """Shows a draft; numbers are named by their place among those that were given."""

    chosen = Signal(int)
    """The number that was clicked, or Enter pressed upon."""
    menu_wanted = Signal(int, QPoint)
    """A number was clicked with the right button: its place, and where on the screen."""
    paste_wanted = Signal()
    """Ctrl+V: another draft."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: tuple[Checked, ...] = ()
        self._wide: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._place = -1
        self.setReadOnly(True)
        style.set_state(self, "reading", value=True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName("草稿")
        self.setAcceptDrops(False)  # files dropped here are for the page
        font = QFont(self.font())
        font.setPixelSize(theme.TITLE)
        self.setFont(font)

    def set_text(self, text: str) -> None:
        """Show another draft, no number of it judged yet."""
        # Qt counts the two halves of a rare character each.
        self._wide = [place for place, sign in enumerate(text) if ord(sign) > _BMP]
        self.set_checked(())
        self.setPlainText(text)

    def set_checked(self, checked: Sequence[Checked]) -> None:
        """Mark the numbers, which stand in the order of the text."""
        self._checked = tuple(checked)
        self._starts = [self._in_qt(one.amount.start) for one in checked]
        self._ends = [self._in_qt(one.amount.end) for one in checked]
        self._place = -1
        self._mark()

    def show_number(self, place: int) -> None:
        """Choose a number and bring it into sight; -1 chooses none."""
        self._place = place
        self._mark()
        if place >= 0:
            cursor = self.textCursor()
            cursor.setPosition(self._starts[place])
            self.setTextCursor(cursor)
            if not self.viewport().rect().adjusted(0, _MARGIN, 0, -_MARGIN).contains(self.cursorRect()):
                self.centerCursor()

    def number_at(self, point: QPoint) -> int:
        """The place of the number at a point of the viewport; -1 where there is none."""
        return self._number_around(self.cursorForPosition(point))

    # what Qt calls

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            place = self.number_at(event.position().toPoint())
            if place >= 0:
                self.chosen.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.key() in _ENTER and (place := self._number_around(self.textCursor())) >= 0:
            self.chosen.emit(place)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        place = self.number_at(event.pos()) if by_mouse else self._number_around(self.textCursor())
        if place >= 0:
            at = event.pos() if by_mouse else self.cursorRect().bottomLeft()
            self.menu_wanted.emit(place, self.viewport().mapToGlobal(at))
        else:
            super().contextMenuEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.number_at(event.pos())
            one = self._checked[place] if place >= 0 else None
            # A first line without any text from outside: Qt would take a tag in it for markup.
            QToolTip.showText(
                event.globalPos(), f"{NAMES[one.verdict]}\n{sentence(one)}" if one else "", self
            )
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()

    # inside

    def _in_qt(self, place: int) -> int:
        return place + bisect_left(self._wide, place)

    def _number_around(self, cursor: QTextCursor) -> int:
        at = cursor.position()
        place = bisect_right(self._starts, at) - 1
        if place < 0 or at > self._ends[place]:
            return -1
        first = bisect_left(self._starts, self._starts[place])
        return min(range(first, place + 1), key=self._gravity)

    def _gravity(self, place: int) -> int:
        """Of a number that says two things, what needs looking at is shown."""
        return list(NAMES).index(self._checked[place].verdict)

    def _mark(self) -> None:
        made = []
        # What is marked later lies above.
        order = sorted(
            range(len(self._checked)), key=lambda place: (place == self._place, -self._gravity(place))
        )
        for place in order:
            one = self._checked[place]
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._starts[place])
            cursor.setPosition(self._ends[place], QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, text_format(one.verdict, chosen=place == self._place)
            made.append(selection)
        self.setExtraSelections(made)
