"""Long work on the interface's thread, done in several turns of its loop: no event waits for the whole of it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

_TURN = 0.02
"""Seconds of work after which keys, mouse and painting have their turn."""
_Made = TypeVar("_Made")
Making = Generator[None, None, _Made]
"""Steps, none of them long, at whose end something is there."""


def at_once(steps: Making[_Made]) -> _Made:
    """All the steps now; what is there at their end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: _Made = end.value
            return made


class Turns(QObject):
    """Goes on with a generator of steps whenever nothing else is to be done, until it is exhausted."""

    def __init__(self, steps: Iterator[object], owner: QObject) -> None:
        """owner: with it what is left of the work goes too."""
        super().__init__(owner)
        self._steps = steps
        # Begun anew after each turn: other timers that came due during a long one go before the next.
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def finish(self) -> None:
        """Do what is left at once: somebody wants it now. Not for the steps themselves."""
        self._timer.stop()
        for _ in self._steps:
            pass

    def stop(self) -> None:
        """Leave the rest undone."""
        self._timer.stop()
        self._steps = iter(())

    def _turn(self) -> None:
        begun = perf_counter()
        for _ in self._steps:
            if perf_counter() - begun > _TURN:
                self._timer.start()
                return
