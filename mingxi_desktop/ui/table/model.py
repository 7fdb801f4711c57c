"""The model of a ledger's table: all ids, and only the records that are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes, Record
from mingxi_desktop.ledger.sections import Heading, Sectioned, grand_total, sectioned
from mingxi_desktop.ui import theme, veil
from mingxi_desktop.ui.checking.look import sentences
from mingxi_desktop.ui.jobs import Job, Priority, Worker
from mingxi_desktop.ui.table.columns import heading
from mingxi_desktop.ui.table.layout import Keys, Layout
from mingxi_desktop.ui.table.pages import PAGE, Pages
from mingxi_desktop.ui.table.status import marked, role_of

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole
PLACEHOLDER = "…"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_BEGINNING = 400
"""Records shown before the whole list is there."""
_IN_SIGHT = 2
"""So many pages fill the highest screen."""
HEADING = int(_Role.UserRole) + 1
"""As a role: the `Heading` of a row that is one, else None."""
MARK = HEADING + 1
"""As a role of a row's head: the `Concern`s about its record; else None."""
_OF_A_HEAD = (MARK, _Role.ToolTipRole, _Role.AccessibleTextRole)
_DISPLAY, _EDIT, _TIP, _COLOUR = _Role.DisplayRole, _Role.EditRole, _Role.ToolTipRole, _Role.ForegroundRole
_ALIGNMENT = _Role.TextAlignmentRole
_ABOUT_THE_RECORD = frozenset({_DISPLAY, _EDIT, _TIP, _COLOUR})
_ANSWERED = _ABOUT_THE_RECORD | {_ALIGNMENT, HEADING}
"""Of a cell.  Qt asks for as many more each time it draws one."""


class Look(NamedTuple):
    """A cell as it is drawn.  colour: of the text, where it is not the table's."""

    text: str
    alignment: Qt.AlignmentFlag
    colour: QColor | None = None


class LedgerModel(QAbstractTableModel):
    """Rows are the records that a query means, columns all fields that can be shown in one cell.

    Grouped, each group has a heading row of its own, with its subtotals, and the last row is the total.
    """

    loading = Signal()
    """The list is being fetched."""
    begun = Signal()
    """The first records of another list are there; the rest of it is being fetched."""
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
        self.partial = False
        """Whether the rows are only the first of a list that is still being fetched."""
        self._worker = worker
        self._pages = Pages(kind.name, worker, self)
        self._pages.arrived.connect(self._arrived)
        self._layout = Layout()
        self._by: tuple[str, ...] = ()
        self._listing: Job | None = None
        self._beginning: Job | None = None
        self._marks: Mapping[int, Sequence[Concern]] = {}

    # what is shown

    def set_query(self, query: Query) -> None:
        """Show other records, or the same in another order."""
        anew, self.query = query == self.query and len(self.ids), query
        if self._beginning is not None:
            self._beginning.cancel()
        if not (self._by or anew):
            self._beginning = self._worker.run(
                _first, query, done=partial(self._begun, query), owner=self, priority=Priority.VISIBLE
            )
        self._list()

    def refresh(self, changes: Changes | None = None, around: Collection[str] = ()) -> bool:
        """Take in what a transaction changed; whether all ids are read anew for it.

        around: other kinds that the records' fields depend on; what is about any others changes nothing here.
        """
        if changes is not None and not changes.kinds & {self.kind.name, *around}:
            return False
        if changes is not None and not self._by and keeps_order(self.kind, self.query, changes):
            self.renew()
            if self._listing is None or self._listing.finished:  # else it will say so itself
                self.loaded.emit(len(self.ids))
            return False
        self._list()
        return True

    def renew(self) -> None:
        """The same records in the same order, read anew as they come in sight."""
        self._pages.forget_records()
        self._tell(0, len(self._layout) - 1)

    @property
    def ids(self) -> array[int]:
        """The ids of all records meant, in order; those in closed groups included."""
        return self._layout.ids

    @property
    def shown_in_words(self) -> str:
        """How many records are shown, for the status bar."""
        number = f"显示 {len(self.ids):,}"
        return f"先{number} 条，其余正在读取" if self.partial else number

    @property
    def by(self) -> tuple[str, ...]:
        """What the records are grouped by."""
        return self._by

    def set_by(self, by: Sequence[str]) -> None:
        """Group the records by these fields ("month" is one); none of them: a plain list."""
        if tuple(by) != self._by:
            self._by = tuple(by)
            self._list()

    def record(self, row: int) -> Record | None:
        """The record of a row; None while it is on its way and for a heading."""
        place = self._layout.place(row)
        return self._pages.record(place) if place >= 0 else None

    def id_at(self, row: int) -> int | None:
        """The id of a row's record; None outside the list and for a heading."""
        place = self._layout.place(row)
        return self.ids[place] if place >= 0 else None

    def row_of(self, id: int) -> int:
        """The row of a record; -1 if it is not shown."""
        return self._layout.row_at(id)

    def ids_between(self, first: int, last: int) -> array[int]:
        """The ids of the records in these rows, both included."""
        return self._layout.ids_between(first, last)

    # marks

    def set_marks(self, marks: Mapping[int, Sequence[Concern]]) -> None:
        """What is to be said of some of the records, by id."""
        if marks or self._marks:
            self._marks = marks
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(len(self._layout) - 1, 0))

    @property
    def marked(self) -> bool:
        """Whether there is something to be said of any record."""
        return bool(self._marks)

    def _mark(self, row: int) -> Sequence[Concern] | None:
        place = self._layout.place(row) if self._marks else -1
        return self._marks.get(self.ids[place]) if place >= 0 else None

    # groups

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The groups of the list, in order."""
        return self._layout.found.headings

    def heading(self, row: int) -> Heading | None:
        """The heading that a row is; None for a record."""
        return self._layout.heading(row)

    def is_closed(self, heading: Heading) -> bool:
        """Whether the records of a group are hidden."""
        return self._layout.is_closed(heading)

    def is_total(self, heading: Heading) -> bool:
        """Whether it is the line under all groups."""
        return self._layout.is_total(heading)

    def toggle(self, heading: Heading) -> None:
        """Hide the records of a group, or show them again."""
        if not self.is_total(heading):
            self._close(self._layout.closed ^ {heading.keys})

    def close_all(self, *, closed: bool) -> None:
        """Only the headings of the outermost groups, or all records."""
        self._close({one.keys for one in self.headings} if closed else ())

    def reveal(self, id: int) -> None:
        """Open the groups that hide a record."""
        closed = self._layout.closed
        if closed:
            self._close(closed - self._layout.groups_of(id))

    def _close(self, keys: Iterable[Keys]) -> None:
        if set(keys) != self._layout.closed:
            self.beginResetModel()
            self._layout.close(keys)
            self.endResetModel()

    def column_of(self, name: str) -> int:
        """The column of a field; -1 if the table has none for it."""
        return next((place for place, field in enumerate(self.fields) if field.name == name), -1)

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """How the texts of a column stand in its cells."""
        return _RIGHT if self.fields[column].type in NUMERIC else _LEFT

    # Qt's questions

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._layout)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            said = self._mark(section) if role in _OF_A_HEAD else None
            return said if said is None or role == MARK else sentences(said)
        field = self.fields[section]
        if role == _Role.DisplayRole:
            return heading(field)
        if role == _Role.ToolTipRole:
            unit = f"（{field.unit}）" if field.unit else ""
            return f"{field.label}{unit}" + (f"\n{field.help}" if field.help else "")
        return self.alignment(section) if role == _Role.TextAlignmentRole else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        field = self.fields[index.column()]
        if role == _ALIGNMENT:
            return self.alignment(index.column())
        place = self._layout.place(index.row())
        if place < 0:
            heading = self._layout.heading(index.row()) if role in (HEADING, _DISPLAY) else None
            return heading if role == HEADING or heading is None else heading.totals.get(field.name)
        record = self._pages.record(place) if role != HEADING else None
        if record is None:
            return PLACEHOLDER if role == _DISPLAY else None
        return _cell(field, record.shown.get(field.name, ""), role)

    def look(self, index: _Index) -> Look:
        """How a cell is drawn: what `data` says of it, in one answer."""
        column = index.column()
        field, alignment = self.fields[column], self.alignment(column)
        place = self._layout.place(index.row())
        record = self._pages.record(place) if place >= 0 else None
        if record is None:
            return Look("" if place < 0 else PLACEHOLDER, alignment)
        text = record.shown.get(field.name, "")
        named = role_of(field, text)
        return Look(_displayed(field, text), alignment, theme.current().color(named) if named else None)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self._by and self._layout.place(index.row()) < 0:
            return _PLAIN
        field = self.fields[index.column()]
        typed = self.editable and field.editable and not self.query.trash and field.name != self.kind.parent
        return _EDITABLE if typed else _PLAIN

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
            _listing, self.query, self._by, done=self._listed, owner=self, priority=Priority.VISIBLE
        )

    def _begun(self, query: Query, answer: tuple[array[int], list[Record]] | None) -> None:
        """The first records are there before the whole list: enough to look at."""
        waiting = query is self.query and self._listing is not None and not self._by
        if answer is not None and waiting and self.ids[: len(answer[0])] != answer[0]:
            self.partial = True
            self._take(Layout(Sectioned(answer[0])))
            self._pages.begin(answer[1])
            self.begun.emit()

    def _listed(self, answer: tuple[Sectioned, Heading | None]) -> None:
        found, total = answer
        self._listing, self.partial = None, False
        self._take(Layout(found, total, self._layout.closed))
        self.loaded.emit(len(found.ids))

    def _take(self, fresh: Layout) -> None:
        """Show another layout; what is there already stays where it can."""
        begun = len(self.ids)
        if fresh.like(self._layout):
            self._layout = fresh
            self._pages.forget_records()
            self._tell(0, len(fresh) - 1)
        elif begun and fresh.continues(self._layout):
            self.beginInsertRows(_NONE, begun, len(fresh) - 1)
            self._layout = fresh
            self._pages.extend(fresh.ids)
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._layout = fresh
            self._pages.set_ids(fresh.ids)
            self.endResetModel()

    def _arrived(self, first: int, last: int) -> None:
        """Records are there; their places among all ids are rows only while nothing is grouped."""
        if self._by:
            self._tell(0, len(self._layout) - 1)
        else:
            self._tell(first, last)

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.fields) - 1))


def _displayed(field: Field, text: str) -> str:
    """The text of a cell in its one line."""
    if field.personal:
        text = veil.over(text)
    return marked(text) if field.type is FieldType.DERIVED else text.replace("\n", " ")


def _cell(field: Field, text: str, role: int) -> Any:
    """One cell of a record that is there."""
    if role == _DISPLAY:
        return _displayed(field, text)
    if role == _COLOUR:
        named = role_of(field, text)
        return theme.current().color(named) if named else None
    if role == _TIP:
        text = veil.over(text) if field.personal else text
        return text if field.long or len(text) > field.width // 2 else None
    return text


def keeps_order(kind: Kind, query: Query, changes: Changes) -> bool:
    """Whether the same records in the same order answer a query after an edit: nothing it looks at has changed."""
    if not changes.fields or changes.added or changes.removed or query.search or query.trash or kind.state:
        return False
    looked_at = {name for name, _ in (*query.where, *query.sort)}
    if any(not kind.has(name) or kind.field(name).type is FieldType.DERIVED for name in looked_at):
        return False
    return not {*looked_at, kind.date, "record_date"} & {*changes.fields}


def _first(ledger: Any, query: Query) -> tuple[array[int], list[Record]] | None:
    """The first ids and their first pages: asked for by themselves, these would wait for the whole list."""
    ids = ledger.lists.first_ids(query, _BEGINNING)
    return None if ids is None else (ids, list(ledger.records(query.kind, ids[: _IN_SIGHT * PAGE])))


def _listing(ledger: Any, query: Query, by: tuple[str, ...]) -> tuple[Sectioned, Heading | None]:
    found = sectioned(ledger, query, by)
    return found, grand_total(ledger, query, len(found.ids)) if by else None
