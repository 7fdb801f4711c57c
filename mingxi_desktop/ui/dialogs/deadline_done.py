"""已办: on which day a fixed deadline was kept, and a word on it."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.deadline_states import Fixed
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.inputs.date import DateInput
from mingxi_desktop.ui.shapes import button, label

_DAY = kind_of("meeting").field("record_date")


class DoneDialog(Frame):
    """Accepted once it is stored."""

    def __init__(self, context: Context, fixed: Fixed, parent: QWidget | None = None) -> None:
        super().__init__("登记已办", 480, parent=parent)
        self._context = context
        self._fixed = fixed
        name = label(fixed.title, "title")
        name.setWordWrap(True)
        about = label(f"{fixed.day.isoformat()}到期。{fixed.hint or fixed.deadline.about}", "muted")
        about.setWordWrap(True)
        self.day = DateInput()
        self.day.bind(_DAY, context.sources)
        self.day.set_text(datetime.date.today().isoformat())
        for part in (self.day, self.day.editor):
            part.setAccessibleName("办理日期")
            part.setToolTip("实际办好的那一天")
        self.note = QLineEdit()
        self.note.setAccessibleName("说明")
        self.note.setPlaceholderText("如：明应急〔2026〕31号报市局")
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        first = label("办理日期(&D)")
        first.setBuddy(self.day.editor)
        form.addRow(first, self.day)
        form.addRow("说明(&N)", self.note)
        column = self.scrolled()
        column.addWidget(name)
        column.addWidget(about)
        column.addLayout(form)
        self.fault = label(role="error")
        self.fault.setWordWrap(True)
        self.fault.hide()
        column.addWidget(self.fault)
        column.addStretch(1)
        self.go = button("登记已办", self.save, primary=True)
        self.close_with(None, button("取消", self.reject), self.go, default=self.go)
        self.note.setFocus()

    def save(self) -> None:
        """Store it; what is wrong is said in the dialog."""
        try:
            day = parse.parse_date(self.day.text(), year=datetime.date.today().year).value
        except ValueError:
            day = None
        if day is None:
            self._say("办理日期还空着，或者不是日期，如 10-20 或 2026-10-20")
            self.day.editor.setFocus()
            return
        self.go.setEnabled(False)
        fixed = self._fixed
        self._context.write(
            _tick, fixed.deadline.id, fixed.year, day, self.note.text(),
            owner=self, done=lambda _: self.accept(), failed=self._refused,
        )  # fmt: skip

    def _refused(self, error: UserError) -> None:
        self.go.setEnabled(True)
        self._say(error.in_one_line())

    def _say(self, fault: str) -> None:
        self.fault.setText(f"▲ {fault}")
        self.fault.show()


def _tick(ledger: Ledger, id: str, year: int, day: datetime.date, note: str) -> Changes:
    return ledger.deadlines.tick(id, year, day, note)
