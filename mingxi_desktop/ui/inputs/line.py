"""Inputs of one line that is read: numbers, and what dates are made from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.show import money_words
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.reading import READABLE, read

_LARGE = 1_000_000
"""From 1万元 on, in 分, an amount is said in 万元 too: noughts are easily miscounted."""


class LineInput(Input):
    """One line of text. The length is checked, never limited."""

    line: QLineEdit
    typed = False
    """Whether the user wrote something since the text was set."""

    def make_editor(self) -> QWidget:
        self.line = QLineEdit(self)
        self.line.textEdited.connect(self._edited)
        return self.line

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.typed = False
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

    def _edited(self) -> None:
        self.typed = True
        self.changed_by_user()


class NumberInput(LineInput):
    """A number or an amount: 1,683 · １２．５ · 7.6万, right-aligned, its unit behind it."""

    def make_editor(self) -> QWidget:
        editor = super().make_editor()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return editor

    def finish(self) -> None:
        super().finish()
        if self.typed and self.field.type is FieldType.MONEY and not self.error:
            amount = parse.parse_money(self.text()).value or 0
            if abs(amount) >= _LARGE:
                self.set_error(f"即 {money_words(amount)}", "info")
