"""The model of a ledger's table: all ids, and only the records that are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes, Record
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.jobs import Job, Priority, Worker
from mingxi_desktop.ui.table.pages import Pages
from mingxi_desktop.ui.table.status import marked, role_of

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole
PLACEHOLDER = "…"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ABOUT_THE_RECORD = (_Role.DisplayRole, _Role.EditRole, _Role.ToolTipRole, _Role.ForegroundRole)


class LedgerModel(QAbstractTableModel):
    """Rows are the records that a query means, columns all fields that can be shown in one cell."""

    loading = Signal()
    """The list is being fetched."""
    loaded = Signal(int)
    """The list is there: how many records."""
    edited = Signal(int, str, str)
    """The user typed into a cell: id, field, text. Who listens stores it and refreshes."""

    def __init__(self, kind: Kind, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.fields: tuple[Field, ...] = tuple(
            field for field in kind.fields if field.type is not FieldType.FILES
        )
        self.query = Query(kind.name)
        self.editable = False
        self._worker = worker
        self._pages = Pages(kind.name, worker, self)
        self._pages.arrived.connect(self._arrived)
        self._listing: Job | None = None

    # what is shown

    def set_query(self, query: Query) -> None:
        """Show other records, or the same in another order."""
        self.query = query
        self._list()

    def refresh(self, changes: Changes | None = None) -> None:
        """Take in what a transaction changed; nothing happens if it is about other kinds."""
        if changes is None or self.kind.name in changes.kinds:
            self._list()

    @property
    def ids(self) -> array[int]:
        """The ids of all records shown, in order."""
        return self._pages.ids

    def record(self, row: int) -> Record | None:
        """The record of a row; None while it is on its way."""
        return self._pages.record(row) if 0 <= row < len(self.ids) else None

    def id_at(self, row: int) -> int | None:
        """The id of a row's record; None outside the list."""
        return self.ids[row] if 0 <= row < len(self.ids) else None

    def row_of(self, id: int) -> int:
        """The row of a record; -1 if it is not shown."""
        try:
            return self.ids.index(id)
        except ValueError:
            return -1

    def column_of(self, name: str) -> int:
        """The column of a field; -1 if the table has none for it."""
        return next((place for place, field in enumerate(self.fields) if field.name == name), -1)

    # Qt's questions

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        field = self.fields[section]
        if role == _Role.DisplayRole:
            return field.label
        if role == _Role.ToolTipRole:
            unit = f"（{field.unit}）" if field.unit else ""
            return f"{field.label}{unit}" + (f"\n{field.help}" if field.help else "")
        if role == _Role.TextAlignmentRole:
            return _RIGHT if field.type in NUMERIC else _LEFT
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        field = self.fields[index.column()]
        if role == _Role.TextAlignmentRole:
            return _RIGHT if field.type in NUMERIC else _LEFT
        if role not in _ABOUT_THE_RECORD:
            return None
        record = self._pages.record(index.row())
        if record is None:
            return PLACEHOLDER if role == _Role.DisplayRole else None
        return _cell(field, record.shown.get(field.name, ""), role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        field = self.fields[index.column()]
        typed = self.editable and field.editable and not self.query.trash and field.name != self.kind.parent
        return plain | Qt.ItemFlag.ItemIsEditable if typed else plain

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Typed text goes to who listens to `edited`; the cell shows it once it is stored."""
        field, record = self.fields[index.column()], self.record(index.row())
        if role != _Role.EditRole or record is None or record.shown.get(field.name, "") == value:
            return False
        self.edited.emit(record.id, field.name, str(value))
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column in the database; a column of -1 is the usual order."""
        pair = () if column < 0 else ((self.fields[column].name, order == Qt.SortOrder.DescendingOrder),)
        if pair != self.query.sort:
            self.set_query(replace(self.query, sort=pair))

    # fetching

    def _list(self) -> None:
        if self._listing is not None:
            self._listing.cancel()
        self.loading.emit()
        self._listing = self._worker.run(
            _ids, self.query, done=self._listed, owner=self, priority=Priority.VISIBLE
        )

    def _listed(self, ids: array[int]) -> None:
        self._listing = None
        if ids == self.ids:
            self._pages.forget_records()
            if ids:
                self._arrived(0, len(ids) - 1)
        else:
            self.beginResetModel()
            self._pages.set_ids(ids)
            self.endResetModel()
        self.loaded.emit(len(ids))

    def _arrived(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.fields) - 1))


def _cell(field: Field, text: str, role: int) -> Any:
    """One cell of a record that is there."""
    if role == _Role.DisplayRole:
        return marked(text) if field.type is FieldType.DERIVED else text.replace("\n", " ")
    if role == _Role.ForegroundRole:
        named = role_of(field, text)
        return theme.current().color(named) if named else None
    if role == _Role.ToolTipRole:
        return text if field.long or len(text) > field.width // 2 else None
    return text


def _ids(ledger: Any, query: Query) -> array[int]:
    found: Sequence[int] = ledger.ids(query)
    return found if isinstance(found, array) else array("q", found)
