"""定稿: who signs, what is still open, and then the report is kept as it is."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.frozen.freezing import Examined
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.leading import lead_on
from mingxi_desktop.ui.shapes import button, label

_SIGNER = "frozen/by"
"""Where the PC remembers who signed last."""
_MOST = 8
"""Sentences shown: the box to tick must not be far below."""


class FreezeDialog(Frame):
    """Looks the report over, shows what is still open, and freezes it. Accepted once it is kept."""

    def __init__(self, context: Context, order: Order, parent: QWidget | None = None) -> None:
        super().__init__("定稿", 620, parent=parent)
        self._context = context
        self._order = order
        self._examined: Examined | None = None
        self._working = False
        column = self.scrolled()
        self._name = label("正在检查报告……", "title")
        self._name.setWordWrap(True)
        intro = label("定稿把现在的数字、文字和 PDF 原样存下来，以后不会变；要改就先撤回。", "muted")
        intro.setWordWrap(True)
        self.by = QLineEdit(str(context.settings.value(_SIGNER, "")))
        self.by.setPlaceholderText("签发报告的领导")
        self.by.textChanged.connect(lambda _: self._tell())
        self.note = QLineEdit()
        self.note.textChanged.connect(lambda _: self._tell())
        self._dates = label()
        self._dates.setWordWrap(True)
        self._form = QFormLayout()
        self._form.setSpacing(theme.GAP)
        self._form.addRow("签字人(&S)", self.by)
        self._form.addRow("日期", self._dates)
        self._form.addRow("说明(&N)", self.note)
        self.annex = QCheckBox("PDF 后面附上溯源附件(&A)")
        self.open_ones = label(role="warning")
        self.despite = QCheckBox("这些数待核，仍然定稿(&D)")
        self.despite.toggled.connect(lambda _: self._tell())
        self.hints = label(role="muted")
        self.fault = label(role="error")
        column.addWidget(self._name)
        column.addWidget(intro)
        column.addLayout(self._form)
        column.addWidget(self.annex)
        for said in (self.open_ones, self.hints, self.fault):
            said.setWordWrap(True)
        for part in (self.open_ones, self.despite, self.hints, self.fault):
            part.hide()
            column.addWidget(part)
        column.addStretch(1)
        self.go = button("定稿", self.freeze, primary=True)
        self.close_with(None, button("取消", self.reject), self.go, default=self.go)
        lead_on(self.by, self.note, self.go)  # it cannot be undone: not by one Enter too early
        self._tell()
        context.read(_examine, order, done=self._show, failed=self._refused, owner=self)

    def freeze(self) -> None:
        """Keep the report; where that is refused, say why and stay."""
        if not self._may():
            return
        self._working = True
        self._say("正在定稿，要几秒钟……", "muted")
        self._tell()
        order = Order(
            self._order.year, self._order.as_of, self._order.template,
            month=self._order.month, event=self._order.event, annex=self.annex.isChecked(),
        )  # fmt: skip
        self._context.write(
            _freeze, order, self.by.text(), self.note.text(), self.despite.isChecked(),
            done=self._frozen, failed=self._refused, owner=self,
        )  # fmt: skip

    def reject(self) -> None:
        """Not while the report is being frozen: that cannot be stopped, and closing would look as if it were."""
        if not self._working:
            super().reject()

    def _show(self, found: Examined) -> None:
        self._examined = found
        again = f"　第{found.number}版" if found.number > 1 else ""
        self._name.setText(found.name + again)
        today = f"{datetime.date.today():%Y-%m-%d}（今天）"
        self._dates.setText(
            f"定稿 {today}　报告落款 {found.signed_on}" if found.signed_on else f"定稿 {today}"
        )
        if found.number > 1:
            self.note.setPlaceholderText("为什么重新定稿，必须写")
            self.note.setToolTip(f"上一版撤回的原因：{found.withdrawn}")
            if self.by.hasFocus() and self.by.text().strip():
                self.note.setFocus()
        if found.unverified:
            self.open_ones.setText(
                f"▲ 报告里还有 {len(found.unverified)} 处〔待核〕：\n{_listed(found.unverified)}"
            )
            self.open_ones.show()
            self.despite.show()
        if found.hints:
            self.hints.setText(f"另外请看一看：\n{_listed(found.hints)}")
            self.hints.show()
        self._tell()

    def _may(self) -> bool:
        found = self._examined
        if found is None or self._working or not self.by.text().strip():
            return False
        if found.number > 1 and not self.note.text().strip():
            return False
        return not found.unverified or self.despite.isChecked()

    def _tell(self) -> None:
        self.go.setEnabled(self._may())
        wanted = "" if self.by.text().strip() else "先写签字人"
        if (
            not wanted
            and self._examined is not None
            and self._examined.number > 1
            and not self.note.text().strip()
        ):
            wanted = "先写为什么重新定稿"
        self.go.setToolTip(wanted)

    def _say(self, text: str, role: str) -> None:
        style.set_state(self.fault, "role", role)
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _frozen(self, _changes: Changes) -> None:
        self._context.settings.setValue(_SIGNER, self.by.text().strip())
        self.accept()

    def _refused(self, error: UserError) -> None:
        self._working = False
        if self._examined is None:
            self._name.setText("现在不能定稿")
        self._say(f"▲ {error}", "error")
        self._tell()


def _listed(sentences: tuple[str, ...]) -> str:
    shown = "\n".join(f"· {sentence}" for sentence in sentences[:_MOST])
    more = len(sentences) - _MOST
    return f"{shown}\n……另有 {more} 处，见“正文”提纲下面" if more > 0 else shown


def _examine(ledger: Ledger, order: Order) -> Examined:
    return ledger.frozen.examine(order)


def _freeze(ledger: Ledger, order: Order, by: str, reason: str, despite: bool) -> Changes:
    version = ledger.frozen.freeze(order, by=by, reason=reason, despite=despite)
    return Changes(f"定稿 {version.name} 第{version.number}版（{version.row.by}）")
