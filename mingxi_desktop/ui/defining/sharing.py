"""What a share is of: two indicators, or a number that ought to be there."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.indicator_ways import SHARES, Way
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import style
from mingxi_desktop.ui.defining.answer import Answer, Choice, Line, Lines
from mingxi_desktop.ui.defining.picks import PickInput

_TOWNSHIPS, _NUMBER, _SETTING = "townships", "number", "setting"
_PREFIX = "target."
_MOST = 1_000_000_000


class Sharing(QWidget):
    """甲 ÷ 乙, or what ought to be there (应建数)."""

    changed = Signal()

    def __init__(self, book: IndicatorBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.set_state(self, "plain", value=True)
        self._book = book
        self._key = ""
        parts = [
            (item.id, item.label)
            for item in book.indicators
            if item.aggregate is not Aggregate.RATIO and is_amount(item)
        ]
        self._of, self._per = PickInput("甲：分子", self), PickInput("乙：分母", self)
        for pick in (self._of, self._per):
            pick.set_options(parts)
            pick.value_changed.connect(lambda _: self.changed.emit())
        self._target = Choice("应建数")
        self._number = Line("应建几个", "如 12")
        self._number.setMaximumWidth(120)
        line = QWidget()
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._target)
        box.addWidget(self._number)
        box.addStretch(1)
        self._target_answer = Answer(line)
        self.lines = Lines(self)
        self.lines.line("甲：分子(&J)", self._of)
        self.lines.line("乙：分母(&K)", self._per)
        self.lines.line("应建数(&D)", self._target_answer, self._target)
        self._target.currentIndexChanged.connect(lambda _: self._turned())
        self._number.textEdited.connect(lambda _: self.changed.emit())

    def show_indicator(self, indicator: Indicator, way: Way) -> None:
        """Show what a definition says."""
        self._of.set_key(indicator.of)
        self._per.set_key(indicator.per)
        own = indicator.target in ("", f"{_PREFIX}{indicator.id}")
        self._key = "" if own else indicator.target
        options = [(_TOWNSHIPS, "乡镇的个数"), (_NUMBER, "写明个数")]
        if self._key:
            options.append((_SETTING, "按【工具 → 设置】里填的"))
        key = _SETTING if self._key else _NUMBER if indicator.default_target else _TOWNSHIPS
        self._target.set_options(tuple(options), key)
        self._number.setText(str(indicator.default_target) if own and indicator.default_target else "")
        self._number.setVisible(key == _NUMBER)
        self.fit(way)

    def fit(self, way: Way) -> bool:
        """Show only what the way needs; whether that is anything."""
        self.lines.setRowVisible(self._of, way is Way.RATIO)
        self.lines.setRowVisible(self._per, way is Way.RATIO)
        self.lines.setRowVisible(self._target_answer, way in SHARES)
        return way is Way.RATIO or way in SHARES

    def completed(self, indicator: Indicator, way: Way) -> Indicator:
        """The indicator with what it is a share of; UserError where that is missing."""
        if way is Way.RATIO:
            return self._ratio(indicator)
        if way not in SHARES:
            return indicator
        key = self._target.key()
        if key == _SETTING:
            known = self._book.by_id.get(indicator.id)
            return replace(indicator, target=self._key, default_target=known.default_target if known else 0)
        number = self._typed() if key == _NUMBER else 0
        return replace(indicator, target=f"{_PREFIX}{indicator.id}", default_target=number)

    def widgets(self) -> list[QWidget]:
        """What Tab comes to, in order."""
        return [self._of.editor, self._per.editor, self._target, self._number]

    def set_error(self, key: str, message: str) -> QWidget | None:
        """Say what is wrong with a key; the widget it is said at, None where it is not here."""
        pick = {"of": self._of, "per": self._per}.get(key)
        if pick is not None:
            pick.set_error(message)
            return pick
        if key not in ("target", "default_target"):
            return None
        self._target_answer.set_error(message)
        return self._target_answer

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for key in ("of", "per", "target"):
            self.set_error(key, "")

    def _ratio(self, indicator: Indicator) -> Indicator:
        for key, pick, said in (("of", self._of, "甲"), ("per", self._per, "乙")):
            if not pick.key():
                typed = pick.text()
                raise UserError(f"没有叫“{typed}”的指标" if typed else f"选一个指标作{said}", field=key)
        kind = self._book.get(self._of.key()).kind
        return replace(indicator, kind=kind, of=self._of.key(), per=self._per.key())

    def _typed(self) -> int:
        text = self._number.text().strip()
        if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= _MOST:
            raise UserError("应建数写一个整数，如 12", field="target")
        return int(text)

    def _turned(self) -> None:
        self._number.setVisible(self._target.key() == _NUMBER)
        self.changed.emit()
