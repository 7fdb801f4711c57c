"""Step 3: every sheet with what would be imported, its rows, and each message at its cell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSplitter, QVBoxLayout, QWidget

from mingxi_desktop.ledger.importing import Preview, SheetPreview
from mingxi_desktop.ui.importing.rows_table import RowsTable
from mingxi_desktop.ui.importing.told import ROLES, SIGNS, Message, messages, remark, sheet_name
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import card, label, row

_SHEETS = (
    ListColumn("文件", 160),
    ListColumn("表 / 台账", 120),
    ListColumn("可导入", 60, right=True),
    ListColumn("有错", 48, right=True),
    ListColumn("说明"),
)
_MESSAGES = (
    ListColumn("", 68),
    ListColumn("行", 48, right=True),
    ListColumn("列", 96),
    ListColumn("内容", 110),
    ListColumn("原因"),
)


class CheckStep(QWidget):
    """Left the sheets, right the rows of one and its messages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: list[SheetPreview] = []
        self.sheets = Listing("表", _SHEETS)
        self.rows = RowsTable()
        self.messages = Listing("错误和提示", _MESSAGES)
        self.messages.set_empty_text("没有错误，也没有要核对的地方。")
        self._title = label(role="title")
        self._only = QCheckBox("只看有问题的行(&P)")
        self._only.toggled.connect(lambda _: self._show_rows())
        right = card()
        column = right.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(row(self._title, None, self._only))
        below = QSplitter(Qt.Orientation.Vertical)
        below.setChildrenCollapsible(False)
        below.addWidget(self.rows)
        below.addWidget(self.messages)
        below.setSizes([280, 220])
        column.addWidget(below, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.sheets)
        splitter.addWidget(right)
        splitter.setSizes([560, 760])
        splitter.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        self.sheets.current_changed.connect(self._show)
        self.messages.current_changed.connect(self._go)
        self.messages.clicked.connect(lambda _: self._go(self.messages.current()))
        self.messages.opened.connect(self._open)

    def show_preview(self, found: Preview) -> None:
        """Show a preview, the first sheet with faults in front."""
        self._sheets = list(found.sheets)
        self.sheets.set_lines(
            [_sheet_line(place, sheet) for place, sheet in enumerate(self._sheets)], keep=False
        )
        wrong = next((place for place, sheet in enumerate(self._sheets) if sheet.rejected), 0)
        self.sheets.selectRow(wrong)

    # inside

    def _sheet(self) -> SheetPreview | None:
        place = self.sheets.current()
        return self._sheets[place] if place is not None and place < len(self._sheets) else None

    def _show(self, _place: int | None) -> None:
        sheet = self._sheet()
        self._title.setText(
            " · ".join(filter(None, (sheet.path.name, sheet.sheet))) if sheet is not None else ""
        )
        self._show_rows()
        said = messages(sheet) if sheet is not None else []
        self.messages.set_lines([_message_line(message) for message in said], keep=False)

    def _show_rows(self) -> None:
        sheet = self._sheet()
        self.rows.show_sheet(sheet, only_marked=self._only.isChecked())
        self.rows.setVisible(sheet is not None and sheet.cells is not None)
        self._go(self.messages.current())

    def _go(self, message: Message | None) -> None:
        if message is not None and message.row:
            self.rows.go_to(message.row, message.index)

    def _open(self, message: Message) -> None:
        self._go(message)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)


def _sheet_line(place: int, sheet: SheetPreview) -> Line:
    wrong = len(sheet.rejected)
    said = remark(sheet)
    texts = (sheet.path.name, sheet_name(sheet), f"{len(sheet.rows) + sheet.attached:,}", f"{wrong:,}", said)
    roles = {3: "error"} if wrong else {}
    if sheet.refused:
        roles[4] = "error"
    return Line(texts, place, roles)


def _message_line(message: Message) -> Line:
    number = str(message.row) if message.row else ""
    texts = (
        f"{SIGNS[message.severity]} {message.severity}",
        number,
        message.column,
        message.value,
        message.text,
    )
    role = ROLES[message.severity]
    return Line(texts, message, {0: role, 4: role}, message.text)
