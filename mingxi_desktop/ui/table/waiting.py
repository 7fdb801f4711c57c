"""Keys that mean all rows of a table (Ctrl+A, Ctrl+End) wait while only the first of them are there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTableView

from mingxi_desktop.ui.table.model import LedgerModel

_MEANT = (Qt.Key.Key_A, Qt.Key.Key_End)


class Waiting:
    """The last such key of one table; any other key in between takes its place."""

    def __init__(self, table: QTableView, model: LedgerModel) -> None:
        self._table = table
        self._model = model
        self._key: tuple[Qt.Key, Qt.KeyboardModifier] | None = None

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Whether a key waits for the rows that are still being read."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        meant = key in _MEANT and bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._key = (key, modifiers) if meant and self._model.partial else None
        return self._key is not None

    def go_on(self) -> None:
        """All rows are there: what was pressed meanwhile is done now."""
        if self._key is not None:
            key, self._key = self._key, None
            QApplication.sendEvent(self._table, QKeyEvent(QEvent.Type.KeyPress, *key))
