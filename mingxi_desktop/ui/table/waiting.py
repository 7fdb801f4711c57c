"""What waits for rows of a table: keys that mean all of them (Ctrl+A, Ctrl+End), and drawing where none is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTableView

from mingxi_desktop.ui.table.model import LedgerModel

_SOON = 30
"""Milliseconds after which rows in sight are shown as on their way."""
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


class Arriving:
    """The rows of one table after a jump: read within milliseconds, and drawn once instead of twice."""

    def __init__(self, table: QTableView, model: LedgerModel) -> None:
        self._table = table
        self._model = model
        self._late = False
        self._patience = QTimer(table, singleShot=True, interval=_SOON)
        self._patience.timeout.connect(self.show)

    def awaited(self) -> bool:
        """Whether none of the rows in sight is there, and they may be in a moment: not worth drawing."""
        table, rows = self._table, self._model.rowCount()
        last = table.rowAt(table.viewport().height() - 1)
        ends = (max(table.rowAt(0), 0), last if last >= 0 else rows - 1)
        if not rows or any(self._drawable(row) for row in ends):
            self._late = False
            self._patience.stop()
        elif not (self._late or self._patience.isActive()):
            self._patience.start()
        return self._patience.isActive()

    def show(self) -> None:
        """It takes longer: what is on its way is shown as such, until something in sight is there."""
        self._late = True
        self._patience.stop()
        self._table.viewport().update()

    def _drawable(self, row: int) -> bool:
        return self._model.id_at(row) is None or self._model.record(row) is not None
