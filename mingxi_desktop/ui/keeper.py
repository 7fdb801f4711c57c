"""Backups while the window is open: half an hour after a change, and on demand; never in the way of a save.

The database thread only copies pages. Checking, the second place and thinning out happen on a thread of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Job, Priority, Worker

if TYPE_CHECKING:  # what it needs is loaded when it works for the first time
    from mingxi_desktop.domain.records import Changes
    from mingxi_desktop.ledger.safekeeping.backups import Draft, Made

EVERY = 30 * 60_000
"""Milliseconds from a change to the backup that has it."""


class Keeper(QObject):
    """Makes the backups of the window's ledger."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._worker: Worker | None = None
        self._automatic: Job | None = None
        self._closed = False
        self._due = QTimer(self, singleShot=True, interval=EVERY)
        self._due.timeout.connect(self._meanwhile)
        context.changed.connect(self._changed)
        context.read(_is_due, done=self._missed, owner=self, priority=Priority.LAST)

    def now(self) -> None:
        """A backup because the user wants one."""
        self._context.said.emit("正在备份……")
        self._context.read(
            _begin, done=self._finish, owner=self, priority=Priority.LONG, failed=self._told_in_vain
        )

    def catch_up(self) -> None:
        """The PC has slept: the half hour is over, whatever the timer says."""
        if self._due.isActive():
            self._due.stop()
            self._meanwhile()

    def close(self) -> None:
        """Let the backup under way end, and begin no other one.

        What takes long, like a package of many photographs, is seen meanwhile and not a window that is deaf.  A backup
        that nobody asked for is given up: the one of the closing window follows.
        """
        self._closed = True
        self._due.stop()
        if self._automatic is not None:
            self._automatic.cancel()
        if self._worker is not None:
            if self._worker.busy:
                from mingxi_desktop.ui import waiting

                waiting.on_worker(self._worker, "正在做完刚才的备份或交接包……", _nothing)
            self._worker.close()
            self._worker = None

    def aside(self, fn: Callable[..., Any], *args: Any, **how: Any) -> Job:
        """Do fn(nothing, *args) on the keeper's thread; further arguments as for `Worker.run`."""
        if self._worker is None:
            from mingxi_desktop.ui.waiting import NoLedger

            self._worker = Worker(NoLedger)
        return self._worker.run(fn, *args, owner=self, **how)

    def _changed(self, changes: Changes) -> None:
        if (
            changes.added or changes.changed or changes.removed or changes.lists
        ) and not self._due.isActive():
            self._due.start()

    def _missed(self, due: bool) -> None:
        """The last session ended without a backup, as when the PC was shut down: within half an hour there is one."""
        if due and not self._due.isActive():
            self._due.start()

    def _meanwhile(self) -> None:
        self._context.read(
            _begin_if_due, done=self._finish, owner=self, priority=Priority.LONG, failed=self._refused
        )

    def _finish(self, draft: Draft | None) -> None:
        if draft is None:
            return
        if self._closed:
            from mingxi_desktop.ledger.safekeeping.backups import drop

            drop(draft)
            return
        self._due.stop()  # what is changed from now on is not in it
        if draft.reason:
            ended = partial(self._ended, draft)
            self._automatic = self.aside(
                _finish, draft, done=self._made, failed=self._refused, progress=_nothing, ended=ended
            )
        else:
            self.aside(_finish, draft, done=self._made, failed=self._told_in_vain)

    def _ended(self, draft: Draft) -> None:
        from mingxi_desktop.ledger.safekeeping.backups import drop

        self._automatic = None
        drop(draft)  # where it was given up before it was begun

    def _made(self, made: Made) -> None:
        self._context.read(_note, made, done=lambda _: self._tell(made), owner=self)

    def _tell(self, made: Made) -> None:
        second = "，第二份也已存好" if made.second else ""
        self._context.said.emit("；".join((f"已备份并检查：{made.path.name}{second}", *made.warnings)))
        from mingxi_desktop.domain.records import Changes

        self._context.changed.emit(Changes("备份"))
        if made.flaws:
            ask.show_message(
                "备份已做好，但台账本身有问题",
                f"{made.flaws[0]}\n\n用【工具 → 检查数据完整性】看看；更早的备份都还留着。",
            )

    def _refused(self, error: UserError) -> None:
        """Nobody asked for this one, so nobody is interrupted; in half an hour it is tried again."""
        self._context.said.emit(f"▲ 自动备份没有做成：{error.title}。{error.detail}")
        self._due.start()

    def _told_in_vain(self, error: UserError) -> None:
        """The one that was asked for: what stands in the status bar must not go on promising it."""
        self._context.said.emit("▲ 备份没有做成")
        if not self._due.isActive():
            self._due.start()
        ask.show_error(error)


def _nothing(*_: object, **__: object) -> None:
    """Done once all before it is; and what is done with progress that nobody sees."""


def _begin(ledger: Ledger) -> Draft:
    return ledger.backups.begin()


def _is_due(ledger: Ledger) -> bool:
    return ledger.backups.due()


def _begin_if_due(ledger: Ledger) -> Draft | None:
    from mingxi_desktop.ledger.safekeeping.backups import MEANWHILE

    own = ledger.backups
    return own.begin(MEANWHILE) if own.due() else None


def _finish(_: object, draft: Draft, progress: Callable[[int, int], None] = _nothing) -> Made:
    from mingxi_desktop.ledger.safekeeping.backups import finish

    return finish(draft, progress)


def _note(ledger: Ledger, made: Made) -> None:
    ledger.backups.note(made)
