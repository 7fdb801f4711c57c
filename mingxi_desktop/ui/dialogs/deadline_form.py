"""One deadline of the year, to be added or changed."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.deadlines import MOST_LEAD, Deadline, Proof, Shown
from mingxi_desktop.domain.names import fold_width
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.days_box import DaysBox
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import button, label

_DAY = re.compile(r"^(\d{1,2})\s*(?:[-./]|月)\s*(\d{1,2})\s*日?$")
_NEW = Deadline("", "", 12, 31)


class DeadlineForm(Frame):
    """Accepted once it is stored.  deadline: the one to be changed; None for a new one."""

    def __init__(self, context: Context, deadline: Deadline | None, parent: QWidget | None = None) -> None:
        super().__init__("修改期限" if deadline else "新增期限", 560, 480, parent)
        self._context = context
        self._before = deadline or _NEW
        before = self._before
        self._form = QFormLayout()
        self._form.setSpacing(theme.GAP)
        self.name = self._line("名称", "名称(&N)", before.name, "如 安全生产年度考核材料报送")
        day = f"{before.month}-{before.day}" if deadline else ""
        self.day = self._line("每年的哪一天", "每年(&D)", day, "月-日，如 10-31")
        self.later = QCheckBox("次年的这一天（为上一年办）")
        self.moved = QCheckBox("遇休息日顺延到下一个工作日")
        self.later.setChecked(before.later)
        self.moved.setChecked(before.moved)
        self._form.addRow("", self.later)
        self._form.addRow("", self.moved)
        self.lead = DaysBox("提前几天提醒", 0, MOST_LEAD, before.lead)
        ahead = label("提前提醒(&L)")
        ahead.setBuddy(self.lead.editor)
        self._form.addRow(ahead, self.lead)
        self.proof = CalmCombo("凭什么算办了")
        for proof in Proof:
            self.proof.addItem(proof.label, proof)
        self.proof.setCurrentIndex(self.proof.findData(before.proof))
        self._form.addRow("凭什么算办了(&P)", self.proof)
        shown = before.shows[0] if before.shows else Shown("")
        self.kind = CalmCombo("看哪本台账")
        for kind in kinds.ALL:
            if not kind.parent and not kind.state:
                self.kind.addItem(kind.label, kind.name)
        self.kind.setCurrentIndex(max(self.kind.findData(shown.kind), 0))
        self._form.addRow("看哪本台账(&K)", self.kind)
        self.words = self._line("记录里有", "记录里有(&W)", shown.words, "可空；如 应急演练")
        self.areas = QCheckBox("每个乡镇都要有自己的记录")
        self.areas.setChecked(before.areas)
        self._form.addRow("", self.areas)
        self.about = self._line("说明", "说明(&A)", before.about, "办什么、报给谁")
        column = self.scrolled()
        column.addLayout(self._form)
        self._fault = label(role="error")
        self._fault.setWordWrap(True)
        column.addWidget(self._fault)
        column.addStretch(1)
        self._save = button("保存", self.save, primary=True)
        self.close_with(None, button("取消", self.reject), self._save, default=self._save)
        self.proof.currentIndexChanged.connect(lambda _: self._turn())
        self._turn()
        self.name.setFocus()

    def save(self) -> None:
        """Store it; what is wrong is said in the dialog."""
        found = _DAY.match(fold_width(self.day.text()).strip())
        if found is None:
            self._say("“每年的哪一天”写成月-日，如 10-31", self.day)
            return
        made = replace(
            self._before,
            name=self.name.text().strip(),
            month=int(found[1]),
            day=int(found[2]),
            later=self.later.isChecked(),
            moved=self.moved.isChecked(),
            lead=self.lead.days,
            proof=Proof(self.proof.currentData()),
            about=self.about.text().strip(),
            shows=self._shows(),
            areas=self._by_records and self.areas.isChecked(),
        )
        self._save.setEnabled(False)
        self._context.write(_keep, made, owner=self, done=lambda _: self.accept(), failed=self._refused)

    @property
    def _by_records(self) -> bool:
        return Proof(self.proof.currentData()) is Proof.RECORDS

    def _shows(self) -> tuple[Shown, ...]:
        """What it was, unless another ledger or other words were chosen."""
        before, words = self._before.shows, self.words.text().strip()
        if not self._by_records:
            return before
        kind = self.kind.currentData()
        same = before and before[0].kind == kind and before[0].words == words
        return before if same else (Shown(kind, words=words),)

    def _turn(self) -> None:
        for part in (self.kind, self.words, self.areas):
            self._form.setRowVisible(part, self._by_records)

    def _line(self, name: str, title: str, text: str, hint: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setToolTip(hint)
        field.textChanged.connect(lambda _: self._clear(field))
        self._form.addRow(title, field)
        return field

    def _clear(self, field: QLineEdit) -> None:
        style.set_state(field, "state", "")
        self._fault.setText("")

    def _refused(self, error: UserError) -> None:
        self._save.setEnabled(True)
        self._say(error.in_one_line(), None)

    def _say(self, fault: str, field: QLineEdit | None) -> None:
        self._fault.setText(f"▲ {fault}")
        if field is not None:
            style.set_state(field, "state", "error")
            field.setFocus()


def _keep(ledger: Ledger, deadline: Deadline) -> Changes:
    return ledger.deadlines.keep(deadline)
