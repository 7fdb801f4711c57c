"""One line of the form: something to answer with, and under it what is wrong with the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.message import Message
from mingxi_desktop.ui.shapes import label


class Answer(QWidget):
    """Holds an editor; says beside it what is wrong, and what there is to know."""

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._message = Message(self)
        self._hint = label(role="muted", parent=self)
        self._hint.setWordWrap(True)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(editor)
        column.addWidget(self._message)
        column.addWidget(self._hint)
        column.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_error(self, message: str) -> None:
        """Say what is wrong; "" for nothing."""
        self._message.say(message, "error")
        if isinstance(self.editor, QLineEdit | QComboBox):
            style.set_state(self.editor, "state", "error" if message else "")

    def set_hint(self, message: str) -> None:
        """Say what there is to know; "" for nothing."""
        self._hint.setText(message)
        self._hint.setVisible(bool(message))

    @property
    def error(self) -> str:
        """What is said now; "" for nothing."""
        return self._message.text()


class Line(QLineEdit):
    """A line of text that is told of when it is left, so that a mistake is not pointed out while typing."""

    left = Signal()

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        """name: for people who hear the screen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setToolTip(hint)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)


class Choice(CalmCombo):
    """A drop-down list of (key, words)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumHeight(theme.INPUT_HEIGHT)

    def set_options(self, options: tuple[tuple[str, str], ...], key: str = "") -> None:
        """Offer these without telling anybody; `key` is chosen, else what was chosen, else the first."""
        kept = key or self.key()
        self.blockSignals(True)
        self.clear()
        for one, said in options:
            self.addItem(said, one)
        self.setCurrentIndex(max(0, self.findData(kept)) if options else -1)
        self.blockSignals(False)

    def set_key(self, key: str) -> None:
        """Choose one without telling anybody; nothing where it is not offered."""
        place = self.findData(key)
        if place >= 0:
            self.blockSignals(True)
            self.setCurrentIndex(place)
            self.blockSignals(False)

    def key(self) -> str:
        """What is chosen; "" for nothing."""
        return str(self.currentData() or "")


class Lines(QFormLayout):
    """A form without margins, one line under the other."""

    def __init__(self, around: QWidget | None = None) -> None:
        super().__init__()
        if around is not None:
            around.setLayout(self)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.GAP)
        self.labels: list[QLabel] = []
        """The labels so far, from top to bottom."""

    def line(self, text: str, widget: QWidget, first: QWidget | None = None) -> None:
        """Add a line.  text: with the mnemonic that leads to `first`, where that is only a part of it."""
        made = QLabel(text)
        made.setFixedHeight(theme.INPUT_HEIGHT)
        made.setBuddy(first or (widget.editor if isinstance(widget, Answer | Input) else widget))
        self.labels.append(made)
        self.addRow(made, widget)

    def line_up_with(self, *others: Lines) -> None:
        """Give the labels of all these forms the width of the widest."""
        labels = [one for form in (self, *others) for one in form.labels]
        widest = max(one.sizeHint().width() for one in labels)
        for one in labels:
            one.setMinimumWidth(widest)


def at_work(widget: QWidget) -> bool:
    """Whether somebody is typing in there now."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
