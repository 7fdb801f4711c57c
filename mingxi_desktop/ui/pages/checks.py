"""核对: what may be counted twice, contradicts itself or is owed; each with its records and what puts it right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.concern_list import Listed
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.checking.accept import AcceptDialog
from mingxi_desktop.ui.checking.card import ConcernCard
from mingxi_desktop.ui.checking.concerns import Concerns, Findings
from mingxi_desktop.ui.checking.look import MANUAL
from mingxi_desktop.ui.checking.narrow import Narrow
from mingxi_desktop.ui.checking.nothing import Nothing
from mingxi_desktop.ui.checking.tree import FindingsTree, grouped
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import FlowLayout, flow
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.made_later import MadeLater, in_one_step
from mingxi_desktop.ui.part_keys import PartKeys
from mingxi_desktop.ui.shapes import button, card, label

_PATIENCE = 1_000
"""Milliseconds before a progress bar appears."""
_BESIDE = 780
"""Pixels of width from which list and card stand side by side."""
_SIZES = {Qt.Orientation.Horizontal: [480, 820], Qt.Orientation.Vertical: [140, 260]}
_LOOKING = "正在核对……"
_NONE_LEFT = "没有符合条件的疑点。换个词或条件，或点“清除条件”看全部。"
_NONE_ACCEPTED = (
    "还没有说明过的疑点。\n在“待处理”里选一处，核实无误的，点右边的“接受…”写一句理由，就列到这里。"
)
_NONE_OPEN = "没有待处理的疑点。"
_FILTERS = "Excel 工作簿 (*.xlsx);;CSV 文本 (*.csv)"


class ChecksPage(QWidget):
    """The findings of the context's year."""

    manual = MANUAL
    status = Signal(str)
    """What the status bar says of this page."""
    way_wanted = Signal(str)
    """Where a year without records is begun: "import" or "new:hazard"."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._concerns = Concerns.of(context)
        self._wanted = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._filter_row())
        # What is made inside its parent is polished once, not at every move.
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._make_body())
        self._nothing: Nothing | None = None
        self._waiting = label(_LOOKING, "muted")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setWordWrap(True)
        self._stack.addWidget(self._waiting)
        column.addWidget(self._stack, 1)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_LOOKING)
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(theme.HALF)
        self.bar.setTextVisible(False)
        self.bar.hide()
        column.addWidget(self.bar)
        self._late = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._late.timeout.connect(self.bar.show)
        self.tools = (
            button("导出", self.export, icon="export", tip="把列出的疑点存成 Excel 或 CSV（Ctrl+E）"),
            button(
                "打印", self.print, icon="print", tip="打印核对清单，先预览（Ctrl+P）；可以先筛出一个乡镇"
            ),
        )
        self._connect()
        self._arrived()

    def _filter_row(self) -> FlowLayout:
        self.narrow = Narrow(self)
        self._clear = button("清除条件", self.narrow.clear, link=True)
        inputs = [self.narrow.open, self.narrow.accepted, self.narrow.search, *self.narrow.chips]
        self.narrow.search.setFixedWidth(20 * theme.GRID)
        return flow([*inputs], [self._clear])

    def _make_body(self) -> QWidget:
        self.tree = FindingsTree("疑点")
        self.tree.setMinimumWidth(240)
        splitter = QSplitter(Qt.Orientation.Horizontal, self._stack)
        left = card(splitter)
        left.column.setContentsMargins(0, 0, 0, 0)
        left.column.addWidget(self.tree)
        splitter.addWidget(left)
        self._card = MadeLater(in_one_step(self._make_card), splitter)
        splitter.addWidget(self._card)
        splitter.setSizes(_SIZES[Qt.Orientation.Horizontal])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        self._splitter = splitter
        return splitter

    def _make_card(self, place: QWidget) -> ConcernCard:
        made = ConcernCard(self._context, place)
        made.accept_wanted.connect(self.accept)
        made.withdraw_wanted.connect(self.withdraw)
        return made

    def _make_nothing(self) -> Nothing:
        self._nothing = made = Nothing(self._stack)
        made.way_wanted.connect(self.way_wanted)
        self._stack.addWidget(made)
        return made

    @property
    def card(self) -> ConcernCard:
        """The finding with the cursor, and what can be done about it."""
        return self._card.part

    def _connect(self) -> None:
        narrow, search = self.narrow, self.narrow.search
        parts = ((search, search.setFocus), (self.tree, self.tree.setFocus))
        PartKeys(self, (*parts, (self._card, self._to_card)))
        search.went_on.connect(self.tree.setFocus)
        narrow.changed.connect(self._show)
        self.tree.turned.connect(self._turn)
        self.tree.entered.connect(self._to_card)
        self._card.made.connect(self._turn)
        self._concerns.found.connect(self._arrived)
        self._concerns.busy.connect(self._busy)
        self._context.changed.connect(lambda _: self.refresh())
        self._context.year_changed.connect(lambda _: self.refresh())

    # what is shown

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._concerns.now is None or self._concerns.looking:
            self.refresh()
        self.say()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        beside = Qt.Orientation.Horizontal if self.width() >= _BESIDE else Qt.Orientation.Vertical
        if self._splitter.orientation() != beside:
            self._splitter.setOrientation(beside)
            self._splitter.setSizes(_SIZES[beside])

    def refresh(self) -> None:
        """Look at the records anew; nothing while the page is out of sight."""
        if self.isVisible():
            self._concerns.look(Priority.PAGE)

    def show_concern(self, key: str) -> None:
        """Put the cursor on a finding, whatever is narrowed down; as soon as it is there."""
        self._wanted = key
        found = self._concerns.now
        if found is not None and found.find(key) is not None:
            self.narrow.clear()
            self.narrow.show_accepted(accepted=found.acceptance(key) is not None)

    def to_search(self) -> None:
        """Search among the findings."""
        self.narrow.search.setFocus()
        self.narrow.search.selectAll()

    def _arrived(self) -> None:
        self.narrow.take(self._concerns.now)
        if self._wanted:
            self.show_concern(self._wanted)
        self._show()

    def _busy(self, busy: bool) -> None:
        if busy:
            self._late.start()
        else:
            self._late.stop()
            self.bar.hide()

    def _show(self) -> None:
        """The findings as they are and as they are wanted now."""
        findings, fault = self._concerns.now, self._concerns.fault
        if findings is None:
            self._waiting.setText("\n".join(filter(None, (fault.title, fault.hint))) if fault else _LOOKING)
            self._stack.setCurrentWidget(self._waiting)
        elif not findings.looked.open and not self.narrow.shows_accepted:
            nothing = self._nothing or self._make_nothing()
            nothing.tell(findings)
            self._stack.setCurrentWidget(nothing)
        else:
            self._stack.setCurrentIndex(0)
        left = self.narrow.left()
        labels = {check.code: check.label for check in findings.checks} if findings is not None else {}
        self.tree.set_empty_text(self._why_empty())
        self.tree.set_groups(grouped(left, labels))
        if self._wanted and self.tree.go_to(self._wanted):
            self._wanted = ""
        self._clear.setVisible(self.narrow.narrowed)
        for tool in self.tools:
            tool.setEnabled(bool(left))
        self.say()

    def _why_empty(self) -> str:
        if self.narrow.narrowed:
            return _NONE_LEFT
        return _NONE_ACCEPTED if self.narrow.shows_accepted else _NONE_OPEN

    def _turn(self) -> None:
        """Show the finding with the cursor; as soon as there is a card for it."""
        findings, concern, group = self._concerns.now, self.tree.current, self.tree.current_group
        shown = self._card.there
        if shown is None:
            return
        if findings is not None and concern is not None:
            shown.show_concern(concern, findings)
        elif findings is not None and group is not None:
            shown.show_nothing(f"{group.label}　{len(group.concerns):,} 处", findings.about(group.code))
        else:
            shown.show_nothing()

    def _to_card(self) -> None:
        self.card.focus_first()

    def say(self) -> None:
        """Say in the status bar what was found."""
        findings = self._concerns.now
        if self.isVisible():
            self.status.emit(_summary(findings) if findings is not None else _LOOKING)

    # accepting

    def accept(self, concern: Concern) -> None:
        """Ask why a finding is right as it is."""
        AcceptDialog(self._context, concern, self._context.year, self.window()).exec()

    def withdraw(self, concern: Concern) -> None:
        """Tell an accepted finding again."""
        self._context.write(_withdraw, concern.key, owner=self)

    # out of the program

    @property
    def title(self) -> str:
        """What the list is called on paper."""
        areas = "、".join(self.narrow.chips[-1].wanted)
        what = "核对清单（已说明）" if self.narrow.shows_accepted else "核对清单"
        return f"{self._context.year}年{areas}{what}"

    def _listed(self) -> list[Listed]:
        findings = self._concerns.now
        said = (
            {key.key: f"{why.reason}（{why.by}）" for key, why in findings.looked.accepted}
            if findings
            else {}
        )
        return [(concern, said.get(concern.key, "")) for concern in self.narrow.left()]

    def print(self) -> None:
        """The listed findings with their records, to be printed or saved."""
        from mingxi_desktop.ui.checking.printing import PrintConcernsDialog

        left = self._listed()
        if left:
            PrintConcernsDialog(self._context, left, self.title, self.narrow.conditions, self).exec()

    def export(self) -> None:
        """Write the listed findings into a workbook or csv."""
        left = self._listed()
        path = ask.save_file("导出核对清单", f"{self.title}.xlsx", _FILTERS, parent=self) if left else None
        if path is not None:
            self._context.said.emit(f"正在导出{self.title}……")
            self._context.read(
                _export, left, self.title, path,
                done=lambda count: self._context.said.emit(f"已导出 {count:,} 处：{path}"), owner=self,
                priority=Priority.LONG,
            )  # fmt: skip


def _summary(findings: Findings) -> str:
    """3 处疑点，1 件待办，2 处已说明　8:05 核对."""
    doubts, owed = len(findings.doubts), len(findings.looked.open) - len(findings.doubts)
    parts = [f"{doubts:,} 处疑点" if doubts else "没有疑点"]
    parts += [f"{owed:,} 件{Severity.INFO.label}"] if owed else []
    accepted = len(findings.looked.accepted)
    parts += [f"{accepted:,} 处已说明"] if accepted else []
    return f"{'，'.join(parts)}　{findings.at:%H:%M} 核对"


def _withdraw(ledger: Ledger, key: str) -> Changes:
    return ledger.checks.withdraw(key)


def _export(ledger: Ledger, listed: list[Listed], title: str, path: Path) -> int:
    from mingxi_desktop.ledger import concern_list

    return concern_list.export(ledger, listed, title, path)
