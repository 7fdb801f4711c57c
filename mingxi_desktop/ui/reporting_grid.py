"""报送情况: townships by months as 已报, 零报, 未报 or not due yet; the keys and the mouse do the same."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mingxi_desktop.ledger.reporting_state import Reporting, State
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.app_setup import text_font

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_MARKS = {State.ZERO: "○零报", State.MISSING: "▲未报", State.OPEN: ""}
_COLORS = {State.REPORTED: "accent_text", State.ZERO: "muted", State.MISSING: "error", State.OPEN: "muted"}
_LEAST_ROW, _MOST_ROWS = 20, 14
"""Rows are no lower than so many pixels; more rows than that scroll."""
_STATE = int(_Role.UserRole)
_GO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class GridModel(QAbstractTableModel):
    """A row for each township, a column for each month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reporting: Reporting | None = None

    def show_reporting(self, reporting: Reporting) -> None:
        """Show another state; the cursor stays while the townships are the same."""
        before = self.reporting
        same = before is not None and [row.ref for row in before.rows] == [row.ref for row in reporting.rows]
        if not same:
            self.beginResetModel()
        self.reporting = reporting
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        inside = parent is not None and parent.isValid()
        return 0 if inside or self.reporting is None else len(self.reporting.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 12

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if orientation is Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return f"{section + 1}月"
            if role == _Role.ToolTipRole and self.reporting is not None:
                missing = len(self.reporting.missing(section + 1))
                return f"{section + 1}月：{f'{missing} 个乡镇未报' if missing else '没有未报的'}，点一下看能做什么"
            return None
        row = self.reporting.rows[section] if self.reporting is not None else None
        if row is None:
            return None
        if role == _Role.DisplayRole:
            return row.area
        return f"看{row.area}全年的记录" if role == _Role.ToolTipRole else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if self.reporting is None:
            return None
        cell = self.reporting.rows[index.row()].cells[index.column()]
        if role == _Role.DisplayRole:
            return f"{cell.records:,}" if cell.state is State.REPORTED else _MARKS[cell.state]
        if role == _STATE:
            return cell.state
        if role in (_Role.AccessibleTextRole, _Role.ToolTipRole):
            return self.words(index.row(), index.column() + 1)
        return None

    def words(self, row: int, month: int) -> str:
        """A cell in words: 枫溪乡 11月 隐患：未报."""
        assert self.reporting is not None
        line = self.reporting.rows[row]
        cell = line.cells[month - 1]
        said: str = cell.state
        if cell.state is State.REPORTED:
            said = f"已报 {cell.records:,} 条"
        elif cell.state is State.ZERO:
            said = f"零报（{cell.note} 登记）"
        elif cell.state is State.OPEN:
            said = "未到期" if self.reporting.monthly else "没有记录"
        return f"{line.area} {month}月 {self.reporting.label}：{said}"


class _CellDelegate(QStyledItemDelegate):
    """A mark in the middle, on a ground of its own where something is missing; a frame for the cursor."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        shown = theme.current()
        state = State(index.data(_STATE))
        area = option.rect
        painter.save()
        if state is State.MISSING:
            painter.fillRect(area.adjusted(1, 1, -1, -1), shown.color("error_soft"))
        painter.setFont(text_font(theme.SMALL))
        painter.setPen(QColor(shown.color(_COLORS[state])))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        view = self.parent()
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(shown.color("accent_text"), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()


class ReportingGrid(QTableView):
    """The grid itself; the arrows move, Enter goes on, the menu key shows what can be done."""

    chosen = Signal(int, int)
    """Row and month that were clicked or entered."""
    menu_wanted = Signal(int, int)
    """Row and month whose menu is asked for."""
    month_wanted = Signal(int)
    area_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = GridModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_CellDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        months, areas = self.horizontalHeader(), self.verticalHeader()
        for header in (months, areas):
            header.setSectionsClickable(True)
            header.setHighlightSections(False)
        months.setMinimumSectionSize(1)
        months.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        months.setFixedHeight(theme.ROW_HEIGHT - theme.HALF)
        areas.setMinimumSectionSize(_LEAST_ROW)
        areas.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        months.sectionClicked.connect(lambda place: self.month_wanted.emit(place + 1))
        areas.sectionClicked.connect(self.area_wanted)
        self.clicked.connect(lambda index: self.chosen.emit(index.row(), index.column() + 1))
        self.entered.connect(lambda _: self.viewport().setCursor(Qt.CursorShape.PointingHandCursor))

    def show_reporting(self, reporting: Reporting) -> None:
        """Show who has reported."""
        self.setAccessibleName(f"{reporting.year}年{reporting.label}报送情况")
        self.cells.show_reporting(reporting)
        rows = len(reporting.rows)
        many = rows > _MOST_ROWS
        mode = QHeaderView.ResizeMode.Fixed if many else QHeaderView.ResizeMode.Stretch
        self.verticalHeader().setSectionResizeMode(mode)
        self.verticalHeader().setDefaultSectionSize(_LEAST_ROW)
        self.setMinimumHeight(self.horizontalHeader().height() + min(rows, _MOST_ROWS) * _LEAST_ROW + 2)
        if not self.currentIndex().isValid() and rows:
            self.setCurrentIndex(self.cells.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _GO and index.isValid():
            self.chosen.emit(index.row(), index.column() + 1)
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(index.row(), index.column() + 1)
