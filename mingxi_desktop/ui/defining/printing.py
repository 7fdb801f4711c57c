"""How the number is printed: its unit and its wording, each wording with what it would print."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain import indicator_ways
from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.domain.indicator_ways import MONEY_UNITS, PERCENT, SUMMING, Way
from mingxi_desktop.domain.indicators import Indicator, IndicatorValue
from mingxi_desktop.domain.wording import Value
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import style
from mingxi_desktop.ui.defining.answer import Answer, Choice, Lines
from mingxi_desktop.ui.defining.picks import FreeInput

_USUAL = ("条", "次", "场", "人", "人次", "家", "处", "个", "支", "起", "台", "件", "套", "户", "份")
_UNIT_WIDTH = 160
_STANDING_IN = "个"
"""The unit while none has been given."""


class Printing(QWidget):
    """How the number is printed: its unit (单位) and the rule of its wording (措辞), each shown with the value."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.set_state(self, "plain", value=True)
        self._way, self._fields = Way.SUM, tuple[Field, ...]()
        self._value: Value = None
        self._typed = False
        self._usual_rule: tuple[Way, str] | None = None
        self._unit = FreeInput("单位", self)
        self._unit.line.setPlaceholderText("如 条、人次、万元")
        self._unit.setFixedWidth(_UNIT_WIDTH)
        self._rule = Choice("怎么印")
        self._wording = Answer(self._rule)
        self.lines = Lines(self)
        self.lines.line("单位(&U)", self._unit)
        self.lines.line("怎么印(&P)", self._wording)
        self._unit.value_changed.connect(lambda _: self._type())
        self._rule.currentIndexChanged.connect(lambda _: self.changed.emit())

    def show_indicator(self, indicator: Indicator, way: Way, fields: Sequence[Field], *, typed: bool) -> None:
        """Show what a definition says.  typed: its unit is meant as it is, whatever the fields are."""
        self._typed = False
        self.fit(way, fields, "")
        self._typed = typed and way not in PERCENT
        if typed:
            self._unit.set_text(indicator.unit)
        self._usual_rule = way, indicator.wording
        self._offer(indicator.wording)

    def fit(self, way: Way, fields: Sequence[Field], item_unit: str) -> None:
        """The unit and the wordings that fit.  item_unit: of the one supply that is counted."""
        before, self._way, self._fields = self._way, way, tuple(fields)
        money = bool(fields) and fields[0].type is FieldType.MONEY and way in SUMMING and way not in PERCENT
        usual = indicator_ways.unit_for(way, fields)
        if item_unit and way not in PERCENT and not money:
            usual = item_unit
        offered = MONEY_UNITS if money else (usual,) if way in PERCENT else (usual, *_USUAL)
        self._unit.set_options([(one, one) for one in dict.fromkeys(offered) if one])
        now = self._unit.text()
        fits = (now in MONEY_UNITS) == money and way not in PERCENT and now != "%"
        if not (self._typed and fits):
            self._unit.set_text(usual)
            self._typed = False
        self._unit.set_read_only(way in PERCENT)
        self.lines.setRowVisible(self._unit, indicator_ways.with_unit(way, fields))
        # How a number is rounded says nothing of how a percentage is.
        self._offer(self._rule.key() if (before in PERCENT) == (way in PERCENT) else "")

    def show_value(self, value: IndicatorValue | None) -> None:
        """Offer the wordings as they would print this value; None while it is not known."""
        number = None if value is None else value.value if value.exactly is None else value.exactly
        if number != self._value:
            self._value = number
            self._offer(self._rule.key())

    def unit(self, *, final: bool) -> str:
        """The unit; UserError where it is missing and wanted."""
        text = self._unit.text()
        if final and not text:
            raise UserError("写上单位，如 条、人次", field="unit")
        return text or _STANDING_IN

    def rule(self) -> str:
        """The chosen rule of `wording.py`: "exact", "near:100" and the like."""
        return self._rule.key()

    def widgets(self) -> list[QWidget]:
        """What Tab comes to, in order."""
        return [self._unit.editor, self._rule]

    def set_error(self, key: str, message: str) -> QWidget | None:
        """Say what is wrong with a key; the widget it is said at, None where it is not here."""
        if key == "unit":
            self._unit.set_error(message)
            return self._unit
        if key == "wording":
            self._wording.set_error(message)
            return self._wording
        return None

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        self._unit.set_error("")
        self._wording.set_error("")

    def _offer(self, kept: str) -> None:
        unit = self._unit.text()
        known = dict(indicator_ways.wordings_for(self._way, self._fields))
        if self._usual_rule is not None and self._usual_rule[0] is self._way:
            known.setdefault(self._usual_rule[1], "原来的措辞")
        options = []
        for rule, said in known.items():
            shown = indicator_ways.sample(rule, self._way, self._value, unit)
            options.append((rule, f"{shown}　{said}"))
        self._rule.set_options(tuple(options), kept if kept in known else options[0][0])

    def _type(self) -> None:
        self._typed = True
        self.changed.emit()
