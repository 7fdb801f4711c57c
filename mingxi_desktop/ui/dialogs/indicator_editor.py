"""An indicator made or changed without code: the form, and beside it what comes of it at once."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.indicator_data import DefinitionError
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period, Trace
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.defining import Desk
from mingxi_desktop.ui import ask, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.defining.form import IndicatorForm
from mingxi_desktop.ui.defining.live import LiveProof
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.jobs import Job
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import button, card, label
from mingxi_desktop.ui.value_words import value_words

_WIDTH, _HEIGHT = 1080, 660
_WIDE = 860
"""From this width on the value stands beside the form, else under it."""
_LEAST = (560, 300)
_PAUSE = 300
"""Milliseconds after a change before the value is worked out."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
BLANK = Indicator("zb", "", "hazard", Aggregate.SUM, "条", fields=("quantity_found",))
"""What a new indicator begins with."""


class IndicatorEditor(Frame):
    """Accepted once the indicator is stored; `saved` is then its id."""

    manual = "06b-define.md"
    saved = ""

    def __init__(
        self,
        context: Context,
        desk: Desk,
        indicator: Indicator | None = None,
        *,
        new: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """indicator: what to begin with.  new: it becomes another one, with an id of its own."""
        title = "新建指标" if new else f"修改指标：{indicator.label if indicator else ''}"
        super().__init__(title, _WIDTH, _HEIGHT, parent)
        self._context = context
        self._new = new
        self._job: Job | None = None
        self._storing = False
        self.form = IndicatorForm(desk, context.sources, indicator or BLANK, new=new)
        self.live = LiveProof()
        self._now = button("还没有算", self._to_value, link=True, tip="看算进去的记录")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._work_out)
        self._lay_out()
        self._said = label(role="error")
        self._said.setWordWrap(True)
        self._said.hide()
        self.column.addWidget(self._said)
        self._save = button("保存", self.save, primary=True, shortcut="Ctrl+S")
        self._cancel = button("取消", self.reject)
        self.close_with(self._now, None, self._cancel, self._save, default=self._save)
        self._arrange(wide=self.width() >= _WIDE)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)
        self.form.changed.connect(self._changed)
        self.form.shown_at.connect(self._reveal)
        self.form.left.connect(self._pause.start)
        context.changed.connect(self._records_changed)
        self.form.first.setFocus()
        self._work_out()

    def _lay_out(self) -> None:
        self._scroll = UprightScroll()
        inside = QWidget()
        style.set_state(inside, "plain", value=True)
        self._under = QVBoxLayout(inside)
        self._under.setContentsMargins(0, 0, theme.GAP, 0)
        self._under.setSpacing(theme.WIDE_GAP)
        self._under.addWidget(self.form)
        self._scroll.setWidget(inside)
        self._card = card()
        self._live_scroll = UprightScroll()
        self._beside = QHBoxLayout()
        self._beside.setSpacing(theme.WIDE_GAP)
        self._beside.addWidget(self._scroll, 3)
        self.column.addLayout(self._beside, 1)
        self._wide: bool | None = None
        # Beside each other they need more than the narrowest screen has.
        self.column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*_LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= _WIDE)

    def _arrange(self, *, wide: bool) -> None:
        """The value beside the form, or under it where the window is narrow."""
        if wide == self._wide:
            return
        self._wide = wide
        self._now.setVisible(not wide)
        if wide:
            self._live_scroll.setWidget(self.live)
            self._card.column.addWidget(self._live_scroll, 1)
            self._beside.addWidget(self._card, 2)
        else:
            self._live_scroll.takeWidget()
            self._card.column.removeWidget(self._live_scroll)
            self._card.column.addWidget(self.live, 1)
            self._under.addWidget(self._card)
        self._live_scroll.setVisible(wide)
        self.live.show()
        # What is put elsewhere goes to the end of Tab's order.
        for one, following in pairwise(
            (self.form.last, self.live.table, self._now, self._cancel, self._save)
        ):
            self.setTabOrder(one, following)

    def save(self) -> None:
        """Keep the indicator; what is wrong is said at its line, and nothing is lost."""
        if self._storing:
            return
        self.form.clear_errors()
        try:
            indicator = self.form.indicator(final=True)
        except UserError as error:
            self._refused(error)
            return
        if not self._new and not self.form.touched:
            super().reject()
            return
        self._storing = True
        self._save.setEnabled(False)
        self._context.write(
            _keep, indicator, self._new, owner=self,
            done=lambda changes: self._stored(indicator.id, changes), failed=self._refused,
        )  # fmt: skip

    def reject(self) -> None:
        """At 取消, Esc and the cross: what was typed is not lost without a question."""
        if not self.form.touched or self._storing:
            super().reject()
            return
        answer = ask.save_changes("这个指标", parent=self)
        if answer is ask.Answer.SAVE:
            self.save()
        elif answer is ask.Answer.DISCARD:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter goes on to the next line; it must not store a form that is only begun.
        if event.key() in _ENTER and not isinstance(self.focusWidget(), QPushButton):
            self.focusNextChild()
            self._reveal(self.focusWidget())
            event.accept()
        else:
            super().keyPressEvent(event)

    def _records_changed(self, _: object) -> None:
        self._pause.start()

    def _changed(self) -> None:
        self._say("")
        self.live.wait()
        self._pause.start()

    def _work_out(self) -> None:
        """Ask what the indicator gives as it is now."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        try:
            indicator = self.form.indicator()
        except UserError as error:
            self._show_missing(error.title)
            return
        self._job = self._context.read(
            _try_out, indicator, self._context.year, done=self._show, owner=self, failed=self._cannot
        )

    def _show(self, trace: Trace) -> None:
        self.form.show_value(trace.value)
        self.live.show_trace(trace, self._context.year)
        self._say_now(f"现在：{value_words(trace.value)}")

    def _cannot(self, error: UserError) -> None:
        message = _sentence(error)
        self.form.set_error(error.field, message)
        self._show_missing(message)

    def _show_missing(self, message: str) -> None:
        self.form.show_value(None)
        self.live.show_missing(message)
        self._say_now("还算不出来")

    def _say_now(self, text: str) -> None:
        self._now.setText(text)
        self._now.setAccessibleName(text)

    def _to_value(self) -> None:
        """Where the window is narrow the value lies further down."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum() if bar.value() < bar.maximum() // 2 else 0)

    def _reveal(self, widget: QWidget) -> None:
        if not self._scroll.isAncestorOf(widget):
            return
        # Once the message under it has its room.
        QTimer.singleShot(0, widget, lambda: self._scroll.ensureWidgetVisible(widget, 0, theme.INPUT_HEIGHT))

    def _refused(self, error: UserError) -> None:
        self._storing = False
        self._save.setEnabled(True)
        message = _sentence(error)
        if not (error.field and self.form.set_error(error.field, message, go=True)):
            self._say("。".join(part for part in (message, error.hint) if part))

    def _stored(self, id: str, _changes: Changes) -> None:
        self._storing = False
        self.saved = id
        self.accept()

    def _say(self, message: str) -> None:
        self._said.setText(message)
        self._said.setVisible(bool(message))


def _sentence(error: UserError) -> str:
    """What is wrong, without the place: the place is the line beside it."""
    if isinstance(error, DefinitionError):
        return error.sentence
    return "：".join(part for part in (error.title, error.detail) if part)


def _try_out(ledger: Ledger, indicator: Indicator, year: int) -> Trace:
    return ledger.definitions.try_out(indicator, Period.of(year))


def _keep(ledger: Ledger, indicator: Indicator, new: bool) -> Any:
    return ledger.definitions.save(indicator, new=new)
