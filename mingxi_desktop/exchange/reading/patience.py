"""How long we wait for the reading process: by the processor time it uses, for other programs may slow it down."""

from __future__ import annotations

import time
from collections.abc import Callable

_UNWATCHED = 1.0
"""Seconds within which most files are read; only then is it worth looking."""
_LONGEST_STEP = 1.0
"""Seconds from one look to the next that count at most: the computer may have slept."""
_TIMES = 10
"""By the clock it may take so much longer."""


class Patience:
    """Watches one reading of one file.

    seconds: of processor time, and without any of it.  spent: gives the seconds of processor time that the
    process has used so far.  clock: gives seconds.
    """

    def __init__(
        self, seconds: float, spent: Callable[[], float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._read_spent = spent
        self._clock = clock
        self._looked = clock()
        self._first: float | None = None
        self._spent = self._still = self._waited = 0.0

    def over(self) -> bool:
        """Whether the process has worked, stood still or gone on for too long; to be asked again and again."""
        now = self._clock()
        step, self._looked = min(now - self._looked, _LONGEST_STEP), now
        self._waited += step
        if self._waited < min(_UNWATCHED, self._seconds):
            return False
        spent = self._read_spent()
        if self._first is None:
            self._first = spent
        self._still = 0.0 if spent > self._spent else self._still + step
        self._spent = spent
        return max(spent - self._first, self._still, self._waited / _TIMES) > self._seconds
