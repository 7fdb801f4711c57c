"""The box that searches a table: a magnifier, a cross to empty it, and keys that lead on into the table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mingxi_desktop.ui import icons
from mingxi_desktop.ui.table.model import LedgerModel
from mingxi_desktop.ui.table.view import LedgerTable

_ON = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchLine(QLineEdit):
    """Typing searches; ↓ and Enter go on to what was found."""

    went_on = Signal()
    """↓ or Enter: on to what was found."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        magnifier = QAction(self)
        icons.give(magnifier, "search", "muted")
        self.addAction(magnifier, QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ON and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.went_on.emit()
        else:
            super().keyPressEvent(event)


class WayIn(QObject):
    """From the box above a ledger's table to the first record found, as soon as it is there.

    search: searches for what is typed; whether that is something else than what is shown.
    """

    def __init__(
        self, line: SearchLine, table: LedgerTable, model: LedgerModel, search: Callable[[], bool]
    ) -> None:
        super().__init__(line)
        self._line, self._table, self._model, self._search = line, table, model, search
        self._wanted = False
        line.went_on.connect(self._begin)
        model.loaded.connect(self._go)

    def _begin(self) -> None:
        self._wanted = True
        if not self._search():
            self._go()

    def _go(self, _count: int = 0) -> None:
        wanted, self._wanted = self._wanted and self._line.hasFocus(), False
        if wanted and self._model.ids:
            self._table.setFocus()
            if self._table.current_id() is None:
                self._table.go_to(self._model.ids[0])
