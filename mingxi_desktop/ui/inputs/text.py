"""Inputs of free text: what was written before is offered and never forced upon anybody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.inputs.asking import Asking
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.popup import Row, SuggestPopup
from mingxi_desktop.ui.inputs.suggest import SuggestInput

_MEMO_LINES = 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FROM, _UP_TO = 2, 20
"""While so many characters have been typed, a beginning is recognised."""


class TextInput(SuggestInput):
    """One line of text. ↓ lists what was written before; only a row chosen with the keys or mouse is taken."""

    with_button = False
    stays = True

    def make_editor(self) -> QWidget:
        self._asking = Asking(
            lambda query, done: self.sources.previous(self.field, query, done), self._found, self
        )
        return super().make_editor()

    def ask_for(self, query: str) -> None:
        self._asking.ask(query)

    def takes_new(self) -> bool:
        return True

    def set_text(self, text: str) -> None:
        self._asking.forget()
        super().set_text(text)
        self.check_length()

    def finish(self) -> None:
        self._asking.forget()
        super().finish()

    def offer(self, rows: Sequence[Row], query: str) -> None:
        """Nothing is highlighted: whoever goes on typing has chosen nothing."""
        if self.line.hasFocus() and not self.line.isReadOnly() and not self.composing:
            self.popup.show_rows(rows, self.line)

    def _found(self, found: Sequence[str], query: str) -> None:
        self.offer([Row(text) for text in found], query)


class MemoInput(Input):
    """Several lines of text. Tab and Enter leave it, Alt+Enter makes a new line, as in Excel.

    While it is begun, texts that were written before and begin alike are offered.
    """

    memo: QPlainTextEdit
    hint = "Alt+Enter 换行"

    def make_editor(self) -> QWidget:
        self.memo = QPlainTextEdit(self)
        self.memo.setTabChangesFocus(True)
        self.memo.document().setDocumentMargin(3)
        lines = 1 if self.compact else _MEMO_LINES
        self.memo.setFixedHeight(lines * self.memo.fontMetrics().lineSpacing() + 2 * theme.GAP)
        self.memo.textChanged.connect(self._text_changed)
        self.popup = SuggestPopup(self)
        self.popup.picked.connect(self._picked)
        self._asking = Asking(
            lambda query, done: self.sources.previous(self.field, query, done), self._found, self
        )
        self._known = ""
        return self.memo

    def text(self) -> str:
        return self.memo.toPlainText()

    def set_text(self, text: str) -> None:
        self._asking.forget()
        self.popup.hide()
        self._known = text
        self.memo.setPlainText(text)
        self._known = self.text()
        self.clear_error()
        self.check_length()

    def set_read_only(self, read_only: bool) -> None:
        self.memo.setReadOnly(read_only)
        style.set_state(self.memo, "state", self.severity)

    def takes_enter(self) -> bool:
        return True

    def finish(self) -> None:
        self._asking.forget()
        row = self.popup.highlighted()
        if row is not None:
            self._picked(row)
        self.popup.hide()

    def composition_began(self) -> None:
        self._asking.forget()
        self.popup.hide()

    def key_pressed(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.memo.insertPlainText("\n")
            return True
        if not self.popup.isVisible():
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.popup.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.popup.hide()
            return True
        row = self.popup.highlighted()
        if event.key() in _ENTER and row is not None:
            self._picked(row)
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Only where the typing is: hints in all empty fields would look like values.
        if watched is self.editor and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            hinted = event.type() == QEvent.Type.FocusIn and not self.compact and not self.memo.isReadOnly()
            self.memo.setPlaceholderText(self.hint if hinted else "")
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.popup.hide()
        super().hideEvent(event)

    def _text_changed(self) -> None:
        if self.text() == self._known:
            return  # Only what an input method holds has changed.
        self._known = self.text()
        self.changed_by_user()
        query = self._known.strip()
        if _FROM <= len(query) <= _UP_TO and "\n" not in query:
            self._asking.ask(query)
        else:
            self._asking.forget()
            self.popup.hide()

    def _found(self, found: Sequence[str], _query: str) -> None:
        if self.memo.hasFocus() and not self.memo.isReadOnly() and not self.composing:
            self.popup.show_rows([Row(text) for text in found if "\n" not in text], self.memo)

    def _picked(self, row: Row) -> None:
        self.popup.hide()
        self.memo.selectAll()
        self.memo.insertPlainText(row.text)
        self.memo.moveCursor(QTextCursor.MoveOperation.End)
        self._asking.forget()
        self.popup.hide()
