"""What is looked through in the background, while the clerk works: the seal of a large ledger, and one without."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority

if TYPE_CHECKING:  # hardly ever needed: loaded where it is
    from mingxi_desktop.ledger.safekeeping.walking import Walk

_AT_A_TIME = 0.05
"""Seconds that the database is kept busy by a piece of it; whatever the clerk wants goes first in between."""
_SOON = 50
"""Milliseconds until the seal is asked for again."""


class LookingThrough(QObject):
    """Begins by itself where it is needed.

    damaged: told what was found wrong in a ledger that was not closed properly, if anything was.
    changed: told that the file was changed outside the program.
    """

    def __init__(
        self,
        context: Context,
        damaged: Callable[[Sequence[str]], object],
        changed: Callable[[UserError], object],
    ) -> None:
        super().__init__(context)
        self._context = context
        self._damaged = damaged
        self._changed = changed
        self._ask()

    def _ask(self) -> None:
        self._context.read(
            _wanted, done=self._begin, failed=self._changed, owner=self, priority=Priority.LAST
        )

    def _begin(self, walk: Walk | _Later | None) -> None:
        if isinstance(walk, _Later):
            QTimer.singleShot(_SOON, self, self._ask)
        elif walk is not None:
            self._context.said.emit("台账上次没有正常关闭，正在后台逐条核对……")
            self._look(walk)

    def _look(self, walk: Walk) -> None:
        self._context.read(_step, walk, done=partial(self._go_on, walk), owner=self, priority=Priority.LAST)

    def _go_on(self, walk: Walk, more: bool) -> None:
        if more:
            self._look(walk)
        elif walk.problems:
            self._damaged(walk.problems)
        else:
            self._context.said.emit("台账逐条核对过，没有发现问题")


class _Later:
    """The seal is still looked at."""


def _wanted(ledger: Ledger) -> Walk | _Later | None:
    if not ledger.sealing.look():
        return _Later()
    ledger.settle()
    if ledger.sealing.proved:
        return None
    from mingxi_desktop.ledger.safekeeping.walking import Walk, unsettled

    return Walk() if unsettled(ledger) else None


def _step(ledger: Ledger, walk: Walk) -> bool:
    """Look through a piece; whether there is more."""
    end = time.monotonic() + _AT_A_TIME
    while walk.step(ledger):
        if time.monotonic() > end:
            return True
    return False
