"""The headings of groups in a table: drawn over the whole row, opened and closed with mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QTableView

from mingxi_desktop.ledger.sections import Heading
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.table.model import LedgerModel

_ALIGNED = Qt.AlignmentFlag.AlignVCenter
_INDENT = theme.GRID * 2
_TOGGLE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Headings:
    """Draws the heading rows that a table shows, and takes what is done to them."""

    def __init__(self, table: QTableView, model: LedgerModel) -> None:
        self._table = table
        self._model = model

    def paint(self, painter: QPainter) -> None:
        """Draw the headings in view over their rows' cells."""
        if not self._model.by:
            return
        table = self._table
        row = table.rowAt(0)
        while (
            0 <= row < self._model.rowCount() and table.rowViewportPosition(row) < table.viewport().height()
        ):
            heading = self._model.heading(row)
            if heading is not None:
                self._draw(painter, row, heading)
            row += 1

    def clicked(self, at: QPoint) -> bool:
        """Whether a click at this point of the viewport was for a heading."""
        return self._toggle(self._table.rowAt(at.y()))

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Whether a key was for the heading under the cursor: Enter and Space toggle, ← closes, → opens."""
        row = self._table.currentIndex().row()
        heading = self._model.heading(row)
        if heading is None or self._model.is_total(heading):
            return False
        closed = self._model.is_closed(heading)
        wanted = {Qt.Key.Key_Left: not closed, Qt.Key.Key_Right: closed}.get(Qt.Key(event.key()), False)
        return self._toggle(row) if wanted or event.key() in _TOGGLE else False

    def _toggle(self, row: int) -> bool:
        heading = self._model.heading(row)
        if heading is None or self._model.is_total(heading):
            return False
        column = max(self._table.currentIndex().column(), 0)
        self._model.toggle(heading)
        self._table.setCurrentIndex(self._model.index(row, column))
        return True

    def _draw(self, painter: QPainter, row: int, heading: Heading) -> None:
        colours, table = theme.current(), self._table
        top, height = table.rowViewportPosition(row), table.rowHeight(row)
        band = QRect(0, top, table.viewport().width(), height - 1)
        here = table.currentIndex().row() == row
        painter.fillRect(band, colours.color("accent_soft" if here else "raised"))
        painter.setPen(colours.color("text"))
        font = QFont(table.font())
        font.setBold(heading.level == 0)
        painter.setFont(font)
        left = self._draw_label(painter, band, heading)
        for column, field in enumerate(self._model.fields):
            text = heading.totals.get(field.name, "")
            if text and not table.isColumnHidden(column):
                cell = QRect(
                    table.columnViewportPosition(column),
                    top,
                    table.columnWidth(column) - theme.GAP,
                    height - 1,
                )
                if cell.left() < left:
                    painter.fillRect(cell, colours.color("accent_soft" if here else "raised"))
                painter.drawText(cell, Qt.AlignmentFlag.AlignRight | _ALIGNED, text)
        if here and table.hasFocus():
            painter.setPen(colours.color("accent"))
            painter.drawRect(band.adjusted(0, 0, -1, -1))

    def _draw_label(self, painter: QPainter, band: QRect, heading: Heading) -> int:
        """The name of the group and how many records it has; where the text ends."""
        mark = "" if self._model.is_total(heading) else "▸ " if self._model.is_closed(heading) else "▾ "
        text = f"{mark}{heading.label}　{heading.count:,} 条"
        place = band.adjusted(theme.GAP + heading.level * _INDENT, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | _ALIGNED, text)
        return place.left() + painter.fontMetrics().horizontalAdvance(text)
