"""One key indicator of the first page, with last year's beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.comparing import compared
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.ui import style
from mingxi_desktop.ui.shapes import label, thousands, thousands_within
from mingxi_desktop.ui.value_words import value_words

WIDTH = 164
"""Pixels a card needs."""
_SIDE, _ABOVE = 10, 8


class IndicatorCard(QPushButton):
    """Name, figure, and what has changed; a click opens its proof."""

    proof_wanted = Signal(str)
    """The indicator's id."""

    def __init__(self, value: IndicatorValue, year: int, parent: QWidget | None = None) -> None:
        """value: of that year."""
        super().__init__(parent)
        self.setAutoDefault(False)
        self.indicator = value.indicator.id
        style.set_state(self, "indicator", value=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE)
        column.setSpacing(2)
        figure, last = value_words(value), last_words(value)
        for text, role in ((value.indicator.label, "muted"), (figure, "figure"), (last, "muted")):
            part = label(text, role, self)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        self.setMinimumWidth(1)
        self.setAccessibleName(f"{value.indicator.label} {figure}，{last}")
        self.setToolTip(
            "\n".join(filter(None, (_sentence(value, year), value.problem, "点开看它由哪些记录算出")))
        )
        self.clicked.connect(lambda: self.proof_wanted.emit(self.indicator))


def last_words(value: IndicatorValue) -> str:
    """The year before and what has changed in a few words: 上年 1,502　▲ 增 12.1%."""
    if value.last_year is None:
        return "上年没有记录"
    last = f"上年 {thousands(value.last_year_text)}"
    found = compared(value)
    short = thousands(found.short()) if found is not None else ""
    return f"{last}　{short}" if short else last


def _sentence(value: IndicatorValue, year: int) -> str:
    found = compared(value)
    return thousands_within(found.sentence(year)) if found is not None else ""
