"""What the checks say of one record, above its form: seen where it can be put right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ui import style, theme, veil
from mingxi_desktop.ui.checking.concerns import Concerns
from mingxi_desktop.ui.checking.look import MANUAL, SeverityLine, sentences, worst
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.shapes import Card, button
from mingxi_desktop.ui.veil import VeiledLabel

TARGET = "checks"
"""Where the window goes to the list of findings: "checks", or "checks:KEY" for one of them."""
_LINES = 3


class ConcernStrip(Card):
    """Hidden while there is nothing to say of the record; of several findings it tells the worst and how many."""

    manual = MANUAL

    def __init__(self, context: Context, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._record: int | None = None
        self._about: Sequence[Concern] = ()
        style.set_state(self, "notice", value=True)
        self.column.setContentsMargins(theme.GAP, theme.HALF, theme.GAP, theme.HALF)
        self._severity = SeverityLine()
        self._said = _Short()
        self._deal = button("处理…", self._go, link=True)
        self._accept = button("接受…", self._accept_it, link=True)
        self.column.addLayout(flow([self._severity], [self._deal, self._accept]))
        self.column.addWidget(self._said)
        self._concerns = Concerns.of(context)
        self._concerns.found.connect(self._tell)
        self.hide()

    @property
    def concerns(self) -> Sequence[Concern]:
        """What is told."""
        return self._about

    def show_record(self, record: int | None) -> None:
        """Tell of another record; None for a new one or none."""
        self._record = record
        if record is not None:
            self._concerns.want()
        self._tell()

    def _tell(self) -> None:
        marks = self._concerns.of_kind(self._kind)
        self._about = marks.get(self._record, ()) if self._record is not None else ()
        self.setVisible(bool(self._about))
        if not self._about:
            return
        first = self._first
        more = len(self._about) - 1
        self._severity.show_severity(first.severity)
        self._said.set_text(first.message + (f"（另有 {more} 处）" if more else ""))
        for part in (self._said, self._severity):
            part.setToolTip(sentences(self._about))
        for link in (self._deal, self._accept):
            link.setAccessibleName(f"{link.text().rstrip('…')}：{first.message}")

    @property
    def _first(self) -> Concern:
        severity = worst(self._about)
        return next(one for one in self._about if one.severity is severity)

    def _go(self) -> None:
        self._context.page_wanted.emit(f"{TARGET}:{self._first.key}")

    def _accept_it(self) -> None:
        from mingxi_desktop.ui.checking.accept import AcceptDialog

        if AcceptDialog(self._context, self._first, self._context.year, self.window()).exec():
            self._concerns.look(Priority.PAGE)  # so that the strip goes at once


class _Short(VeiledLabel):
    """A sentence in three lines at most; the rest is in the tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._full = ""

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._full = text
        self.setAccessibleName(veil.over(text))
        self._fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        # Each line but the last may end a sign early.
        room = max(width, 1) * _LINES - 2 * theme.TEXT * (_LINES - 1)
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room))
