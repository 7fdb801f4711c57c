"""Looking, beside everything else, at what would be counted twice if the rows came in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.checks.ahead import MOST_ON_TRIAL, Coming
from mingxi_desktop.ledger.intake.result import Preview
from mingxi_desktop.ui.importing import work
from mingxi_desktop.ui.importing.check_step import CheckStep
from mingxi_desktop.ui.jobs import Job, Priority, Worker

JUDGING = "正在核对会不会重复计数……"
_SOON = 400
"""Milliseconds after a decision until the rows are looked at again: several are often made in a row."""


class Judging(QObject):
    """Keeps the concerns of the check step up to date."""

    def __init__(self, worker: Worker, shown: CheckStep, owner: QObject) -> None:
        super().__init__(owner)
        self._worker = worker
        self._shown = shown
        self._job: Job | None = None
        self._found = Preview()
        self._timer = QTimer(self, singleShot=True, interval=_SOON)
        self._timer.timeout.connect(lambda: self.look(self._found, front=False))
        self._front = True

    @property
    def pending(self) -> bool:
        """Whether the answer is still to come."""
        return self._job is not None or self._timer.isActive()

    def look(self, found: Preview, *, front: bool = True) -> None:
        """Look at a preview, in the place of what was under way.  front: as `CheckStep.show_concerns` has it."""
        self.stop()
        self._front = front
        if not found.ready:
            self._shown.tell_concerns("没有可以导入的行。")
        elif found.ready > MOST_ON_TRIAL:
            self._shown.tell_concerns(f"有 {found.ready:,} 条，导入以后再核对会不会重复计数，列在结果页。")
        else:
            self._shown.concerns.wait(JUDGING)
            self._job = self._worker.run(
                work.judge, found,
                done=self.answered, failed=self._failed, progress=lambda *_: None, owner=self,
                priority=Priority.LONG,
            )  # fmt: skip

    def later(self, found: Preview) -> None:
        """Look at it soon: it has changed, and may change again."""
        self.stop()
        self._found = found
        if found.ready > MOST_ON_TRIAL:
            self.look(found)
        else:
            self._timer.start()

    def stop(self) -> None:
        """Nobody wants the answer any more."""
        self._front = True
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def answered(self, found: Sequence[Coming]) -> None:
        """What the checks say."""
        self._job = None
        self._shown.show_concerns(found, front=self._front)

    def _failed(self, error: UserError) -> None:
        self._job = None
        self._shown.tell_concerns(f"▲ 现在导入会被拒绝：{error}")
