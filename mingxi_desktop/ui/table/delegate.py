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
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.inputs import DateInput, DateTimeInput, Input, Sources, make_input
from mingxi_desktop.ui.table.model import LedgerModel

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemDelegate.EndEditHint
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
_Group, _Role, _State = QPalette.ColorGroup, QPalette.ColorRole, QStyle.StateFlag
_ENABLED, _ACTIVE, _SELECTED = _State.State_Enabled, _State.State_Active, _State.State_Selected
_BESIDE = theme.HALF + 3
"""Pixels at each side of a text, as other tables have them by style sheet and style."""
_LONG_HEIGHT, _LONG_WIDTH = 84, 240
_DAY, _MOMENT = "2000-00-00", "2000-00-00 00:00"


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
        self._filled: QWidget | None = None
        self.open: Input | None = None
        """The input of the cell that is edited now."""
        self.blank = False
        """Whether the next input begins empty: what is typed replaces what stood there."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = make_input(self._field_of(index.column()), self._sources, parent, compact=True)
        # The keys arrive where they are typed, not at the editor around it.
        editor.editor.installEventFilter(self)
        for part in editor.editor.findChildren(QAbstractButton):
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                part.installEventFilter(self)
        self.open = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:
        if self.open is editor:
            self.open = None
        if self._filled is editor:
            self._filled = None
        super().destroyEditor(editor, index)

    def leave(self, editor: Input) -> None:
        """No longer keep what is typed when the input loses the focus."""
        for part in (editor.editor, *editor.editor.findChildren(QAbstractButton)):
            part.removeEventFilter(self)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        # Records that arrive while something is typed must not take its place.
        if self._filled is not editor:
            assert isinstance(editor, Input)
            self._filled = editor
            editor.set_text("" if self.blank else str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, Input)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        cell: QRect = option.rect
        long = self._field_of(index.column()).long
        width = _LONG_WIDTH if long else _room_for_a_date(editor)
        if long or cell.width() < width:
            cell = QRect(cell.topLeft(), cell.size())
            cell.setHeight(_LONG_HEIGHT if long else cell.height())
            cell.setWidth(max(cell.width(), width))
            viewport = editor.parentWidget()
            assert viewport is not None
            room = viewport.rect()
            cell.moveRight(min(cell.right(), max(room.right(), cell.width())))
            cell.moveBottom(min(cell.bottom(), max(room.bottom(), cell.height())))
        editor.setGeometry(cell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, Input) and isinstance(event, QInputMethodEvent):
            # Qt sends what is composed to the editor it knows; the one within takes it.
            QApplication.sendEvent(watched.editor, event)
            return True
        editor = _around(watched)
        if editor is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # While a word is composed its keys are the input method's.
            return not _composing(editor) and self._key(editor, event)
        if (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in _PASSING
            and _is_open(editor)
            and not _within(editor, QApplication.focusWidget())
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
            self.leave(editor)
            self.closeEditor.emit(editor, _Hint.RevertModelCache)
        elif key != Qt.Key.Key_Escape:
            return False
        return True

    def _keep(self, editor: Input, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Closing takes the focus away, which must not end the editing a second time.
        self.leave(editor)
        editor.finish()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)


def _room_for_a_date(editor: QWidget) -> int:
    """Pixels of an input with a day, or a moment, and the button of its calendar; 0 for another input."""
    if not isinstance(editor, DateInput):
        return 0
    line = editor.line
    line.ensurePolished()
    metrics = line.fontMetrics()
    around = line.minimumSizeHint().width() - metrics.maxWidth()
    return (
        around
        + metrics.horizontalAdvance(_MOMENT if isinstance(editor, DateTimeInput) else _DAY)
        + theme.HALF
    )


def _is_open(editor: Input) -> bool:
    """Whether the table has not closed the editor itself, as it does when another cell is clicked."""
    viewport = editor.parentWidget()
    view = viewport.parentWidget() if viewport is not None else None
    return isinstance(view, QAbstractItemView) and view.state() == QAbstractItemView.State.EditingState


def _around(watched: QObject) -> Input | None:
    """The input whose editor this is, or a button of it."""
    parent = watched.parent()
    if not isinstance(parent, Input) and isinstance(watched, QAbstractButton) and parent is not None:
        watched, parent = parent, parent.parent()
    return parent if isinstance(parent, Input) and parent.editor is watched else None


def _within(editor: Input, focus: QWidget | None) -> bool:
    """Whether the focus only went from one button of the input to the next."""
    return focus is not None and editor.isAncestorOf(focus)


def _composing(editor: Input) -> bool:
    """Whether keys are the input method's now; words that are picked with buttons come in one piece."""
    return editor.composing and isinstance(editor.editor, QLineEdit | QPlainTextEdit)


class RecordDelegate(InputDelegate):
    """Cells of a `LedgerModel`, which says in one answer how each looks: Qt would ask seven times."""

    def __init__(self, model: LedgerModel, sources: Sources, parent: QObject | None = None) -> None:
        super().__init__(lambda column: model.fields[column], sources, parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """One line of text, be the record there or on its way: laid out by Qt's style it takes twice as long."""
        assert isinstance(index, QModelIndex)
        look = self._model.look(index)
        place, palette, state = option.rect, option.palette, option.state
        group = (
            _Group.Disabled
            if _ENABLED not in state
            else _Group.Active
            if _ACTIVE in state
            else _Group.Inactive
        )
        if _SELECTED in state:
            painter.fillRect(place, palette.brush(group, _Role.Highlight))
            painter.setPen(palette.color(group, _Role.HighlightedText))
        else:
            painter.setPen(look.colour or palette.color(group, _Role.Text))
        if look.text:
            place, text, metrics = place.adjusted(_BESIDE, 0, -_BESIDE, 0), look.text, option.fontMetrics
            if len(text) * metrics.height() > place.width():
                text = metrics.elidedText(text, option.textElideMode, place.width())
            painter.drawText(place, look.alignment, text)
