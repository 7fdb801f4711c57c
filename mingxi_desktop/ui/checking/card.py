"""One finding: the sentence, why it matters, its records, what puts it right, and accepting it with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mingxi_desktop.domain.concerns import Acceptance, Concern, Severity
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Cure
from mingxi_desktop.ledger.concern_list import RecordLine, lines_of
from mingxi_desktop.ui import ask, style, theme
from mingxi_desktop.ui.checking.concerns import Findings
from mingxi_desktop.ui.checking.look import SeverityLine
from mingxi_desktop.ui.checking.ways import CureButton, verb_of, way_of, what_goes
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.focus import TabPlace
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import Card, button, label, row

_COLUMNS = (
    ListColumn("台账", 100),
    ListColumn("序号", 58),
    ListColumn("编号、名称"),
    ListColumn("日期", 92),
    ListColumn("乡镇", 72, optional=True),
    ListColumn("数量", 64, right=True, optional=True),
    ListColumn("来源", optional=True),
)
_MOST = 200
"""Records that are listed; all of them are behind 全部打开."""
_ROWS = ((480, 6), (360, 3), (0, 2))
"""From this height of the card on, so many rows of records are seen at once."""
_SHARE = 3
"""What a cure does stands beside its button, as long as that takes no more than such a part of the card."""
_LOW = 360
"""A lower card leaves out why the check matters: what can be done is more important."""
_SOON = 120
"""Milliseconds that the cursor rests on a finding before its records are read."""
_READING = "正在读取涉及的记录……"
_NO_CURE = "打开上面的记录核对，改正以后这一处自己消失。"
_ACCEPTING = {
    Severity.ERROR: "核实过、数字没有错：写一句理由。以后不再提示，理由印在溯源附件里。",
    Severity.WARNING: "核实过、确实没有算重：写一句理由。以后不再提示，理由印在溯源附件里。",
    Severity.INFO: "已经有安排、不用再提示：写一句理由，理由印在溯源附件里。",
}
_WITHDRAWING = "又要处理了：取消以后重新列在“待处理”里，写过的理由不再印。"
_Facts = tuple[list[RecordLine], tuple[Cure, ...]]


class ConcernCard(Card):
    """Shows the finding that is chosen."""

    accept_wanted = Signal(object)
    """A `Concern` that is to be accepted with a reason."""
    withdraw_wanted = Signal(object)
    """An accepted `Concern` that is to be told again."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, primary: bool = True) -> None:
        """primary: whether the first cure is the main button of the page."""
        super().__init__(parent)
        self._context = context
        self._primary = primary
        self._concern: Concern | None = None
        self._year = context.year
        self._job: Job | None = None
        self._lines: Sequence[RecordLine] = ()
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._read)
        self._scroll = UprightScroll(self)
        self.column.addWidget(self._scroll)
        inside = QWidget()
        self._scroll.setWidget(inside)
        style.set_state(inside, "plain", value=True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        self.severity = SeverityLine()
        self._title = label(role="title")
        self._sentence = label()
        self._about = label(role="muted")
        self._said = label(role="ok")
        for text in (self._title, self._sentence, self._about, self._said):
            text.setWordWrap(True)
        head = row(self.severity, self._title)
        head.setStretch(1, 1)
        column.addLayout(head)
        for text in (self._sentence, self._about, self._said):
            column.addWidget(text)
        self.records = Listing("涉及的记录", _COLUMNS, parent=inside)
        self.records.opened.connect(lambda key: context.record_wanted.emit(*key))
        column.addWidget(self.records)
        self._more = label(role="muted")
        column.addWidget(self._more)
        self._doors = _Slot()
        self._ways = _Slot()
        column.addWidget(self._doors)
        column.addWidget(self._ways)
        self._leading = TabPlace(inside)
        self._accept = button("接受…", self._accept_it, icon="ok")
        self._withdraw = button("取消接受", self._withdraw_it, icon="undo")
        self._accepting = label("", "muted")
        self._accepting.setWordWrap(True)
        self._end = QWidget()
        end = row(self._accept, self._withdraw, self._accepting)
        end.setStretch(2, 1)
        self._end.setLayout(end)
        column.addWidget(self._end)
        column.addStretch(1)
        self.show_nothing()

    @property
    def concern(self) -> Concern | None:
        """The finding shown."""
        return self._concern

    def show_nothing(self, title: str = "", about: str = "") -> None:
        """No finding is chosen; or only a check is: its name and why it matters."""
        self._turn_to(None)
        self.severity.hide()
        self._title.setText(title)
        self._sentence.hide()
        self._about.setText(about)
        self._about.show()
        self._said.hide()
        self._end.hide()

    def show_concern(self, concern: Concern, findings: Findings) -> None:
        """Show a finding; its records and cures follow."""
        acceptance = findings.acceptance(concern.key)
        self._year = findings.year
        self._turn_to(concern)
        self.severity.show_severity(concern.severity)
        self.severity.show()
        self._title.setText(findings.label(concern.code))
        self._sentence.setText(concern.message)
        self._sentence.show()
        self._about.setText(findings.about(concern.code))
        self._about.setVisible(self.height() >= _LOW)
        self._title.setToolTip(findings.about(concern.code))
        self._said.setText(_reason(acceptance) if acceptance is not None else "")
        self._said.setVisible(acceptance is not None)
        self._accepting.setText(_ACCEPTING[concern.severity] if acceptance is None else _WITHDRAWING)
        self._accept.setVisible(acceptance is None)
        self._withdraw.setVisible(acceptance is not None)
        self._end.show()
        self._more.setText(_READING)
        self._more.show()
        self._soon.start()

    def read_now(self) -> None:
        """Read the records of the finding shown without waiting whether the cursor rests on it."""
        if self._soon.isActive():
            self._soon.stop()
            self._read()

    def focus_first(self) -> None:
        """On to what can be done: the first cure, or the records."""
        stops = [*self._ways.findChildren(CureButton), self.records, self._accept, self._withdraw]
        first = next((stop for stop in stops if stop.isVisible()), None)
        if first is not None:
            first.setFocus()
            self._scroll.ensureWidgetVisible(first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._about.setVisible(self._concern is None or self.height() >= _LOW)
        self._fit_records()

    def _fit_records(self) -> None:
        """As high as the records need, but so that what can be done is seen below them."""
        most = next(rows for height, rows in _ROWS if self.height() >= height)
        head = self.records.horizontalHeader().height() + 2 * self.records.frameWidth()
        lines = min(max(len(self.records.lines.lines), 1), most)
        self.records.setFixedHeight(head + lines * theme.ROW_HEIGHT)

    def _turn_to(self, concern: Concern | None) -> None:
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._concern = concern
        self.records.hide()
        self._more.hide()
        self._doors.put(None)
        self._ways.put(None)

    def _read(self) -> None:
        concern = self._concern
        if concern is not None:
            self._job = self._context.read(
                _facts, concern, self._year,
                done=partial(self._show_facts, concern), failed=self._unread, owner=self,
                priority=Priority.VISIBLE,
            )  # fmt: skip

    def _unread(self, error: UserError) -> None:
        self._job = None
        self._more.setText("\n".join(part for part in (error.title, error.hint) if part))

    def _show_facts(self, concern: Concern, found: _Facts) -> None:
        self._job = None
        lines, cures = found
        self._lines = lines
        self.records.set_lines([_line(one) for one in lines], keep=False)
        self._fit_records()
        self.records.setVisible(bool(lines))
        hidden = len(concern.records) - _MOST
        self._more.setText(f"只列前 {_MOST} 条，还有 {hidden:,} 条，点“全部打开”看。" if hidden > 0 else "")
        self._more.setVisible(hidden > 0)
        doors = self._doors_of(concern)
        self._doors.put(_flowing(doors))
        self._ways.put(self._ways_of(concern, cures) if self._withdraw.isHidden() else None)
        self._leading.put([*doors, *self._ways.findChildren(CureButton)])

    # what leads to the records

    def _doors_of(self, concern: Concern) -> list[QWidget]:
        made: list[QWidget] = []
        counts = Counter(kind for kind, _ in concern.records)
        for kind, count in counts.items():
            query = Query(kind, ids=tuple(number for name, number in concern.records if name == kind))
            which = "" if len(counts) == 1 else f"：{kind_of(kind).label}"
            text = f"全部打开{which} {count:,} 条" if count > 1 or which else "打开这条记录"
            made.append(button(text, partial(self._context.show, query), icon="link"))
        if concern.target:
            made.append(
                button(
                    way_of(concern.target),
                    partial(self._context.page_wanted.emit, concern.target),
                    icon="link",
                )
            )
        return made

    # what puts it right

    def _ways_of(self, concern: Concern, cures: Sequence[Cure]) -> QWidget | None:
        """The cures one under the other, beside each what it does; None where there is nothing to say."""
        if not cures and not concern.records:
            return None
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.HALF)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label("怎么处理", "section"), 0, 0, 1, 2)
        if not cures:
            grid.addWidget(label(_NO_CURE, "muted"), 1, 0, 1, 2)
        pressed = [
            CureButton(cure, partial(self._carry_out, cure), first=self._primary and not place)
            for place, cure in enumerate(cures)
        ]
        # Beside wide buttons there is no room for a sentence.
        beside = all(press.sizeHint().width() <= self.width() // _SHARE for press in pressed)
        for place, (cure, press) in enumerate(zip(cures, pressed, strict=True)):
            said = label(cure.sentence)
            said.setWordWrap(True)
            if beside:
                grid.addWidget(press, place + 1, 0)
                grid.addWidget(said, place + 1, 1)
            else:
                grid.addWidget(press, 2 * place + 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(said, 2 * place + 2, 0, 1, 2)
        return made

    def _carry_out(self, cure: Cure) -> None:
        if cure.removes and not ask.question(
            f"{cure.label}？",
            what_goes(cure, self._lines),
            yes=verb_of(cure),
            parent=self,
            danger=True,
        ):
            return
        for press in self._ways.findChildren(CureButton):
            press.setEnabled(False)
        self._context.write(_cure, cure, owner=self, failed=self._refused)

    def _refused(self, error: UserError) -> None:
        for press in self._ways.findChildren(CureButton):
            press.setEnabled(True)
        ask.show_error(error, self)

    # accepting

    def _accept_it(self) -> None:
        if self._concern is not None:
            self.accept_wanted.emit(self._concern)

    def _withdraw_it(self) -> None:
        if self._concern is not None:
            self.withdraw_wanted.emit(self._concern)


class _Slot(QWidget):
    """A place for one thing, hidden while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._content: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def put(self, content: QWidget | None) -> None:
        """Another thing, or none, in the place of what was there."""
        layout = self.layout()
        assert layout is not None
        if self._content is not None:
            layout.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        if content is not None:
            layout.addWidget(content)
        self.setVisible(content is not None)


def _flowing(doors: list[QWidget]) -> QWidget | None:
    if not doors:
        return None
    made = QWidget()
    made.setLayout(flow(doors, []))
    return made


def _reason(acceptance: Acceptance) -> str:
    return f"已说明：{acceptance.reason}\n{acceptance.by}，{acceptance.at[:16]}"


def _line(one: RecordLine) -> Line:
    texts = (one.label, one.number, one.name, one.date, one.area, one.quantity, one.source)
    return Line(texts, (one.kind, one.id), tip=f"{one.sentence}\n双击打开这条记录")


def _facts(ledger: Ledger, concern: Concern, year: int) -> _Facts:
    return lines_of(ledger, concern.records[:_MOST]), ledger.checks.cures(concern, year)


def _cure(ledger: Ledger, cure: Cure) -> Changes:
    return ledger.checks.cure(cure)
