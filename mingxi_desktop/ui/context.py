"""What every page shares: the worker, the year, the settings, and the news that records have changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QSettings, Signal

from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.jobs import Job, Priority, Worker

if TYPE_CHECKING:
    from mingxi_desktop.domain.query import Query
    from mingxi_desktop.domain.records import Changes
    from mingxi_desktop.ui.inputs import WorkerSources


class Context(QObject):
    """The ledger of the window and what goes on in it."""

    changed = Signal(object)
    """A `Changes`: records or lists changed; show them anew."""
    year_changed = Signal(int)
    query_wanted = Signal(object)
    """A `Query`: show these records in their ledger."""
    record_wanted = Signal(str, int)
    """Kind and id: open this record."""
    new_wanted = Signal(str, dict)
    """Kind and texts: a form for a new record with these filled in."""
    page_wanted = Signal(str)
    """Name of a tab or action: "年度总结", "backup"."""
    restore_wanted = Signal(object)
    """A `Path` of a backup: the ledger is to go back to it."""
    said = Signal(str)
    """A short sentence for the status bar."""

    def __init__(
        self, path: Path, worker: Worker, settings: QSettings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.worker = worker
        self.settings = settings
        self._year = datetime.date.today().year

    @cached_property
    def sources(self) -> WorkerSources:
        """What forms offer; made when first wanted, because the window shows before any form does."""
        from mingxi_desktop.ui.inputs import WorkerSources

        made = WorkerSources(self.worker, lambda: self._year, self)
        made.changed.connect(self.changed)
        return made

    @property
    def year(self) -> int:
        """The year that all pages show."""
        return self._year

    def set_year(self, year: int) -> None:
        """Show another year everywhere."""
        if year != self._year:
            self._year = year
            self.year_changed.emit(year)

    def read(
        self,
        fn: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object],
        owner: QObject,
        priority: Priority = Priority.NORMAL,
        failed: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Look something up: fn(ledger, *args) on the database thread, the answer to `done`."""
        return self.worker.run(fn, *args, done=done, failed=failed, owner=owner, priority=priority)

    def write(
        self,
        fn: Callable[..., Any],
        *args: Any,
        owner: QObject,
        done: Callable[[Changes], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Change something: fn gives a `Changes` (or None), which all pages hear of before `done` does.

        They hear of it, and the user of a refusal, though the owner is gone meanwhile.
        """

        def tell(changes: Changes | None) -> None:
            if changes is not None:
                self.changed.emit(changes)
                self.said.emit(f"已保存：{changes.sentence}　{datetime.datetime.now():%H:%M}")
                if done is not None and shiboken6.isValid(owner):
                    done(changes)

        def refused(error: UserError) -> None:
            if failed is not None and shiboken6.isValid(owner):
                failed(error)
            else:
                ask.show_error(error)

        return self.worker.run(fn, *args, done=tell, failed=refused, owner=self)

    def show(self, query: Query) -> None:
        """Go to the records of a query."""
        self.query_wanted.emit(query)
