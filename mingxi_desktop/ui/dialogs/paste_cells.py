"""What a block from the clipboard would change in existing records, before it does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import cells
from mingxi_desktop.ledger.cells import Preview
from mingxi_desktop.ledger.clipboard import Placed
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.cell_list import CellList, told
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import button, label

DOING = "粘贴"


class PasteDialog(Frame):
    """Each cell with its old and its new text; accepted once they are stored, all in one step."""

    def __init__(self, context: Context, kind: Kind, placed: Placed, parent: QWidget | None = None) -> None:
        super().__init__("粘贴到所选单元格", 920, 560, parent)
        self._context = context
        self._found: Preview | None = None
        self.said = label("正在核对……")
        self.said.setWordWrap(True)
        self.column.addWidget(self.said)
        self._notes = label("。".join((*placed.notes, "")), "muted")
        self._notes.setWordWrap(True)
        self._notes.setVisible(bool(placed.notes))
        self.column.addWidget(self._notes)
        self.table = CellList()
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.table.why)
        self.go = button("改", self.store, primary=True)
        self._cancel = button("取消", self.reject)
        self.close_with(None, self._cancel, self.go, default=self.go)
        self.go.setEnabled(False)
        self.table.opened.connect(lambda _: self.store())
        context.read(
            cells.preview, kind.name, placed.texts, context.year,
            done=self._show, owner=self, failed=self._failed,
        )  # fmt: skip

    def store(self) -> None:
        """Store what can be stored."""
        if self._found is not None and self.go.isEnabled():
            self.go.setEnabled(False)
            self._context.write(
                cells.store, self._found, DOING, owner=self, done=self._stored, failed=self._refused
            )

    def _show(self, found: Preview) -> None:
        self._found = found
        self.said.setText(told(found))
        self.table.set_empty_text("这些格子里本来就是剪贴板上的内容，没有要改的。")
        self.table.show_preview(found)
        only = "只改能改的 " if found.refused else "改 "
        self.go.setText(f"{only}{found.sound:,} 格" if found.sound else "改")
        self.go.setEnabled(bool(found.sound))
        default = self._cancel if found.refused or not found.sound else self.go
        default.setDefault(True)
        default.setFocus()

    def _stored(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.go.setEnabled(True)
        ask.show_error(error, self)

    def _failed(self, error: UserError) -> None:
        self.said.setText(f"▲ {error.title}。{error.hint}")
