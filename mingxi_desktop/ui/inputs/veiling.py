"""An input in which numbers of people stand shows them masked until one goes into it: then it is being worked on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from mingxi_desktop.domain.personal import holds_personal
from mingxi_desktop.ui import theme, veil

LOOKS_AT = frozenset({QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize})
"""Events of the editor after which it is looked at anew."""
_PAD = 6
_SOFT = {"error": "error_soft", "warning": "warning_soft"}


class Veiling(QObject):
    """Lays the masked text over an editor; its own text is never touched."""

    def __init__(self, editor: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.cover: Cover | None = None
        editor.textChanged.connect(self.look)
        veil.current().changed.connect(self.look)

    def look(self) -> None:
        """Cover the editor, or uncover it, by what it holds and who is in it."""
        editor = self._editor
        text = editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
        if editor.hasFocus() or veil.current().lifted or not holds_personal(text):
            if self.cover is not None:
                self.cover.hide()
            return
        if self.cover is None:
            self.cover = Cover(editor)
        self.cover.say(veil.over(text))


class Cover(QWidget):
    """The masked text, drawn as the editor would; the mouse goes through it."""

    def __init__(self, editor: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, text: str) -> None:
        """Show a text over the whole editor."""
        self.text = text
        self.setGeometry(self._editor.rect().adjusted(1, 1, -1, -1))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.current()
        ground = _SOFT.get(str(self._editor.property("state")), "card")
        painter.fillRect(self.rect(), colours.color("ground" if self._editor.isReadOnly() else ground))
        painter.setPen(colours.color("text"))
        painter.setFont(self._editor.font())
        if isinstance(self._editor, QLineEdit):
            room = self.rect().adjusted(_PAD, 0, -_PAD, 0)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, flags | Qt.TextFlag.TextSingleLine, self.text)
        else:
            room = self.rect().adjusted(_PAD, theme.HALF, -_PAD, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, self.text)
