"""Step 2: what each column of each sheet means, and correcting it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.exchange.cells import is_empty, letters, shown
from mingxi_desktop.exchange.headers import Column, Role
from mingxi_desktop.exchange.targets import Target, importable, targets_of
from mingxi_desktop.ledger.importing import Preview, SheetPreview
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.importing.told import missing, remark, sheet_name, unknown
from mingxi_desktop.ui.importing.work import SheetKey
from mingxi_desktop.ui.listing import Line, ListColumn, Listing, set_up
from mingxi_desktop.ui.shapes import card, label

_SHEETS = (
    ListColumn("文件"),
    ListColumn("表 / 台账", 140),
    ListColumn("表头", 60),
    ListColumn("没对上", 60, right=True),
)
_HEADERS = ("列", "表里的表头", "头几行的内容", "对应的字段", "说明")
_WIDTHS = (36, 150, 190, 200)
_ROW = theme.INPUT_HEIGHT + theme.HALF
_SAMPLES, _SAMPLE_ROWS = 3, 30
_NOTES = {
    Role.NUMBER: "序号，不用导入",
    Role.UID: "本程序导出的标识，自动认出已有记录",
    Role.PARENT: "所属序号，自动对上主表",
    Role.COMPUTED: "自动算出，不用导入",
    Role.SECOND: "另一列已对应这个字段",
}
OUT, AUTO = "", None
"""Data of the choices 不导入 and what the program found by itself."""


class ColumnsStep(QWidget):
    """Shows sheets and their columns; `by_sheet` holds what the user corrected."""

    changed = Signal()
    """A column was given another meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_sheet: dict[SheetKey, dict[str, str]] = {}
        self._sheets: list[SheetPreview] = []
        self.sheets = Listing("表", _SHEETS)
        self.sheets.current_changed.connect(self._show)
        self.table = QTableWidget(0, len(_HEADERS))
        self.table.setHorizontalHeaderLabels(list(_HEADERS))
        self.table.setAccessibleName("表里的列")
        set_up(self.table)
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, width)
        self.table.horizontalHeader().setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self._title = label(role="title")
        self._missing = label(role="warning")
        self._missing.setWordWrap(True)
        self._alike = QCheckBox("同样表头的其他表也这样对应(&A)")
        self._alike.setChecked(True)
        right = card()
        column = right.layout()
        assert isinstance(column, QVBoxLayout)
        for part in (self._title, self._missing):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self._alike)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.sheets)
        splitter.addWidget(right)
        splitter.setSizes([420, 880])
        splitter.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    def clear(self) -> None:
        """Forget all corrections."""
        self.by_sheet = {}

    def show_preview(self, found: Preview) -> None:
        """Show the sheets of a preview, the first with something unclear in front."""
        self._sheets = list(found.sheets)
        self.sheets.set_lines(
            [_sheet_line(place, sheet) for place, sheet in enumerate(self._sheets)], keep=False
        )
        unclear = next(
            (place for place, sheet in enumerate(self._sheets) if sheet.refused or unknown(sheet)), 0
        )
        self.sheets.selectRow(unclear)
        several = len({(sheet.path, sheet.sheet) for sheet in self._sheets}) > 1
        self._alike.setVisible(several)

    def combo(self, place: int) -> CalmCombo:
        """The choice of a column of the sheet in front."""
        made = self.table.cellWidget(place, 3)
        assert isinstance(made, CalmCombo)
        return made

    # inside

    def _show(self, place: int | None) -> None:
        self.table.setRowCount(0)
        sheet = self._sheets[place] if place is not None else None
        if sheet is None:
            self._title.setText("")
            self._missing.setText("")
            return
        self._title.setText(f"{sheet.path.name} · {sheet.sheet}" if sheet.sheet else sheet.path.name)
        lacking = missing(sheet)
        if sheet.refused:
            self._missing.setText(remark(sheet))
        else:
            self._missing.setText(
                f"没有列的必填字段：{'、'.join(lacking)}。标题、表名里写明的会自动填上；没写明的请在右边对应一列。"
                if lacking
                else ""
            )
        self._missing.setVisible(bool(self._missing.text()))
        self.table.setRowCount(len(sheet.columns))
        for number, column in enumerate(sheet.columns):
            self._fill(number, sheet, column)

    def _fill(self, number: int, sheet: SheetPreview, column: Column) -> None:
        texts = (letters(column.index), column.header, _samples(sheet, column), None, _note(column))
        for place, text in enumerate(texts):
            if text is not None:
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column.role is Role.UNKNOWN and place == 4:
                    item.setForeground(theme.current().color("warning"))
                self.table.setItem(number, place, item)
        choice = self._combo(sheet, column)
        self.table.setCellWidget(number, 3, choice)

    def _combo(self, sheet: SheetPreview, column: Column) -> CalmCombo:
        made = CalmCombo(f"{letters(column.index)}列“{column.header}”对应的字段")
        made.addItem("（不导入）", OUT)
        target = column.target if column.role is Role.FIELD else None
        if target is not None and target.item:
            made.addItem(f"物资：{target.item}", AUTO)
        for other in choices(sheet.kind):
            made.addItem(_choice_text(other), other.name)
        given = self.by_sheet.get((sheet.path, sheet.sheet), {}).get(_key(column))
        found = (AUTO if target.item else target.name) if target is not None else OUT
        made.setCurrentIndex(max(made.findData(found if given is None else given), 0))
        made.setEnabled(not kind_of(sheet.kind).parent and column.role not in (Role.UID, Role.PARENT))
        made.activated.connect(lambda _, made=made: self._given(sheet, column, made.currentData()))
        return made

    def _given(self, sheet: SheetPreview, column: Column, name: str | None) -> None:
        sheets = [sheet]
        if self._alike.isChecked():
            sheets += [other for other in self._sheets if other is not sheet and other.kind == sheet.kind]
        for other in sheets:
            twin = column if other is sheet else _twin(other, column)
            if twin is not None:
                self._correct(other, twin, name)
        row = next(place for place, item in enumerate(sheet.columns) if item is column)
        note = self.table.item(row, 4)
        if note is not None:
            note.setText("已改，下一步按它重读")
            note.setForeground(theme.current().color("accent_text"))
        self.changed.emit()

    def _correct(self, sheet: SheetPreview, column: Column, name: str | None) -> None:
        given = self.by_sheet.setdefault((sheet.path, sheet.sheet), {})
        if name is None:
            given.pop(_key(column), None)
        else:
            given[_key(column)] = name


def choices(kind: str) -> list[Target]:
    """What a column can be told to mean, in the order of the form."""
    return [target for target in targets_of(kind).by_name.values() if importable(target.field)]


def _key(column: Column) -> str:
    return f"{letters(column.index)}列"


def _twin(sheet: SheetPreview, column: Column) -> Column | None:
    """The column with the same header; of several, the one in the same place."""
    alike = [other for other in sheet.columns if other.header == column.header]
    if len(alike) == 1:
        return alike[0]
    return next((other for other in alike if other.index == column.index), None)


def _choice_text(target: Target) -> str:
    prefix = "明细 · " if target.line else ""
    star = "（必填）" if target.field.required else ""
    return f"{prefix}{target.field.label}{star}"


def _note(column: Column) -> str:
    if column.role is Role.FIELD:
        return f"按“{column.unit}”读" if column.unit else "已对上"
    if column.role is Role.UNKNOWN:
        return "不认得，不导入；要导入请选字段"
    return _NOTES[column.role]


def _samples(sheet: SheetPreview, column: Column) -> str:
    """The first things that stand in the column."""
    if sheet.cells is None:
        return ""
    texts: list[str] = []
    for cells in sheet.cells.rows[sheet.header_row : sheet.header_row + _SAMPLE_ROWS]:
        cell = cells[column.index] if column.index < len(cells) else None
        text = "" if is_empty(cell) else shown(cell)
        if text and text not in texts:
            texts.append(text)
        if len(texts) == _SAMPLES:
            break
    return "、".join(texts)


def _sheet_line(place: int, sheet: SheetPreview) -> Line:
    count = len(unknown(sheet))
    header = f"第 {sheet.header_row} 行" if sheet.header_row else "—"
    if sheet.refused:
        texts = (sheet.path.name, sheet_name(sheet), header, "没读")
        return Line(texts, place, {3: "error"}, remark(sheet))
    return Line(
        (sheet.path.name, sheet_name(sheet), header, f"{count} 列" if count else "—"),
        place,
        {3: "warning"} if count else {},
        remark(sheet),
    )
