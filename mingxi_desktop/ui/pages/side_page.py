"""What a tab shows beside its ledgers: pages that work something out from them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.ui.context import Context


class SidePage(QWidget):
    """A page with a small tab of its own. It reads what it shows each time it comes in sight."""

    status = Signal(str)
    """What the status bar says of this page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def say(self) -> None:
        """Say in the status bar what the page shows."""
        raise NotImplementedError

    def export(self) -> None:
        """Write what the page shows into a workbook or csv."""
        raise NotImplementedError

    def print(self) -> None:
        """The pages of what is shown, to be printed or saved."""
        raise NotImplementedError
