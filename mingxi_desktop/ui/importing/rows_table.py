"""The rows of a sheet as they stand in the file, wrong cells red, assumed ones amber, rows left out grey."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from mingxi_desktop.exchange.cells import Cell, cell_text, is_empty
from mingxi_desktop.ledger.importing import SheetPreview
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.importing.told import ERROR, HINT, SIGNS, SKIP, Message, header_text, messages
from mingxi_desktop.ui.listing import set_up

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_SHOWN_LENGTH = 200
_NARROW, _WIDE = 56, 260
_PRECISION = 60


class RowsModel(QAbstractTableModel):
    """The sheet's rows below the header; the first column is the row's number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: SheetPreview | None = None
        self._rows: list[int] = []
        self._marks: dict[tuple[int, int], list[Message]] = {}
        self._left_out: set[int] = set()

    def show(self, sheet: SheetPreview | None, *, only_marked: bool = False) -> None:
        """Show a sheet; only_marked: the rows with something to say."""
        self.beginResetModel()
        self._sheet = sheet
        self._marks = {}
        said = messages(sheet) if sheet is not None else []
        for message in said:
            self._marks.setdefault((message.row, message.index), []).append(message)
        self._left_out = {item.row for item in sheet.skipped} if sheet is not None else set()
        marked = {message.row for message in said if message.severity != SKIP}
        cells = sheet.cells.rows if sheet is not None and sheet.cells is not None else []
        first = sheet.header_row if sheet is not None else 0
        self._rows = [
            place + 1
            for place in range(first, len(cells))
            if (not only_marked or place + 1 in marked) and not all(is_empty(cell) for cell in cells[place])
        ]
        self.endResetModel()

    def place_of(self, row: int, index: int) -> tuple[int, int] | None:
        """Where a cell of the sheet is shown; None if it is not."""
        if row not in self._rows or self._sheet is None:
            return None
        columns = [column.index for column in self._sheet.columns]
        return self._rows.index(row), columns.index(index) + 1 if index in columns else 0

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        if self._sheet is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._sheet.columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self._sheet is None:
            return None
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return "行" if section == 0 else header_text(self._sheet.columns[section - 1])
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        row = self._rows[index.row()]
        place = self._column(index.column())
        said = self._marks.get((row, place), ())
        if role == _Role.DisplayRole:
            return self._text(row, place, said)
        if role == _Role.ToolTipRole:
            texts = [f"{message.severity}：{message.text}" for message in said]
            return "\n".join(texts) or (self._text(row, place, ()) or None)
        if role in (_Role.BackgroundRole, _Role.ForegroundRole):
            return self._color(row, said, ground=role == _Role.BackgroundRole)
        return None

    def _column(self, section: int) -> int:
        assert self._sheet is not None
        return self._sheet.columns[section - 1].index if section else -1

    def _text(self, row: int, place: int, said: list[Message] | tuple[()]) -> str:
        if place < 0:
            return f"{SIGNS[said[0].severity]} {row}" if said and said[0].severity != SKIP else str(row)
        assert self._sheet is not None
        assert self._sheet.cells is not None
        cells = self._sheet.cells.rows[row - 1]
        cell: Cell = cells[place] if place < len(cells) else None
        return cell_text(cell)[:_SHOWN_LENGTH].replace("\n", " ")

    def _color(self, row: int, said: list[Message] | tuple[()], *, ground: bool) -> Any:
        severities = {message.severity for message in said}
        if ERROR in severities:
            return theme.current().color("error_soft" if ground else "error")
        if HINT in severities and row not in self._left_out:
            return theme.current().color("warning_soft" if ground else "text")
        if row in self._left_out and not ground:
            return theme.current().color("muted")
        return None


class RowsTable(QTableView):
    """Shows a `RowsModel`; the cursor is one cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        set_up(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("表里的行")
        self.horizontalHeader().setResizeContentsPrecision(_PRECISION)

    def show_sheet(self, sheet: SheetPreview | None, *, only_marked: bool = False) -> None:
        """Show the rows of a sheet."""
        self.rows.show(sheet, only_marked=only_marked)
        self.resizeColumnsToContents()
        for column in range(self.rows.columnCount()):
            width = self.columnWidth(column) + 2 * theme.HALF
            self.setColumnWidth(column, max(_NARROW, min(width, _WIDE)))

    def go_to(self, row: int, index: int) -> None:
        """Put the cursor on a cell of the sheet and scroll to it."""
        place = self.rows.place_of(row, index)
        if place is not None:
            cell = self.rows.index(*place)
            self.setCurrentIndex(cell)
            self.scrollTo(cell, QAbstractItemView.ScrollHint.PositionAtCenter)
