"""The cells of a child table: keys as in a spreadsheet, and a way out with Tab or Enter."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mingxi_desktop.ui import theme
from mingxi_desktop.ui.inputs import Input
from mingxi_desktop.ui.table.child_block import is_block
from mingxi_desktop.ui.table.delegate import InputDelegate

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemDelegate.EndEditHint
_Key = Qt.Key
_NARROWEST_EDITOR = 150
"""A text is typed into so much room, however narrow its column is."""


class Command(Enum):
    """What a key asks of the rows, whether a cell is being typed into or not."""

    ADD = auto()
    REMOVE = auto()
    REPEAT = auto()
    PASTE = auto()


def command_of(event: QKeyEvent) -> Command | None:
    """The command of a key; None for every other key."""
    key, modifiers = event.key(), event.modifiers()
    if key == _Key.Key_Insert and not modifiers:
        return Command.ADD
    if event.matches(QKeySequence.StandardKey.Paste):
        return Command.PASTE if is_block(QGuiApplication.clipboard().text()) else None
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return {_Key.Key_Delete: Command.REMOVE, _Key.Key_D: Command.REPEAT}.get(_Key(key))
    return None


class ChildDelegate(InputDelegate):
    """Cells of a child table are typed into like fields, with room enough for a text."""

    commanded = Signal(object, object)
    """A `Command` while a cell is typed into, and its `Input`."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        super().updateEditorGeometry(editor, option, index)
        viewport = editor.parentWidget()
        cell = editor.geometry()
        if viewport is not None and cell.width() < _NARROWEST_EDITOR and _is_text(editor):
            cell.setWidth(min(_NARROWEST_EDITOR, viewport.width()))
            cell.moveRight(min(cell.right(), viewport.width() - 1))
            editor.setGeometry(cell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        around = watched.parent()
        if isinstance(event, QKeyEvent) and isinstance(around, Input) and around.editor is watched:
            if around.composing:
                return False
            command = command_of(event)
            if command is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if command is not None and event.type() == QEvent.Type.KeyPress:
                self.commanded.emit(command, around)
                return True
        return super().eventFilter(watched, event)


class ChildView(QTableView):
    """Typing opens a cell, Enter too; Tab goes on through the cells while typing, else to the next field."""

    commanded = Signal(object)
    """A `Command` while no cell is typed into."""
    cleared = Signal()
    """Delete: the cell is to be empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        # 明汛电〔2024〕11号: papers are told apart by the end of their number.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme.ROW_HEIGHT)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)
        rows.hide()
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(theme.ROW_HEIGHT)
        header.setFixedHeight(theme.ROW_HEIGHT)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def event(self, event: QEvent) -> bool:
        # Keys of the rows are theirs, whatever they mean elsewhere in the window.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command, here = command_of(event), self.currentIndex()
        if command is not None:
            self.commanded.emit(command)
        elif event.key() in (_Key.Key_Return, _Key.Key_Enter) and not _held(event):
            if here.isValid():
                self.edit(here)
            else:
                self.commanded.emit(Command.ADD)
        elif event.key() == _Key.Key_Delete and not _held(event):
            self.cleared.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(here.data(Qt.ItemDataRole.EditRole) or ""))
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab out of the last cell leads to the next field, not back to the first cell."""
        forward = hint == _Hint.EditNextItem
        if hint not in (_Hint.EditNextItem, _Hint.EditPreviousItem) or not self._at_end(forward=forward):
            super().closeEditor(editor, hint)
            return
        super().closeEditor(editor, _Hint.NoHint)
        self.setFocus()
        self.focusNextPrevChild(forward)

    def reset(self) -> None:
        """Other rows are shown: what was open is not committed into them."""
        self.setState(QAbstractItemView.State.NoState)
        super().reset()

    def open(self, index: QModelIndex) -> None:
        """Let the cell be typed into, unless one is already."""
        if self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    def shown_columns(self) -> list[int]:
        """The columns that are not hidden, in order."""
        return [place for place in range(self.model().columnCount()) if not self.isColumnHidden(place)]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and not self.model().rowCount() and self.isEnabled():
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().color("muted"))
            painter.drawText(
                self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.accessibleDescription()
            )

    def _at_end(self, *, forward: bool) -> bool:
        here, columns = self.currentIndex(), self.shown_columns()
        last = (self.model().rowCount() - 1, columns[-1])
        return (here.row(), here.column()) == (last if forward else (0, columns[0]))


def _ours(event: QKeyEvent) -> bool:
    deleting = event.key() == _Key.Key_Delete and not event.modifiers()
    return deleting or command_of(event) is not None or event.matches(QKeySequence.StandardKey.Copy)


def _held(event: QKeyEvent) -> bool:
    return event.modifiers() not in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )


def _is_text(editor: QWidget) -> bool:
    return isinstance(editor, Input) and not editor.field.unit and editor.field.width > 10
