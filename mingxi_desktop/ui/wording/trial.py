"""An unsaved wording tried out whenever the typing pauses: its pages, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.ledger.reports.narrating import WordingDraft
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.wording import reading

PAUSE = 800
"""Milliseconds after the last key before the pages are made anew."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is tried.  revision: of the editor's document, to tell later whether it is still the same text."""

    order: Order
    draft: WordingDraft
    revision: int


class Trial(QTimer):
    """Asks the ledger for the pages of what is written, one question at a time."""

    tried = Signal(object, int)
    """A `Tried`, and the revision it is about."""
    refused = Signal(object)
    """The UserError that keeps the pages from being made."""

    def __init__(self, context: Context, text: Callable[[], Text | None], page: QWidget) -> None:
        """text: what is written now; None where there is nothing to try, or nobody to see it."""
        super().__init__(page, singleShot=True)
        self._context, self._text, self._page = context, text, page
        self._under_way = False
        self.stale = True
        """Whether text or records have changed since they were tried."""
        self.timeout.connect(self.begin)

    def begin(self) -> None:
        """Now, if anything has changed."""
        text = self._text() if self.stale and not self._under_way else None
        if text is None:
            return
        self._under_way, self.stale = True, False
        self._context.worker.run(
            reading.try_out, text.order, text.draft,
            done=lambda tried: self.tried.emit(tried, text.revision), failed=self.refused.emit,
            ended=self._ended, owner=self._page, priority=Priority.LONG,
        )  # fmt: skip

    def _ended(self) -> None:
        self._under_way = False
        if self.stale and not self.isActive():
            self.start(PAUSE)
