"""期限: what is overdue and what will be due in the next weeks, by day; fixed deadlines are ticked here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.workdays import weekday
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.due import Due, DueList, Sort, State, due_list
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import FlowLayout, flow
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, card, label, toggle

_COLUMNS = (
    ListColumn("状态", 92),
    ListColumn("到期", 128),
    ListColumn("还有 / 已过", 100, right=True),
    ListColumn("工作日", 64, right=True, optional=True),
    ListColumn("事项"),
    ListColumn("乡镇", 120),
    ListColumn("条数", 60, right=True),
    ListColumn("说明", 300, optional=True),
)
_LOOK = {
    State.OVERDUE: ("▲", "error"),
    State.TODAY: ("●", "warning"),
    State.ACT: ("●", "warning"),
    State.SOON: ("○", "warning"),
    State.RUNNING: ("●", "accent_text"),
    State.DONE: ("✓", "ok"),
}
"""State → sign and colour that go with its word."""
_ALL = "全部"
_CHOICES: dict[str, tuple[State, ...]] = {
    _ALL: tuple(State),
    "逾期": (State.OVERDUE,),
    "要到期": (State.TODAY, State.ACT, State.SOON, State.RUNNING),
    "已办": (State.DONE,),
}
_EMPTY = (
    "没有逾期的，今后 {ahead} 天也没有到期的。\n"
    "隐患写上整改期限、响应登记了启动，到期前就列在这里；每年要办的事在“期限表”里登记。"
)
_NOTHING = "没有这样的期限。"


class DeadlinesPage(QWidget):
    """The list of one ledger as of today, of all years."""

    manual = "01d-deadlines.md"
    status = Signal(str)
    """What the status bar says of the page."""
    records_wanted = Signal(object)
    """A `Query`: show these records."""
    way_wanted = Signal(str)
    """Where to go instead, as `MainWindow.go` knows it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._seen: DueList | None = None
        self._shown: list[Due] = []
        self.table = Listing("期限", _COLUMNS)
        self.table.current_changed.connect(lambda _: self._turn())
        self.table.opened.connect(lambda _: self.show_records())
        frame = card()
        frame.column.addWidget(self.table, 1)
        self._told = label()
        self._told.setWordWrap(True)
        frame.column.addWidget(self._told)
        self._open = button("查看记录", self.show_records, icon="search")
        self._tick = button("已办…", self.tick, icon="ok", tip="登记这件事哪天办好的")
        self._untick = button("取消已办", self.untick, icon="undo")
        frame.column.addLayout(flow([self._open, self._tick, self._untick], []))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(theme.GAP)
        column.addLayout(self._head())
        self._unknown = label(role="warning")
        self._unknown.setWordWrap(True)
        self._unknown.hide()
        column.addWidget(self._unknown)
        column.addWidget(frame, 1)
        context.changed.connect(lambda _: self.refresh())
        self._turn()

    def _head(self) -> FlowLayout:
        self._today = label("", "title")
        self._choice = QButtonGroup(self)
        self.choices: dict[str, QToolButton] = {}
        for name in _CHOICES:
            made = toggle(name, "segment", self._fill)
            self._choice.addButton(made)
            self.choices[name] = made
        self.choices[_ALL].setChecked(True)
        self.sorts = CalmCombo("种类")
        self.sorts.addItem("全部种类", None)
        for sort in Sort:
            self.sorts.addItem(sort.value, sort)
        self.sorts.activated.connect(lambda _: self._fill())
        left: list[QWidget] = [self._today, *self.choices.values(), self.sorts]
        right: list[QWidget] = [
            button("节假日…", self.open_holidays, icon="calendar", tip="放假和调休上班的日子，工作日按它算"),
            button("期限表…", self.open_table, icon="edit", tip="每年要办的事、提前几天提醒、几天内要复查"),
        ]
        return flow(left, right)

    # what is shown

    @property
    def current(self) -> Due | None:
        """The line with the cursor."""
        place = self.table.current()
        return self._shown[place] if place is not None and place < len(self._shown) else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew; nothing while out of sight."""
        if self.isVisible():
            self._context.read(_read, done=self._show, owner=self)

    def say(self) -> None:
        """Say in the status bar what the page shows."""
        if self._seen is not None:
            late = _count(self._seen.lines, State.OVERDUE)
            soon = sum(_count(self._seen.lines, state) for state in (State.TODAY, State.SOON))
            self.status.emit(f"逾期 {late} 项　今后 {self._seen.ahead} 天到期 {soon} 项")

    def _show(self, seen: DueList) -> None:
        self._seen = seen
        self._today.setText(f"今天 {seen.today.isoformat()} {weekday(seen.today)}")
        for name, states in _CHOICES.items():
            number = sum(_count(seen.lines, state) for state in states)
            self.choices[name].setText(f"{name} {number}")
            self.choices[name].setAccessibleName(f"{name} {number} 项")
        self._unknown.setText(
            f"▲ {seen.unknown} 年的节假日还没有登记，工作日先按周末算。点“节假日…”，把国务院的通知粘贴进去就行。"
            if seen.unknown
            else ""
        )
        self._unknown.setVisible(bool(seen.unknown))
        self._fill()
        self.say()

    def _fill(self) -> None:
        if self._seen is None:
            return
        chosen = next(name for name, made in self.choices.items() if made.isChecked())
        sort = self.sorts.currentData()
        states = _CHOICES[chosen]
        self._shown = [one for one in self._seen.lines if one.state in states and sort in (None, one.sort)]
        words = _EMPTY.format(ahead=self._seen.ahead) if not self._seen.lines else _NOTHING
        self.table.set_empty_text(words)
        self.table.set_lines([_line(place, one) for place, one in enumerate(self._shown)])
        self._turn()

    def _turn(self) -> None:
        """What can be done with the line that has the cursor."""
        one = self.current
        self._told.setText(_words(one) if one is not None else "")
        self._told.setVisible(one is not None)
        goes = one is not None and (one.query is not None or bool(one.target))
        self._open.setVisible(one is None or goes)
        self._open.setEnabled(goes)
        self._open.setText(_way(one))
        self._open.setAccessibleName(_way(one))
        fixed = one.fixed if one is not None else None
        self._tick.setVisible(fixed is not None and fixed.done is None)
        self._untick.setVisible(fixed is not None and fixed.done is not None and bool(fixed.done.by))

    # what can be done

    def show_records(self) -> None:
        """Go to the records of the line with the cursor, or where it is to be done; tick it where there are none."""
        one = self.current
        if one is None:
            return
        if one.query is not None:
            self.records_wanted.emit(one.query)
        elif one.target:
            self.way_wanted.emit(one.target)
        elif one.fixed is not None and one.fixed.done is None:
            self.tick()

    def tick(self) -> None:
        """Say that the deadline with the cursor was kept."""
        one = self.current
        if one is not None and one.fixed is not None and one.fixed.done is None:
            from mingxi_desktop.ui.dialogs.deadline_done import DoneDialog

            DoneDialog(self._context, one.fixed, self.window()).exec()

    def untick(self) -> None:
        """Take that back."""
        one = self.current
        if one is not None and one.fixed is not None and one.fixed.done is not None:
            self._context.write(_untick, one.fixed.deadline.id, one.fixed.year, owner=self)

    def open_holidays(self) -> None:
        """Open the dialog with the holidays and worked weekends of each year."""
        from mingxi_desktop.ui.dialogs.holidays import HolidaysDialog

        HolidaysDialog(self._context, self.window()).exec()

    def open_table(self) -> None:
        """Open the dialog with the table of deadlines and limits."""
        from mingxi_desktop.ui.dialogs.deadlines import DeadlinesDialog

        DeadlinesDialog(self._context, self.window()).exec()


def _line(place: int, one: Due) -> Line:
    sign, role = _LOOK[one.state]
    day = f"{one.day.isoformat()} {weekday(one.day)}" if one.day else "—"
    number = f"{one.number:,}" if one.number else ""
    workdays = f"{abs(one.workdays):,}" if one.workdays and one.day and one.state is not State.DONE else ""
    texts = (f"{sign} {one.state.value}", day, _left(one), workdays, one.what, one.where, number, one.note)
    roles = {0: role, **({2: role} if one.state is State.OVERDUE else {}), 7: "muted"}
    return Line(texts, place, roles, _words(one))


def _left(one: Due) -> str:
    """还有 9 天 or 已过 26 天."""
    if one.state is State.DONE:
        return ""
    if one.state is State.TODAY:
        return "就是今天"
    if one.day is None:
        return f"第 {-one.left + 1} 天"
    verb = "还有" if one.left > 0 else "已过"
    return f"{verb} {abs(one.left):,} 天"


def _words(one: Due) -> str:
    """All that a line says, where a column has no room for it."""
    day = f"{one.day.isoformat()} 到期" if one.day else ""
    workdays = f"{abs(one.workdays):,} 个工作日" if one.workdays and one.state is not State.DONE else ""
    left = f"{_left(one)}（{workdays}）" if workdays else _left(one)
    head = "　".join(part for part in (one.what, one.where, day, left) if part)
    return f"{head}　{one.note}" if one.note else head


def _way(one: Due | None) -> str:
    if one is None or one.query is not None:
        return "查看记录"
    return {"report": "打开年度总结", "new:activity": "登记演练"}.get(one.target, "查看记录")


def _count(lines: Sequence[Due], state: State) -> int:
    return sum(one.state is state for one in lines)


def _read(ledger: Ledger) -> DueList:
    return due_list(ledger)


def _untick(ledger: Ledger, id: str, year: int) -> Changes:
    return ledger.deadlines.untick(id, year)
