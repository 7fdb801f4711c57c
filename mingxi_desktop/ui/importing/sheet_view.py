"""The sheet itself, with column letters and row numbers, so that one sees what is being mapped."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mingxi_desktop.exchange.cells import is_empty, letters
from mingxi_desktop.exchange.recognising.layout import Role
from mingxi_desktop.ledger.intake.result import SheetPreview
from mingxi_desktop.ui import theme, veil
from mingxi_desktop.ui.importing.rows_table import one_line, widest
from mingxi_desktop.ui.listing import set_up

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_ROW = 22
_LEAST = 5 * _ROW + 14
_NARROW, _WIDE = 40, 200
_MEASURED, _LOOKED_AT = 20, 60
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SheetModel(QAbstractTableModel):
    """The cells as read: the header rows on colour, columns that are not taken in grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: SheetPreview | None = None
        self.marked = -1
        self._width = 0
        self._taken: frozenset[int] = frozenset()

    def show(self, sheet: SheetPreview | None) -> None:
        """Show a sheet with its header, taken and faulty cells marked; None shows nothing."""
        self.beginResetModel()
        self.sheet, self.marked = sheet, -1
        rows = sheet.cells.rows if sheet is not None and sheet.cells is not None else []
        last = max((column.index for column in sheet.columns), default=-1) if sheet is not None else -1
        self._width = max(last + 1, max((len(cells) for cells in rows[:_LOOKED_AT]), default=0))
        self._taken = frozenset(
            column.index for column in (sheet.columns if sheet else ()) if column.role is Role.FIELD
        )
        self.endResetModel()

    def mark(self, column: int) -> None:
        """Point out one column, 0-based; -1 for none."""
        if column != self.marked:
            self.marked = column
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(self._width - 1, 0))
            top, bottom = self.index(0, 0), self.index(self.rowCount() - 1, max(self._width - 1, 0))
            self.dataChanged.emit(top, bottom, [_Role.BackgroundRole])

    def rowCount(self, parent: _Index | None = None) -> int:
        if self.sheet is None or self.sheet.cells is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.sheet.cells.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role == _Role.DisplayRole:
            return letters(section) if orientation is Qt.Orientation.Horizontal else str(section + 1)
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == _Role.ToolTipRole and orientation is Qt.Orientation.Vertical:
            return "按 Enter 或双击：从这一行起是表头"
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        assert self.sheet is not None
        assert self.sheet.cells is not None
        row, column = index.row() + 1, index.column()
        if role == _Role.DisplayRole:
            return veil.over(one_line(self.sheet.cells.rows[row - 1], column))
        if role == _Role.ToolTipRole:
            return veil.over(one_line(self.sheet.cells.rows[row - 1], column)) or None
        header = 0 < self.sheet.header_row <= row <= self.sheet.last_header_row
        if role == _Role.BackgroundRole:
            return theme.current().color("accent_soft") if header or column == self.marked else None
        if role == _Role.ForegroundRole:
            beside = row < self.sheet.header_row or (column not in self._taken and not header)
            return theme.current().color("muted") if beside else None
        return None


class SheetView(QTableView):
    """Shows a `SheetModel`; Enter or a double click on a row makes it the first header row."""

    header_wanted = Signal(int)
    """The 1-based row that is to be the first of the header."""
    column_entered = Signal(int)
    """The 0-based column with the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = SheetModel(self)
        self.setModel(self.cells)
        set_up(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("表的样子")
        self.setMinimumHeight(_LEAST)
        self.setToolTip("按 Enter 或双击一行：从这一行起是表头")
        rows = self.verticalHeader()
        rows.show()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(_ROW)
        rows.setDefaultSectionSize(_ROW)
        self.horizontalHeader().setFixedHeight(_ROW)
        self.selectionModel().currentChanged.connect(
            lambda index, _: self.column_entered.emit(index.column()) if self.hasFocus() else None
        )
        self.doubleClicked.connect(lambda index: self.header_wanted.emit(index.row() + 1))

    def show_sheet(self, sheet: SheetPreview | None) -> None:
        """Show a table's sheet, its header in sight."""
        self.cells.show(sheet)
        self._spread(sheet)
        for column, width in enumerate(self._widths(sheet)):
            self.setColumnWidth(column, max(_NARROW, min(width + 2 * theme.GAP, _WIDE)))
        if sheet is not None and sheet.header_row:
            first = self.cells.index(max(sheet.header_row - 3, 0), 0)
            self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtTop)

    def _spread(self, sheet: SheetPreview | None) -> None:
        """Titles above the header run over the empty cells beside them, as in the file."""
        self.clearSpans()
        width = self.cells.columnCount()
        above = max(sheet.header_row - 1, 0) if sheet is not None else 0
        rows = (
            sheet.cells.rows[: min(above, _LOOKED_AT)]
            if sheet is not None and sheet.cells is not None
            else []
        )
        for row, cells in enumerate(rows):
            filled = [place for place, cell in enumerate(cells[:width]) if not is_empty(cell)]
            if len(filled) == 1 and filled[0] + 1 < width:
                self.setSpan(row, filled[0], 1, width - filled[0])

    def _widths(self, sheet: SheetPreview | None) -> list[int]:
        """For the header and the rows below it; a title above would make the first column too wide."""
        if sheet is None or sheet.cells is None:
            return []
        first = max(sheet.header_row - 1, 0)
        rows, metrics = sheet.cells.rows[first : first + _MEASURED], self.fontMetrics()
        return [
            widest((one_line(cells, column) for cells in rows), metrics)
            for column in range(self.cells.columnCount())
        ]

    def mark(self, column: int) -> None:
        """Point out one column and bring it into sight."""
        self.cells.mark(column)
        if 0 <= column < self.cells.columnCount() and self.cells.sheet is not None:
            row = max(self.cells.sheet.header_row - 1, 0)
            here = self.currentIndex()
            cell = self.cells.index(here.row() if here.isValid() else row, column)
            if here.column() != column:
                self.setCurrentIndex(cell)
            self.scrollTo(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() and self.currentIndex().isValid():
            self.header_wanted.emit(self.currentIndex().row() + 1)
            event.accept()
        else:
            super().keyPressEvent(event)
