"""接受: a finding is right as it is; the reason is kept, and printed with the proofs of the report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.running import LONGEST_REASON
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.checking.look import MANUAL
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.leading import is_enter
from mingxi_desktop.ui.shapes import button, label

_USUAL: Mapping[Severity, tuple[str, ...]] = MappingProxyType(
    {
        Severity.ERROR: (
            "已核实原始材料，数据无误",
            "两个数口径不同，不用一致",
            "余下的资金下年下拨",
            "已和填报单位确认",
        ),
        Severity.WARNING: (
            "不是同一件事，分别发生",
            "已核实原始材料，数据无误",
            "同一单位当月确实检查了两次",
            "两个渠道的数，只有一个计入总数",
            "已和填报单位确认",
        ),
        Severity.INFO: ("正在办理，已和填报单位确认", "经批准延期", "由上级部门办理"),
    }
)
"""Severity → reasons that are given again and again."""


class AcceptDialog(Frame):
    """Asks why a finding is right as it is. Accepted once that is kept."""

    manual = MANUAL

    def __init__(self, context: Context, concern: Concern, year: int, parent: QWidget | None = None) -> None:
        super().__init__("接受疑点", 560, 380, parent)
        self._context = context
        self._concern = concern
        self._year = year
        column = self.scrolled()
        what = label(concern.message)
        what.setWordWrap(True)
        title = label("为什么不用改(&W)", "section")
        self.reason = _Reason()
        self.reason.setAccessibleName("理由")
        self.reason.setPlaceholderText("写一句理由，以后看的人能明白")
        self.reason.setTabChangesFocus(True)
        self.reason.went_on.connect(self._go_on)
        self.reason.setFixedHeight(3 * theme.ROW_HEIGHT)
        self.reason.textChanged.connect(self._tell)
        title.setBuddy(self.reason)
        usual = [button(text, partial(self._take, text), link=True) for text in _USUAL[concern.severity]]
        for link in usual:
            link.setAccessibleName(f"用这句理由：{link.text()}")
        self.fault = label(role="error")
        self.fault.setWordWrap(True)
        self.fault.hide()
        hint = label(
            "接受以后不再提示；记录或数字变了会重新提示。理由印在报告的溯源附件里，可以取消。", "muted"
        )
        hint.setWordWrap(True)
        column.addWidget(what)
        column.addWidget(title)
        column.addWidget(self.reason)
        column.addWidget(label("常用的理由，点一下填上", "muted"))
        column.addLayout(flow([*usual], [], spacing=theme.HALF))
        column.addWidget(self.fault)
        column.addStretch(1)
        column.addWidget(hint)
        self.go = button("接受", self.accept_it, primary=True)
        self.close_with(None, button("取消", self.reject), self.go, default=self.go)
        self.reason.setFocus()
        self._tell()

    def accept_it(self) -> None:
        """Keep the reason; where that is refused, say why and stay."""
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        self._context.write(
            _accept, self._concern, self._year, self.reason.toPlainText(),
            done=lambda _: self.accept(), failed=self._refused, owner=self,
        )  # fmt: skip

    def _take(self, text: str) -> None:
        self.reason.setPlainText(text)
        self.reason.moveCursor(QTextCursor.MoveOperation.End)  # to be written on
        self.reason.setFocus()

    def _go_on(self) -> None:
        """Enter after the sentence leads to the button; the next Enter presses it."""
        if self.go.isEnabled():
            self.go.setFocus()

    def _tell(self) -> None:
        text = self.reason.toPlainText().strip()
        over = len(text) - LONGEST_REASON
        self.fault.setText(f"▲ 最多 {LONGEST_REASON} 个字，多了 {over} 个" if over > 0 else "")
        self.fault.setVisible(over > 0)
        self.go.setEnabled(bool(text) and over <= 0)
        self.go.setToolTip("" if text else "先写理由")

    def _refused(self, error: UserError) -> None:
        self._tell()
        self.fault.setText("▲ " + "\n".join(part for part in (error.title, error.hint) if part))
        self.fault.show()


class _Reason(QPlainTextEdit):
    """One sentence: Enter leads on, as in a line."""

    went_on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.went_on.emit()
        else:
            super().keyPressEvent(event)


def _accept(ledger: Ledger, concern: Concern, year: int, reason: str) -> Changes:
    return ledger.checks.accept(concern, year, reason)
