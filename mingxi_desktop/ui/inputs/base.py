"""What all inputs have in common: they hold text as typed, and say beside it what is wrong with it."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.inputs.message import Message
from mingxi_desktop.ui.inputs.sources import Sources
from mingxi_desktop.ui.inputs.veiling import LOOKS_AT, Veiling

_UNBOUND = Field("", "", FieldType.TEXT)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAVING = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""The focus comes back by itself: the input has not been left."""


class Input(QWidget):
    """One field of a form. Subclasses make the editor and hold its text.

    compact: as the editor of a table cell: no message line, the message is a tool tip.
    """

    value_changed = Signal(str)
    """The user changed the text."""
    left = Signal()
    """The focus has gone elsewhere; the text is in its normal form if it could be read."""
    entered = Signal()
    """Enter was pressed: on to the next field."""
    repeat_wanted = Signal()
    """Ctrl+D: the value of the record entered before is wanted."""
    record_wanted = Signal(str, int)
    """Kind and id of the record that the message speaks of: it is to be shown."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self.field = _UNBOUND
        self.compact = compact
        self._severity = ""
        self._said = ""
        self._veiling: Veiling | None = None
        self.resting_hint = ""
        """What stands in it while it is empty and the typing is elsewhere."""
        self.composing = False
        """Whether an input method holds letters that are no text yet; keys are its own then."""
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.HALF + 2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self.row)
        self._column.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.editor = self.make_editor()
        self.row.addWidget(self.editor, 1)
        self.setFocusProxy(self.editor)
        self.editor.installEventFilter(self)
        if compact:
            self.setAutoFillBackground(True)

    # for subclasses

    def make_editor(self) -> QWidget:
        """The widget that takes the keys."""
        raise NotImplementedError

    def text(self) -> str:
        """The text as typed; "" for empty."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show a text without telling anybody."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be read and copied only."""
        raise NotImplementedError

    def bound(self) -> None:
        """The field and the sources are known now."""

    def say_when_empty(self, hint: str) -> None:
        """Say in the empty input that it may stay so; for a line of text."""
        self.resting_hint = hint
        if isinstance(self.editor, QLineEdit):
            self.editor.setPlaceholderText(hint)

    def finish(self) -> None:
        """Take what is being chosen and bring the text into its normal form, as when the input is left."""

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Whether the input has dealt with a key before its editor does."""
        return False

    def composition_began(self) -> None:
        """An input method opens its own list under the text now."""

    # for everybody

    @cached_property
    def sources(self) -> Sources:
        """What it asks: the delivered words alone, until it is bound to a field of a ledger."""
        return Sources(self)

    def bind(self, field: Field, sources: Sources) -> None:
        """Say which field of which ledger this is."""
        self.field, self.sources = field, sources
        self.setObjectName(field.name)
        needed = field.required and not field.auto
        for widget in (self, self.editor):
            widget.setAccessibleName(f"{field.label}，必填" if needed else field.label)
            widget.setAccessibleDescription("。".join(filter(None, ("必填" if needed else "", field.help))))
        self.setToolTip(field.help)
        if field.personal and not self.compact and isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self._veiling = Veiling(self.editor)
        if field.unit and not self.compact:
            unit = QLabel(field.unit, self)
            unit.setTextFormat(Qt.TextFormat.PlainText)
            style.set_state(unit, "role", "muted")
            self.row.addWidget(unit)
        self.bound()

    def set_error(self, message: str, severity: str = "error", record: tuple[str, int] | None = None) -> None:
        """Say beside the field what is wrong. severity: "error", "entry", "warning" or "info".

        record: (kind, id) of the one the message speaks of; a door beside the message leads there.
        """
        if not (message or self._said):
            return  # as of nearly all fields of each record that is shown
        self._severity = severity if message else ""
        self._said = message
        state = {"entry": "error", "info": ""}.get(self._severity, self._severity)
        style.set_state(self.editor, "state", state)
        if self.compact:
            self.setToolTip(message or self.field.help)
        else:
            self._message.say(message, severity, record)

    @cached_property
    def _message(self) -> Message:
        """Made when there is something to say: a form has one for every field."""
        made = Message(self)
        made.record_wanted.connect(self.record_wanted)
        self._column.insertWidget(1, made)
        return made

    def clear_error(self) -> None:
        """Nothing is wrong any more."""
        self.set_error("")

    @property
    def error(self) -> str:
        """What is said beside the field now; "" for nothing."""
        return self._said

    @property
    def severity(self) -> str:
        """How bad it is: "error", "entry", "warning", "info" or ""."""
        return self._severity

    def changed_by_user(self) -> None:
        """Called by subclasses: what was said before is about the text before."""
        self.clear_error()
        self.check_length()
        self.value_changed.emit(self.text())

    def check_length(self) -> None:
        """Say so when the text is too long; it is never cut."""
        length, most = len(self.text()), self.field.max_length
        if self.field.type is FieldType.TEXT and length > most:
            self.set_error(f"最多{most:,}字，已写{length:,}字")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor:
            if self._veiling is not None and event.type() in LOOKS_AT:
                self._veiling.look()
            # What it is, Python's way: asking for its number takes longest, and most are of no interest.
            if isinstance(event, QInputMethodEvent):
                self._composed(event)
            elif isinstance(event, QKeyEvent):
                if event.type() == QEvent.Type.ShortcutOverride:
                    return self._keeps_repeat(event) or self._leaves_undo(event)
                if event.type() == QEvent.Type.KeyPress:
                    return self._key(event)
            elif (
                isinstance(event, QFocusEvent)
                and event.type() == QEvent.Type.FocusOut
                and event.reason() not in _PASSING
            ):
                self.finish()
                self.left.emit()
        return super().eventFilter(watched, event)

    def _composed(self, event: QInputMethodEvent) -> None:
        began = bool(event.preeditString()) and not self.composing
        self.composing = bool(event.preeditString())
        if began:
            self.composition_began()

    def _keeps_repeat(self, event: QKeyEvent) -> bool:
        """Ctrl+D in a form is the field's, whatever it means elsewhere in the window."""
        if self.compact or not _is_repeat(event):
            return False
        event.accept()
        return True

    def _leaves_undo(self, event: QKeyEvent) -> bool:
        """With nothing typed to take back, Ctrl+Z is the window's: Qt's editors would swallow it."""
        edit = self.editor
        if isinstance(edit, QLineEdit):
            undo, redo = edit.isUndoAvailable(), edit.isRedoAvailable()
        elif isinstance(edit, QPlainTextEdit):
            undo, redo = edit.document().isUndoAvailable(), edit.document().isRedoAvailable()
        else:
            return False
        key = QKeySequence.StandardKey
        if (event.matches(key.Undo) and not undo) or (event.matches(key.Redo) and not redo):
            event.ignore()
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if self.composing:
            # The input method's own; should one get through all the same, it must not end the field.
            return event.key() in _LEAVING
        if self.key_pressed(event):
            return True
        if not self.compact and _is_repeat(event):
            self.repeat_wanted.emit()
            return True
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _ENTER and plain and not self.compact:
            self.finish()
            self.entered.emit()
            return True
        return False

    def takes_enter(self) -> bool:
        """Whether Alt+Enter belongs to the text (several lines)."""
        return False


def _is_repeat(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier
