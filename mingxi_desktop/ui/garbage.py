"""Garbage is looked for on the interface's thread alone, and while nobody waits for it.

Python looks for cycles on whatever thread happens to allocate.  If that is the database's and a cycle holds Qt
objects, they are destroyed there: that thread then waits for Python's lock while it holds one of Qt's, and the
interface's thread, which has Python's, waits for Qt's.  Neither ever goes on.

With all pages opened a search takes 0.1 s and more, so it waits until nothing has been done for a while: no job, no
key, no mouse.  What it has left standing is not searched again before long, for most of it lives as long as the window.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from mingxi_desktop.ledger import collecting

_Kind = QEvent.Type
TOUCHES = frozenset(
    {
        _Kind.KeyPress,
        _Kind.MouseButtonPress,
        _Kind.MouseMove,
        _Kind.Wheel,
        _Kind.TouchBegin,
        _Kind.InputMethod,
    }
)
"""Events after which somebody is there."""
_EVERY = 500
"""Milliseconds between two looks whether it is time."""
_REST = 5.0
"""Seconds without jobs and hands after which nobody waits."""
_FULL_EVERY, _TOTAL_EVERY = 30.0, 600.0
"""Seconds between two searches of all that is not set aside, and of that as well."""
_MOST_YOUNG = 500_000
"""Objects made since the last search after which the youngest are searched though somebody is there."""
_MOST_SET_ASIDE = 400_000
"""Objects set aside of which a search would take too long at any time: a large import is being looked at."""


class Garbage(QObject):
    """As long as one of these works, nobody else looks.  Made and stopped on the interface's thread."""

    _working = 0
    _was_on = True
    _set_aside = False

    def __init__(self, busy: Callable[[], object]) -> None:
        """busy: whether there is work under way, on any thread."""
        super().__init__()
        self._busy = busy
        self._rests_since: float | None = None
        self._last_full = self._last_total = time.monotonic()
        self._watched: QWindow | None = None
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        if not Garbage._working:
            Garbage._was_on = gc.isenabled()
        Garbage._working += 1
        gc.disable()

    def stop(self) -> None:
        """Once the last one is stopped, Python looks by itself again, if it did before."""
        self._timer.stop()
        self._watch(None)
        Garbage._working -= 1
        if Garbage._working:
            return
        if Garbage._set_aside:
            Garbage._set_aside = False
            gc.unfreeze()
        if Garbage._was_on:
            gc.enable()

    def stir(self) -> None:
        """Something is asked for: whoever asks does not rest, be it answered ever so soon."""
        self._rests_since = None

    def look(self) -> None:
        """Search if there is anything new and nobody waits; the youngest alone where there is too much of them."""
        young = gc.get_count()[0]
        wanted = young > gc.get_threshold()[0] and not collecting.held()
        if not wanted or self._busy():
            self.stir()
            self._watch(None)
            if wanted and young > _MOST_YOUNG:
                gc.collect(0)
            return
        now = time.monotonic()
        self._rests_since = self._rests_since or now
        if now - self._rests_since >= _REST:
            self.stir()
            self._watch(None)
            self._search(now)
        else:  # only now it matters whether a hand is there
            self._watch(QGuiApplication.focusWindow())

    def _search(self, now: float) -> None:
        if now - self._last_full < _FULL_EVERY:
            gc.collect(1)
            return
        if now - self._last_total >= _TOTAL_EVERY and gc.get_freeze_count() <= _MOST_SET_ASIDE:
            self._last_total = now
            gc.unfreeze()
        gc.collect(2)
        gc.freeze()
        Garbage._set_aside = True
        self._last_full = now

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None and self._watched is not window and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        if window is not None and window is not self._watched:
            window.installEventFilter(self)
        self._watched = window

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A hand is there."""
        if event.type() in TOUCHES:
            self._rests_since = time.monotonic()
        return False
