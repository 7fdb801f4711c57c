"""报送任务: the table of who owes which ledger how often; every step is stored at once and can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.duties import DELIVERED, Duty
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, ORG
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.duty import DutyDialog, Offered, keep_duties
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label

_COLUMNS = (
    ListColumn("任务", 230),
    ListColumn("多久一次", 104),
    ListColumn("谁报"),
    ListColumn("起止", 180, optional=True),
    ListColumn("应报", 130),
)
_PURPOSE = (
    "谁、哪本台账、多久报一次、几天之内报到。到了应报的日子还没有的，就是未报，会出现在概览、核对和催报单里。"
)
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """The duties, and what can be chosen for them."""

    duties: tuple[Duty, ...]
    offered: Offered


class DutiesDialog(Frame):
    """The duties of a ledger file: add, change, remove."""

    manual = "01c-reporting.md"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("报送任务", 900, 460, parent)
        self._context = context
        self._seen: Seen | None = None
        told = label(_PURPOSE, "muted")
        told.setWordWrap(True)
        self.table = Listing("报送任务", _COLUMNS)
        self.table.setMinimumHeight(120)
        self.table.set_empty_text("还没有报送任务。点“新增…”写一条，或点“恢复默认”。")
        self._add = button("新增…", self.add, icon="add")
        self._change = button("修改…", self.change, icon="edit")
        self._remove = button("删除", self.remove, icon="trash")
        self._deliver = button(
            "恢复默认", self.deliver, icon="restore", tip="隐患每月报，防汛日报过程中每日报"
        )
        column = self.scrolled()
        column.addWidget(told)
        column.addWidget(self.table, 1)
        column.addLayout(flow([self._add, self._change, self._remove], [self._deliver]))
        close = button("关闭", self.accept, primary=True)
        self.close_with(None, close, default=close)
        self.table.opened.connect(lambda _: self.change())
        self.table.current_changed.connect(lambda _: self._mark())
        context.changed.connect(lambda _: self._read())
        self._mark()
        self._read()

    def add(self) -> None:
        """Write a new duty."""
        if self._seen is not None:
            DutyDialog(self._context, None, self._seen.duties, self._seen.offered, self).exec()

    def change(self) -> None:
        """Change the duty with the cursor."""
        duty = self._chosen()
        if duty is not None and self._seen is not None:
            DutyDialog(self._context, duty, self._seen.duties, self._seen.offered, self).exec()

    def remove(self) -> None:
        """Remove the duty with the cursor, after a question."""
        duty = self._chosen()
        if duty is None or self._seen is None:
            return
        hint = "以后不再催报。记录和登记过的零报都还在；可以撤消（Ctrl+Z）。"
        if ask.question(f"删除报送任务“{duty.title}”？", hint, yes="删除 1 项", parent=self, danger=True):
            rest = [other for other in self._seen.duties if other.id != duty.id]
            self._context.write(keep_duties, rest, f"删除报送任务 {duty.title}", owner=self)

    def deliver(self) -> None:
        """The delivered duties in place of all that are there, after a question."""
        names = "、".join(duty.title for duty in DELIVERED)
        hint = f"只留下：{names}。自己写的任务会去掉；可以撤消（Ctrl+Z）。"
        if ask.question("恢复默认的报送任务？", hint, yes="恢复默认", parent=self, danger=True):
            self._context.write(keep_duties, DELIVERED, "恢复默认的报送任务", owner=self)

    def _read(self) -> None:
        self._context.read(look, done=self._show, owner=self)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.table.set_lines([_line(duty, seen.offered) for duty in seen.duties])
        self._deliver.setEnabled(seen.duties != DELIVERED)
        self._mark()

    def _chosen(self) -> Duty | None:
        id = self.table.current()
        duties = self._seen.duties if self._seen is not None else ()
        return next((duty for duty in duties if duty.id == id), None)

    def _mark(self) -> None:
        there = self._chosen() is not None
        self._change.setEnabled(there)
        self._remove.setEnabled(there)
        self._remove.setText("删除 1 项" if there else "删除")


def _line(duty: Duty, offered: Offered) -> Line:
    days = ""
    if duty.first or duty.last:
        days = f"{duty.first or '开始'} — {duty.last or '一直'}"
    label = duty.label + (f"（{duty.campaign}）" if duty.campaign and duty.campaign not in duty.label else "")
    return Line((label, duty.often.label, _who(duty, offered.names), days or "一直", duty.due_words), duty.id)


def _who(duty: Duty, names: Mapping[str, str]) -> str:
    if not duty.who:
        return "全部乡镇"
    known = [names.get(ref, ref) for ref in duty.who]
    more = f"等{len(known)}个" if len(known) > _MOST_NAMED else ""
    return f"{'、'.join(known[:_MOST_NAMED])}{more}"


def look(ledger: Ledger) -> Seen:
    """What the dialog shows."""
    areas = [entry for entry in ledger.entries(AREA) if entry.name != COUNTY_AREA]
    return Seen(ledger.zeros.duties(), Offered.of(ledger, areas, ledger.entries(ORG)))
