"""What the views are shown on: a window that comes to rest, dialogs that open and go, menus that stay open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QToolButton, QWidget

from mingxi_desktop.ui import turns
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.window import MainWindow

_PATIENCE = 60.0
"""Seconds after which a window that does not come to rest is looked at as it is."""
_CALM = 4


@dataclass(frozen=True)
class View:
    """One view, at rest.  widget: the window or dialog.  menu: what is open over it."""

    name: str
    widget: QWidget
    menu: QMenu | None = None


class Stage:
    """A main window and what is shown over it; nobody answers dialogs, so none may be executed."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def settle(self) -> None:
        """Let everything that was asked for arrive."""
        settle(self.window.context.worker)

    def view(self, name: str) -> View:
        """The window as it is now, once it has come to rest."""
        self.settle()
        return View(name, self.window)

    def ask(self, fn: Callable[..., Any], *args: Any) -> Any:
        """What fn(ledger, *args) answers."""
        answers: list[Any] = []
        self.window.context.read(fn, *args, done=answers.append, owner=self.window)
        self.settle()
        return answers[0]

    def dialog(self, name: str, make: Callable[[], QDialog]) -> Iterator[View]:
        """A dialog, and each of its pages that a small tab leads to."""
        dialog = make()
        dialog.show()
        dialog.activateWindow()
        try:
            self.settle()
            yield View(name, dialog)
            for pill in pills(dialog)[1:]:
                pill.click()
                self.settle()
                yield View(f"{name}-{pill.text()}", dialog)
        finally:
            dialog.close()
            dialog.deleteLater()

    def menu(self, name: str, menu: QMenu, below: QWidget, at: QPoint | None = None) -> Iterator[View]:
        """An open menu under a button, or at a place of a widget."""
        menu.popup(below.mapToGlobal(at or QPoint(0, below.height())))
        try:
            self.settle()
            yield View(name, self.window, menu)
        finally:
            menu.close()
            self.settle()


def pills(page: QWidget) -> list[QToolButton]:
    """The small tabs of a page or dialog that can be seen and pressed, in their order."""
    found = [button for button in page.findChildren(QToolButton) if button.property("pill")]
    return [button for button in found if button.isVisible() and button.isEnabled()]


def with_menus(page: QWidget) -> list[QToolButton | QPushButton]:
    """The buttons of a page that have a menu and can be seen, in their order."""
    found: list[QToolButton | QPushButton] = [
        *page.findChildren(QToolButton),
        *page.findChildren(QPushButton),
    ]
    return [button for button in found if button.isVisible() and button.menu() is not None]


def settle(worker: Worker) -> None:
    """Let everything arrive that was asked of a worker, and what follows from it."""
    calm, until = 0, time.monotonic() + _PATIENCE
    while calm < _CALM and time.monotonic() < until:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        calm = 0 if worker.busy or turns.under_way() else calm + 1
        time.sleep(0.001)


@contextmanager
def shown(window: MainWindow) -> Iterator[Stage]:
    """A window on the screen, and gone with all that belongs to it at the end."""
    window.show()
    window.activateWindow()
    stage = Stage(window)
    try:
        stage.settle()
        yield stage
    finally:
        window.close()
        window.context.worker.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
