"""A window that is done with, destroyed page by page: all at once, some thousand widgets hold up the next one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from mingxi_desktop.ui.turns import Turns


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
        owner = QObject(app)
        Turns(_steps(window, owner), owner)


def _steps(window: QMainWindow, owner: QObject) -> Iterator[None]:
    body, directly = window.centralWidget(), Qt.FindChildOption.FindDirectChildrenOnly
    stack = body.findChild(QStackedWidget, options=directly) if body is not None else None
    if isinstance(stack, QStackedWidget):
        pages = [stack.widget(place) for place in range(stack.count())]
        stack.blockSignals(True)  # nobody has to do with the page that comes in front
        # Else the stack would show the next page in the midst of each one's end.
        stack.setCurrentIndex(stack.addWidget(QWidget()))
        for page in filter(None, pages):
            shiboken6.delete(page)
            yield
    window.deleteLater()
    owner.deleteLater()
    gc.unfreeze()  # an import has kept it from the search for cycles
