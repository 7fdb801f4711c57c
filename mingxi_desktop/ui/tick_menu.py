"""A menu of things to be ticked: it stays open at a tick, so that several are one visit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from mingxi_desktop.texts import wide_len


def counted(rows: Sequence[tuple[str, int]]) -> list[str]:
    """Words with how many records each has, 盖洋镇　12; the numbers begin under one another."""
    widest = max((wide_len(word) for word, _ in rows), default=0)
    return [f"{word}{_room(widest - wide_len(word))}　{number:,}" for word, number in rows]


def _room(columns: int) -> str:
    """As wide as so many halves of a Chinese character; an ordinary space takes about a quarter of one."""
    return "　" * (columns // 2) + "  " * (columns % 2)


class TickMenu(QMenu):
    """A click or Space on an action that can be ticked leaves it open; Enter, Esc and a click elsewhere close it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._ticks(action):
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._ticks(self.activeAction()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _ticks(self, action: QAction | None) -> bool:
        """Trigger an action that can be ticked; whether it is one."""
        if action is None or not (action.isCheckable() and action.isEnabled()):
            return False
        action.trigger()
        return True
