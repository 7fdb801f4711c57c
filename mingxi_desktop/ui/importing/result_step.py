"""Step 4: what was imported, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.ledger.importing import ImportResult, Preview, SheetPreview
from mingxi_desktop.ui.importing.told import remark, sheet_name
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, card, label, row

_SHEETS = (
    ListColumn("文件", 260),
    ListColumn("表 / 台账", 160),
    ListColumn("已导入", 72, right=True),
    ListColumn("有错没导入", 88, right=True),
    ListColumn("跳过", 64, right=True),
    ListColumn("说明"),
)


class ResultStep(QWidget):
    """The counts, and the doors: the records, taking the import back, the files to send back."""

    records_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = card()
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)
        self.count = label(role="figure")
        self.told = label(role="muted")
        self.told.setWordWrap(True)
        self.table = Listing("结果", _SHEETS)
        self.records = button("查看这些记录", self.records_wanted.emit, icon="view")
        self.undo = button("撤销本次导入", self.undo_wanted.emit, icon="undo")
        column.addLayout(row(self.count, None, self.records, self.undo))
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def show_result(self, found: Preview, result: ImportResult) -> None:
        """Show what an import did."""
        stored = result.changes is not None
        self.count.setText(f"已导入 {found.ready:,} 条" if stored else "没有导入")
        rows = len({(fault_sheet.path, fault_sheet.sheet, fault.row) for fault_sheet in found.sheets
                    for fault in fault_sheet.rejected if fault.row})  # fmt: skip
        parts = (
            [result.reason]
            if result.reason
            else [f"导入批次 {result.batch}，以后也能在“数据 → 导入记录”里撤销"]
        )
        if rows:
            parts.append(f"{rows:,} 行有错没有导入，可生成退回文件交填报单位改正后再导入")
        self.told.setText("；".join(parts) + "。")
        self.table.set_lines([_line(place, sheet, stored=stored) for place, sheet in enumerate(found.sheets)])
        self.records.setEnabled(stored)
        self.undo.setEnabled(stored)

    def show_taken_back(self, sentence: str) -> None:
        """The import was taken back."""
        self.count.setText("已撤销本次导入")
        self.told.setText(f"{sentence}。")
        self.records.setEnabled(False)
        self.undo.setEnabled(False)


def _line(place: int, sheet: SheetPreview, *, stored: bool) -> Line:
    imported = len(sheet.rows) + sheet.attached if stored else 0
    wrong = len({fault.row for fault in sheet.rejected})
    texts = (
        sheet.path.name, sheet_name(sheet), f"{imported:,}", f"{wrong:,}", f"{len(sheet.skipped):,}", remark(sheet),
    )  # fmt: skip
    return Line(texts, place, {3: "error"} if wrong else {})
