"""The page's work on the database thread: one piece at a time, with progress and a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from mingxi_desktop.ledger.intake.wish import Settings, Source
from mingxi_desktop.ui.importing import bars, work
from mingxi_desktop.ui.importing.bars import Bars
from mingxi_desktop.ui.importing.work import Looked
from mingxi_desktop.ui.jobs import Job, Priority, Worker


class Runner(QObject):
    """Runs what is given to it and shows in the bars how far it is."""

    changed = Signal()
    """Something has begun or ended."""
    ended = Signal()
    """It has come to its end, or was stopped."""

    def __init__(self, worker: Worker, shown: Bars, owner: QObject) -> None:
        super().__init__(owner)
        self._worker = worker
        self._bars = shown
        self._job: Job | None = None
        self._stop = threading.Event()

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._job is not None

    def halt(self) -> None:
        """Stop reading; storing is one step and cannot be stopped.

        The user goes on at once; the database thread drops the rest as soon as it looks up.
        """
        if self._job is not None and self._bars.halt.isEnabled():
            self._stop.set()
            self._job.cancel()
            self._end(self._job)

    def read(self, sources: Sequence[Source], settings: Settings, done: Callable[[Looked], object]) -> None:
        """Read files, with progress; nothing is answered once it was stopped."""
        stop = self._stop = threading.Event()
        self.run(
            bars.reading(sources, 0), work.look, sources, settings, lambda: self._stopped(stop), done=done,
            progress=lambda read, total: self._progress(sources, read, total),
        )  # fmt: skip

    def run(
        self,
        doing: str,
        fn: Callable[..., object],
        *args: object,
        done: Callable[..., object],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Do fn(ledger, *args).  With `progress` it can be stopped; without it is a write or as good as one."""
        self._bars.doing.setText(doing)
        self._bars.progress.setRange(0, 0)
        self._bars.halt.setEnabled(progress is not None)
        # What stores goes with the other writes, so that closing the window waits for it.
        priority = Priority.LONG if progress is not None else Priority.NORMAL
        job = self._job = self._worker.run(
            fn,
            *args,
            done=done,
            progress=progress,
            ended=lambda: self._end(job),
            owner=self,
            priority=priority,
        )
        self.changed.emit()

    def _stopped(self, stop: threading.Event) -> bool:
        """Asked on the database thread: by the user, or because the window closes."""
        job = self._job
        return stop.is_set() or (job is not None and job.cancelled)

    def _progress(self, sources: Sequence[Source], read: int, total: int) -> None:
        self._bars.progress.setRange(0, total if total > 1 else 0)
        self._bars.progress.setValue(read)
        if not self._stop.is_set():
            self._bars.doing.setText(bars.reading(sources, read))

    def _end(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        self.changed.emit()
        self.ended.emit()
