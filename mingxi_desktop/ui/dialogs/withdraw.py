"""撤回: a frozen version is no longer in force; why must be said."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.frozen.freezing import Version
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.leading import lead_on
from mingxi_desktop.ui.shapes import button, label


class WithdrawDialog(Frame):
    """Asks who withdraws a version and why. Accepted once it is withdrawn."""

    def __init__(self, context: Context, version: Version, parent: QWidget | None = None) -> None:
        super().__init__("撤回定稿", 560, parent=parent)
        self._context = context
        self._id = version.id
        column = self.scrolled()
        name = label(f"{version.name}　第{version.number}版", "title")
        name.setWordWrap(True)
        row = version.row
        intro = label(
            f"{row.at[:16]} {row.by} 定稿。撤回以后它仍留在列表里，PDF 也还能打开，只是不再有效；"
            "改好以后可以重新定稿。撤回本身不能撤消。",
            "muted",
        )
        intro.setWordWrap(True)
        self.by = QLineEdit(row.by)
        self.why = QLineEdit()
        self.why.setPlaceholderText("如：盖洋镇6月的隐患数报错，已更正")
        for field in (self.by, self.why):
            field.textChanged.connect(lambda _: self._tell())
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        form.addRow("撤回人(&S)", self.by)
        form.addRow("原因(&R)", self.why)
        self.fault = label(role="error")
        self.fault.setWordWrap(True)
        self.fault.hide()
        for part in (name, intro):
            column.addWidget(part)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addStretch(1)
        self.go = button(f"撤回第{version.number}版", self.withdraw)
        self.close_with(None, button("取消", self.reject), self.go, default=self.go)
        lead_on(self.by, self.why, self.go)
        self.why.setFocus()
        self._tell()

    def withdraw(self) -> None:
        """Withdraw it; where that is refused, say why and stay."""
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        self._context.write(
            _withdraw, self._id, self.by.text(), self.why.text(),
            done=lambda _: self.accept(), failed=self._refused, owner=self,
        )  # fmt: skip

    def _tell(self) -> None:
        may = bool(self.by.text().strip() and self.why.text().strip())
        self.go.setEnabled(may)
        self.go.setToolTip("" if may else "先写撤回人和原因")

    def _refused(self, error: UserError) -> None:
        self.fault.setText(f"▲ {error}")
        self.fault.show()
        self._tell()


def _withdraw(ledger: Ledger, id: int, by: str, why: str) -> Changes:
    version = ledger.frozen.withdraw(id, by=by, why=why)
    return Changes(f"撤回定稿 {version.name} 第{version.number}版：{version.row.withdrawn_why}")
