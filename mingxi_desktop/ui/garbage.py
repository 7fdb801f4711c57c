"""Garbage is looked for on the interface's thread alone, and while nobody waits for it.

Python looks for cycles on whatever thread happens to allocate.  If that is the database's and a cycle holds Qt
objects, they are destroyed there: that thread then waits for Python's lock while it holds one of Qt's, and the
interface's thread, which has Python's, waits for Qt's.  Neither ever goes on.

A search takes a microsecond for each object there is: with all pages opened 0.2 s, nearly all of it for modules and
pages that live as long as the window.  So little is searched at any time; a little more while nobody has done anything
for a while: no job, no key, no mouse.  What is left standing then is set aside, and so is at once what has come
together in such numbers that searching it would hold somebody up.  That is searched again only when the clerk has gone.
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
_FEW, _SOME = 8_000, 40_000
"""Objects that are searched at any time, and while nobody waits."""
_REST, _LONG_REST = 5.0, 60.0
"""Seconds without jobs and hands after which nobody waits, and after which nobody is there."""
_TOTAL_EVERY = 600.0
"""Seconds between two searches of all that has been set aside."""
_MOST_YOUNG = 500_000
"""Objects made since the last search after which the youngest are searched though a job makes them."""
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
        self._last_total = float("-inf")
        self._unsearched, self._older = False, 0
        """Whether there is anything new since a search at rest; about how many searches have left standing."""
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
        """Search as much as may be searched now."""
        young = gc.get_count()[0]
        wanted = young > gc.get_threshold()[0] and not collecting.held()
        if wanted and (young <= _FEW or young > _MOST_YOUNG):
            self._older += max(young - gc.collect(0), 0)
            self._unsearched = True
        if self._busy() or collecting.held() or not (wanted or self._unsearched or self._total_due()):
            self.stir()
            self._watch(None)
            return
        now = time.monotonic()
        self._rests_since = self._rests_since or now
        rest = now - self._rests_since
        if rest >= _LONG_REST and self._total_due():
            self._search_all(now)
        elif rest >= _REST and (wanted or self._unsearched):
            self._search(gc.get_count()[0])
        # Only now it matters whether a hand is there.
        self._watch(QGuiApplication.focusWindow())

    def _total_due(self) -> bool:
        return Garbage._set_aside and time.monotonic() - self._last_total >= _TOTAL_EVERY

    def _search(self, young: int) -> None:
        """What is not set aside; it is then, where there is so much of it that the next search would take longer.

        Counted as it is made: `gc.get_objects` takes hold of tuples that another thread is just making, which fails.
        """
        self._unsearched = False
        self._older += young
        if self._older <= _SOME:
            self._older = max(self._older - gc.collect(), 0)
        if self._older > _FEW:
            gc.freeze()
            self._older = 0
            Garbage._set_aside = True

    def _search_all(self, now: float) -> None:
        self._last_total = now
        if gc.get_freeze_count() <= _MOST_SET_ASIDE:  # asked now only: Python counts them one by one
            self._unsearched, self._older = False, 0
            gc.unfreeze()
            gc.collect()
            gc.freeze()

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
