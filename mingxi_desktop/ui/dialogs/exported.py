"""What left the ledger with numbers of people in it: who, when, into which file."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.remarking import Left
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.copying import copy_lines
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label

_COLUMNS = (
    ListColumn("时间", 140),
    ListColumn("谁", 70),
    ListColumn("内容", 130),
    ListColumn("条数", 60, right=True),
    ListColumn("个人信息（格）", 110, right=True),
    ListColumn("到哪里"),
)


class ExportedDialog(Frame):
    """The list, the newest first; nothing in it can be changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("导出登记", 820, 460, parent)
        self._context = context
        told = label(
            "原样导出、印出的个人信息，导出的全部台账和交接包都登记在这里；遮住号码的导出不登记。登记只能增加，不能删改。",
            "muted",
        )
        told.setWordWrap(True)
        self.column.addWidget(told)
        self.table = Listing("导出登记", _COLUMNS)
        self.table.set_empty_text("还没有原样导出过个人信息。")
        self.column.addWidget(self.table, 1)
        self._copy = button("复制全部", self.copy, icon="copy", tip="粘贴到表格里")
        close = button("关闭", self.reject, primary=True)
        self.close_with(self._copy, None, close, default=close)
        context.read(_left, done=self._show, owner=self)

    def copy(self) -> None:
        """The list as text, for a spreadsheet."""
        number = copy_lines([one.header for one in _COLUMNS], [one.texts for one in self.table.lines.lines])
        self._context.said.emit(f"已复制 {number:,} 条")

    def _show(self, found: list[Left]) -> None:
        self._copy.setEnabled(bool(found))
        self.table.set_lines(
            [
                Line(
                    (
                        one.at,
                        one.by,
                        one.what.what,
                        f"{one.what.records:,}",
                        f"{one.what.personal:,}",
                        one.what.file,
                    ),
                    place,
                )
                for place, one in enumerate(found)
            ]
        )


def _left(ledger: Ledger) -> list[Left]:
    return ledger.remarks.left()
