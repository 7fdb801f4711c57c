"""期初数: a total of a year without records is entered, with where it is taken from."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.openings import example
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.years import RECORDS, YearValue
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.leading import lead_on
from mingxi_desktop.ui.shapes import button, label

_SOURCE = "如 2023年年度总结第3页"


class OpeningDialog(Frame):
    """Value and source of one year of an indicator. Accepted once it is stored."""

    def __init__(
        self, context: Context, indicator: Indicator, year: YearValue, parent: QWidget | None = None
    ) -> None:
        known = year.opening
        super().__init__(f"{'修改' if known else '登记'}{year.year}年期初数", 460, parent=parent)
        self._context = context
        self._id, self._year = indicator.id, year.year
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        unit = f"（{indicator.unit}）" if is_amount(indicator) else ""
        self.value = _line(
            known.value if known else "", f"{indicator.label} {year.year}年的数值", example(indicator)
        )
        self.source = _line(known.source if known else "", "来源", _SOURCE)
        form.addRow(label("指标"), label(indicator.label))
        form.addRow(f"{year.year}年的数值{unit}(&V)", self.value)
        form.addRow("来源(&S)", self.source)
        parts = self.scrolled()
        told = label(_told(year), "warning" if year.source == RECORDS else "muted")
        told.setWordWrap(True)
        parts.addWidget(told)
        parts.addLayout(form)
        self._message = label(role="error")
        self._message.setWordWrap(True)
        self._message.hide()
        parts.addWidget(self._message)
        parts.addStretch(1)
        self._save = button("保存", self.save, primary=True)
        self.close_with(None, button("取消", self.reject), self._save, default=self._save)
        lead_on(self.value, self.source)
        for field in (self.value, self.source):
            field.textChanged.connect(lambda _: self._clear())
        self.value.setFocus()

    def save(self) -> None:
        """Store it; what is wrong is said in the dialog."""
        self._save.setEnabled(False)
        typed = self._id, self._year, self.value.text(), self.source.text()
        self._context.write(_set, *typed, owner=self, done=lambda _: self.accept(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self._save.setEnabled(True)
        self._message.setText(error.in_one_line())
        self._message.show()
        field = {"value": self.value, "source": self.source}.get(error.field)
        if field is not None:
            style.set_state(field, "state", "error")
            field.setFocus()
            field.selectAll()

    def _clear(self) -> None:
        self._message.setText("")
        for field in (self.value, self.source):
            style.set_state(field, "state", "")


def _line(text: str, name: str, hint: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setToolTip(hint)
    return field


def _told(year: YearValue) -> str:
    """What the number is used for, or why it will not be."""
    if year.source == RECORDS:
        return (
            f"{year.year}年有 {year.records:,} 条记录，算出的数是 {year.text}。"
            "登记的期初数先留着，报告和对比都以记录为准。"
        )
    return "没有记录的年份，登记当年公布的数，报告里的同比和历年对比就用它。"


def _set(ledger: Ledger, id: str, year: int, value: str, source: str) -> Changes:
    return ledger.notes.set_opening(id, year, value, source)
