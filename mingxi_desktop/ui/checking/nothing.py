"""Where there is nothing to list: what was looked for, or how a year is begun."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.ui import icons, style, theme
from mingxi_desktop.ui.checking.concerns import Findings
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import Card, button, label, row
from mingxi_desktop.ui.todo_list import ways_to_begin

_PURPOSE = "这一页找出会让报告里的数算重、对不上的记录：重复登记、汇总和逐条并存、累计数相加……"
_NO_RECORDS = "年还没有记录，没有可核对的。先登记或导入，以后每次打开都会自动核对。"
_LIST, _FOLD = "看核对了哪些项目", "收起核对项目"


class Nothing(Card):
    """Tells that nothing was found, when and among what; or what the page is for."""

    way_wanted = Signal(str)
    """Where a year is begun: "import" or "new:hazard"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        style.set_state(inside, "plain", value=True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        self._title = label(role="title")
        self._said = label()
        self._purpose = label(_PURPOSE, "muted")
        for text in (self._title, self._said, self._purpose):
            text.setWordWrap(True)
            column.addWidget(text)
        self._ways = QWidget()
        self._ways.setLayout(ways_to_begin(self.way_wanted.emit))
        column.addWidget(self._ways)
        self._fold = button(_LIST, self._turn, icon="chevron-right", link=True)
        self._fold_row = QWidget()
        self._fold_row.setLayout(row(self._fold, None))
        column.addWidget(self._fold_row)
        self._checks = QWidget()
        self._lines = QVBoxLayout(self._checks)
        self._lines.setContentsMargins(theme.WIDE_GAP, 0, 0, 0)
        self._lines.setSpacing(theme.HALF)
        self._listed: tuple[str, ...] = ()
        self._checks.hide()
        column.addWidget(self._checks)
        column.addStretch(1)
        scroll = UprightScroll()
        scroll.setWidget(inside)
        self.column.addWidget(scroll)

    def tell(self, findings: Findings) -> None:
        """Say it of these findings, of which none is open."""
        count, when = len(findings.checks), f"{findings.at:%m月%d日 %H:%M}".lstrip("0")
        accepted = len(findings.looked.accepted)
        more = f"；另有 {accepted} 处已说明，见上面的“已说明”" if accepted else ""
        if findings.records:
            self._title.setText("没有发现疑点")
            self._said.setText(f"{when} 核对了 {findings.year} 年的记录，共 {count} 个项目{more}。")
        else:
            self._title.setText("核对")
            self._said.setText(f"{findings.year} {_NO_RECORDS}")
        style.set_state(self._title, "role", "title")
        self._ways.setVisible(not findings.records)
        self._fold_row.setVisible(bool(findings.checks))
        self._list(findings)

    def _list(self, findings: Findings) -> None:
        codes = tuple(check.code for check in findings.checks)
        if codes == self._listed:
            return
        self._listed = codes
        for old in self._checks.findChildren(QWidget):
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        for place, check in enumerate(findings.checks, 1):
            for text, role in ((f"{place}. {check.label}", ""), (check.about, "muted")):
                made = label(text, role)
                made.setWordWrap(True)
                self._lines.addWidget(made)

    def _turn(self) -> None:
        self._checks.setVisible(self._checks.isHidden())
        folded = self._checks.isHidden()
        self._fold.setText(_LIST if folded else _FOLD)
        self._fold.setAccessibleName(self._fold.text())
        icons.give(self._fold, "chevron-right" if folded else "chevron-down")
