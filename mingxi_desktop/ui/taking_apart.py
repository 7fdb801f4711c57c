"""A window that is done with, destroyed page by page: all at once, some thousand widgets hold up the next one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from mingxi_desktop.ui.turns import Turns

_AT_ONCE = 60
"""Widgets that are destroyed in a few milliseconds."""
_DIRECTLY = Qt.FindChildOption.FindDirectChildrenOnly


def let_go(window: QMainWindow) -> None:
    """Destroy a window of pages in turns, as soon as `deleteLater` would have destroyed it.

    Until then it is seen as it is: another one may take its place meanwhile.
    """
    moment = QObject(window)
    moment.destroyed.connect(partial(_take_apart, window))
    moment.deleteLater()


def _take_apart(window: QMainWindow) -> None:
    app = QCoreApplication.instance()
    if app is not None and shiboken6.isValid(window):
        window.hide()
        _quiet(window)
        owner = QObject(app)
        Turns(_steps(window, owner), owner)


def _quiet(window: QMainWindow) -> None:
    """Nothing in it begins any more: part of what it would do it with is gone already."""
    for turns in window.findChildren(Turns):
        turns.stop()
    for timer in window.findChildren(QTimer):
        timer.stop()


def _steps(window: QMainWindow, owner: QObject) -> Iterator[None]:
    body = window.centralWidget()
    stack = body.findChild(QStackedWidget, options=_DIRECTLY) if body is not None else None
    if isinstance(stack, QStackedWidget):
        yield from _emptied(stack)
    window.deleteLater()
    owner.deleteLater()
    gc.unfreeze()  # an import has kept it from the search for cycles


def _emptied(stack: QStackedWidget) -> Iterator[None]:
    """Destroy the pages of a stack one after the other."""
    pages = [stack.widget(place) for place in range(stack.count())]
    stack.blockSignals(True)  # nobody has to do with the page that comes in front
    # Else the stack would show the next page in the midst of each one's end.
    stack.setCurrentIndex(stack.addWidget(QWidget()))
    for page in filter(None, pages):
        yield from _destroyed(page)


def _destroyed(widget: QWidget) -> Iterator[None]:
    """Destroy a widget, before it what is in it where that is much."""
    if len(widget.findChildren(QWidget)) > _AT_ONCE:
        if isinstance(widget, QStackedWidget):
            yield from _emptied(widget)
        else:
            for part in _parts(widget):
                yield from _destroyed(part)
    shiboken6.delete(widget)
    yield


def _parts(widget: QWidget) -> list[QWidget]:
    """What our own code has put into a widget; what Qt's widgets are made of goes with them alone."""
    if isinstance(widget, QScrollArea):
        return [inside] if (inside := widget.widget()) else []
    if isinstance(widget, QSplitter):
        return list(filter(None, map(widget.widget, range(widget.count()))))
    if isinstance(widget, QAbstractScrollArea | QComboBox | QAbstractSpinBox):
        return []
    return [part for part in widget.findChildren(QWidget, options=_DIRECTLY) if not part.isWindow()]
