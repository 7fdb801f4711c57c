"""The rows of a child table inside its parent's form: edited in place, with totals under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Field, Finding, Kind
from mingxi_desktop.domain.records import Record
from mingxi_desktop.ui import form_rules, icons, style, theme
from mingxi_desktop.ui.inputs import Input, Sources
from mingxi_desktop.ui.inputs.message import Message
from mingxi_desktop.ui.table.child_block import by_field, lines_of
from mingxi_desktop.ui.table.child_columns import fitting, secondary, widths
from mingxi_desktop.ui.table.child_model import ChildModel, RowTexts, child_columns, default_texts, in_words
from mingxi_desktop.ui.table.child_view import ChildDelegate, ChildView, Command

_FEWEST_ROWS, _MOST_ROWS = 2, 8
_KEYS = "按 Insert 加一行，也可以从 Excel 粘贴"


class ChildTable(QWidget):
    """A child table with its heading, buttons to add and take off rows, and the totals."""

    edited = Signal()
    """The user changed, added or took off a row."""
    entered = Signal()
    """Enter in a new row with nothing in it: on to the next field."""
    moved = Signal()
    """The cursor is in another cell: it and what is said under the rows should be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = _label(self, "section")
        self._totals = _label(self, "muted")
        self._note = _label(self, "muted")
        self._note.hide()
        self._noted = ""
        self._message = Message(self)
        self.view = ChildView(self)
        self.model = ChildModel((), self)
        self._all = False
        self._add = QPushButton("加一行", self)
        self._remove = QPushButton("删除此行", self)
        self._more = QPushButton("更多列", self)
        icons.give(self._add, "add")
        self._add.setToolTip("在末尾加一行（Insert）")
        self._remove.setToolTip("删除光标所在的行（Ctrl+Delete）")
        for button in (self._add, self._remove, self._more):
            button.setAutoDefault(False)
        style.set_state(self._more, "link", value=True)
        self._add.clicked.connect(self.add_row)
        self._remove.clicked.connect(self.remove_row)
        self._more.clicked.connect(self._show_more)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        for button in (self._add, self._remove, self._more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        for part in (self._heading, self.view, self._message, self._totals, self._note):
            column.addWidget(part)
        column.addLayout(buttons)

    def bind(self, kind: Kind, sources: Sources) -> None:
        """Say which child table this is."""
        self.kind = kind
        self._sources = sources
        self._heading.setText(kind.label)
        self._heading.setToolTip(kind.help)
        self.view.setAccessibleName(kind.label)
        self.view.setAccessibleDescription(_KEYS)
        self.model = ChildModel(child_columns(kind), self)
        self.view.setModel(self.model)
        for button in (self._add, self._remove, self._more):
            button.setAccessibleName(f"{kind.label}：{button.text()}")
        delegate = ChildDelegate(lambda column: self.model.columns[column], sources, self)
        delegate.enter_pressed.connect(self._next_cell)
        delegate.commanded.connect(self._obey_in)
        self.view.setItemDelegate(delegate)
        self.view.commanded.connect(self._obey)
        self.view.cleared.connect(self._clear_cell)
        self.model.dataChanged.connect(self._data_changed)
        self.model.rowsInserted.connect(self._changed)
        self.model.rowsRemoved.connect(self._changed)
        self.model.modelReset.connect(self._update)
        self.view.selectionModel().currentChanged.connect(self._update)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self._update()

    def set_rows(self, rows: Sequence[Record | Mapping[str, str]]) -> None:
        """Show stored records, or texts of rows that are not stored yet."""
        self.set_note("")
        self.model.set_rows(
            [
                RowTexts(self._texts(row.shown), row.id)
                if isinstance(row, Record)
                else RowTexts(self._texts(row), None)
                for row in rows
            ]
        )

    def rows(self) -> list[RowTexts]:
        """The rows as texts, in order."""
        return self.model.rows()

    def changed(self) -> bool:
        """Whether the user changed anything since `set_rows`."""
        return self.model.changed()

    def set_findings(self, findings: Mapping[int, Sequence[Finding]]) -> None:
        """Mark cells that are wrong; keys are places among `rows()`."""
        self.model.set_findings(findings)
        self._say()

    def set_note(self, text: str, state: str = "") -> None:
        """What the ledger makes of the rows as they stand: a sentence under them. state: "", "warning" or "ok"."""
        self._noted = text if not state else ""
        style.set_state(self._note, "state", state)
        self._note.setText(text if state else "")
        self._note.setVisible(bool(text and state))
        self._tell_totals()

    def set_read_only(self, read_only: bool) -> None:
        """Let the rows be read only."""
        self.model.read_only = read_only
        self._update()

    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.view, self._add, self._remove, self._more]

    def enter(self) -> None:
        """The focus comes here with Enter from the field before: to the first cell, or a new row."""
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.model.rowCount():
            self.add_row()
        else:
            self._edit(0, self.view.shown_columns()[0])

    def go_to_fault(self) -> bool:
        """Put the cursor on the first cell that keeps the record from being stored; False if none does."""
        index = self.model.first_fault()
        if index.isValid():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
            self.moved.emit()
        return index.isValid()

    def add_row(self) -> None:
        """A new row at the end, with its first cell open for typing."""
        if self.model.read_only:
            return
        place = self.model.add(default_texts(self.model.columns))
        self._edit(place, self.view.shown_columns()[0])

    def remove_row(self) -> None:
        """Take off the row with the cursor."""
        place = self.view.currentIndex().row()
        if place >= 0 and not self.model.read_only:
            column = self.view.currentIndex().column()
            self.model.remove(place)
            self.view.setCurrentIndex(self.model.index(min(place, self.model.rowCount() - 1), column))

    def repeat_above(self) -> None:
        """The value of the cell above into the one with the cursor."""
        here = self.view.currentIndex()
        if here.row() > 0 and not self.model.read_only:
            above = here.siblingAtRow(here.row() - 1).data(Qt.ItemDataRole.EditRole)
            self.model.setData(here, above)

    def paste(self, text: str) -> None:
        """Put a block of cells in from the cursor on; rows are added for what is below the last one."""
        here = self.view.currentIndex()
        first = here.row() if here.isValid() else self.model.rowCount()
        start = max(here.column(), 0)
        lines, lost = by_field(lines_of(text), self.model.columns, start, self._sources.year())
        if self.model.read_only or not lines:
            return
        self.model.put(first, lines)
        self.view.setCurrentIndex(self.model.index(first + len(lines) - 1, start))
        said = f"，多出的 {lost} 列没有对应的字段，没有粘贴" if lost else ""
        self.set_note(f"已粘贴 {len(lines)} 行{said}", "warning" if lost else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # keys

    def _obey(self, command: Command) -> None:
        if command is Command.ADD:
            self.add_row()
        elif command is Command.REMOVE:
            self.remove_row()
        elif command is Command.REPEAT:
            self.repeat_above()
        else:
            self.paste(QGuiApplication.clipboard().text())

    def _obey_in(self, command: Command, editor: Input) -> None:
        """A command while a cell is typed into: what was typed stays in its cell."""
        here = self.view.currentIndex()
        if command is Command.REPEAT and here.row() > 0:
            editor.set_text(str(here.siblingAtRow(here.row() - 1).data(Qt.ItemDataRole.EditRole) or ""))
        elif command is not Command.REPEAT:
            self.view.setFocus()
            self._obey(command)

    def _clear_cell(self) -> None:
        if self.view.currentIndex().isValid() and not self.model.read_only:
            self.model.setData(self.view.currentIndex(), "")

    def _next_cell(self) -> None:
        """After Enter: the next cell that matters, in the last one a new row; out of a row left empty.

        Tab goes through all cells, those that are seldom filled too.
        """
        here = self.view.currentIndex()
        if self.model.untouched(here.row()):
            self.model.remove(here.row())
            self.view.setCurrentIndex(QModelIndex())
            self.entered.emit()
            return
        texts = self.model.texts(here.row())
        further = (
            place
            for place in self.view.shown_columns()
            if place > here.column()
            and not secondary(self.model.columns[place])
            and form_rules.matters(self.model.columns[place], texts)
        )
        column = next(further, None)
        if column is not None:
            self._edit(here.row(), column)
        elif here.row() + 1 < self.model.rowCount():
            self._edit(here.row() + 1, self.view.shown_columns()[0])
        else:
            self.add_row()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.moved.emit()

    def _edit(self, row: int, column: int) -> None:
        index = self.model.index(row, column)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.open(index)

    # look

    def _show_more(self) -> None:
        self._all = not self._all
        self._update()

    def _fit(self) -> None:
        """Every column its width; where there is little room, columns that are empty anyway wait."""
        fields, room = self.model.columns, self.view.width() - 2
        waiting = [
            place
            for place, field in enumerate(fields)
            if secondary(field) and not self.model.says_something(field)
        ]
        cramped = not fitting(fields, room, self._head)
        hidden = set() if self._all or not cramped else set(waiting)
        self._more.setVisible(cramped and bool(waiting))
        self._more.setText("收起" if self._all else "更多列")
        self._more.setToolTip("、".join(fields[place].label for place in waiting))
        shown = [place for place in range(len(fields)) if place not in hidden]
        for place in range(len(fields)):
            self.view.setColumnHidden(place, place in hidden)
        parts = [fields[place] for place in shown]
        for place, width in zip(shown, widths(parts, [self._head(one) for one in parts], room), strict=True):
            self.view.horizontalHeader().resizeSection(place, width)

    def _head(self, field: Field) -> int:
        place = self.model.columns.index(field)
        text = str(self.model.headerData(place, Qt.Orientation.Horizontal))
        return self.view.horizontalHeader().fontMetrics().horizontalAdvance(text) + 2 * theme.GAP

    def _data_changed(self, _first: object, _last: object, roles: Sequence[int] = ()) -> None:
        """Marking what is wrong is no change by the user."""
        if roles:
            self._update()
        else:
            self._changed()

    def _changed(self) -> None:
        self._update()
        self.edited.emit()

    def _update(self) -> None:
        """Height, buttons and totals follow the rows."""
        count = self.model.rowCount()
        self._fit()
        shown = min(max(count, _FEWEST_ROWS), _MOST_ROWS)
        header = self.view.horizontalHeader()
        bar = (
            self.view.horizontalScrollBar().sizeHint().height() if header.length() > self.view.width() else 0
        )
        self.view.setFixedHeight((shown + 1) * theme.ROW_HEIGHT + bar + 2)
        self._add.setVisible(not self.model.read_only)
        self._remove.setVisible(not self.model.read_only)
        self._remove.setEnabled(self.view.currentIndex().isValid())
        self._tell_totals()
        self._say()

    def _tell_totals(self) -> None:
        count = self.model.rowCount()
        sums = [
            f"{field.label}合计 {in_words(self.model.total(field))}{field.unit}"
            for field in self.model.columns
            if field.total
        ]
        self._totals.setText("　".join(filter(None, [f"共 {count} 行", *sums, self._noted])))
        self._totals.setVisible(count > 0)

    def _say(self) -> None:
        """What is wrong with the cell under the cursor, or with the first one that is wrong."""
        self._message.say(*self.model.first_finding(self.view.currentIndex()))

    def _texts(self, shown: Mapping[str, str]) -> dict[str, str]:
        return {field.name: shown.get(field.name, "") for field in self.model.columns}


def _label(parent: QWidget, role: str) -> QLabel:
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(role == "muted")
    style.set_state(made, "role", role)
    return made
