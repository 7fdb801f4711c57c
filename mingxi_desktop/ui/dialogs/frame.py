"""A dialog with its page of the manual: what nearly all dialogs are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from mingxi_desktop.ui.dialogs.bare_frame import BareFrame


class Frame(BareFrame):
    """A dialog in which F1 opens the manual; the page is named in `manual_pages`, or by the dialog itself."""

    def __init__(self, title: str, width: int, height: int = 0, parent: QWidget | None = None) -> None:
        """height: as `BareFrame` has it."""
        super().__init__(title, width, height, parent)
        manual = QAction(self)  # an action of the dialog, for what is shown over it to have, too
        manual.setShortcut(QKeySequence(Qt.Key.Key_F1))
        manual.triggered.connect(self._help)
        self.addAction(manual)

    def _help(self) -> None:
        from mingxi_desktop.ui.dialogs.manual import open_manual

        open_manual(self)
