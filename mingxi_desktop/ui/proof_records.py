"""The records behind a number; where it is narrow, the source of each stands in a line of its own below it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mingxi_desktop.ui import theme

COLUMNS = ("日期", "乡镇", "记录", "计入", "来源")
AREA, TITLE, ADDS, SOURCE = 1, 2, 3, 4
_WIDTHS = (92, 58, 80, 50)
_SOURCE_WIDTH = 330
"""Pixels for a file of a township, its sheet and its row: 雪峰镇2024年1月隐患台账.xlsx · 隐患台账 · 第12行."""
_TWO_LINES = theme.ROW_HEIGHT + 2 * theme.GAP
_PAD = 6


class RecordsTable(QTableView):
    """One row for each record of a model with these columns."""

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("构成这个数的记录")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(False)
        # 应急局2024年会议.xlsx · 第12行: its end leads to the place.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_RecordDelegate(self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(48)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(_WIDTHS):
            self.setColumnWidth(place, width)
        self._arrange(below=True)

    @property
    def source_below(self) -> bool:
        """Whether sources stand below their records, for want of room beside them."""
        return self.isColumnHidden(SOURCE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width()
        self.setColumnHidden(AREA, room < sum(_WIDTHS))  # rather than what the record is called
        below = room < sum(_WIDTHS) + _SOURCE_WIDTH
        if below != self.source_below:
            self._arrange(below=below)

    def _arrange(self, *, below: bool) -> None:
        self.setColumnHidden(SOURCE, below)
        self.setShowGrid(not below)  # its lines would go through the sources
        self.verticalHeader().setDefaultSectionSize(_TWO_LINES if below else theme.ROW_HEIGHT)
        header = self.horizontalHeader()
        fixed, wide = (SOURCE, TITLE) if below else (TITLE, SOURCE)
        header.setSectionResizeMode(fixed, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        if not below:
            self.setColumnWidth(TITLE, _WIDTHS[TITLE])


class _RecordDelegate(QStyledItemDelegate):
    """Draws a cell; in a row of two lines its text in the upper one, and its part of the source across the lower."""

    def __init__(self, table: RecordsTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if not self._table.source_below:
            super().paint(painter, option, index)
            return
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        text, side = drawn.text, drawn.displayAlignment
        drawn.text = ""
        self._table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, self._table)
        shown, cell = theme.current(), option.rect
        painter.save()
        painter.setClipRect(cell)
        painter.setFont(drawn.font)
        painter.setPen(shown.color("line"))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        half = cell.height() // 2
        upper = cell.adjusted(_PAD, theme.HALF, -_PAD, -half)
        painter.setPen(shown.color(_ink(option, "text")))
        painter.drawText(upper, side, drawn.fontMetrics.elidedText(text, drawn.textElideMode, upper.width()))
        left = self._table.columnViewportPosition(0)
        lower = QRect(left, cell.top() + half, self._table.viewport().width() - left, half - theme.HALF)
        lower.adjust(_PAD, 0, -_PAD, 0)
        source = str(index.model().index(index.row(), SOURCE).data() or "")
        painter.setPen(shown.color(_ink(option, "muted")))
        painter.drawText(
            lower,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            drawn.fontMetrics.elidedText(source, drawn.textElideMode, lower.width()),
        )
        painter.restore()


def _ink(option: QStyleOptionViewItem, role: str) -> str:
    """The colour of a text; on the ground of a chosen row of the active window only one can be read."""
    state = QStyle.StateFlag
    chosen = option.state & state.State_Selected and option.state & state.State_Active
    return "on_accent" if chosen else role
