"""All indicators of a year with the total that was entered for each: typed into like a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from mingxi_desktop import texts
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.openings import Opening, read
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import listing, theme

HEADERS = ("指标", "单位", "台账记录", "期初数", "来源")
_WIDTHS = (190, 64, 110, 120)
_LABEL, _UNIT, _RECORDS, _VALUE, _SOURCE = range(5)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NUMBERS, _EDITED = (_RECORDS, _VALUE), (_VALUE, _SOURCE)


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One indicator of the year.  indicator: None where it has been deleted since.  measured: what records give."""

    id: str
    label: str
    indicator: Indicator | None
    measured: str
    records: int
    opening: Opening | None


class OpeningsTable(QTableWidget):
    """Values and sources are typed into it; nothing is stored until it is asked for."""

    edited = Signal()
    """Something was typed, or taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(HEADERS), parent)
        self.setAccessibleName("期初数")
        for place, text in enumerate(HEADERS):
            head = QTableWidgetItem(text)
            head.setTextAlignment(_RIGHT if place in _NUMBERS else _LEFT)
            self.setHorizontalHeaderItem(place, head)
        listing.set_up(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        for place, width in enumerate(_WIDTHS):
            self.setColumnWidth(place, width)
        self.horizontalHeader().setSectionResizeMode(_SOURCE, QHeaderView.ResizeMode.Stretch)
        self.source = ""
        """Goes with values that have none of their own yet."""
        self._year = 0
        self._rows: list[OpeningRow] = []
        self.itemChanged.connect(self._typed)

    def show_rows(self, year: int, rows: Sequence[OpeningRow]) -> None:
        """Show a year; what was typed and not stored is gone."""
        self._year, self._rows = year, list(rows)
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            unit = row.indicator.unit if row.indicator is not None and is_amount(row.indicator) else ""
            measured = row.measured if row.records else ""
            known = (row.opening.value, row.opening.source) if row.opening is not None else ("", "")
            for column, text in enumerate((row.label, unit, measured, *known)):
                self.setItem(place, column, self._item(row, column, text))
        self.blockSignals(False)
        self.edited.emit()

    def show_only(self, words: str, *, entered: bool) -> None:
        """Only the rows that hold the words (pinyin and initials too), or that have a total."""
        for place, row in enumerate(self._rows):
            fits = not words or texts.matches(words, texts.search_text((row.label, row.id)))
            self.setRowHidden(place, not fits or (entered and not self._text(place, _VALUE)))

    def changes(self) -> dict[str, tuple[str, str]]:
        """Indicator → (value, source) of what was typed and differs from what is kept; "" where it is to go."""
        found = {}
        for place, row in enumerate(self._rows):
            value, source = self._text(place, _VALUE), self._text(place, _SOURCE)
            known = (row.opening.value, row.opening.source) if row.opening is not None else ("", "")
            if (value, source) != known and (value or row.opening is not None):
                found[row.id] = (value, source)
        return found

    def faults(self) -> Mapping[int, str]:
        """Row → what is wrong with what was typed into it."""
        changed = self.changes()
        found = {place: self._fault(place) for place, row in enumerate(self._rows) if row.id in changed}
        return {place: fault for place, fault in found.items() if fault}

    def go_to(self, place: int) -> None:
        """Put the cursor on the total of a row, and show the row where the search hides it."""
        self.setRowHidden(place, False)
        self.setCurrentCell(place, _VALUE)
        self.setFocus()

    def entered_in_selection(self) -> list[int]:
        """The selected rows that have a total."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [place for place in rows if self._text(place, _VALUE) and not self.isRowHidden(place)]

    def empty(self, rows: Sequence[int]) -> None:
        """Take the totals of these rows away, to be stored like what is typed."""
        self.blockSignals(True)
        for place in rows:
            for column in _EDITED:
                self._cell(place, column).setText("")
            self._mark(place)
        self.blockSignals(False)
        self.edited.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on to the next row, as in a spreadsheet."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = (
                place
                for place in range(self.currentRow() + 1, self.rowCount())
                if not self.isRowHidden(place)
            )
            place = next(below, -1)
            if place >= 0:
                self.setCurrentCell(place, self.currentColumn())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first time the cursor comes to a total, where one can type."""
        fresh = not self.currentIndex().isValid()
        super().focusInEvent(event)
        shown = (place for place in range(self.rowCount()) if not self.isRowHidden(place))
        if fresh and (first := next(shown, -1)) >= 0:
            self.setCurrentCell(first, _VALUE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.entered_in_selection()
        if event.key() == Qt.Key.Key_Delete and chosen:
            self.empty(chosen)
        else:
            super().keyPressEvent(event)

    def _typed(self, item: QTableWidgetItem) -> None:
        place = item.row()
        self.blockSignals(True)
        if item.column() == _VALUE and item.text().strip() and not self._text(place, _SOURCE):
            self._cell(place, _SOURCE).setText(self.source)
        self._mark(place)
        self.blockSignals(False)
        self.edited.emit()

    def _mark(self, place: int) -> None:
        """What is wrong with a row, as colour, sign and tool tip."""
        fault = self._fault(place) if self._rows[place].id in self.changes() else ""
        shown = theme.current()
        for column in _EDITED:
            cell = self._cell(place, column)
            cell.setBackground(shown.color("error_soft") if fault else shown.color("card"))
            cell.setToolTip(fault or cell.text())

    def _fault(self, place: int) -> str:
        row, value = self._rows[place], self._text(place, _VALUE)
        if not value:
            return ""
        if row.indicator is None:
            return "这个指标已经删除，只能把期初数清空"
        if not self._text(place, _SOURCE):
            return f"{row.label}：来源还空着"
        try:
            read(row.indicator, self._year, value)
        except UserError as error:
            return error.in_one_line()
        return ""

    def _text(self, place: int, column: int) -> str:
        return tidy(self._cell(place, column).text())

    def _cell(self, place: int, column: int) -> QTableWidgetItem:
        cell = self.item(place, column)
        assert cell is not None
        return cell

    def _item(self, row: OpeningRow, column: int, text: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        if column in _NUMBERS:
            item.setTextAlignment(_RIGHT)
        if column not in _EDITED:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            item.setForeground(theme.current().color("text" if column == _LABEL else "muted"))
            item.setBackground(theme.current().color("ground"))
        if column == _RECORDS and row.records:
            item.setToolTip(f"{row.records:,} 条记录；有记录的以记录为准，登记的期初数不用")
        return item
