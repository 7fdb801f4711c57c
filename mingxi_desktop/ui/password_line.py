"""A line for a password: dots, shown in clear while one wants to see what was typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from mingxi_desktop.ui import icons, theme
from mingxi_desktop.ui.shapes import label, without_mnemonic

_Echo = QLineEdit.EchoMode


class PasswordLine(QWidget):
    """A named line; what stands in it is no text for input methods, undo or the clipboard while it is hidden."""

    typed = Signal()
    """The text is another one."""
    entered = Signal()
    """Enter was pressed."""

    def __init__(self, name: str, parent: QWidget | None = None, *, width: int = 72) -> None:
        """name: with its mnemonic.  width: pixels for it, so that several stand in line."""
        super().__init__(parent)
        self.name: QLabel = label(name, parent=self)
        self.name.setMinimumWidth(width)
        self.edit = QLineEdit(self)
        self.edit.setEchoMode(_Echo.Password)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.edit.setAccessibleName(without_mnemonic(name))
        self.name.setBuddy(self.edit)
        self._eye = QAction("显示口令", self)
        self._eye.setCheckable(True)
        self._eye.setToolTip("显示口令")
        icons.give(self._eye, "view", "muted")
        self._eye.toggled.connect(self._turn)
        self.edit.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.edit.textChanged.connect(lambda _: self.typed.emit())
        self.edit.returnPressed.connect(self.entered)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.name)
        line.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """What was typed, as it is: blanks count."""
        return self.edit.text()

    def clear(self) -> None:
        """Empty and hidden again."""
        self.edit.clear()
        self._eye.setChecked(False)

    def _turn(self, shown: bool) -> None:
        self.edit.setEchoMode(_Echo.Normal if shown else _Echo.Password)
        self._eye.setToolTip("隐藏口令" if shown else "显示口令")
