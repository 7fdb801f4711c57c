"""The two ends of a range that a condition asks for; either may stay open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.indicator_ends import end_of
from mingxi_desktop.domain.indicator_wanted import DAYS, shown_end
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.defining.picks import led_by_editor
from mingxi_desktop.ui.inputs.line import LineInput
from mingxi_desktop.ui.inputs.message import Message
from mingxi_desktop.ui.inputs.sources import Sources
from mingxi_desktop.ui.shapes import label

_DAY_TIP = "写了年份的只算那一年，如 2024-6-9；只写月日的每年都算，如 5月1日"
_FROM, _TO = "从", "到"
_NARROWEST = 64


class EndsInput(QWidget):
    """从 … 到 …, each a day or a number as clerks write it."""

    value_changed = Signal()
    left = Signal()
    entered = Signal()
    """Enter was pressed in the last one."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.first, self._last = (_End(field, which, self) for which in (_FROM, _TO))
        self._message = Message(self)
        line = QHBoxLayout()
        line.setSpacing(theme.HALF)
        line.addWidget(self.first, 1)
        line.addWidget(label(_TO, "muted"))
        line.addWidget(self._last, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._message)
        self.first.entered.connect(self._last.editor.setFocus)
        self._last.entered.connect(self.entered)
        for end in (self.first, self._last):
            end.value_changed.connect(lambda _: self.value_changed.emit())
            end.left.connect(self.left)
            end.told.connect(self._tell)

    def show_ends(self, ends: Sequence[str]) -> None:
        """Show the ends of a condition."""
        for one, end in zip((self.first, self._last), ends, strict=True):
            one.set_text(shown_end(self.field, end))

    def ends(self) -> tuple[str, str]:
        """What is typed, as a condition has it; ParseError where it cannot be read."""
        return self.first.end(), self._last.end()

    def editors(self) -> list[QWidget]:
        """What Tab comes to."""
        return [self.first.editor, self._last.editor]

    def set_error(self, message: str) -> None:
        """Say what is wrong with the range."""
        self.first.set_error(message)
        if not message:
            self._last.set_error("")

    @property
    def error(self) -> str:
        """What is said under the two now; "" for nothing."""
        return self.first.error or self._last.error

    def _tell(self) -> None:
        self._message.say(self.error, "error")


class _End(LineInput):
    """One end, brought into its normal form when it is left; what is wrong with it is told under both."""

    told = Signal()

    def __init__(self, field: Field, which: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._of = field
        led_by_editor(self)
        tip = _DAY_TIP if field.type in DAYS else "空着就是不限"
        unit = "" if which == _FROM else field.unit
        named = replace(
            field, label=f"{field.label}{which}", unit=unit, required=False, help=tip, default=None
        )
        self.bind(named, Sources(self))
        self.say_when_empty("不限")
        self.setMinimumWidth(_NARROWEST)

    def end(self) -> str:
        """As a condition has it; ParseError where it cannot be read."""
        return end_of(self._of, self.text())

    def set_error(self, message: str, severity: str = "error", record: tuple[str, int] | None = None) -> None:
        self._said = message
        style.set_state(self.editor, "state", "error" if message else "")
        self.told.emit()

    def finish(self) -> None:
        try:
            text = shown_end(self._of, self.end())
        except ParseError as error:
            self.set_error(str(error))
            return
        if text != self.text():
            self.line.setText(text)
            self.value_changed.emit(text)
