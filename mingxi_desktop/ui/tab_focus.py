"""The keyboard's mark on the tabs: only where somebody has put it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QToolButton, QWidget


class TabFocus(QObject):
    """Takes the focus off tabs that got it only because what had it was hidden.

    chosen: the name of the tab in front.  body: what has the focus instead.
    """

    def __init__(
        self, tabs: Mapping[str, QToolButton], chosen: Callable[[], str], body: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tabs, self._chosen, self._body = tabs, chosen, body
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def keep_off(self) -> None:
        """When the page with the focus goes, Qt gives it to the first tab, which then looks chosen too."""
        if any(tab.hasFocus() for name, tab in self._tabs.items() if name != self._chosen()):
            self._body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """What had the focus was hidden: that is no reason for a tab to look chosen."""
        if old is None or now not in self._tabs.values() or old in self._tabs.values():
            return

        def look() -> None:
            if not (shiboken6.isValid(old) and old.isVisible()):
                self.keep_off()

        # Qt moves the focus on before it hides the widget.
        QTimer.singleShot(0, self, look)
