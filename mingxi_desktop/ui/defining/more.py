"""What an indicator seldom needs: which date counts, agreement, place in the report, its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.indicator_rules import PARENT, nameable
from mingxi_desktop.domain.indicator_ways import TIMELESS, Way
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.ui import style
from mingxi_desktop.ui.defining.answer import Answer, Choice, Line, Lines
from mingxi_desktop.ui.defining.picks import PickInput

_DAYS = (FieldType.DATE, FieldType.DATETIME)


class MoreOptions(QWidget):
    """The lines under 更多. `settings` gives them as they stand in a definition."""

    changed = Signal()

    def __init__(self, book: IndicatorBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.set_state(self, "plain", value=True)
        self._date = Choice("按哪个日期算年度")
        self._until = Choice("截止日期以后的不算")
        self._whole = _tick("上级项目已经算进去的，下级不再加(&B)")
        self._complete = _tick("每个乡镇都报齐了才算(&V)")
        self._names = _tick("同时列出名称(&Q)")
        self._names.setToolTip("在报告文字里用“指标.names”插入名称，如 某某演练、某某演练")
        self._agrees = PickInput("必须和它一致的指标", self)
        self._section = Line("报告位置", "如 一(三)一是，可以空着")
        self._note = Line("口径说明", "写在口径后面，可以空着")
        self._id = Line("编号", "小写字母、数字，由程序自动编")
        options = [(item.id, item.label) for item in book.indicators]
        self._agrees.set_options(options)
        self.lines = Lines(self)
        self.answers: Mapping[str, Answer] = {
            name: Answer(editor)
            for name, editor in (
                ("date", self._date),
                ("until", self._until),
                ("section", self._section),
                ("note", self._note),
                ("id", self._id),
            )
        }
        self.lines.line("按哪个日期(&R)", self.answers["date"])
        self.lines.line("截止日期(&X)", self.answers["until"])
        for tick in (self._whole, self._complete, self._names):
            self.lines.addRow("", tick)
        self.lines.line("必须和它一致(&G)", self._agrees)
        self.lines.line("报告位置(&E)", self.answers["section"])
        self.lines.line("口径说明(&O)", self.answers["note"])
        self.lines.line("编号(&I)", self.answers["id"])
        self._listen()

    def _listen(self) -> None:
        for choice in (self._date, self._until):
            choice.currentIndexChanged.connect(lambda _: self.changed.emit())
        for tick in (self._whole, self._complete, self._names):
            tick.toggled.connect(lambda _: self.changed.emit())
        for line in (self._section, self._note, self._id):
            line.textEdited.connect(lambda _: self.changed.emit())
        self._agrees.value_changed.connect(lambda _: self.changed.emit())

    def show_indicator(self, indicator: Indicator, kind: Kind, way: Way, *, id_fixed: bool) -> None:
        """Show what a definition says."""
        self.fit(kind, way)
        self._date.set_key(indicator.date)
        self._until.set_key(indicator.until)
        for tick, on in (
            (self._whole, indicator.whole),
            (self._complete, indicator.complete),
            (self._names, indicator.names),
        ):
            tick.setChecked(on)
        self._agrees.set_key(indicator.agrees_with)
        self._section.setText(indicator.section)
        self._note.setText(indicator.note)
        self._id.setText(indicator.id if id_fixed else "")
        self._id.setReadOnly(id_fixed)
        self._id.setToolTip("编号不能改：报告文字里用着它" if id_fixed else self._id.placeholderText())

    def fit(self, kind: Kind, way: Way) -> None:
        """Show only what fits a ledger and a way."""
        days = tuple(
            (field.name, field.label) for field in kind.fields if field.type in _DAYS and field.stored
        )
        usual = kind.field(kind.date).label
        self._date.set_options((("", f"{usual}（平常的）"), *(day for day in days if day[0] != kind.date)))
        self._until.set_options(
            (("", "都算"), *((name, f"{said}在截止日期以后的不算") for name, said in days))
        )
        timed = way not in TIMELESS
        self.lines.setRowVisible(self.answers["date"], timed and len(days) > 1)
        self.lines.setRowVisible(self.answers["until"], timed and len(days) > 1)
        self.lines.setRowVisible(self._whole, kind.has(PARENT) and way is Way.SUM)
        self.lines.setRowVisible(self._complete, way is Way.TALLY)
        self.lines.setRowVisible(self._names, nameable(kind) and way is not Way.RATIO)

    def settings(self, kind: Kind, way: Way) -> dict[str, Any]:
        """Values by key of a definition, without those that do not fit it."""
        timed = way not in TIMELESS
        return {
            "date": self._date.key() if timed else "",
            "until": self._until.key() if timed else "",
            "whole": self._whole.isChecked() and kind.has(PARENT) and way is Way.SUM,
            "complete": self._complete.isChecked() and way is Way.TALLY,
            "names": self._names.isChecked() and nameable(kind) and way is not Way.RATIO,
            "agrees_with": self._agrees.key(),
            "section": self._section.text().strip(),
            "note": self._note.text().strip(),
        }

    def id(self) -> str:
        """The id as typed; "" where it is to be made."""
        return self._id.text().strip()

    def offer_id(self, id: str) -> None:
        """What id the program would take."""
        self._id.setPlaceholderText(f"不写就用程序编的 {{{id}}}")

    def widgets(self) -> list[QWidget]:
        """What Tab comes to, in order."""
        ticks = (self._whole, self._complete, self._names)
        return [self._date, self._until, *ticks, self._agrees.editor, self._section, self._note, self._id]

    def set_error(self, key: str, message: str) -> QWidget | None:
        """Say what is wrong with a key; the widget it is said at, None where it is not here."""
        if key == "agrees_with":
            self._agrees.set_error(message)
            return self._agrees
        answer = self.answers.get(key)
        if answer is not None:
            answer.set_error(message)
        return answer

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        self._agrees.set_error("")
        for answer in self.answers.values():
            answer.set_error("")

    def unknown(self) -> str:
        """What is wrong with the other indicator as typed; "" for nothing."""
        typed = self._agrees.text()
        return f"没有叫“{typed}”的指标，从列表里选" if typed and not self._agrees.key() else ""


def _tick(text: str) -> QCheckBox:
    return QCheckBox(text)
