"""Inputs of text: one line, several lines, numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.reading import READABLE, read

_MEMO_LINES = 3


class LineInput(Input):
    """One line of text. The length is checked, never limited."""

    line: QLineEdit

    def make_editor(self) -> QWidget:
        self.line = QLineEdit(self)
        self.line.textEdited.connect(self.changed_by_user)
        return self.line

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)
        # A long text shows its beginning.
        self.line.setCursorPosition(0)
        self.clear_error()
        self.check_length()

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def finish(self) -> None:
        if self.field.type not in READABLE or self.line.isReadOnly():
            return
        reading = read(self.field, self.text(), self.sources.year())
        if reading.text != self.text():
            self.line.setText(reading.text)
            self.value_changed.emit(reading.text)
        if reading.message or self.severity in ("error", "info"):
            self.set_error(reading.message, reading.severity)


class NumberInput(LineInput):
    """A number or an amount: 1,683 · １２．５ · 7.6万, right-aligned, its unit behind it."""

    def make_editor(self) -> QWidget:
        editor = super().make_editor()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return editor


class MemoInput(Input):
    """Several lines of text. Tab leaves it, Enter makes a new line."""

    memo: QPlainTextEdit

    def make_editor(self) -> QWidget:
        self.memo = QPlainTextEdit(self)
        self.memo.setTabChangesFocus(True)
        self.memo.document().setDocumentMargin(3)
        lines = 1 if self.compact else _MEMO_LINES
        self.memo.setFixedHeight(lines * self.memo.fontMetrics().lineSpacing() + 2 * theme.GAP)
        self.memo.textChanged.connect(self._text_changed)
        self._quiet = False
        return self.memo

    def text(self) -> str:
        return self.memo.toPlainText()

    def set_text(self, text: str) -> None:
        self._quiet = True
        self.memo.setPlainText(text)
        self._quiet = False
        self.clear_error()
        self.check_length()

    def set_read_only(self, read_only: bool) -> None:
        self.memo.setReadOnly(read_only)
        style.set_state(self.memo, "state", self.severity)

    def takes_enter(self) -> bool:
        return True

    def _text_changed(self) -> None:
        if not self._quiet:
            self.changed_by_user()
