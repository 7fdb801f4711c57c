"""Plain tables of texts for dialogs and steps: lines with a key each, a word where there are none."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mingxi_desktop.ui import theme, veil

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROOM = 100
_BESIDE = 2 * theme.GAP
"""Pixels that a cell keeps free beside its text."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column.  width: in pixels at 100 %; 0 takes what is left.  optional: left out where room is scarce."""

    header: str
    width: int = 0
    right: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a text for each column.  key: what it stands for.  roles: column → colour of the theme.

    ticked: state of the box before the first text; None for a line without one.
    """

    texts: tuple[str, ...]
    key: Any = None
    roles: Mapping[int, str] = field(default_factory=dict)
    tip: str = ""
    ticked: bool | None = None


class HeadedModel(QAbstractTableModel):
    """A flat table under fixed headers; its rows and cells are left to whoever derives from it."""

    def __init__(
        self, headers: Sequence[str], parent: QWidget | None = None, right: Container[int] = ()
    ) -> None:
        """right: columns whose texts end at their right side."""
        super().__init__(parent)
        self._headers, self._right = tuple(headers), right

    def set_headers(self, headers: Mapping[int, str]) -> None:
        """Call some columns otherwise.  headers: column → text."""
        self._headers = tuple(headers.get(place, text) for place, text in enumerate(self._headers))
        for place in headers:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, place, place)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return self._headers[section]
        return self.side(section) if role == _Role.TextAlignmentRole else None

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Where the texts of a column stand, its header included."""
        return _RIGHT if column in self._right else _LEFT


class ListModel(HeadedModel):
    """Lines of texts."""

    ticked = Signal(object, bool)
    """The user has ticked a line, or taken its tick away: its key, and which."""

    def __init__(self, columns: Sequence[ListColumn], parent: QWidget | None = None) -> None:
        right = frozenset(place for place, column in enumerate(columns) if column.right)
        super().__init__([column.header for column in columns], parent, right)
        self.columns = tuple(columns)
        self.lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        line, place = self.lines[index.row()], index.column()
        if role == _Role.DisplayRole:
            return veil.over(line.texts[place].replace("\n", " "))
        if role == _Role.TextAlignmentRole:
            return self.side(place)
        if role == _Role.ForegroundRole:
            named = line.roles.get(place)
            return theme.current().color(named) if named else None
        if role == _Role.ToolTipRole:
            return veil.over(line.tip or line.texts[place]) or None
        if role == _Role.CheckStateRole and place == 0 and line.ticked is not None:
            return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = super().flags(index)
        can = index.column() == 0 and self.lines[index.row()].ticked is not None
        return found | Qt.ItemFlag.ItemIsUserCheckable if can else found

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        line = self.lines[index.row()]
        if role != _Role.CheckStateRole or line.ticked is None:
            return False
        self.lines[index.row()] = replace(line, ticked=Qt.CheckState(value) == Qt.CheckState.Checked)
        self.dataChanged.emit(index, index)
        self.ticked.emit(line.key, not line.ticked)
        return True


class Listing(QTableView):
    """Shows lines; the arrows move, Enter and a double click open, Space ticks."""

    opened = Signal(object)
    """The key of the line that was opened."""
    current_changed = Signal(object)
    """The key of the line with the cursor, or None."""
    chosen_changed = Signal()
    """Other lines are selected."""
    ticked = Signal(object, bool)
    """The user has ticked a line, or taken its tick away: its key, and which."""

    def __init__(
        self,
        name: str,
        columns: Sequence[ListColumn],
        *,
        several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """name: for people who hear the screen.  several: whether more than one line can be selected."""
        super().__init__(parent)
        self._empty = ""
        self.lines = ListModel(columns, self)
        self.setModel(self.lines)
        self.lines.ticked.connect(self.ticked)
        self.setAccessibleName(name)
        set_up(self)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        header = self.horizontalHeader()
        for place, column in enumerate(columns):
            if column.width:
                self.setColumnWidth(place, column.width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.current_changed.emit(self.current()))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.doubleClicked.connect(lambda index: self.opened.emit(self.lines.lines[index.row()].key))

    def set_lines(self, lines: Sequence[Line], *, keep: bool = True) -> None:
        """Show other lines; the cursor stays on its key, else goes to the first line."""
        before = self.current()
        self.lines.set_lines(lines)
        self._make_room_for_numbers()
        keys = [line.key for line in lines]
        row = keys.index(before) if keep and before is not None and before in keys else 0
        if lines:
            self.selectRow(row)
        else:
            self.current_changed.emit(None)
        self.chosen_changed.emit()
        self.viewport().update()

    def tighten(self, *places: int) -> None:
        """Columns no wider than their longest text; what they leave is for the one without a width."""
        metrics = self.fontMetrics()
        for place in places:
            column = self.lines.columns[place]
            texts = (column.header, *(line.texts[place] for line in self.lines.lines))
            need = metrics.horizontalAdvance(max(texts, key=len)) + _BESIDE
            self.setColumnWidth(place, min(column.width, need))

    def _make_room_for_numbers(self) -> None:
        """Columns of numbers wide enough for the longest one, for 100,… would be read as another; not of texts."""
        for place, column in enumerate(self.lines.columns):
            if column.width and column.right:
                numbers = filter(_is_number, (line.texts[place] for line in self.lines.lines))
                need = self.fontMetrics().horizontalAdvance(max(numbers, key=len, default="")) + _BESIDE
                if self.columnWidth(place) < need:
                    self.setColumnWidth(place, need)

    def set_empty_text(self, text: str) -> None:
        """What stands where there are no lines: what to do."""
        self._empty = text
        self.viewport().update()

    def current(self) -> Any:
        """The key of the line with the cursor; None if there is none."""
        row = self.currentIndex().row()
        return self.lines.lines[row].key if 0 <= row < len(self.lines.lines) else None

    def in_sight(self) -> list[Any]:
        """The keys of the lines that can be seen, from top to bottom."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        end = last + 1 if last >= 0 else None  # none is so far down: all that there are
        return [line.key for line in self.lines.lines[max(first, 0) : end]]

    def chosen(self) -> list[Any]:
        """The keys of the selected lines, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.lines.lines[row].key for row in rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self.lines.columns
        scarce = sum(column.width or _ROOM for column in columns) > event.size().width()
        for place, column in enumerate(columns):
            if column.optional:
                self.setColumnHidden(place, scarce)
        self._fill(scarce=scarce)

    def _fill(self, *, scarce: bool) -> None:
        """Where the columns that take what is left are left out themselves, the widest other takes it."""
        columns = self.lines.columns
        if any(not column.width and not column.optional for column in columns):
            return
        place = max(range(len(columns)), key=lambda at: 0 if columns[at].optional else columns[at].width)
        mode = QHeaderView.ResizeMode.Stretch if scarce else QHeaderView.ResizeMode.Interactive
        header = self.horizontalHeader()
        if header.sectionResizeMode(place) != mode:
            header.setSectionResizeMode(place, mode)
            self.setColumnWidth(place, columns[place].width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt would hand Enter on to the dialog's default button.
        if event.key() in _ENTER and not event.modifiers() and self.current() is not None:
            self.opened.emit(self.current())
            event.accept()
        elif event.key() == Qt.Key.Key_Space and self._tick():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _tick(self) -> bool:
        """Turn the tick of the line with the cursor round; False if it has none."""
        box = self.currentIndex().siblingAtColumn(0)
        now = box.data(_Role.CheckStateRole) if box.isValid() else None
        if now is None:
            return False
        other = (
            Qt.CheckState.Unchecked if Qt.CheckState(now) == Qt.CheckState.Checked else Qt.CheckState.Checked
        )
        return self.lines.setData(box, other, _Role.CheckStateRole)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.lines.lines:
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 8, -16, -8), flags, self._empty)


def _is_number(text: str) -> bool:
    """Whether a text is a whole number as lists show it: 100,000."""
    return text.replace(",", "").isdecimal()


def set_up(table: QTableView) -> None:
    """Dense rows, whole lines selected, Tab leaves the table."""
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(theme.ROW_HEIGHT)
    rows.setDefaultSectionSize(theme.ROW_HEIGHT)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setFixedHeight(theme.ROW_HEIGHT + theme.HALF)
    header.setTextElideMode(Qt.TextElideMode.ElideRight)
