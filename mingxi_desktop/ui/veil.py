"""Numbers of people on the screen: 138****5678, until the clerk wants to see them.

What is shown is masked at the last moment: tables, lists, labels and inputs ask here for the text they draw, and hold
the whole one.  One veil for the program, since it has one window; it is down again whenever that opens or is locked.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel

from mingxi_desktop.domain.personal import masked


class Veil(QObject):
    """Whether numbers of people are masked."""

    changed = Signal(bool)
    """It was lifted (True), or is down again."""

    def __init__(self) -> None:
        super().__init__()
        self._lifted = False

    @property
    def lifted(self) -> bool:
        """Whether the numbers are shown whole."""
        return self._lifted

    def lift(self, on: bool) -> None:
        """Show the numbers whole, or mask them; whatever is on the screen follows."""
        if on == self._lifted:
            return
        self._lifted = on
        from PySide6.QtWidgets import QAbstractItemView  # there is none yet when the window shows

        for widget in QApplication.allWidgets():
            if isinstance(widget, QAbstractItemView):
                widget.viewport().update()
            elif isinstance(widget, VeiledLabel):
                widget.look()
        self.changed.emit(on)


class VeiledLabel(QLabel):
    """A label that masks what it is given; `text()` is what is seen."""

    _whole = ""

    def setText(self, text: str) -> None:
        self._whole = text
        super().setText(over(text))

    def look(self) -> None:
        """Show the text as it is to be shown now."""
        if self._whole and over(self._whole) != self.text():
            super().setText(over(self._whole))


@cache
def current() -> Veil:
    """The program's veil."""
    return Veil()


def over(text: str) -> str:
    """The text as it is to be shown now."""
    return text if current().lifted else masked(text)
