"""What is to be said of the chosen number: the verdict, its sentence, and the records its indicator is made of."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.report.proofreading.model import Checked, Verdict
from mingxi_desktop.report.proofreading.telling import sentence
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.proof import IndicatorProof
from mingxi_desktop.ui.proofreading.look import LOOKS
from mingxi_desktop.ui.shapes import button, label

_ASK = "选一个数，看它对不对、由哪些记录算出"
OTHER, NONE, AUTO = "这是另一个指标…", "不是指标", "恢复自动识别"


class VerdictCard(QWidget):
    """Shows one number of a draft."""

    other_wanted = Signal()
    """The clerk wants to say which indicator it is."""
    none_wanted = Signal()
    """The clerk says that it is no indicator at all."""
    auto_wanted = Signal()
    """What the clerk said of it before no longer holds."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = label(_ASK, "title")
        self._sentence = label(role="muted")
        for part in (self._verdict, self._sentence):
            part.setWordWrap(True)
        self._other = button(OTHER, self.other_wanted.emit, self, link=True)
        self._none = button(NONE, self.none_wanted.emit, self, link=True, tip="这个数不用和台账核对")
        self._auto = button(AUTO, self.auto_wanted.emit, self, link=True, tip="不再按您指定的，由程序识别")
        self.proof = IndicatorProof(context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF + 2)
        column.addWidget(self._verdict)
        column.addWidget(self._sentence)
        column.addLayout(flow([self._other, self._none, self._auto], []))
        column.addWidget(self.proof, 1)
        column.addStretch(0)
        self.clear()

    def clear(self) -> None:
        """No number is chosen."""
        self._verdict.setText(_ASK)
        style.set_state(self._verdict, "role", "muted")
        for part in (self._sentence, self._other, self._none, self._auto, self.proof):
            part.hide()

    def show_number(self, one: Checked, *, said: bool, as_of: datetime.date | None = None) -> None:
        """Show a number.  said: the clerk has said what it is.  as_of: day up to which records count."""
        self._verdict.setText(f"{LOOKS[one.verdict].sign} {sentence(one)}")
        style.set_state(
            self._verdict, "role", "" if one.verdict is Verdict.UNKNOWN else LOOKS[one.verdict].role
        )
        self._sentence.setText(f"原文：{one.sentence.strip()}")
        self._sentence.show()
        self._other.show()
        self._none.setVisible(bool(one.indicator) or not said)
        self._auto.setVisible(said)
        self.proof.setVisible(bool(one.indicator))
        if one.indicator:
            self.proof.show_indicator(one.indicator, as_of)
