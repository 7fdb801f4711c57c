"""All indicators of a year with the total that was entered for each: typed into like a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QTableWidgetItem, QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.openings import Opening, read
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.listing import ListColumn
from mingxi_desktop.ui.shapes import thousands
from mingxi_desktop.ui.typed_table import RIGHT, TypedTable

COLUMNS = (
    ListColumn("指标", 190),
    ListColumn("单位", 64),
    ListColumn("台账记录", 110, right=True),
    ListColumn("期初数", 120, right=True),
    ListColumn("来源"),
)
_LABEL, _UNIT, _RECORDS, _VALUE, _SOURCE = range(5)
_EDITED = (_VALUE, _SOURCE)


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One indicator of the year.  indicator: None where it has been deleted since.  measured: what records give."""

    id: str
    label: str
    indicator: Indicator | None
    measured: str
    records: int
    opening: Opening | None


class OpeningsTable(TypedTable):
    """Values and sources are typed into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("期初数", COLUMNS, parent)
        self.source = ""
        """Goes with values that have none of their own yet."""
        self._year = 0
        self._rows: list[OpeningRow] = []

    def show_rows(self, year: int, rows: Sequence[OpeningRow]) -> None:
        """Show a year; what was typed and not stored is gone."""
        self._year, self._rows = year, list(rows)
        with self.changing():
            self.setRowCount(len(rows))
            for place, row in enumerate(rows):
                unit = row.indicator.unit if row.indicator is not None and is_amount(row.indicator) else ""
                measured = thousands(row.measured) if row.records else ""
                known = (row.opening.value, row.opening.source) if row.opening is not None else ("", "")
                for column, text in enumerate((row.label, unit, measured, *known)):
                    self.setItem(place, column, self._item(row, column, text))

    def show_only(self, words: str, *, entered: bool) -> None:
        """Only the rows that hold the words (pinyin and initials too), or that have a total."""
        for place, row in enumerate(self._rows):
            fits = not words or texts.matches(words, texts.search_text((row.label, row.id)))
            self.setRowHidden(place, not fits or (entered and not self.text(place, _VALUE)))

    def changes(self) -> dict[str, tuple[str, str]]:
        """Indicator → (value, source) of what was typed and differs from what is kept; "" where it is to go."""
        found = {}
        for place, row in enumerate(self._rows):
            value, source = self.text(place, _VALUE), self.text(place, _SOURCE)
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
        return [place for place in self.chosen() if self.text(place, _VALUE) and not self.isRowHidden(place)]

    def empty(self, rows: Sequence[int]) -> None:
        """Take the totals of these rows away, to be stored like what is typed."""
        with self.changing():
            for place in rows:
                for column in _EDITED:
                    self.cell(place, column).setText("")
                self._mark(place)

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

    def typed(self, cell: QTableWidgetItem) -> None:
        """A total without a source gets the one that goes with all."""
        place = cell.row()
        if cell.column() == _VALUE and cell.text().strip() and not self.text(place, _SOURCE):
            self.cell(place, _SOURCE).setText(self.source)
        self._mark(place)

    def _mark(self, place: int) -> None:
        """What is wrong with a row, as colour, sign and tool tip."""
        fault = self._fault(place) if self._rows[place].id in self.changes() else ""
        shown = theme.current()
        for column in _EDITED:
            cell = self.cell(place, column)
            cell.setBackground(shown.color("error_soft") if fault else shown.color("card"))
            cell.setToolTip(fault or cell.text())

    def _fault(self, place: int) -> str:
        row, value = self._rows[place], self.text(place, _VALUE)
        if not value:
            return ""
        if row.indicator is None:
            return "这个指标已经删除，只能把期初数清空"
        if not self.text(place, _SOURCE):
            return f"{row.label}：来源还空着"
        try:
            read(row.indicator, self._year, value)
        except UserError as error:
            return error.in_one_line()
        return ""

    def _item(self, row: OpeningRow, column: int, text: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        if COLUMNS[column].right:
            item.setTextAlignment(RIGHT)
        if column not in _EDITED:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            item.setForeground(theme.current().color("text" if column == _LABEL else "muted"))
            item.setBackground(theme.current().color("ground"))
        if column == _RECORDS and row.records:
            item.setToolTip(f"{row.records:,} 条记录；有记录的以记录为准，登记的期初数不用")
        return item
