"""A table of texts with numbers and a total, to be looked at and copied into a spreadsheet."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from mingxi_desktop.charts.data import Rows
from mingxi_desktop.ui import listing
from mingxi_desktop.ui.shapes import thousands
from mingxi_desktop.ui.table.copying import Clip

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NARROWEST, _FEW = 64, 3
"""Pixels of a column; columns that have room enough when all are as wide."""
_AS_TEXT = r""" style='mso-number-format:"\@"'"""


class RowsTable(QTableWidget):
    """Shows `Rows`; Ctrl+C copies all of them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """name: for people who hear the screen."""
        super().__init__(parent)
        self.rows: Rows | None = None
        self.setAccessibleName(name)
        listing.set_up(self)
        self.setMinimumWidth(2 * _NARROWEST)

    def show_rows(self, rows: Rows, unit: str = "") -> None:
        """Show another table; the cursor stays in its place.

        unit: of all its numbers, where that stands above it already: the heads have more room without.
        """
        self.rows = rows
        kept = self.currentRow()
        self.clear()
        self.setColumnCount(len(rows.header))
        self.setRowCount(len(rows.rows))
        for column, text in enumerate(rows.header):
            head = QTableWidgetItem(text.removesuffix(f"（{unit}）") if unit else text)
            head.setTextAlignment(_RIGHT if column in rows.numbers else _LEFT)
            head.setToolTip(text)
            self.setHorizontalHeaderItem(column, head)
        for place, texts in enumerate(rows.rows):
            for column, text in enumerate(texts):
                self.setItem(place, column, self._item(rows, place, column, text))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(_NARROWEST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if len(rows.header) > _FEW:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        if 0 <= kept < len(rows.rows):
            self.selectRow(kept)

    def copy(self) -> bool:
        """Put the table on the clipboard, as text with tabs and as a table; whether there was one."""
        if self.rows is None:
            return False
        QGuiApplication.clipboard().setMimeData(clip(self.rows).mime())
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _item(self, rows: Rows, place: int, column: int, text: str) -> QTableWidgetItem:
        number = column in rows.numbers
        item = QTableWidgetItem(thousands(text) if number else text)
        item.setTextAlignment(_RIGHT if number else _LEFT)
        item.setToolTip(item.text())
        if rows.total and place == len(rows.rows) - 1:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        return item


def clip(rows: Rows) -> Clip:
    """The table for the clipboard; what is a number there stays one in a spreadsheet."""
    lines = [rows.header, *rows.rows]
    text = "".join("\t".join(line) + "\r\n" for line in lines)
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in rows.header)
    parts = ['<meta charset="utf-8"><table border="1">', f"<tr>{head}</tr>"]
    for line in rows.rows:
        cells = (
            f"<td{'' if column in rows.numbers else _AS_TEXT}>{html.escape(cell)}</td>"
            for column, cell in enumerate(line)
        )
        parts.append(f"<tr>{''.join(cells)}</tr>")
    return Clip(text, "".join((*parts, "</table>")))
