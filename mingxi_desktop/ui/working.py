"""A dialog whose work must be waited for: buttons and Esc rest meanwhile, and faults are told where they happen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.idle import Lock
from mingxi_desktop.ui.shapes import label


class WorkingFrame(Frame):
    """What the dialogs have in common: work that must not be left, and faults told where they happen."""

    def __init__(self, context: Context, title: str, height: int, parent: QWidget | None) -> None:
        super().__init__(title, 560, height, parent)
        self._context = context
        self._busy = False
        self.body: QVBoxLayout = self.scrolled()
        self._said = label(role="error")
        self._said.setWordWrap(True)
        self.column.addWidget(self._said)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        self._bar.hide()
        self.column.addWidget(self._bar)

    @property
    def message(self) -> str:
        """What is in the way."""
        return self._said.text()

    def reject(self) -> None:
        """Not while the file is being exchanged."""
        if not self._busy:
            super().reject()

    def run(self, fn: Callable[..., Any], *args: str, done: Callable[[Any], object]) -> None:
        """Do fn(ledger, *args, progress) on the worker's thread."""
        self._set_busy(True)

        def ended(answer: Any) -> None:
            self._set_busy(False)
            lock = self._context.findChild(Lock)
            if lock is not None:
                lock.renew()
            self._context.changed.emit(Changes(self.windowTitle()))
            done(answer)

        self._context.worker.run(
            lambda ledger, progress: fn(ledger, *args, progress),
            done=ended,
            failed=self._refused,
            progress=self._progress,
            owner=self,
        )

    def mark(self) -> None:
        """Show which buttons can be pressed, and what is in the way."""

    def say(self, text: str) -> None:
        """What is in the way; "" for nothing."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)
        for one in self.findChildren(QPushButton):
            one.setEnabled(not busy)
        self.say("")
        if not busy:
            self.mark()

    def _refused(self, error: UserError) -> None:
        self._set_busy(False)
        self.say(f"▲ {error}")
