"""The rows of a table as they stand in the file, wrong cells red, assumed ones amber, rows left out grey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mingxi_desktop.exchange.cells import cell_text, letters
from mingxi_desktop.ledger.intake.result import SheetPreview
from mingxi_desktop.ui import theme, veil
from mingxi_desktop.ui.importing.digest import DOUBT, ERROR, HINT, SIGNS, SKIP, Told
from mingxi_desktop.ui.importing.told import header_text
from mingxi_desktop.ui.listing import set_up

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_SHOWN_LENGTH = 200
_NARROW, _WIDE = 48, 260
_MEASURED = 24
"""Rows after whose texts the columns are made wide."""
_LIKELY = 3
"""Texts among which the widest is, when a Chinese character counts as two others."""
_NUMBERS = 104
_SOFT = {ERROR: "error_soft", HINT: "warning_soft", DOUBT: "raised"}


def one_line(cells: list[Any], place: int) -> str:
    """A cell for showing: on one line, not endless."""
    cell = cells[place] if place < len(cells) else None
    return cell_text(cell)[:_SHOWN_LENGTH].replace("\n", " ")


def widest(texts: Iterable[str], metrics: QFontMetrics) -> int:
    """Pixels of the widest text.  Only those that are likely to be it are laid out, for which Qt takes long."""
    likely = nlargest(_LIKELY, set(texts), key=lambda text: len(text) + len(text.encode("utf-8", "replace")))
    return max(map(metrics.horizontalAdvance, likely), default=0)


class RowsModel(QAbstractTableModel):
    """The table's rows below the header; at their left their numbers and what becomes of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: SheetPreview | None = None
        self._told = Told()
        self._noted = False

    def show(self, sheet: SheetPreview | None, told: Told, *, noted: bool = False) -> None:
        """Show a table; noted: only the rows with something to say."""
        self.beginResetModel()
        self._sheet, self._told, self._noted = sheet, told, noted
        self.endResetModel()

    def place_of(self, row: int, index: int) -> tuple[int, int] | None:
        """(row, column) of the view where a cell of the sheet is shown; None if it is not."""
        place = self._told.place_of(row, noted=self._noted)
        if place < 0 or self._sheet is None:
            return None
        columns = [column.index for column in self._sheet.columns]
        return place, columns.index(index) if index in columns else 0

    def row_at(self, place: int) -> int:
        """The 1-based sheet row that is shown at a place."""
        return (self._told.noted if self._noted else self._told.filled)[place]

    def first_texts(self, most: int) -> Iterator[list[str]]:
        """For each column the texts of the first rows that are shown."""
        if self._sheet is None or self._sheet.cells is None:
            return
        rows, shown = self._sheet.cells.rows, (self._told.noted if self._noted else self._told.filled)[:most]
        for column in self._sheet.columns:
            yield [one_line(rows[row - 1], column.index) for row in shown]

    def rowCount(self, parent: _Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(self._told.noted if self._noted else self._told.filled)

    def columnCount(self, parent: _Index | None = None) -> int:
        if self._sheet is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._sheet.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in (_Role.DisplayRole, _Role.ToolTipRole) or self._sheet is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._row_text(self.row_at(section), role)
        column = self._sheet.columns[section]
        text = header_text(column)
        return f"{letters(column.index)}列 {text}" if role == _Role.ToolTipRole else text

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        assert self._sheet is not None
        assert self._sheet.cells is not None
        row, place = self.row_at(index.row()), self._sheet.columns[index.column()].index
        severity, text = self._mark(row, place)
        if role == _Role.DisplayRole:
            return veil.over(one_line(self._sheet.cells.rows[row - 1], place))
        if role == _Role.ToolTipRole:
            cell = one_line(self._sheet.cells.rows[row - 1], place)
            return veil.over(f"{severity}：{text}" if text else cell) or None
        if role == _Role.BackgroundRole and severity in _SOFT:
            return theme.current().color(_SOFT[severity])
        if role == _Role.ForegroundRole and severity in (ERROR, SKIP):
            return theme.current().color("error" if severity == ERROR else "muted")
        return None

    def _mark(self, row: int, place: int) -> tuple[str, str]:
        """What is said of a cell, else of its row."""
        marks = self._told.marks
        return marks.get((row, place)) or marks.get((row, -1), ("", ""))

    def _row_text(self, row: int, role: int) -> str:
        word = self._told.words.get(row, "")
        if role == _Role.ToolTipRole:
            return self._told.marks.get((row, -1), ("", ""))[1] or f"第 {row} 行{word}"
        sign = SIGNS.get(word) or (SIGNS[DOUBT] if word else "")
        return f"{row}  {sign} {word}".rstrip()


class _Framed(QStyledItemDelegate):
    """The cursor is a frame, so that the cell's own colour stays."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        chosen = option.state & QStyle.StateFlag.State_Selected
        option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
        if chosen:
            painter.setPen(QPen(theme.current().color("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))


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
        self.setItemDelegate(_Framed(self))
        numbers = self.verticalHeader()
        numbers.show()
        numbers.setFixedWidth(_NUMBERS)

    def show_sheet(self, sheet: SheetPreview | None, told: Told, *, noted: bool = False) -> None:
        """Show the rows of a table from its corner; noted: only those with something to say."""
        self.rows.show(sheet, told, noted=noted)
        self.horizontalScrollBar().setValue(0)  # a model that is reset leaves it where a fault was
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        # Qt would ask eight things of every cell, and build what it needs to paint it.
        for column, texts in enumerate(self.rows.first_texts(_MEASURED)):
            width = max(widest(texts, metrics) + theme.GAP, header.sectionSizeHint(column)) + 2 * theme.HALF
            self.setColumnWidth(column, max(_NARROW, min(width, _WIDE)))

    def current_row(self) -> int:
        """The sheet row with the cursor; 0 for none."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else 0

    def go_to(self, row: int, index: int) -> None:
        """Put the cursor on a cell of the sheet and scroll to it."""
        place = self.rows.place_of(row, index)
        if place is not None:
            cell = self.rows.index(*place)
            self.setCurrentIndex(cell)
            self.scrollTo(cell, QAbstractItemView.ScrollHint.PositionAtCenter)
