"""The list that opens under an input. It never takes the focus, so typing and input methods go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from mingxi_desktop.ui import style, theme, veil

_MOST_ROWS = 10
_ROW = 26
_MOST_WIDTH = 420


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    checked: whether it is among the chosen ones; None where only one can be chosen.
    data: a reference, or ADD for the offer to add the typed word.
    """

    text: str
    data: str = ""
    checked: bool | None = None


ADD = "\0add"


class SuggestPopup(QObject):
    """Rows to pick from with the mouse; the input moves the highlight with the keys.

    Its window is made when it is first shown: a form has a popup for every field, and shows hardly one.
    """

    picked = Signal(object)
    """A `Row`."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._rows: list[Row] = []

    @cached_property
    def _window(self) -> _Window:
        made = _Window(self._owner)
        made.list.clicked.connect(self._clicked)
        made.gone.connect(lambda: _application().removeEventFilter(self))
        return made

    def show_rows(self, rows: Sequence[Row], under: QWidget, current: int = -1) -> None:
        """Show these rows under a widget with that one highlighted (-1: none); no rows close the list."""
        self._rows = list(rows)
        if not self._rows:
            self.hide()
            return
        window = self._window
        window.model.clear()
        for row in self._rows:
            window.model.appendRow(_item(row))
        widest = max(window.list.fontMetrics().horizontalAdvance(_label(row)) for row in self._rows)
        width = max(under.width(), min(widest + 4 * theme.GAP, _MOST_WIDTH))
        window.resize(width, min(len(self._rows), _MOST_ROWS) * _ROW + 2)
        window.move(place_for(window, under))
        self.highlight(current)
        if not window.isVisible():
            _application().installEventFilter(self)
            window.show()

    def hide(self) -> None:
        """Close the list."""
        if "_window" in self.__dict__:
            self._window.hide()

    def isVisible(self) -> bool:
        """Whether the list is open."""
        return "_window" in self.__dict__ and self._window.isVisible()

    def highlight(self, place: int) -> None:
        """Highlight one row; -1 for none."""
        self._window.list.setCurrentIndex(self._window.model.index(place, 0))

    def step(self, by: int) -> None:
        """Move the highlight, round the ends."""
        if self._rows:
            now = self._window.list.currentIndex().row()
            self.highlight(
                (now + by) % len(self._rows) if now >= 0 else (0 if by > 0 else len(self._rows) - 1)
            )

    def highlighted(self) -> Row | None:
        """The row that Enter would take."""
        place = self._window.list.currentIndex().row() if self.isVisible() else -1
        return self._rows[place] if place >= 0 else None

    def rows(self) -> list[Row]:
        """What is offered now."""
        return list(self._rows) if self.isVisible() else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when the user turns to something else."""
        if isinstance(watched, QWidget) and self._turned_away(watched, event.type()):
            self.hide()
        return False

    def _turned_away(self, watched: QWidget, kind: QEvent.Type) -> bool:
        if kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            return watched is self._owner.window()
        if kind not in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            return False
        mine = watched is self._window or self._window.isAncestorOf(watched)
        return not mine and not (kind == QEvent.Type.MouseButtonPress and self._owner.isAncestorOf(watched))

    def _clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self._rows[index.row()])


class _Window(QFrame):
    """A frame with the list in it, that never takes the focus."""

    gone = Signal()
    """It has been hidden, by whatever."""

    def __init__(self, owner: QWidget) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint
        super().__init__(owner, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.model = QStandardItemModel(self)
        self.list = QListView(self)
        style.set_state(self.list, "popup", value=True)
        self.list.setAccessibleName("可选项")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setModel(self.model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self.list)

    def hideEvent(self, event: QHideEvent) -> None:
        self.gone.emit()
        super().hideEvent(event)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def place_for(popup: QWidget, widget: QWidget) -> QPoint:
    """Where a popup opens: under the widget, over it where there is no room below, inside the screen."""
    below = widget.mapToGlobal(QPoint(0, widget.height() + 1))
    room = widget.screen().availableGeometry()
    left = max(room.left(), min(below.x(), room.right() - popup.width()))
    if below.y() + popup.height() <= room.bottom():
        return QPoint(left, below.y())
    above = widget.mapToGlobal(QPoint(0, 0)).y() - popup.height() - 1
    return QPoint(left, max(room.top(), above))


def _item(row: Row) -> QStandardItem:
    item = QStandardItem(_label(row))
    item.setSizeHint(QSize(0, _ROW))
    item.setToolTip("" if row.data == ADD else veil.over(row.text))
    return item


def _label(row: Row) -> str:
    if row.data == ADD:
        return f"＋ 把“{row.text}”加到名单"
    if row.checked is None:
        return veil.over(row.text)
    return f"{'☑' if row.checked else '☐'} {row.text}"
