"""A table that is typed into like a spreadsheet: its columns, its keys, what stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from mingxi_desktop.domain.names import tidy
from mingxi_desktop.ui import listing
from mingxi_desktop.ui.listing import ListColumn

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TypedTable(QTableWidget):
    """Nothing is stored until it is asked for. What a cell means is the matter of the table that derives from it."""

    edited = Signal()
    """Something was typed, added or taken away, by the clerk or by the program."""

    def __init__(self, name: str, columns: Sequence[ListColumn], parent: QWidget | None = None) -> None:
        """name: for people who hear the screen.  columns: the one without a width takes what is left."""
        super().__init__(0, len(columns), parent)
        self.columns = tuple(columns)
        self.setAccessibleName(name)
        listing.set_up(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        for place, column in enumerate(self.columns):
            head = QTableWidgetItem(column.header)
            head.setTextAlignment(RIGHT if column.right else _LEFT)
            self.setHorizontalHeaderItem(place, head)
            if column.width:
                self.setColumnWidth(place, column.width)
            else:
                self.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._changed)

    def chosen(self) -> list[int]:
        """The selected lines."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, without blanks around it."""
        return tidy(self.cell(row, column).text())

    def cell(self, row: int, column: int) -> QTableWidgetItem:
        """A cell of a line that is there."""
        cell = self.item(row, column)
        assert cell is not None
        return cell

    @contextmanager
    def changing(self) -> Iterator[None]:
        """What the program does to cells within it is no typing; `edited` is said once, at its end."""
        self.blockSignals(True)
        try:
            yield
        finally:
            self.blockSignals(False)
        self.edited.emit()

    def typed(self, cell: QTableWidgetItem) -> None:
        """The clerk has typed into a cell; a table that completes it, or what hangs on it, does so here."""

    def _changed(self, cell: QTableWidgetItem) -> None:
        with self.changing():
            self.typed(cell)
