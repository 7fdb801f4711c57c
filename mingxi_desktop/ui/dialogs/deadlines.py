"""期限表: the days of the year by which something is to be done, and the numbers of days the program goes by."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from mingxi_desktop.domain.deadlines import (
    MOST_DAYS,
    Deadline,
    Limit,
    delivered_deadlines,
    delivered_limits,
)
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.days_box import DaysBox
from mingxi_desktop.ui.dialogs.deadline_form import DeadlineForm
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label

_COLUMNS = (
    ListColumn("名称", 150),
    ListColumn("到期"),
    ListColumn("提前提醒", 80, right=True),
    ListColumn("凭什么算办了", 150),
    ListColumn("状态", 64),
)
_INTRO = "每一步马上保存，可以撤消。停用的不再提醒；随程序带的可以改，也可以恢复原样。"


class DeadlinesDialog(Frame):
    """Deadlines are added, changed, stopped; the limits below them take effect at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("期限表", 820, 560, parent)
        self._context = context
        self._all: dict[str, Deadline] = {}
        self._limits: dict[str, DaysBox] = {}
        column = self.scrolled()
        intro = label(_INTRO, "muted")
        intro.setWordWrap(True)
        column.addWidget(intro)
        self.table = Listing("期限表", _COLUMNS)
        self.table.setMinimumHeight(5 * theme.ROW_HEIGHT)
        self.table.set_empty_text("没有期限。点“新增…”登记每年要办的事。")
        column.addWidget(self.table, 1)
        self._change = button("修改…", self.change, icon="edit")
        self._switch = button("停用", self.switch)
        self._deliver = button("恢复原样", self.deliver, icon="undo")
        buttons: list[QWidget] = [
            button("新增…", self.add, icon="add"), self._change, self._switch, self._deliver,
        ]  # fmt: skip
        column.addLayout(flow(buttons, []))
        column.addWidget(label("几天算到期", "title"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.HALF)
        self._grid.setColumnStretch(2, 1)
        for place, limit in enumerate(delivered_limits().values()):
            self._make_limit(place, limit)
        column.addLayout(self._grid)
        close = button("关闭", self.reject)
        self.close_with(None, close, default=close)
        self.table.current_changed.connect(lambda _: self._turn())
        self.table.opened.connect(lambda _: self.change())
        context.changed.connect(lambda _: self.read())
        self._turn()
        self.read()
        self.table.setFocus()

    @property
    def current(self) -> Deadline | None:
        """The deadline with the cursor."""
        return self._all.get(self.table.current() or "")

    def read(self) -> None:
        """Read the table anew."""
        self._context.read(_look, done=self._show, owner=self)

    def add(self) -> None:
        """A new deadline."""
        DeadlineForm(self._context, None, self).exec()

    def change(self) -> None:
        """Open the form of the deadline that has the cursor."""
        if self.current is not None:
            DeadlineForm(self._context, self.current, self).exec()

    def switch(self) -> None:
        """No longer tell the one with the cursor, or tell it again."""
        one = self.current
        if one is not None:
            self._context.write(_switch, one.id, not one.active, owner=self)

    def deliver(self) -> None:
        """As it was delivered; one of the clerk's own is deleted."""
        one = self.current
        if one is None:
            return
        if one.id in delivered_deadlines() or ask.question(
            f"删除期限“{one.name}”？",
            "登记过的“已办”也不再显示，可以撤消。",
            yes="删除 1 个期限",
            danger=True,
            parent=self,
        ):
            self._context.write(_deliver, one.id, owner=self)

    def _show(self, seen: tuple[list[Deadline], list[Limit]]) -> None:
        found, limits = seen
        self._all = {one.id: one for one in found}
        self.table.set_lines([_line(one) for one in found])
        for limit in limits:
            box = self._limits[limit.id]
            if not box.editor.hasFocus():
                box.set_days(limit.days)
        self._turn()

    def _make_limit(self, place: int, limit: Limit) -> None:
        box = DaysBox(limit.name, 1, MOST_DAYS, limit.days)
        name = label(limit.name)
        name.setBuddy(box.editor)
        self._grid.addWidget(name, place, 0)
        self._grid.addWidget(box, place, 1)
        box.changed.connect(partial(self._keep_limit, limit.id))
        self._limits[limit.id] = box

    def _keep_limit(self, id: str, days: int) -> None:
        self._context.write(_keep_limit, id, days, owner=self)

    def _turn(self) -> None:
        one = self.current
        own = one is not None and one.id not in delivered_deadlines()
        for part in (self._change, self._switch, self._deliver):
            part.setEnabled(one is not None)
        self._switch.setText("停用" if one is None or one.active else "重新启用")
        self._deliver.setText("删除 1 个期限" if own else "恢复原样")
        changed = one is not None and (own or one != delivered_deadlines()[one.id])
        self._deliver.setEnabled(changed)


def _line(one: Deadline) -> Line:
    state = "在用" if one.active else "停用"
    proof = one.proof.label + ("（每个乡镇）" if one.areas else "")
    roles = {} if one.active else dict.fromkeys(range(len(_COLUMNS)), "muted")
    return Line((one.name, one.rule, f"{one.lead} 天", proof, state), one.id, roles, one.about)


def _look(ledger: Ledger) -> tuple[list[Deadline], list[Limit]]:
    kept = ledger.deadlines
    return kept.all(), list(kept.limits().values())


def _switch(ledger: Ledger, id: str, active: bool) -> Changes:
    return ledger.deadlines.switch(id, active=active)


def _deliver(ledger: Ledger, id: str) -> Changes:
    return ledger.deadlines.deliver(id)


def _keep_limit(ledger: Ledger, id: str, days: int) -> Changes:
    return ledger.deadlines.keep_limit(id, days)
