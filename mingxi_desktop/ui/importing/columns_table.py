"""The columns of a table, each with what stands in it and what it is taken for, to be picked by typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.exchange.cells import is_empty, letters, shown
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.ledger.intake.result import SheetPreview
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.importing.offers import OUT, Offer, find, name_of
from mingxi_desktop.ui.importing.target_input import TargetDelegate, TargetInput
from mingxi_desktop.ui.importing.told import meaning
from mingxi_desktop.ui.listing import HeadedModel, set_up

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_HEADERS = ("列", "表里的表头", "头几行的内容", "对应的字段", "说明")
_WIDTHS = (36, 0, 0, 190, 216)
CHOICE, NOTE = 3, 4
_NOTED = 640
"""Pixels from which on there is room for the notes."""
_SAMPLES, _SAMPLE_ROWS = 3, 30
_LEAST = 5 * theme.ROW_HEIGHT
_FIXED = (Role.UID, Role.PARENT)
_NOTES = {
    Role.NUMBER: "序号，不用导入",
    Role.UID: "本程序导出的标识，自动认出已有记录",
    Role.PARENT: "所属序号，自动对上主表",
    Role.COMPUTED: "由程序自动算出，不用导入",
    Role.SECOND: "另一列已对应这个字段",
    Role.TOTAL: "本行的合计，只用来核对",
    Role.EARLIER: "上年数，不导入",
    Role.PERSONAL: "个人信息，不导入；要导入请在第 1 步打勾",
    Role.UNKNOWN: "不认得，不导入；要导入请选字段",
}


class ColumnsModel(HeadedModel):
    """The columns of one table; the fourth cell of a line is the user's to change."""

    picked = Signal(object, str)
    """The user has given a `Column` another meaning: its target name, "" leaves it out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_HEADERS, parent)
        self.columns: tuple[Column, ...] = ()
        self.offers: Sequence[Offer] = ()
        self._samples: list[str] = []
        self._given: Mapping[str, str] = {}
        self._free = True

    def show(self, sheet: SheetPreview | None, offers: Sequence[Offer], given: Mapping[str, str]) -> None:
        """Show a table.  given: column letters with 列 → target name, as corrected and not yet read again."""
        self.beginResetModel()
        self.columns = sheet.columns if sheet is not None and sheet.kind else ()
        self.offers, self._given = offers, given
        self._free = bool(self.columns) and sheet is not None and not kind_of(sheet.kind).parent
        self._samples = [samples(sheet, column) for column in self.columns] if sheet is not None else []
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = super().flags(index)
        free = self._free and index.column() == CHOICE and self.columns[index.row()].role not in _FIXED
        return found | Qt.ItemFlag.ItemIsEditable if free else found

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        column, place = self.columns[index.row()], index.column()
        if role in (_Role.DisplayRole, _Role.EditRole):
            return self._text(index.row(), column, place)
        if role == _Role.ToolTipRole:
            text = self._text(index.row(), column, place)
            return f"{text}\n{self._note(column)}" if place == CHOICE else text
        if role == _Role.ForegroundRole:
            return self._color(column, place)
        if role == _Role.AccessibleTextRole and place == CHOICE:
            return f"{letters(column.index)}列“{column.header}”对应的字段：{self._text(index.row(), column, place)}"
        return None

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        text = str(value).strip()
        offer = find(self.offers, text)
        if role != _Role.EditRole or offer is None or text == self._choice(self.columns[index.row()]):
            return False
        self.picked.emit(self.columns[index.row()], offer.name)
        return True

    def show_given(self, given: Mapping[str, str]) -> None:
        """The corrections are others now."""
        self._given = given
        if self.columns:
            self.dataChanged.emit(self.index(0, CHOICE), self.index(len(self.columns) - 1, NOTE))

    def _text(self, row: int, column: Column, place: int) -> str:
        if place == CHOICE:
            return self._choice(column)
        if place == NOTE:
            return self._note(column)
        return (letters(column.index), column.header, self._samples[row])[place]

    def _choice(self, column: Column) -> str:
        name = self._given.get(key_of(column), name_of(column))
        if name == name_of(column) and meaning(column):
            offer = next((offer for offer in self.offers if offer.name == name), None)
            return offer.text if offer else meaning(column)
        return next((offer.text for offer in self.offers if offer.name == name), OUT)

    def _note(self, column: Column) -> str:
        given = self._given.get(key_of(column))
        if given is not None and given != name_of(column):
            return "已改，下一步按它重读"
        if column.role is Role.FIELD:
            return f"按“{column.unit}”读" if column.unit else "已对上"
        return _NOTES[column.role]

    def _color(self, column: Column, place: int) -> Any:
        changed = self._given.get(key_of(column), name_of(column)) != name_of(column)
        if changed and place in (CHOICE, NOTE):
            return theme.current().color("accent_text")
        if column.role is Role.UNKNOWN and place == NOTE:
            return theme.current().color("warning")
        if place == 2 or (place == CHOICE and self._choice(column) == OUT):
            return theme.current().color("muted")
        return None


class ColumnsTable(QTableView):
    """Shows a `ColumnsModel`; Enter, F2, a click or simply typing opens the choice."""

    entered_column = Signal(int)
    """The 0-based sheet column of the line with the cursor; -1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = ColumnsModel(self)
        self.setModel(self.columns)
        set_up(self)
        self.setAccessibleName("表里的列")
        self.setMinimumHeight(_LEAST)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        delegate = TargetDelegate(lambda: self.columns.offers, self)
        delegate.enter_pressed.connect(self._down)
        self.setItemDelegateForColumn(CHOICE, delegate)
        header = self.horizontalHeader()
        for place, width in enumerate(_WIDTHS):
            if width:
                self.setColumnWidth(place, width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._clicked)
        self.selectionModel().currentRowChanged.connect(lambda index, _: self._moved(index))

    def show_columns(
        self, sheet: SheetPreview | None, offers: Sequence[Offer], given: Mapping[str, str]
    ) -> None:
        """Show the columns of a table, the first that is unclear under the cursor."""
        self.columns.show(sheet, offers, given)
        wanted = [place for place, column in enumerate(self.columns.columns) if column.role is Role.UNKNOWN]
        if self.columns.columns:
            self.setCurrentIndex(self.columns.index(wanted[0] if wanted else 0, CHOICE))

    def go_to(self, column: int) -> None:
        """Put the cursor on the line of a sheet column."""
        place = next((n for n, item in enumerate(self.columns.columns) if item.index == column), None)
        if place is not None and place != self.currentIndex().row():
            self.setCurrentIndex(self.columns.index(place, CHOICE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(NOTE, event.size().width() < _NOTED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = self.currentIndex().siblingAtColumn(CHOICE)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and choice.isValid():
            self._open(choice)
            event.accept()
            return
        if choice.isValid() and self.currentIndex().column() != CHOICE:
            # Whatever cell the cursor is in: only one of the line can be changed.
            self.setCurrentIndex(choice)
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == CHOICE:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        if (
            self.state() != QAbstractItemView.State.EditingState
            and index.flags() & Qt.ItemFlag.ItemIsEditable
        ):
            self.edit(index)
            editor = self.findChild(TargetInput)
            if editor is not None:
                editor.ask_for("")

    def _down(self) -> None:
        below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)

    def _moved(self, index: QModelIndex) -> None:
        column = self.columns.columns[index.row()].index if index.isValid() else -1
        self.entered_column.emit(column)


def key_of(column: Column) -> str:
    """How mappings name a column."""
    return f"{letters(column.index)}列"


def samples(sheet: SheetPreview, column: Column) -> str:
    """The first things that stand in the column."""
    if sheet.cells is None:
        return ""
    texts: list[str] = []
    first = sheet.last_header_row or sheet.header_row
    for cells in sheet.cells.rows[first : first + _SAMPLE_ROWS]:
        cell = cells[column.index] if column.index < len(cells) else None
        text = "" if is_empty(cell) else shown(cell)
        if text and text not in texts:
            texts.append(text)
        if len(texts) == _SAMPLES:
            break
    return "、".join(texts)
