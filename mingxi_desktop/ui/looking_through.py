"""A ledger that was not closed properly is looked through in the background, while the clerk works."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.walking import Walk, unsettled
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority

_AT_A_TIME = 0.05
"""Seconds that the database is kept busy by a piece of it; whatever the clerk wants goes first in between."""


class LookingThrough(QObject):
    """Begins by itself where it is needed.  damaged: told what was found wrong, if anything was."""

    def __init__(self, context: Context, damaged: Callable[[Sequence[str]], object]) -> None:
        super().__init__(context)
        self._context = context
        self._damaged = damaged
        self._walk = Walk()
        self._ask(_wanted, self._begin)

    def _ask(self, fn: Callable[[Ledger], bool], done: Callable[[bool], None]) -> None:
        self._context.read(fn, done=done, owner=self, priority=Priority.LAST)

    def _begin(self, wanted: bool) -> None:
        if wanted:
            self._context.said.emit("台账上次没有正常关闭，正在后台逐条核对……")
            self._ask(self._look, self._go_on)

    def _look(self, ledger: Ledger) -> bool:
        end = time.monotonic() + _AT_A_TIME
        while self._walk.step(ledger):
            if time.monotonic() > end:
                return True
        return False

    def _go_on(self, more: bool) -> None:
        if more:
            self._ask(self._look, self._go_on)
        elif self._walk.problems:
            self._damaged(self._walk.problems)
        else:
            self._context.said.emit("台账逐条核对过，没有发现问题")


def _wanted(ledger: Ledger) -> bool:
    return unsettled(ledger)
