"""The password before a ledger opens: asked for again while it is wrong, with growing pauses and without end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.password_line import PasswordLine
from mingxi_desktop.ui.shapes import button, label

_FREE, _LONGEST = 3, 30
"""So many tries without a pause; seconds that a pause has at most."""


class Pause:
    """How long to wait after a wrong password: never for ever, so that nobody is locked out."""

    def __init__(self) -> None:
        self._wrong = 0

    def after_wrong(self) -> int:
        """Seconds before the next try: 0, 0, 0, 2, 4, 8 … 30."""
        self._wrong += 1
        return min(2 ** (self._wrong - _FREE), _LONGEST) if self._wrong > _FREE else 0


class UnlockDialog(Frame):
    """`worker` has the ledger open once the dialog was accepted; `fault` is what else kept it from opening."""

    def __init__(
        self, path: Path, begin: Callable[[str], Worker], error: PasswordError, parent: QWidget | None = None
    ) -> None:
        """begin: opens the ledger with a password, on a thread of its own.  error: why it did not open without."""
        super().__init__("打开台账", 440, 240, parent)
        self._begin = begin
        self._trying: Worker | None = None
        self._pause = Pause()
        self.worker: Worker | None = None
        self.fault: UserError | None = None
        column = self.scrolled()
        column.addWidget(label(path.stem, "title"))
        where = label(str(path.parent), "muted")
        where.setWordWrap(True)
        column.addWidget(where)
        asked = label(f"{error.title}。{error.hint}", "muted")
        asked.setWordWrap(True)
        column.addWidget(asked)
        self.line = PasswordLine("口令(&P)")
        self.line.typed.connect(self._mark)
        column.addWidget(self.line)
        self._said = label(role="error")
        self._said.setWordWrap(True)
        column.addWidget(self._said)
        column.addStretch(1)
        self._open = button("打开", self.attempt, primary=True)
        self.close_with(None, button("取消", self.reject), self._open, default=self._open)
        self._left = 0
        self._clock = QTimer(self, interval=1_000)
        self._clock.timeout.connect(self._tick)
        self._mark()
        self.line.edit.setFocus()

    def attempt(self) -> None:
        """Open the ledger with what was typed."""
        if not self._open.isEnabled():
            return
        self._trying = self._begin(self.line.text())
        self._said.setText("")
        self._mark()
        self._trying.run(_opened, done=lambda _: self._in(), failed=self._refused, owner=self)

    def done(self, result: int) -> None:
        """Also at Esc: a try under way is given up."""
        if self._trying is not None:
            self._trying.close()
            self._trying = None
        super().done(result)

    def _in(self) -> None:
        self.worker, self._trying = self._trying, None
        self.accept()

    def _refused(self, error: UserError) -> None:
        if self._trying is not None:
            self._trying.close()
            self._trying = None
        if not isinstance(error, PasswordError):
            self.fault = error
            self.reject()
            return
        self._said.setText(f"▲ {error.title}。{error.hint}")
        self._left = self._pause.after_wrong()
        if self._left:
            self._clock.start()
        self._mark()
        self.line.edit.setFocus()
        self.line.edit.selectAll()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._clock.stop()
        self._mark()

    def _mark(self) -> None:
        waiting = self._left > 0
        self._open.setText(f"打开（{self._left} 秒后）" if waiting else "打开")
        self._open.setEnabled(not waiting and self._trying is None and bool(self.line.text()))


def ask_for(
    path: Path, begin: Callable[[str], Worker], error: PasswordError, parent: QWidget | None = None
) -> Worker | None:
    """The worker that has the ledger open; None where nobody knows the password.  error: why it is asked for.

    UserError where something else keeps the ledger from being opened.
    """
    dialog = UnlockDialog(path, begin, error, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    if dialog.fault is not None:
        raise dialog.fault
    return dialog.worker if accepted else None


def _opened(_ledger: object) -> None:
    """Answered once the ledger is open."""
