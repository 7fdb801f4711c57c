"""A change of the style sheet: what is in sight takes it unseen and is drawn once, what is hidden after that, in turns.

Of some thousand widgets of opened pages a few dozen are in sight, and Qt asks all of them to take a new sheet in one
turn: the better part of a second in which no key is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop.ui.turns import Turns

_POLISHED, _OWN_STYLE = Qt.WidgetAttribute.WA_WState_Polished, Qt.WidgetAttribute.WA_SetStyle


def steps(app: QApplication, switch: Sequence[Callable[[], object]]) -> Iterator[None]:
    """Set style sheets so that they reach hidden widgets afterwards: in their turn, or when they are shown.

    switch: what sets them, each a step of its own, for Qt has all that is in sight take it in one.  Between two steps
    other events may come; nothing looks different before the last of them.
    """
    before = _Restyling.going_on
    late = before.end() if before is not None and shiboken6.isValid(before) else []
    doors, hidden, windows = _doors(app), [], []
    behind: dict[QWidget, list[QWidget]] = {}
    try:
        for door in filter(shiboken6.isValid, doors):
            behind[door] = []
            for widget in (door, *door.findChildren(QWidget)):
                # Qt tells a new style to all but those with a style of their own.
                if shiboken6.isValid(widget) and not widget.testAttribute(_OWN_STYLE):
                    hidden.append(widget)
                    behind[door].append(widget)
                    widget.setAttribute(_OWN_STYLE, True)
                    late += _let_wait([widget])
                    yield
        # With the last sheet Qt would forget which palettes the sheet has changed, and how to change them back.
        keeper = QWidget()
        keeper.setStyleSheet("* {}")
        windows += [one for one in app.topLevelWidgets() if one.isVisible() and one.updatesEnabled()]
        for window in windows:
            window.setUpdatesEnabled(False)
        for do in switch:
            for door, inside in behind.items():
                if shiboken6.isValid(door) and door.isVisible():
                    late += _let_wait(inside)
            do()
            yield
        del keeper
    finally:
        for window in filter(shiboken6.isValid, windows):
            window.setUpdatesEnabled(True)
        for widget in filter(shiboken6.isValid, hidden):
            widget.setAttribute(_OWN_STYLE, False)
        if late:
            _Restyling(late, doors, app)


def _let_wait(hidden: list[QWidget]) -> list[QWidget]:
    """Keep Qt from styling what is hidden; those of which it has to be done afterwards."""
    late = []
    for widget in filter(shiboken6.isValid, hidden):
        if widget.isVisible():  # it has come in sight meanwhile
            widget.setAttribute(_OWN_STYLE, False)
            widget.setAttribute(_POLISHED, True)
        elif widget.testAttribute(_POLISHED):  # which Qt would style anew all the same
            late.append(widget)
            # What the sheet that goes has worked out for it is thrown away here: Qt does it for all in one turn.
            widget.style().unpolish(widget)
            widget.setAttribute(_POLISHED, False)
    return late


class _Restyling(QObject):
    """Has hidden widgets take the new sheet, those of a page that is shown meanwhile at once."""

    going_on: _Restyling | None = None
    """Kept here: looking for it among what the application holds, PySide would make all of that for Python."""

    def __init__(self, hidden: list[QWidget], doors: list[QWidget], app: QApplication) -> None:
        super().__init__(app)
        _Restyling.going_on = self
        self._hidden, self._doors = hidden, doors
        for door in filter(shiboken6.isValid, doors):
            door.installEventFilter(self)
        self._turns = Turns(self._steps(), self)

    def end(self) -> list[QWidget]:
        """Stop; what has not taken it yet."""
        _Restyling.going_on = None
        self._turns.stop()
        for door in filter(shiboken6.isValid, self._doors):
            door.removeEventFilter(self)
        self.setParent(None)
        self.deleteLater()
        return [widget for widget in self._hidden if _waits(widget)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            for widget in (watched, *watched.findChildren(QWidget)):
                _restyle(widget)
        return super().eventFilter(watched, event)

    def _steps(self) -> Iterator[None]:
        for widget in self._hidden:
            _restyle(widget)
            yield
        self.end()


def _doors(app: QApplication) -> list[QWidget]:
    """Where what is hidden begins: by showing one of them, all inside may come in sight."""
    doors, seen = [], app.topLevelWidgets()
    while seen:
        widget = seen.pop()
        if widget.isVisible():
            inside = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            seen += [one for one in inside if not one.isWindow()]
        else:
            doors.append(widget)
    return doors


def _waits(widget: QWidget) -> bool:
    return shiboken6.isValid(widget) and not widget.testAttribute(_POLISHED)


def _restyle(widget: QWidget) -> None:
    """What Qt does with each widget when the application is given another style."""
    if _waits(widget):
        widget.style().polish(widget)
        widget.setAttribute(_POLISHED, True)
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
