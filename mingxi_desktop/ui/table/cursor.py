"""Which record and which cell of a table the cursor is on: the row tinted, the cell framed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from mingxi_desktop.ui import theme

_FRAME = 2
"""Pixels of the frame around the cell with the cursor."""


def tint(table: QTableView, painter: QPainter) -> None:
    """Under the cells: the row with the cursor."""
    row = table.currentIndex().row()
    if row >= 0:
        width = table.horizontalHeader().length() - table.horizontalHeader().offset()
        band = QRect(0, table.rowViewportPosition(row), width, table.rowHeight(row))
        painter.fillRect(band, theme.current().color("accent_soft"))


def frame(table: QTableView, painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Over the cells: the one with the cursor, framed in place of being shown as selected.

    option: as the table has it for a cell; it is changed.
    """
    index = table.currentIndex()
    option.rect = table.visualRect(index)
    if not option.rect.intersects(table.viewport().rect()):
        return
    colours = theme.current()
    painter.fillRect(option.rect, colours.color("card"))
    option.state &= ~QStyle.StateFlag.State_Selected
    table.itemDelegate().paint(painter, option, index)
    pen = QPen(colours.color("accent_text" if table.hasFocus() else "muted"), _FRAME)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
