"""报送: every duty and its periods, who has reported, zero reports for several cells at once, reminders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.duties import reminding
from mingxi_desktop.ledger.duties.grids import Reporting, State
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.reporting_bar import ReportingBar
from mingxi_desktop.ui.reporting_desk import ReportingDesk
from mingxi_desktop.ui.reporting_grid import ReportingGrid
from mingxi_desktop.ui.shapes import button, label, toggle

_KEPT = "reporting/duty"
"""Setting of this PC: the duty that was looked at last."""
_EVENTS = "在“防汛响应 → 灾害过程”里登记了过程，这里就能看到谁报了、谁没有报。"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows.

    duties: id and title.  missing: how many cells are, by (id of the duty, event).  reporting: None without duties.
    """

    year: int
    duties: tuple[tuple[str, str], ...]
    missing: Mapping[tuple[str, str], int]
    reporting: Reporting | None
    bureau: str


class ReportingPage(QWidget):
    """The reporting calendar of a year."""

    manual = "01c-reporting.md"
    status = Signal(str)
    """What the status bar says of this page."""
    records_wanted = Signal(object)
    """A `Query`: the records behind a cell, a row or a period."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted = str(context.settings.value(_KEPT, ""))
        self._event = ""
        self._said = ""
        self._seen: Seen | None = None
        self.grid = ReportingGrid()
        self.desk = ReportingDesk(context, self.grid)
        self.duties = CalmCombo("报送任务")
        self.events = CalmCombo("灾害过程")
        for combo in (self.duties, self.events):
            combo.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self.only_missing = toggle("只看未报", "segment", self._show)
        self._copy = button("复制催报", self.copy, icon="copy", tip="应报未报的名单，可以粘贴到微信或通知里")
        self._print = button(
            "催报单…", self.print, icon="print", tip="每个单位欠哪些，先预览，再打印或存成 PDF"
        )
        self._edit = button("报送任务…", self.edit_duties, icon="settings", tip="谁、哪本台账、多久报一次")
        self._legend = {state: label(role="muted") for state in State}
        self._hint = label(role="muted")
        self._empty = label(role="muted")
        self._empty.setWordWrap(True)
        self.bar = ReportingBar(self.grid, self.desk)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.addWidget(self._empty)
        inside.addStretch(1)
        self._stack.addWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(
            flow([self.duties, self.events, self.only_missing], [self._copy, self._print, self._edit])
        )
        column.addLayout(flow([*self._legend.values(), self._hint], [], spacing=18))
        column.addWidget(self._stack, 1)
        column.addWidget(self.bar)
        self.duties.activated.connect(lambda _: self.show_duty(str(self.duties.currentData())))
        self.events.activated.connect(lambda _: self._show_event())
        self.grid.cell_clicked.connect(self.desk.show_records)
        self.desk.records_wanted.connect(self.records_wanted)
        context.changed.connect(lambda _: self.refresh())
        context.year_changed.connect(self._another_year)

    def refresh(self) -> None:
        """Read everything anew; nothing while the page is out of sight."""
        if self.isVisible():
            wanted = self._context.year, self._wanted, self._event
            self._context.read(_look, *wanted, done=self._arrived, owner=self)

    def say(self) -> None:
        """Say in the status bar what the page shows."""
        self.status.emit(self._said)

    def show_duty(self, id: str) -> None:
        """Show another duty, by its id."""
        self._wanted, self._event = id, ""
        self._context.settings.setValue(_KEPT, id)
        self.refresh()

    def copy(self) -> None:
        """Put what everybody owes on the clipboard."""
        self._context.read(_reminder_text, self._context.year, done=self.desk.copy, owner=self)

    def print(self) -> None:
        """Open the list of what everybody owes, ready to be printed."""
        from mingxi_desktop.ui.dialogs.reminder import ReminderDialog

        ReminderDialog(self._context, self, copy=self.desk.copy).exec()

    def edit_duties(self) -> None:
        """Open the table of duties."""
        from mingxi_desktop.ui.dialogs.duties import DutiesDialog

        DutiesDialog(self._context, self).exec()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # what is shown

    def _another_year(self) -> None:
        self._event = ""
        self.refresh()

    def _show_event(self) -> None:
        self._event = str(self.events.currentData())
        self.refresh()

    def _arrived(self, seen: Seen) -> None:
        self._seen = seen
        self.duties.clear()
        for id, title in seen.duties:
            missing = sum(count for (duty, _), count in seen.missing.items() if duty == id)
            self.duties.addItem(_marked(title, missing), id)
        self.duties.setVisible(bool(seen.duties))
        owed = any(seen.missing.values())
        self._copy.setEnabled(owed)
        self._print.setEnabled(owed)
        shown = seen.reporting
        if shown is not None:
            self.duties.setCurrentIndex(self.duties.findData(shown.duty.id))
            self.events.clear()
            for ref, name in shown.events:
                self.events.addItem(_marked(name, seen.missing.get((shown.duty.id, ref), 0)), ref)
            self.events.setCurrentIndex(self.events.findData(shown.event))
        self.events.setVisible(shown is not None and bool(shown.events))
        self._show()

    def _show(self) -> None:
        seen = self._seen
        if seen is None:
            return
        shown = seen.reporting
        if shown is not None:
            self.desk.show_reporting(shown, seen.bureau, missing=self.only_missing.isChecked())
        empty = self._nothing(seen)
        self._empty.setText(empty)
        self._stack.setCurrentIndex(1 if empty else 0)
        self.bar.setVisible(not empty)
        self._tell(shown)
        self.bar.tell()

    def _nothing(self, seen: Seen) -> str:
        """Why there is no grid, and what to do; "" where there is one."""
        shown = seen.reporting
        if shown is None:
            return "还没有报送任务。点右上角的“报送任务…”，写明谁、哪本台账、多久报一次。"
        if not shown.periods:
            if shown.duty.often.of_events:
                return f"{seen.year} 年没有登记灾害过程，不用报{shown.duty.label}。{_EVENTS}"
            return f"“{shown.duty.label}”的起止日期不在 {seen.year} 年。要改，点右上角的“报送任务…”。"
        if self.only_missing.isChecked() and not shown.count(State.MISSING):
            return "没有未报的。再点一下“只看未报”，看全部。"
        return ""

    def _tell(self, shown: Reporting | None) -> None:
        """The legend with its counts, how things stand, the status bar."""
        counts = Counter({state: shown.count(state) for state in State} if shown is not None else {})
        for state, text in (
            (State.REPORTED, f"已报 {counts[State.REPORTED]:,}"),
            (State.ZERO, f"○ 零报 {counts[State.ZERO]:,}"),
            (State.MISSING, f"▲ 未报 {counts[State.MISSING]:,}"),
            (State.OPEN, f"未到期 {counts[State.OPEN]:,}"),
        ):
            self._legend[state].setText(text)
            self._legend[state].setVisible(shown is not None and bool(shown.periods))
        style.set_state(self._legend[State.MISSING], "role", "error" if counts[State.MISSING] else "muted")
        self._hint.setText(_hint(shown))
        self._said = (
            f"{shown.label}：{'　'.join(one.text() for one in self._legend.values())}" if shown else ""
        )
        self.say()


def _marked(text: str, missing: int) -> str:
    return f"{text}　▲{missing}" if missing else text


def _hint(shown: Reporting | None) -> str:
    """By when it is due; or why nothing is asked for."""
    if shown is None or not shown.periods:
        return ""
    if shown.owed:
        return f"{shown.duty.often.label}报一次，{shown.duty.due_words}应报，到那天还没有的算未报"
    if shown.event:
        return "这次过程已经结束，没有收到过日报，不催"
    return f"{shown.year} 年还没有用这本台账，不催；有了第一条记录就开始算"


def _look(ledger: Ledger, year: int, wanted: str, event: str) -> Seen:
    duties = ledger.zeros.duties()
    missing: dict[tuple[str, str], int] = {}
    for grid in ledger.zeros.grids(year):
        missing[grid.duty.id, grid.event] = grid.count(State.MISSING)
    id = next((duty.id for duty in duties if wanted in (duty.id, duty.kind)), duties[0].id if duties else "")
    lacking = [of for (duty, of), count in missing.items() if duty == id and count]
    shown = ledger.zeros.grid(id, year, event=event or (lacking[-1] if lacking else "")) if id else None
    listed = tuple((duty.id, duty.title) for duty in duties)
    return Seen(year, listed, missing, shown, ledger.setting("bureau"))


def _reminder_text(ledger: Ledger, year: int) -> str:
    return reminding.text_to(reminding.reminder(ledger, year))
