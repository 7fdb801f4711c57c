"""Table cells are edited with the same inputs as forms."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.ui.inputs import Input, Sources, make_input

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemDelegate.EndEditHint
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
_LONG_HEIGHT, _LONG_WIDTH = 84, 240


class InputDelegate(QStyledItemDelegate):
    """Makes the input of the cell's field. Enter and Tab keep the text, Esc does not."""

    enter_pressed = Signal()
    """A cell was left with Enter: on to the next one."""

    def __init__(
        self, field_of: Callable[[int], Field], sources: Sources, parent: QObject | None = None
    ) -> None:
        """field_of: the field of a column."""
        super().__init__(parent)
        self._field_of = field_of
        self._sources = sources

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = make_input(self._field_of(index.column()), self._sources, parent, compact=True)
        # The keys arrive where they are typed, not at the editor around it.
        editor.editor.installEventFilter(self)
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, Input)
        editor.set_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, Input)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        cell: QRect = option.rect
        if self._field_of(index.column()).long:
            cell = QRect(cell.topLeft(), cell.size())
            cell.setHeight(_LONG_HEIGHT)
            cell.setWidth(max(cell.width(), _LONG_WIDTH))
            viewport = editor.parentWidget()
            assert viewport is not None
            room = viewport.rect()
            cell.moveRight(min(cell.right(), max(room.right(), cell.width())))
            cell.moveBottom(min(cell.bottom(), max(room.bottom(), cell.height())))
        editor.setGeometry(cell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        editor = _around(watched)
        if editor is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(editor, event)
        if (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in _PASSING
            and _is_open(editor)
        ):
            self._keep(editor, _Hint.NoHint)
        return False

    def _key(self, editor: Input, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Tab:
            self._keep(editor, _Hint.EditNextItem)
        elif key == Qt.Key.Key_Backtab:
            self._keep(editor, _Hint.EditPreviousItem)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if editor.takes_enter() and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                return False
            self._keep(editor, _Hint.NoHint)
            self.enter_pressed.emit()
        elif key == Qt.Key.Key_Escape and not editor.key_pressed(event):
            editor.editor.removeEventFilter(self)
            self.closeEditor.emit(editor, _Hint.RevertModelCache)
        elif key != Qt.Key.Key_Escape:
            return False
        return True

    def _keep(self, editor: Input, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Closing takes the focus away, which must not end the editing a second time.
        editor.editor.removeEventFilter(self)
        editor.finish()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)


def _is_open(editor: Input) -> bool:
    """Whether the table has not closed the editor itself, as it does when another cell is clicked."""
    viewport = editor.parentWidget()
    view = viewport.parentWidget() if viewport is not None else None
    return isinstance(view, QAbstractItemView) and view.state() == QAbstractItemView.State.EditingState


def _around(watched: QObject) -> Input | None:
    """The input whose editor this is."""
    parent = watched.parent()
    return parent if isinstance(parent, Input) and parent.editor is watched else None
