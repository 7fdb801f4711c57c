"""What a table shows where it has just gone, until the records there have come.

Drawn as cells these rows would take as long as the records that follow within a moment: half of a jump.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QTableView

from mingxi_desktop.ui import theme
from mingxi_desktop.ui.table.model import PLACEHOLDER, LedgerModel

_GRID = 1
_PADDING = theme.HALF
"""Beside the text of a cell, as the style sheet has it; the style adds the room of a frame."""


def drawn(table: QTableView, model: LedgerModel, painter: QPainter) -> bool:
    """Draw the rows in sight if none of their records is there; False where cells must be drawn.

    The records are asked for by that.  Selected rows are drawn as cells, for they look otherwise.
    """
    top, last = max(table.rowAt(0), 0), table.rowAt(table.viewport().height() - 1)
    bottom = last if last >= 0 else model.rowCount() - 1
    rows = range(top, bottom + 1)
    if not rows or model.by or any(model.record(row) is not None for row in rows):
        return False
    if any(
        one.top() <= bottom and one.bottom() >= top for one in table.selectionModel().selection().toList()
    ):
        return False
    cells = [
        (table.columnViewportPosition(column), table.columnWidth(column), model.alignment(column))
        for column in range(model.columnCount())
        if not table.isColumnHidden(column)
    ]
    colours, room = theme.current(), table.viewport().rect()
    grid, text = colours.color("line"), colours.color("text")
    beside = _PADDING + table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
    right = max(left + width for left, width, _ in cells) - 1
    for row in rows:
        place = QRect(0, table.rowViewportPosition(row), 0, table.rowHeight(row) - _GRID)
        painter.setPen(text)
        for left, width, alignment in cells:
            place.setLeft(left + beside)
            place.setWidth(width - _GRID - 2 * beside)
            if place.intersects(room):
                painter.drawText(place, alignment, PLACEHOLDER)
        painter.setPen(grid)
        painter.drawLine(0, place.bottom() + 1, right, place.bottom() + 1)
    under = table.rowViewportPosition(bottom) + table.rowHeight(bottom)
    for left, width, _ in cells:
        painter.drawLine(left + width - 1, 0, left + width - 1, under - 1)
    return True
