"""The monkey's hands: one random action at a time, on whatever is in front."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from typing import TextIO

import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QDialog, QWidget

from mingxi_desktop.ui import style
from mingxi_desktop.ui.window import MainWindow
from tests.soak.answers import Answers

_None, _Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_Shift, _Alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_K = Qt.Key
_KEYS = (
    *(
        (key, _None)
        for key in (_K.Key_Tab, _K.Key_Return, _K.Key_Escape, _K.Key_Down, _K.Key_Up, _K.Key_Left)
    ),
    *((key, _None) for key in (_K.Key_Right, _K.Key_F2, _K.Key_F4, _K.Key_F6, _K.Key_Delete, _K.Key_Space)),
    *((key, _None) for key in (_K.Key_Home, _K.Key_End, _K.Key_PageDown, _K.Key_Backspace, _K.Key_F1)),
    *((_K.Key_Tab, shift) for shift in (_Shift, _Ctrl)),
    *(
        (key, _Ctrl)
        for key in (_K.Key_N, _K.Key_S, _K.Key_Z, _K.Key_Y, _K.Key_F, _K.Key_C, _K.Key_V, _K.Key_D)
    ),
    *(
        (key, _Ctrl)
        for key in (_K.Key_A, _K.Key_Return, _K.Key_E, _K.Key_I, _K.Key_Home, _K.Key_End, _K.Key_X)
    ),
    *((key, _Ctrl) for key in (_K.Key_1, _K.Key_2, _K.Key_3, _K.Key_4, _K.Key_5, _K.Key_6, _K.Key_7)),
    *((key, _Shift) for key in (_K.Key_Down, _K.Key_Right, _K.Key_Up, _K.Key_Insert)),
    (_K.Key_Down, _Alt),
    (_K.Key_Left, _Alt),
)
_TYPED = ("2024-06-09", "6.9", "12", "-3", "7.6", "gyz", "1,683", "abc", " ", "99999999999", "<b>", "&", "'")
_SPOKEN = (
    "盖洋镇",
    "消防通道堵塞",
    "二月卅",
    "７．６万",
    "１２",
    "Ⅲ级",
    "甲" * 300,
    "，。",
    "𠮷野家",
    "明溪县\n应急",
)
_BLOCKS = (
    "2024-06-09\t盖洋镇\t甲\n2024-06-10\t雪峰镇\t乙",
    "1\n2\n3",
    "",
    "a\tb\tc\td\n" * 40,
    "2024年6月9日",
)
_SIZES = ((1366, 768), (911, 512), (683, 384), (1920, 1080))
_KEPT = 30
_SAFETY = ("backup", "restore", "handover", "settings", "verify", "trash", "batches", "export_all")
_STAYS = ("quit", "open")
"""Actions that would end the run."""


class Hands:
    """Does things to a window at random; `log` has the last ones."""

    def __init__(
        self, window: MainWindow, chance: random.Random, answers: Answers, diary: TextIO | None = None
    ) -> None:
        """diary: every action is written here before it is done, for a run that ends without a word."""
        self._window = window
        self._diary = diary
        for name in _STAYS:
            window.actions_by_name[name].setEnabled(False)
        self._chance = chance
        self._answers = answers
        self.log: deque[str] = deque(maxlen=_KEPT)
        self.done = 0
        self._ways: tuple[tuple[Callable[[QWidget], None], int], ...] = (
            (self._click, 400),
            (self._key, 300),
            (self._type, 100),
            (self._speak, 100),
            (self._action, 80),
            (self._keep_safe, 15),
            (self._leave, 15),
            (self._double, 50),
            (self._choose, 50),
            (self._drag, 40),
            (self._context, 30),
            (self._wheel, 30),
            (self._clipboard, 30),
            (self._drop, 10),
            (self._resize, 10),
            (self._look, 2),
        )

    def act(self) -> None:
        """One action on what is in front: a menu, a dialog, else the window."""
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._front()
        ways, weights = zip(*self._ways, strict=True)
        way = self._chance.choices(ways, weights)[0]
        self.done += 1
        way(front)

    def _front(self) -> QWidget:
        """Mostly the main window, now and then one beside it."""
        beside = [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible() and widget is not self._window and widget.isWindow()
        ]
        return self._chance.choice([*beside, self._window, self._window])

    def _note(self, what: str, at: QWidget | None) -> None:
        name = (
            f"{type(at).__name__}“{(at.accessibleName() or at.objectName())[:20]}”" if at is not None else ""
        )
        self.log.append(f"{self.done}: {what} {name}")
        if self._diary is not None:
            print(self.log[-1], file=self._diary, flush=True)

    def _target(self, front: QWidget) -> QWidget:
        """A widget that can be seen and used."""
        found = [
            widget
            for widget in front.findChildren(QWidget)
            if widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty()
        ]
        return self._chance.choice(found) if found else front

    def _point(self, widget: QWidget) -> QPoint:
        seen = widget.visibleRegion().boundingRect()
        across, down = max(seen.width() - 1, 0), max(seen.height() - 1, 0)
        return seen.topLeft() + QPoint(self._chance.randint(0, across), self._chance.randint(0, down))

    def _focus(self, front: QWidget) -> QWidget:
        return QApplication.focusWidget() or front.focusWidget() or front

    # the ways

    def _click(self, front: QWidget) -> None:
        widget = self._target(front)
        modifier = self._chance.choices((_None, _Ctrl, _Shift), (8, 1, 1))[0]
        self._note("click", widget)
        self._press(widget, self._point(widget), modifier)

    def _double(self, front: QWidget) -> None:
        widget = self._target(front)
        at = self._point(widget)
        self._note("double click", widget)
        self._press(widget, at, _None)
        if shiboken6.isValid(widget):
            self._press(widget, at, _None, twice=True)

    def _press(
        self, widget: QWidget, at: QPoint, modifier: Qt.KeyboardModifier, *, twice: bool = False
    ) -> None:
        """As the window system does it: through the window, whose part under the mouse gets it."""
        window = widget.window().windowHandle()
        place = widget.mapTo(widget.window(), at)
        if window is None:
            return
        (QTest.mouseDClick if twice else QTest.mousePress)(window, _LEFT, modifier, place)
        if shiboken6.isValid(window):
            QTest.mouseRelease(window, _LEFT, modifier, place)

    def _key(self, front: QWidget) -> None:
        key, modifier = self._chance.choice(_KEYS)
        widget = self._focus(front)
        self._note(f"key {key.name} {modifier.name}", widget)
        QTest.keyClick(widget, key, modifier)

    def _type(self, front: QWidget) -> None:
        text = self._chance.choice(_TYPED)
        for sign in text:
            widget = self._focus(front)
            self._note(f"type {sign!r}", widget)
            QTest.keyClicks(widget, sign)
            if not shiboken6.isValid(front):
                return

    def _speak(self, front: QWidget) -> None:
        """An input method: something half written, then the words; sometimes given up."""
        text = self._chance.choice(_SPOKEN)
        widget = self._focus(front)
        self._note(f"commit {text[:12]!r}", widget)
        QApplication.sendEvent(widget, QInputMethodEvent("xiaofang", []))
        done = QInputMethodEvent()
        done.setCommitString(text if self._chance.random() < 0.9 else "")
        if shiboken6.isValid(widget):
            QApplication.sendEvent(widget, done)

    def _action(self, front: QWidget) -> None:
        found = [one for one in front.window().findChildren(QAction) if one.isEnabled() and one.text()]
        found = [one for one in found if one.menu() is None]
        if found:
            action = self._chance.choice(found)
            self._note(f"action {action.text()}", front)
            action.trigger()

    def _keep_safe(self, front: QWidget) -> None:
        """What keeps the ledger safe: a backup now, the dialogs of going back, of handing over, of the settings."""
        action = self._window.actions_by_name[self._chance.choice(_SAFETY)]
        if front is self._window and action.isEnabled():
            self._note(f"safety {action.text()}", front)
            action.trigger()

    def _leave(self, front: QWidget) -> None:
        """Cancel the dialog in front."""
        if isinstance(front, QDialog):
            self._note("cancel", front)
            QTest.keyClick(front, _K.Key_Escape)

    def _choose(self, front: QWidget) -> None:
        boxes = [
            box
            for box in front.findChildren(QComboBox)
            if box.isVisible() and box.isEnabled() and box.count()
        ]
        if boxes:
            box = self._chance.choice(boxes)
            self._note("choose", box)
            place = self._chance.randrange(box.count())
            box.setCurrentIndex(place)
            if shiboken6.isValid(box):
                box.activated.emit(place)

    def _drag(self, front: QWidget) -> None:
        widget = self._target(front)
        top, window = widget.window(), widget.window().windowHandle()
        start, end = (widget.mapTo(top, self._point(widget)) for _ in range(2))
        self._note("drag", widget)
        if window is None:
            return
        QTest.mousePress(window, _LEFT, _None, start)
        for part in (0.3, 0.7, 1.0):
            if shiboken6.isValid(window):
                QTest.mouseMove(window, start + (end - start) * part)
        if shiboken6.isValid(window):
            QTest.mouseRelease(window, _LEFT, _None, end)

    def _context(self, front: QWidget) -> None:
        views = [view for view in front.findChildren(QAbstractItemView) if view.isVisible()]
        widget = self._chance.choice(views).viewport() if views else self._target(front)
        at = self._point(widget)
        self._note("context menu", widget)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)

    def _wheel(self, front: QWidget) -> None:
        widget = self._target(front)
        at = QPointF(self._point(widget))
        self._note("wheel", widget)
        turn = QPoint(0, self._chance.choice((-240, -120, 120, 240)))
        event = QWheelEvent(
            at, widget.mapToGlobal(at), QPoint(), turn, Qt.MouseButton.NoButton,
            self._chance.choice((_None, _None, _Ctrl)), Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def _clipboard(self, front: QWidget) -> None:
        self._note("clipboard", None)
        QGuiApplication.clipboard().setText(self._chance.choice(_BLOCKS))

    def _drop(self, front: QWidget) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in self._answers.files()])
        target = self._window if front is self._window else front
        self._note("drop files", target)
        at = target.rect().center()
        both = (Qt.DropAction.CopyAction, data, _LEFT, _None)
        enter = QDragEnterEvent(at, *both)
        QApplication.sendEvent(target, enter)
        if enter.isAccepted() and shiboken6.isValid(target):
            QApplication.sendEvent(target, QDropEvent(QPointF(at), *both))

    def _resize(self, front: QWidget) -> None:
        size = self._chance.choice(_SIZES)
        self._note(f"resize {size}", self._window)
        self._window.resize(*size)

    def _look(self, front: QWidget) -> None:
        look = self._chance.choice(("light", "dark"))
        self._note(f"appearance {look}", None)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        style.apply(app, look)
