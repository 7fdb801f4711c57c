"""What must be looked into before a report is signed, a line each; a click leads to the number in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mingxi_desktop.ui import theme
from mingxi_desktop.ui.shapes import label

_INDICATOR = Qt.ItemDataRole.UserRole


class ReportDoubts(QWidget):
    """Hidden while there are none."""

    chosen = Signal(str)
    """The indicator of the line that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(role="warning")
        self.lines = QListWidget(self)
        self.lines.setAccessibleName("待核的地方")
        self.lines.setWordWrap(True)
        self.lines.setFrameShape(QListWidget.Shape.NoFrame)
        self.lines.setSpacing(1)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.itemClicked.connect(self._choose)
        self.lines.itemActivated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(self._title)
        column.addWidget(self.lines, 1)
        self.hide()

    def show_doubts(self, warnings: Sequence[str], spoken_of: Mapping[str, str]) -> None:
        """Show these sentences.  spoken_of: sentence → indicator; the others lead nowhere."""
        self._title.setText(f"▲ {len(warnings)} 处待核")
        self.lines.clear()
        for sentence in warnings:
            item = QListWidgetItem(sentence)
            item.setToolTip(sentence)
            if sentence in spoken_of:
                item.setData(_INDICATOR, spoken_of[sentence])
                item.setToolTip(f"{sentence}。点一下，到正文里的这个数")
            self.lines.addItem(item)
        self.setVisible(bool(warnings))

    def __len__(self) -> int:
        return self.lines.count()

    def _choose(self, item: QListWidgetItem) -> None:
        indicator = item.data(_INDICATOR)
        if indicator:
            self.chosen.emit(indicator)
