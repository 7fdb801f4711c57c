"""Waiting for work without a window of its own: a small window from one second on, the program stays alive."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from mingxi_desktop.errors import UserError
from mingxi_desktop.ui.dialogs.bare_frame import BareFrame
from mingxi_desktop.ui.jobs import Job, Priority, Worker
from mingxi_desktop.ui.shapes import button, label

PATIENCE = 1_000
"""Milliseconds after which work is shown."""
_TELLING, _MINUTE = 3, 60
"""Seconds after which it is told how long it goes on, and those of a minute."""


class NoLedger:
    """What a worker has that makes files only."""

    def close(self) -> None:
        """Nothing to close."""

    def settle(self) -> None:
        """Nothing to look at."""


def on_its_own(text: str, fn: Callable[..., Any], *args: Any, parent: QWidget | None = None) -> Any:
    """Do fn(*args) on a thread of its own and give its answer; UserError is passed on."""
    worker = Worker(NoLedger)
    try:
        return on_worker(worker, text, lambda _ledger, **_: fn(*args), parent=parent)
    finally:
        worker.close()


def on_worker(
    worker: Worker,
    text: str,
    fn: Callable[..., Any],
    *,
    skip: str = "",
    parent: QWidget | None = None,
    priority: Priority = Priority.NORMAL,
) -> Any:
    """Do fn(ledger, progress=…) on a worker's thread and give its answer; None where it was left out.

    skip: the button that leaves it out, where that may be.
    """
    answer: list[Any] = []
    faults: list[UserError] = []
    loop = QEventLoop()
    shown = Waiting(text, skip, parent)
    job = worker.run(
        fn, done=answer.append, failed=faults.append, progress=shown.progress, ended=loop.quit, priority=priority,
    )  # fmt: skip
    if not job.finished:
        shown.wait_for(job)
        loop.exec()
    while not job.finished:  # the end of the program ends every loop; what has been begun is still waited for
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    shown.leave()
    if faults:
        raise faults[0]
    return answer[0] if answer else None


def beside(
    run: Callable[..., Job],
    text: str,
    stop: str,
    parent: QWidget,
    fn: Callable[..., Any],
    *args: Any,
    done: Callable[[Any], object],
    tell: Callable[[str], object],
    stopped: str,
) -> Job:
    """Do fn(…, *args, progress=…) while the clerk goes on; how far it is can be seen, and it can be stopped.

    run: as `Worker.run`.  stop: the button for that.  tell: the status bar, which has said of something else what was
    done; it is told what is being done, and `stopped` in the place of `done`.
    """
    shown = Waiting(text, stop, parent)
    answered = False

    def answer(found: Any) -> None:
        nonlocal answered
        answered = True
        done(found)

    def ended() -> None:
        if not answered:  # a fault is told by a message of its own
            tell(stopped if job.cancelled else "")
        shown.leave()

    tell(text)
    job = run(fn, *args, done=answer, progress=shown.progress, ended=ended)
    if not job.finished:
        shown.wait_for(job)
    return job


def left(seconds: float, done: int, total: int) -> str:
    """How long work goes on that has taken so many seconds until now, roughly; "" as long as that cannot be told."""
    if seconds < _TELLING or not 0 < done < total:
        return ""
    more = seconds * (total - done) / done
    if more < _MINUTE:
        return f"大约还要 {max(round(more / 10) * 10, 10)} 秒"
    return f"大约还要 {round(more / _MINUTE)} 分钟"


class Waiting(BareFrame):
    """A small window over work under way: what is done, how far it is, and where that may be, leaving it out."""

    def __init__(self, text: str, skip: str, parent: QWidget | None) -> None:
        super().__init__("请稍候", 420, 160, parent)
        if parent is not None:
            self.addActions(
                parent.window().actions()
            )  # F1 is about the window beneath: this one goes by itself
        self._job: Job | None = None
        self._began = time.monotonic()
        self._timer = QTimer(self, singleShot=True, interval=PATIENCE)
        self._timer.timeout.connect(self.show)
        said = label(text)
        said.setWordWrap(True)
        self.column.addWidget(said)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        self._bar.setRange(0, 0)
        self.column.addWidget(self._bar)
        self._left = label(role="muted")
        self.column.addWidget(self._left)
        self.column.addStretch(1)
        self._skip = button(skip or "取消", self._leave_out)
        self._skip.setVisible(bool(skip))
        self.close_with(None, self._skip, default=self._skip)
        self._skip.setDefault(False)  # Enter was pressed for what had been there before
        self._skip.setAutoDefault(False)
        self.setWindowModality(Qt.WindowModality.NonModal)

    def wait_for(self, job: Job) -> None:
        """Show the job once it has taken a second."""
        self._job, self._began = job, time.monotonic()
        self._timer.start()

    def progress(self, done: int, total: int) -> None:
        """How far it is."""
        if not shiboken6.isValid(self):
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._left.setText(left(time.monotonic() - self._began, done, total))

    def leave(self) -> None:
        """The work has ended; the window over which it was told may have gone meanwhile."""
        if not shiboken6.isValid(self):
            return
        self._timer.stop()
        self._job = None
        self.done(0)

    def reject(self) -> None:
        """Esc leaves out what may be left out, and nothing else."""
        if not self._skip.isHidden():
            self._leave_out()

    def _leave_out(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._skip.setEnabled(False)
