"""The list that opens at the cursor after {: typing goes on in the text and narrows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from mingxi_desktop.ui.inputs.popup import Row, SuggestPopup
from mingxi_desktop.ui.wording.ranking import Candidate

_BEGUN = re.compile(r"[{｛]([^{}｛｝\ufffc]{0,24})$")
_MOST = 40
_NOTHING = Row("没有这样的指标：换几个字，或者从“插入”里新建（Esc 关闭）")
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class BraceCompleter(QObject):
    """Offers indicators for what is typed after {."""

    taken = Signal(str)
    """What was chosen, as it is written down; the { and what was typed after it are gone."""

    def __init__(self, edit: QTextEdit, find: Callable[[str], Sequence[Candidate]]) -> None:
        super().__init__(edit)
        self._edit = edit
        self._find = find
        self._anchor = QWidget(edit.viewport())
        self._anchor.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.popup = SuggestPopup(edit)
        self.popup.picked.connect(self._take)

    def look(self) -> None:
        """See whether a { stands before the cursor, and offer what fits what follows it."""
        begun = self._begun()
        if begun is None or not self._edit.hasFocus():
            self.popup.hide()
            return
        rows = [Row(_text(one), one.source) for one in self._find(begun)[:_MOST]]
        cursor = self._edit.cursorRect()
        self._anchor.setGeometry(QRect(cursor.left(), cursor.top(), 1, cursor.height()))
        self.popup.show_rows(rows or [_NOTHING], self._anchor, 0 if rows else -1)

    def key(self, event: QKeyEvent) -> bool:
        """Whether a key was for the list."""
        if not self.popup.isVisible():
            return False
        key = Qt.Key(event.key())
        if key in _STEPS and self.popup.rows() != [_NOTHING]:
            self.popup.step(_STEPS[key])
            return True
        if key == Qt.Key.Key_Escape:
            self.popup.hide()
            return True
        row = self.popup.highlighted()
        if key in _TAKE and row is not None:
            self._take(row)
            return True
        return False

    def hide(self) -> None:
        """Close the list."""
        self.popup.hide()

    def _begun(self) -> str | None:
        cursor = self._edit.textCursor()
        if cursor.hasSelection():
            return None
        found = _BEGUN.search(cursor.block().text()[: cursor.positionInBlock()])
        return found[1] if found else None

    def _take(self, row: Row) -> None:
        begun = self._begun()
        self.popup.hide()
        if begun is None or not row.data:
            return
        cursor = self._edit.textCursor()
        cursor.setPosition(cursor.position() - len(begun) - 1, QTextCursor.MoveMode.KeepAnchor)
        self._edit.setTextCursor(cursor)
        self.taken.emit(row.data)


def _text(one: Candidate) -> str:
    value = f"　{one.value}{one.unit}" if one.value else ""
    return f"{one.label}{value}"
