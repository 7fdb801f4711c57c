"""Long work on the interface's thread, done in several turns of its loop: no event waits for the whole of it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from time import perf_counter
from typing import TypeVar
from weakref import ref

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

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
    """Goes on with a generator of steps whenever nothing else is to be done, until it is exhausted.

    Of several the newest goes first, for it is what was wanted last: Qt would give each of them a turn before an event
    has its own.
    """

    def __init__(self, steps: Iterator[object], owner: QObject) -> None:
        """owner: with it what is left of the work goes too."""
        super().__init__(owner)
        self._steps = steps
        self.ended = False
        """Whether no turn is to come any more."""
        # Begun anew after each turn: other timers that came due during a long one go before the next.
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._turn)
        self._timer.start()
        _line.append(ref(self))

    def finish(self) -> None:
        """Do what is left at once: somebody wants it now. Not for the steps themselves."""
        self._end()
        for _ in self._steps:
            pass

    def stop(self) -> None:
        """Leave the rest undone."""
        self._end()
        self._steps = iter(())

    def _end(self) -> None:
        self._timer.stop()
        self.ended = True

    def _turn(self) -> None:
        if _first() is self and not self._goes_on():
            self.ended = True
        if not self.ended:
            self._timer.start()

    def _goes_on(self) -> bool:
        """Do steps for the time of a turn; whether any are left."""
        begun = perf_counter()
        try:
            for _ in self._steps:
                if perf_counter() - begun > _TURN:
                    return True
        except BaseException:
            self.ended = True
            raise
        return False


_line: list[ref[Turns]] = []
"""The newest last."""


def _first() -> Turns | None:
    """Whose turn it is."""
    while _line:
        found = _line[-1]()
        if found is not None and shiboken6.isValid(found) and not found.ended:
            return found
        _line.pop()
    return None


def under_way() -> bool:
    """Whether any turn is still to come."""
    return _first() is not None


def bring_forward(stack: QStackedWidget, page: QWidget) -> None:
    """Show a page of the stack in this turn, and have it painted in the next; until then the one before is seen.

    Made, laid out and painted in one, a page would hold up whatever key comes after the click.
    """
    if stack.currentWidget() is page:
        return
    paint_later(stack)
    stack.setCurrentWidget(page)


def paint_later(widget: QWidget) -> None:
    """What changes in a widget from now on is seen in the next turn."""
    if widget.updatesEnabled():
        widget.setUpdatesEnabled(False)
        Turns(_painting(widget), widget)


def _painting(widget: QWidget) -> Iterator[None]:
    widget.setUpdatesEnabled(True)
    yield
