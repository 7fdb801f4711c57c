"""One key indicator of the first page, with last year's beside it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.wording import change_sentence, plain
from mingxi_desktop.ui import style
from mingxi_desktop.ui.proof import value_words
from mingxi_desktop.ui.shapes import label, thousands

WIDTH = 164
"""Pixels a card needs."""
_SIDE, _ABOVE = 10, 8


class IndicatorCard(QPushButton):
    """Name, figure, and what has changed; a click opens its proof."""

    proof_wanted = Signal(str)
    """The indicator's id."""

    def __init__(self, value: IndicatorValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.indicator = value.indicator.id
        style.set_state(self, "indicator", value=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE)
        column.setSpacing(2)
        figure, last = value_words(value), compared(value)
        for text, role in ((value.indicator.label, "muted"), (figure, "figure"), (last, "muted")):
            part = label(text, role)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        self.setMinimumWidth(1)
        self.setAccessibleName(f"{value.indicator.label} {figure}，{last}")
        self.setToolTip("\n".join(filter(None, (_sentence(value), value.problem, "点开看它由哪些记录算出"))))
        self.clicked.connect(lambda: self.proof_wanted.emit(self.indicator))


def compared(value: IndicatorValue) -> str:
    """Last year and what has changed in a few words: 去年 1,502　▲ 增 12.1%."""
    if value.last_year is None:
        return "去年没有记录"
    last = f"去年 {thousands(value.last_year_text)}"
    before = value.last_year
    if value.change is None or not isinstance(before, (int, Decimal)):
        return last
    if not value.change:
        return f"{last}　＝ 持平"
    more = value.change > 0
    mark, word = ("▲", "增") if more else ("▼", "减")
    if value.indicator.unit == "%":
        return f"{last}　{mark} {'升' if more else '降'} {plain(abs(value.change))} 点"
    if not before:
        return f"{last}　{mark} {word} {plain(abs(value.change))}"
    return f"{last}　{mark} {word} {plain(round(abs(value.change * 100 / before), 1))}%"


def _sentence(value: IndicatorValue) -> str:
    now, before = value.value, value.last_year
    if isinstance(now, str) or isinstance(before, str) or now is None:
        return ""
    return change_sentence(now, before, value.indicator.unit)
