"""The PC has slept, or midnight has passed, while the window was open: what depends on the clock is looked at anew."""

from __future__ import annotations

import datetime
import time

from PySide6.QtCore import QObject, QTimer, Signal

_EVERY = 20.0
"""Seconds between two looks at the clocks."""
_JUMP = 60.0
"""Seconds more than that which only a sleep, or somebody who sets the clock, accounts for."""


class Waking(QObject):
    """Looks at both clocks now and then: timers stand still while a PC sleeps, on some systems the second one too."""

    woke = Signal()
    """Much more time has passed than the window has lived through."""
    new_day = Signal()
    """Today is another day than it was."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._seen = _clocks()
        self._day = datetime.date.today()
        timer = QTimer(self, interval=int(_EVERY * 1_000))
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Compare the clocks with those of the last look."""
        before, self._seen = self._seen, _clocks()
        if max(now - then for now, then in zip(self._seen, before, strict=True)) > _EVERY + _JUMP:
            self.woke.emit()
        today = datetime.date.today()
        if today != self._day:
            self._day = today
            self.new_day.emit()


def _clocks() -> tuple[float, float]:
    """Seconds by the wall clock, and by the one that nobody sets."""
    return time.time(), time.monotonic()
