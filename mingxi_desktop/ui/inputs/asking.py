"""Asking the ledger while somebody types: after a pause, and only the last question counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer

_PAUSE = 80
"""Milliseconds without a key before the ledger is asked."""
Fetch = Callable[[str, Callable[[Any], None]], object]
"""Asks for what fits a text, and hands it on later."""


class Asking:
    """One question after the other. fetch: asks it.  answer: gets (what was found, the question)."""

    def __init__(self, fetch: Fetch, answer: Callable[[Any, str], object], owner: QObject) -> None:
        """owner: once it is gone, nobody is asked or answered."""
        self._fetch, self._answer, self._owner = fetch, answer, owner
        self._number = 0
        self._query = ""

    @cached_property
    def _pause(self) -> QTimer:
        """Made with the first key: a form asks for nearly every field, and few are typed into."""
        made = QTimer(self._owner, singleShot=True, interval=_PAUSE)
        made.timeout.connect(self._ask)
        return made

    def ask(self, query: str) -> None:
        """Ask soon, after a pause in the typing; at once for everything ("")."""
        self._query = query
        if query:
            self._pause.start()
        else:
            self._ask()

    def forget(self) -> None:
        """An answer that comes later must not open a list: the field has been left."""
        self._stop()
        self._number += 1

    def _stop(self) -> None:
        if "_pause" in self.__dict__:
            self._pause.stop()

    def _ask(self) -> None:
        self._stop()
        self._number += 1
        number, query = self._number, self._query

        def done(found: Any) -> None:
            if shiboken6.isValid(self._owner) and number == self._number:
                self._answer(found, query)

        self._fetch(query, done)
