"""Locking the window: by hand, and by itself when nobody has touched key or mouse for a while.

Whatever is open stays as it is below a cover: dialogs wait, forms keep their text, long work goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.locking import Check
from mingxi_desktop.ui import veil, waiting
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.cover import TITLE, Cover
from mingxi_desktop.ui.dialogs.unlock import Pause
from mingxi_desktop.ui.garbage import TOUCHES

MINUTES = "lock.minutes"
"""Setting in the ledger file: minutes after which the window locks; "" for never."""
CHOICES = (5, 10, 15, 30)

_Kind = QEvent.Type
_INPUT = TOUCHES | {
    _Kind.KeyRelease,
    _Kind.MouseButtonRelease,
    _Kind.MouseButtonDblClick,
    _Kind.ContextMenu,
    _Kind.Shortcut,
    _Kind.DragEnter,
    _Kind.DragMove,
    _Kind.Drop,
    _Kind.ToolTip,
    _Kind.WhatsThis,
}
"""What is for the covers alone while they are there."""


_FLEETING = (Qt.WindowType.ToolTip, Qt.WindowType.Popup)
"""Windows that come and go with what is below them."""


class Lock(QObject):
    """Covers all windows of the program, and takes the covers off for the right password."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._check: Check | None = None
        self._minutes = 0
        self._touched = _now()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._covers: dict[QWidget, Cover] = {}
        self._titles: dict[QWidget, str] = {}
        self._focus: QWidget | None = None
        self._pause: Pause | None = None
        self._watching = False
        self.renew()

    @property
    def ready(self) -> bool:
        """Whether there is a password to unlock with."""
        return self._check is not None

    @property
    def locked(self) -> bool:
        """Whether the covers are there."""
        return bool(self._covers)

    def renew(self, then: Callable[[], object] = lambda: None) -> None:
        """Read password and minutes anew.  then: done once they are there."""

        def done(found: tuple[Check | None, int]) -> None:
            self._check, self._minutes = found
            self._begin()
            then()

        self._context.read(_read, done=done, owner=self)

    def lock(self) -> None:
        """Cover everything; without a password there is nothing to unlock with, and nothing happens."""
        if self._check is None or self.locked:
            return
        from mingxi_desktop.ui.dialogs.unlock import Pause

        self._focus = QApplication.focusWidget()
        self._watch(on=True)
        while popup := QApplication.activePopupWidget():
            popup.close()
        QToolTip.hideText()
        veil.current().lift(False)
        self._pause = Pause()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)

    def look(self) -> None:
        """Lock if nobody has touched anything for long enough; also after the PC has slept, when no timer ran."""
        if self._check is None or not self._minutes or self.locked:
            return
        left = self._minutes * 60.0 - max(now - then for now, then in zip(_now(), self._touched, strict=True))
        if left > 0:
            self._timer.start(int(left * 1_000) + 1)
        else:
            self.lock()

    def unlock(self, password: str) -> None:
        """Take the covers off if this is the password; else say so, and wait a little."""
        check = self._check
        for cover in self._covers.values():
            cover.allow(on=False)
        if check is None or waiting.on_its_own("正在核对口令……", check.matches, password):
            self._uncover()
            return
        seconds = self._pause.after_wrong() if self._pause is not None else 0
        for cover in self._covers.values():
            cover.tell("▲ 口令不对。核对大小写和输入法，再输入一次。")
        self._wait(seconds)

    # inside

    def _begin(self) -> None:
        """Count the minutes, where there is anything to count."""
        self._timer.stop()
        self._touched = _now()
        counting = self._check is not None and self._minutes > 0
        if counting and not self.locked:
            self._timer.start(self._minutes * 60_000)
        self._watch(on=counting or self.locked)

    def _watch(self, *, on: bool) -> None:
        app = QApplication.instance()
        if on != self._watching and app is not None:
            self._watching = on
            (app.installEventFilter if on else app.removeEventFilter)(self)

    def _wait(self, seconds: int) -> None:
        """No password is taken for so long; the seconds are counted on the button."""
        for cover in self._covers.values():
            cover.allow(on=not seconds, text=f"解锁（{seconds} 秒后）" if seconds else "解锁")
        if seconds and self._covers:
            QTimer.singleShot(1_000, self, partial(self._wait, seconds - 1))

    def _cover(self, window: QWidget) -> None:
        if window.windowType() in _FLEETING:
            window.hide()
            return
        from mingxi_desktop.ui.cover import Cover

        cover = Cover(window)
        cover.given.connect(self.unlock)
        self._covers[window] = cover
        self._titles[window] = window.windowTitle()
        window.destroyed.connect(partial(self._forget, window))
        window.setWindowTitle(TITLE)

    def _forget(self, window: QWidget, _gone: object = None) -> None:
        self._covers.pop(window, None)
        self._titles.pop(window, None)

    def _uncover(self) -> None:
        covers, titles = self._covers, self._titles
        self._covers, self._titles = {}, {}
        for window, cover in covers.items():
            window.setWindowTitle(titles[window])
            cover.hide()
            cover.deleteLater()
        self._begin()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus()
        self._focus = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not self._covers:
            if kind in TOUCHES:
                self._touched = _now()
            elif kind == _Kind.FocusOut and watched is self._focus:
                return True  # it has not been left: what is being typed and chosen in it stays as it is
            return False
        if kind in _INPUT:
            return not self._for_cover(watched)
        if kind == _Kind.FocusOut and watched is self._focus:
            return True
        if isinstance(watched, QWidget) and watched.isWindow():
            self._of_window(watched, kind)
        return False

    def _for_cover(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return any(watched is cover or cover.isAncestorOf(watched) for cover in self._covers.values())
        from PySide6.QtGui import QWindow

        # The system's window hands on to its widgets; a command of the menu hands on to nobody.
        return isinstance(watched, QWindow)

    def _of_window(self, window: QWidget, kind: QEvent.Type) -> None:
        """A window that opens, changes its size or is given another title meanwhile."""
        cover = self._covers.get(window)
        if kind == _Kind.Show and cover is None:
            self._cover(window)
        elif kind == _Kind.Resize and cover is not None:
            cover.fit()
        elif kind == _Kind.WindowTitleChange and cover is not None and window.windowTitle() != TITLE:
            self._titles[window] = window.windowTitle()
            window.setWindowTitle(TITLE)


def _now() -> tuple[float, float]:
    """Seconds by both clocks: one of them may stand still while the PC sleeps."""
    return time.time(), time.monotonic()


def _read(ledger: Ledger) -> tuple[Check | None, int]:
    minutes = ledger.setting(MINUTES)
    return ledger.remarks.password_check, int(minutes) if minutes.isdecimal() else 0
