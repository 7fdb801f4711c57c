"""Garbage is looked for on the interface's thread alone.

Python looks for cycles on whatever thread happens to allocate.  If that is the database's and a cycle holds Qt
objects, they are destroyed there: that thread then waits for Python's lock while it holds one of Qt's, and the
interface's thread, which has Python's, waits for Qt's.  Neither ever goes on.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

from mingxi_desktop.ledger import collecting

_FIRST, _EVERY = 3_000, 500
"""Milliseconds until the first look, which would hold up the first page, and between two looks."""
_FULL_EVERY = 30.0
"""Seconds between two looks at everything, which takes longest."""


class Garbage(QObject):
    """As long as one of these works, nobody else looks.  Made and stopped on the interface's thread."""

    _working = 0
    _was_on = True

    def __init__(self) -> None:
        super().__init__()
        self._last_full = time.monotonic()
        self._timer = QTimer(self, interval=_FIRST)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        if not Garbage._working:
            Garbage._was_on = gc.isenabled()
        Garbage._working += 1
        gc.disable()

    def stop(self) -> None:
        """Once the last one is stopped, Python looks by itself again, if it did before."""
        self._timer.stop()
        Garbage._working -= 1
        if not Garbage._working and Garbage._was_on:
            gc.enable()

    def look(self) -> None:
        """What Python would do by itself: the youngest often, everything seldom."""
        if self._timer.interval() == _FIRST:
            self._timer.setInterval(_EVERY)
        if collecting.held():
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        full = time.monotonic() - self._last_full >= _FULL_EVERY
        for generation in (2, 1, 0) if full else (1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                self._last_full = time.monotonic() if generation == 2 else self._last_full
                return
