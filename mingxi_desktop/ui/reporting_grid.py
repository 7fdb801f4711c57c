"""报送情况: who owes a duty by periods as 已报, 零报, 未报 or not due yet; the keys and the mouse do the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mingxi_desktop.ledger.duties.grids import Cell, Reporting, ReportingRow, Spot, State
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.app_setup import text_font

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
MARKS = {State.REPORTED: "已报", State.ZERO: "○零报", State.MISSING: "▲未报", State.OPEN: ""}
_COLORS = {State.REPORTED: "accent_text", State.ZERO: "muted", State.MISSING: "error", State.OPEN: "muted"}
_THERE = (State.REPORTED, State.ZERO)
_GROUNDS = {State.ZERO: "raised", State.MISSING: "error_soft"}
_LEAST_ROW, _MOST_ROWS = 20, 14
"""Rows of a small grid are no lower than so many pixels; more rows than that scroll."""
_SMALL_PERIODS = 12
"""A small grid shows so many periods, the last that have begun."""
_COLUMN, _BESIDE, _HIGHEST_ROW = 62, 14, 44
"""What a column of a large grid takes at least, and beside its head, and a row at most, in pixels."""
_GO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class GridModel(QAbstractTableModel):
    """A row for each of those who owe it, a column for each period; some of them may be left out.

    small: numbers without words, and no counts beside names and periods.
    """

    def __init__(self, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(parent)
        self.reporting: Reporting | None = None
        self._small = small
        self._rows: tuple[ReportingRow, ...] = ()
        self._places: tuple[int, ...] = ()

    def show_reporting(self, reporting: Reporting, *, missing: bool = False) -> None:
        """Show another state; the cursor stays while rows and periods are the same.

        missing: only where anything is missing.
        """
        rows, places = reporting.rows, tuple(range(len(reporting.periods)))
        if missing:
            rows = tuple(row for row in rows if row.missing)
            places = tuple(reporting.missing_places())
        elif self._small and len(places) > _SMALL_PERIODS:
            end = max(reporting.begun, _SMALL_PERIODS)
            places = places[end - _SMALL_PERIODS : end]
        before, self.reporting = self.reporting, reporting
        keys = [reporting.periods[place].key for place in places]
        same = before is not None and (
            [row.ref for row in self._rows] == [row.ref for row in rows]
            and [before.periods[place].key for place in self._places] == keys
        )
        if not same:
            self.beginResetModel()
        self._rows, self._places = rows, places
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(places) - 1, 0))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(len(rows) - 1, 0))
        else:
            self.endResetModel()

    def row_at(self, row: int) -> ReportingRow:
        """Who stands in a row."""
        return self._rows[row]

    def place_at(self, column: int) -> int:
        """The place of the period that a column shows."""
        return self._places[column]

    def column_of(self, place: int) -> int:
        """The column of a period; -1 if it is not shown."""
        return self._places.index(place) if place in self._places else -1

    def cell_at(self, index: _Index) -> Cell:
        """The cell behind an index."""
        return self._rows[index.row()].cells[self._places[index.column()]]

    def spot_at(self, index: _Index) -> Spot:
        """What zero reports name a cell by."""
        return self._rows[index.row()].ref, self._places[index.column()]

    def find(self, name: str, place: int) -> QModelIndex:
        """The cell of somebody and a period; invalid if it is not shown."""
        row = next((number for number, line in enumerate(self._rows) if line.name == name), -1)
        return self.index(row, self.column_of(place))

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if self.reporting is None or role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._head(self.reporting, self._places[section], tip=role == _Role.ToolTipRole)
        row = self._rows[section]
        if role == _Role.ToolTipRole:
            missing = f"：{row.missing} 期未报" if row.missing else "：没有未报的"
            return f"{row.name}{missing if self.reporting.owed else ''}，点一下看全部记录"
        return f"{row.name}　▲{row.missing}" if row.missing and not self._small else row.name

    def _head(self, reporting: Reporting, place: int, *, tip: bool) -> str:
        period, missing = reporting.periods[place], len(reporting.missing(place))
        if tip:
            said = f"{missing} 个{reporting.unit}未报" if missing else "没有未报的"
            due = f"，{reporting.dues[place].isoformat()} 应报" if reporting.owed else ""
            return f"{period.label}：{said}{due}，点一下看能做什么"
        if self._small:
            return period.short.partition("–")[0]
        return f"{period.short}\n{f'▲{missing}' if missing else self._whole(reporting, place)}"

    def _whole(self, reporting: Reporting, place: int) -> str:
        """Under a period in which nobody is missing: whether all have reported, or it is not over yet."""
        there = (row.cells[place].state in _THERE for row in reporting.rows)
        return "✓ 报齐" if reporting.owed and all(there) else "　"

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if self.reporting is None:
            return None
        if role == _Role.DisplayRole:
            return self.said(index)
        if role in (_Role.AccessibleTextRole, _Role.ToolTipRole):
            return self.words(index)
        return None

    def said(self, index: _Index) -> str:
        """What stands in a cell."""
        cell = self.cell_at(index)
        if cell.state is State.REPORTED:
            return f"{cell.records:,}" if self._small else f"已报 {cell.records:,}"
        later = cell.state is State.OPEN and self.reporting is not None and self.reporting.owed
        return "未到期" if later and not self._small else MARKS[cell.state]

    def words(self, index: _Index) -> str:
        """A cell in words: 枫溪乡 11月 隐患：未报."""
        reporting, cell = self.reporting, self.cell_at(index)
        assert reporting is not None
        place = self._places[index.column()]
        due = reporting.dues[place]
        said: str = cell.state
        if cell.state is State.REPORTED:
            said = f"已报 {cell.records:,} 条"
        elif cell.state is State.ZERO:
            said = f"零报（{cell.note} 登记）" if cell.note else f"零报（{cell.records:,} 条，都是 0）"
        elif cell.state is State.MISSING:
            days = (reporting.today - due).days
            said = f"未报，{due.isoformat()} 应报，{f'已过 {days} 天' if days else '就是今天'}"
        elif cell.state is State.OPEN:
            said = f"未到期，{due.isoformat()} 应报" if reporting.owed else "没有记录"
        who = self._rows[index.row()].name
        return f"{who} {reporting.periods[place].label} {reporting.label}：{said}"


class _CellDelegate(QStyledItemDelegate):
    """A mark in the middle, on a ground of its own where something is missing; a frame for the cursor."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self._font = text_font(theme.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        # The model is asked in Python: by way of Qt, each cell would take several times as long.
        shown, cells, view = theme.current(), index.model(), self.parent()
        assert isinstance(cells, GridModel)
        assert isinstance(view, ReportingGrid)
        state, said, area = cells.cell_at(index).state, cells.said(index), option.rect
        chosen = view.selects and view.selectionModel().isSelected(index)
        ground = "accent_soft" if chosen else _GROUNDS.get(state, "")
        framed = view.hasFocus() and view.currentIndex() == index
        if not (said or ground or framed):
            return
        painter.save()
        if ground:
            painter.fillRect(area.adjusted(1, 1, -1, -1), shown.color(ground))
        if said:
            painter.setFont(self._font)
            painter.setPen(shown.color("text" if chosen else _COLORS[state]))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, said)
        if framed:
            painter.setPen(QPen(shown.color("accent_text"), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()


class ReportingGrid(QTableView):
    """The grid itself; the arrows move, Enter goes on, the menu key shows what can be done.

    small: fits into a card, one cell at a time; else columns keep their width and several cells can be chosen.
    """

    cell_clicked = Signal(QModelIndex)
    """A cell was clicked, and no others are being chosen."""
    gone_on = Signal(QModelIndex)
    """Enter on a cell."""
    menu_wanted = Signal(QModelIndex)
    """The menu of a cell is asked for."""
    period_wanted = Signal(int)
    """The head of a period was clicked: its place."""
    row_wanted = Signal(int)
    """A name was clicked: its row."""
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(parent)
        self._small = small
        self.selects = not small
        """Whether cells can be chosen."""
        self.cells = GridModel(self, small=small)
        self.setModel(self.cells)
        self.setItemDelegate(_CellDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.NoSelection if small else mode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if small:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        periods, names = self.horizontalHeader(), self.verticalHeader()
        for header in (periods, names):
            header.setSectionsClickable(True)
            header.setHighlightSections(False)
        periods.setMinimumSectionSize(1 if small else _COLUMN)
        periods.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        periods.setFixedHeight(theme.ROW_HEIGHT - theme.HALF if small else 2 * theme.ROW_HEIGHT - theme.GRID)
        names.setMinimumSectionSize(_LEAST_ROW if small else theme.ROW_HEIGHT)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Stretch if small else QHeaderView.ResizeMode.Fixed)
        periods.sectionClicked.connect(lambda column: self.period_wanted.emit(self.cells.place_at(column)))
        names.sectionClicked.connect(self.row_wanted)
        self.clicked.connect(self._clicked)
        self.entered.connect(lambda _: self.viewport().setCursor(Qt.CursorShape.PointingHandCursor))
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    def show_reporting(self, reporting: Reporting, *, missing: bool = False) -> None:
        """Show who has reported.  missing: only where anything is missing."""
        self.setAccessibleName(f"{reporting.year}年{reporting.label}报送情况")
        self.cells.show_reporting(reporting, missing=missing)
        rows, columns = self.cells.rowCount(), self.cells.columnCount()
        if self._small:
            many = rows > _MOST_ROWS
            mode = QHeaderView.ResizeMode.Fixed if many else QHeaderView.ResizeMode.Stretch
            self.verticalHeader().setSectionResizeMode(mode)
            self.verticalHeader().setDefaultSectionSize(_LEAST_ROW)
            self.setMinimumHeight(self.horizontalHeader().height() + min(rows, _MOST_ROWS) * _LEAST_ROW + 2)
        else:
            heads = [self.fontMetrics().horizontalAdvance(period.short) for period in reporting.periods]
            self.horizontalHeader().setMinimumSectionSize(max(max(heads, default=0) + _BESIDE, _COLUMN))
        self._fit_rows()
        if not self.currentIndex().isValid() and rows and columns:
            self.selectionModel().setCurrentIndex(
                self.cells.index(0, 0), self.selectionModel().SelectionFlag.NoUpdate
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """The rows of a large grid share the height there is, within reason."""
        rows = self.cells.rowCount()
        if rows and not self._small:
            room = self.viewport().height() // rows
            self.verticalHeader().setDefaultSectionSize(min(max(room, theme.ROW_HEIGHT), _HIGHEST_ROW))

    def selected(self) -> Sequence[QModelIndex]:
        """The chosen cells, row after row."""
        found = self.selectionModel().selectedIndexes()
        return sorted(found, key=lambda index: (index.row(), index.column()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _GO and index.isValid() and not event.modifiers():
            self.gone_on.emit(index)
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            if index not in self.selectionModel().selectedIndexes():
                self.setCurrentIndex(index)
            self.menu_wanted.emit(index)

    def _clicked(self, index: QModelIndex) -> None:
        """One cell alone; where several are being chosen, a click is part of that."""
        if self._small or len(self.selectionModel().selectedIndexes()) == 1:
            self.cell_clicked.emit(index)
