"""What the checks say of an import that is stored, with the buttons that put it right."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.domain.concerns import Concern, Looked
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.checks.ahead import Arrival, Coming
from mingxi_desktop.ui.checking.accept import AcceptDialog
from mingxi_desktop.ui.checking.card import ConcernCard
from mingxi_desktop.ui.checking.concerns import CheckInfo, Findings
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.importing import work
from mingxi_desktop.ui.importing.concerns import NOTHING, signed
from mingxi_desktop.ui.importing.split import beside
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.listing import Line, ListColumn, Listing

_COLUMNS = (ListColumn("程度", 84), ListColumn("疑点"))
_LEAST = 220
_SOON = 150
"""Milliseconds after a change of the records until they are looked at again."""


class AfterPart(QWidget):
    """Left the concerns of the import, right the one that is chosen; a cure is carried out at once."""

    counted = Signal(int)
    """How many there are now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._arrival: Arrival | None = None
        self._found: Sequence[Coming] = ()
        self._checks: tuple[CheckInfo, ...] = ()
        self._job: Job | None = None
        both = beside(0.42, self)
        self.table = Listing("疑点", _COLUMNS, parent=both)
        self.card = ConcernCard(context, both, primary=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(both)
        self.setFocusProxy(self.table)
        self.setMinimumHeight(_LEAST)
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(lambda _: self.card.focus_first())
        self.card.accept_wanted.connect(self._accept)
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._look)
        context.changed.connect(lambda _: self._soon.start() if self._arrival is not None else None)

    def show_arrival(self, arrival: Arrival | None) -> None:
        """Look at what was stored; None: at nothing."""
        old, self._arrival = self._arrival, arrival
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
        self._fill((), "正在核对会不会重复计数……" if arrival is not None else "什么也没有导入。")
        if arrival is not None:
            self._look()
        if old is not None:
            self._context.worker.run(work.let_arrival_go, old, priority=Priority.LONG)

    # inside

    def _look(self) -> None:
        if self._arrival is not None:
            self._job = self._context.read(
                work.concerns, self._arrival, done=self._arrived, failed=self._failed, owner=self
            )

    def _arrived(self, found: tuple[tuple[Coming, ...], tuple[CheckInfo, ...]]) -> None:
        told, self._checks = found
        self._fill(told, NOTHING)

    def _failed(self, error: UserError) -> None:
        self._fill((), f"▲ {error.title}。{error.hint}")

    def _fill(self, found: Sequence[Coming], empty: str) -> None:
        self._found = found
        self.table.set_empty_text(empty)
        self.table.set_lines([_line(one) for one in found])
        self.counted.emit(len(found))

    def _show(self, key: str | None) -> None:
        one = next((one for one in self._found if one.concern.key == key), None)
        if one is None:
            self.card.show_nothing()
            return
        looked = Looked(tuple(other.concern for other in self._found))
        self.card.show_concern(one.concern, Findings(one.year, looked, self._checks, datetime.datetime.now()))

    def _accept(self, concern: Concern) -> None:
        year = next(one.year for one in self._found if one.concern is concern)
        AcceptDialog(self._context, concern, year, self.window()).exec()


def _line(one: Coming) -> Line:
    text, role = signed(one.concern.severity)
    return Line((text, one.message), one.concern.key, {0: role})
