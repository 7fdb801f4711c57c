"""The proof of a number in a dialog of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.proof import IndicatorProof
from mingxi_desktop.ui.shapes import button


class IndicatorDialog(Frame):
    """Shows an `IndicatorProof`; going to a record closes it."""

    def __init__(
        self, context: Context, indicator: str, parent: QWidget | None = None, *, period: Period | None = None
    ) -> None:
        """period: the span of the number; the context's year where none is given."""
        which = f" · {period.year}年" if period is not None and period.year != context.year else ""
        super().__init__(f"指标溯源{which}", 640, 560, parent)
        self.proof = IndicatorProof(context)
        self.proof.opened.connect(self.accept)
        self.scrolled().addWidget(self.proof, 1)
        close = button("关闭", self.reject, primary=True)
        self.close_with(None, close, default=close)
        self.proof.show_indicator(indicator, period=period)
