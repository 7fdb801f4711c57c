"""Inputs of references: one entry of a list or one record, or several; candidates come from the ledger."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.references import GROWING
from mingxi_desktop.ui.inputs.popup import Row
from mingxi_desktop.ui.inputs.sources import Candidates
from mingxi_desktop.ui.inputs.suggest import SuggestInput

_PAUSE = 80
"""Milliseconds without a key before the ledger is asked."""


class RefInput(SuggestInput):
    """The name of an entry or record. What was picked from the list is remembered with its reference."""

    def make_editor(self) -> QWidget:
        self._references: dict[str, str] = {}
        self._asked = 0
        self._query = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._fetch)
        return super().make_editor()

    def ask_for(self, query: str) -> None:
        self._query = query
        if query:
            self._pause.start()
        else:
            self._fetch()

    def takes_new(self) -> bool:
        return any(target in GROWING for target in self.field.targets)

    def set_text(self, text: str) -> None:
        self._forget_question()
        self._references.clear()
        super().set_text(text)

    def finish(self) -> None:
        self._forget_question()
        super().finish()

    def chosen(self, row: Row) -> None:
        self._references[row.text] = row.data

    def references(self) -> tuple[str, ...]:
        """The references ("list:id") of the names that were picked and still stand there; () if any was typed."""
        names = self.words() if self.multiple else [self.text()]
        found = [self._references.get(name, "") for name in names]
        return tuple(found) if found and all(found) else ()

    def _forget_question(self) -> None:
        """An answer that comes after the field was left must not open the list."""
        self._pause.stop()
        self._asked += 1

    def _fetch(self) -> None:
        self._asked += 1
        number, query = self._asked, self._query

        def done(found: Candidates) -> None:
            if shiboken6.isValid(self) and number == self._asked:
                rows = [Row(name, reference, self.ticks(name)) for reference, name in found]
                self.offer(rows, query)

        self.sources.fetch(self.field, query, done)


class MultiRefInput(RefInput):
    """Several names, with 、 between them."""

    multiple = True
