"""The proof of a number in a dialog of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.proof import IndicatorProof
from mingxi_desktop.ui.shapes import button, row


class IndicatorDialog(QDialog):
    """Shows an `IndicatorProof`; going to a record closes it."""

    def __init__(self, context: Context, indicator: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("指标溯源")
        self.resize(640, 560)
        column = QVBoxLayout(self)
        self.proof = IndicatorProof(context)
        self.proof.opened.connect(self.accept)
        column.addWidget(self.proof, 1)
        close = button("关闭", self.reject, primary=True)
        close.setDefault(True)
        column.addLayout(row(None, close))
        self.proof.show_indicator(indicator)
