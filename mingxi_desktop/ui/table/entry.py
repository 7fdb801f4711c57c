"""Typing into a table as into a spreadsheet: a key opens the cell, Tab goes to the next, Enter to the one below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
)

from mingxi_desktop.ui.inputs import Input
from mingxi_desktop.ui.inputs.suggest import SuggestInput
from mingxi_desktop.ui.table.delegate import InputDelegate

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_COMMANDS = _Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier
_TABS = {_Key.Key_Tab: 1, _Key.Key_Backtab: -1}
_Trigger = QAbstractItemView.EditTrigger


class Held(NamedTuple):
    """What is being typed into a cell of the row with the cursor."""

    column: int
    text: str


class Entry:
    """The keys of one table view.  shown: its columns from left to right.

    refused: told the column when something is typed where nothing can be.
    """

    def __init__(
        self,
        table: QTableView,
        delegate: InputDelegate,
        shown: Callable[[], Sequence[int]],
        refused: Callable[[int], object],
    ) -> None:
        self._table = table
        self._delegate = delegate
        self._shown = shown
        self._refused = refused
        self._home: int | None = None
        self._composing = False

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Whether a key was for the cells: letters, F2, Tab, Space."""
        key, commands = _Key(event.key()), event.modifiers() & _COMMANDS
        if key in _TABS:
            return self._tab(event, _TABS[key])
        if key == _Key.Key_F2:
            return self.edit(self._table.currentIndex())
        if key == _Key.Key_Space and not commands:
            # Alone it would empty the cell, as every user of a spreadsheet has found out once.
            if event.modifiers() & _Modifier.ShiftModifier:
                self.select_rows()
            return True
        if event.text() and not commands:
            return self._typed(event)
        self._home = None
        return False

    def edit(self, index: QModelIndex, text: str | None = None) -> bool:
        """Open a cell with its text, or with another one; False where nothing can be typed."""
        if self._table.state() == QAbstractItemView.State.EditingState or not self._can(index):
            return False
        self._table.edit(index)
        editor = self._delegate.open
        if editor is not None:
            if text is not None:
                editor.set_text(text)
            _cursor_to_end(editor)
        return editor is not None

    def take_away(self) -> Held | None:
        """What is being typed now; its editor is about to go with the list, and keeps nothing by itself."""
        editor, index = self._delegate.open, self._table.currentIndex()
        if editor is None:
            return None
        self._delegate.leave(editor)
        return Held(index.column(), editor.text())

    def compose(self, event: QInputMethodEvent, pass_on: Callable[[QInputMethodEvent], None]) -> None:
        """What an input method composes opens the cell; the focus follows when it is committed.

        pass_on: what the view does with the event.
        """
        composing, committed = bool(event.preeditString()), bool(event.commitString())
        opening = self._delegate.open is None
        if opening and not ((composing or committed) and self._can(self._table.currentIndex())):
            event.ignore()
            return
        self._delegate.blank = opening
        if opening and not composing:
            # A word that comes at once, as from handwriting: Qt would open the cell without it.
            self._table.edit(self._table.currentIndex())
            self._delegate.blank = False
            if self._delegate.open is not None:
                QApplication.sendEvent(self._delegate.open, event)
        else:
            self._composing = self._composing or opening
            pass_on(event)
            self._delegate.blank = False
        if not composing:
            self._composed(given_up=self._composing and not committed)

    def _composed(self, *, given_up: bool) -> None:
        """The composition has come to its end."""
        self._composing = False
        editor = self._delegate.open
        if editor is None:
            return
        if given_up:
            self._delegate.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            return
        # Qt passes the focus on to inputs that take it themselves; ours have an editor within.
        editor.setFocus()
        if isinstance(editor, SuggestInput) and editor.query():
            editor.ask_for(editor.query())

    def step(self, by: int) -> bool:
        """To the next (1) or the previous (-1) cell that can be edited; False at the end of the table."""
        table, now = self._table, self._table.currentIndex()
        columns = list(self._shown())
        if not now.isValid() or now.column() not in columns:
            return False
        self._home = now.column() if self._home is None else self._home
        row, place = now.row(), columns.index(now.column())
        # A row further there is one, unless a heading lies between.
        for _ in range(3 * len(columns)):
            place += by
            if not 0 <= place < len(columns):
                row, place = row + by, 0 if by > 0 else len(columns) - 1
            index = now.sibling(row, columns[place])
            if not index.isValid():
                return False
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                table.setCurrentIndex(index)
                return True
        return False

    def down(self) -> None:
        """After Enter: the row below, in the column where the entry of this row began."""
        now = self._table.currentIndex()
        column = now.column() if self._home is None else self._home
        below = now.sibling(now.row() + 1, column)
        self._home = None
        if below.isValid():
            self._table.setCurrentIndex(below)

    def select_rows(self) -> None:
        """All cells of the rows in which one is selected."""
        chosen = self._table.selectionModel()
        rows = QItemSelection(chosen.selection())
        chosen.select(rows, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)

    def _tab(self, event: QKeyEvent, by: int) -> bool:
        """At the end of the cells Tab leaves the table, with Ctrl everywhere."""
        if event.modifiers() & _COMMANDS:
            self._table.setTabKeyNavigation(False)
            self._table.focusNextPrevChild(by > 0)
            self._table.setTabKeyNavigation(True)
        elif not self.step(by):
            event.ignore()
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        if not event.text().isprintable():
            # Esc, and what else is no letter though it has a text.
            event.ignore()
            return True
        index = self._table.currentIndex()
        if self._can(index):
            self._delegate.blank = True
            self._table.edit(index, _Trigger.AnyKeyPressed, event)
            self._delegate.blank = False
        return True

    def _can(self, index: QModelIndex) -> bool:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            return index.data(Qt.ItemDataRole.EditRole) is not None
        if index.isValid():
            self._refused(index.column())
        return False


def _cursor_to_end(editor: Input) -> None:
    line = editor.editor
    if isinstance(line, QLineEdit):
        line.end(False)
    elif isinstance(line, QPlainTextEdit):
        line.moveCursor(QTextCursor.MoveOperation.End)
