"""A menu of things to be ticked: it stays open at a tick, so that several are one visit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

_DIGIT, _COMMA = "\u2007", "\u2008"
"""Blanks as wide as a digit, and as a comma."""


def counted(rows: Sequence[tuple[str, int]]) -> list[str]:
    """Entries of a menu, words with how many records each has; the numbers end under one another.

    After a tab Qt begins a column of its own, as for the keys of a command.
    """
    numbers = [f"{number:,}" for _, number in rows]
    longest = max(numbers, key=len, default="")
    return [
        f"{word}\t{_before(number, longest)}{number}" for (word, _), number in zip(rows, numbers, strict=True)
    ]


def _before(number: str, longest: str) -> str:
    """Blanks as wide as the digits and commas that the number lacks in front."""
    return "".join(_COMMA if sign == "," else _DIGIT for sign in longest[: len(longest) - len(number)])


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
