"""The form of an indicator: a name, a ledger, how to count, under which conditions, and how it is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.domain import indicator_ways, indicator_where
from mingxi_desktop.domain.indicator_book import fresh_id
from mingxi_desktop.domain.indicator_ways import TIMELESS, WITH_FIELD, Way
from mingxi_desktop.domain.indicator_where import Ask
from mingxi_desktop.domain.indicators import Indicator, IndicatorValue
from mingxi_desktop.domain.kinds import ALL, TABS, kind_of
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.defining import Desk
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.defining.answer import Answer, Choice, Line, Lines, at_work
from mingxi_desktop.ui.defining.conditions import Conditions
from mingxi_desktop.ui.defining.fields import FieldChoice
from mingxi_desktop.ui.defining.more import MoreOptions
from mingxi_desktop.ui.defining.printing import Printing
from mingxi_desktop.ui.defining.sharing import Sharing
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.sources import Sources
from mingxi_desktop.ui.shapes import toggle

NO_NAME = "新指标"
_YEARS = (
    (1, "只算当年"),
    (2, "近两年（含当年）"),
    (3, "近三年"),
    (4, "近四年"),
    (5, "近五年"),
    (10, "近十年"),
)
_INNER = "　"
"""Before the name of a child table, which stands under its ledger."""


class IndicatorForm(QWidget):
    """Gives an `Indicator` for what is chosen, and says at each line what is wrong with it."""

    changed = Signal()
    """Something else is chosen: the value may be another one."""
    left = Signal()
    """A line has been left: what is wrong with it may be said."""
    shown_at = Signal(QWidget)
    """This is where something is wrong: it is to be seen."""

    def __init__(self, desk: Desk, sources: Sources, indicator: Indicator, *, new: bool) -> None:
        """new: it is to get an id of its own; otherwise it keeps the one it has."""
        super().__init__()
        self._desk, self._base, self._new = desk, indicator, new
        self._label = Line("名称", "报告里怎么叫它，如 森林火灾起数")
        self._kind = Choice("从哪个台账")
        self._way = Choice("怎么算")
        self._fields = FieldChoice()
        self._pick = Choice("按哪一项取最大的")
        self._years = Choice("算几年")
        self.sharing = Sharing(desk.book)
        self.conditions = Conditions(sources, desk.groups)
        self.printing = Printing()
        self.more = MoreOptions(desk.book)
        self._toggle = toggle("更多设置", "segment", self._open_more)
        self._answers: Mapping[str, Answer] = MappingProxyType(
            {
                "label": Answer(self._label),
                "kind": Answer(self._kind),
                "aggregate": Answer(self._way),
                "fields": Answer(self._fields),
                "pick": Answer(self._pick),
                "years": Answer(self._years),
            }
        )
        self._lay_out()
        self._show(indicator)
        self._listen()
        self.forget()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order()

    def _order(self) -> None:
        """Tab goes from line to line; conditions come and go."""
        if not self.isVisible():  # Qt loses what follows where the form is not in its window yet
            return
        lines = [
            self._label, self._kind, self._way, *self._fields.widgets(), self._pick, *self.sharing.widgets(),
            *self.conditions.widgets(), self._years, *self.printing.widgets(), self._toggle, *self.more.widgets(),
        ]  # fmt: skip
        for one, following in pairwise(lines):
            QWidget.setTabOrder(one, following)

    def _lay_out(self) -> None:
        style.set_state(self, "plain", value=True)
        self._form = Lines()
        self._form.line("名称(&N)", self._answers["label"])
        self._form.line("从哪个台账(&T)", self._answers["kind"])
        self._form.line("怎么算(&A)", self._answers["aggregate"])
        self._form.line("算哪一项(&F)", self._answers["fields"], self._fields.first)
        self._form.line("按哪项最大(&L)", self._answers["pick"])
        self._form.addRow(self.sharing)
        self._form.line("只算哪些(&W)", self.conditions, self.conditions.add)
        self._form.line("算几年(&Y)", self._answers["years"])
        self._form.addRow(self.printing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._form)
        self._toggle.setMinimumWidth(96)
        column.addWidget(self._toggle)
        column.addWidget(self.more)
        column.addStretch(1)
        self._form.line_up_with(self.sharing.lines, self.printing.lines, self.more.lines)
        self.more.hide()

    def _listen(self) -> None:
        self._label.textEdited.connect(lambda _: self._named())
        self._kind.currentIndexChanged.connect(lambda _: self._turn_kind())
        self._way.currentIndexChanged.connect(lambda _: self._turn_way())
        self._fields.changed.connect(self._turn_fields)
        for choice in (self._pick, self._years):
            choice.currentIndexChanged.connect(lambda _: self._edited())
        self.conditions.changed.connect(self._conditions_changed)
        self.conditions.reshaped.connect(self._order)
        for part in (self.sharing, self.printing, self.more):
            part.changed.connect(self._edited)
        for line in self.findChildren(Input):
            line.entered.connect(line.editor.focusNextChild)
        self._label.left.connect(self.left)
        self.conditions.left.connect(self.left)

    # what it gives

    def indicator(self, *, final: bool = False) -> Indicator:
        """The indicator so far; UserError with the key of the line where something is missing.

        final: to be kept; otherwise it may still be without a name and a unit.
        """
        label = self._label.text().strip()
        if final and not label:
            raise UserError("给指标起个名称", field="label")
        kind, way = kind_of(self._kind.key()), Way(self._way.key())
        made = Indicator(
            id=self._id(label),
            label=label or NO_NAME,
            kind=kind.name,
            aggregate=indicator_ways.aggregate_of(way),
            unit=self.printing.unit(final=final),
            wording=self.printing.rule(),
            fields=tuple(field.name for field in self._fields.chosen()) if way in WITH_FIELD else (),
            pick=self._pick.key() if way is Way.PICK else "",
            years=int(self._years.key()) if way not in TIMELESS else 1,
            where=None if way is Way.RATIO else indicator_where.where_of(kind, self.conditions.rows()),
            default_target=0,
            **self.more.settings(kind, way),
        )
        if self.more.unknown():
            raise UserError(self.more.unknown(), field="agrees_with")
        return self.sharing.completed(made, way)

    def state(self) -> tuple[object, ...]:
        """What is chosen now, to be compared with later: a half-finished condition counts too."""
        try:
            return (self.indicator(), self._label.text())
        except UserError as error:
            return (str(error), self.conditions.so_far(), self._label.text(), self._way.key())

    @property
    def touched(self) -> bool:
        """Whether something else is chosen than at the beginning."""
        return self.state() != self._begun

    def _id(self, label: str) -> str:
        if not self._new:
            return self._base.id
        return self.more.id() or fresh_id(label or NO_NAME, self._desk.taken)

    # what it is told

    @property
    def first(self) -> QWidget:
        """Where one begins."""
        return self._label

    @property
    def last(self) -> QWidget:
        """What Tab comes to last."""
        return self.more.widgets()[-1]

    def show_value(self, value: IndicatorValue | None) -> None:
        """Show the wordings with the value there is."""
        self.printing.show_value(value)

    def open_more(self) -> None:
        """Show what is seldom needed."""
        self._toggle.setChecked(True)
        self._open_more()

    def forget(self) -> None:
        """What is chosen now counts as the beginning: nothing is lost with it."""
        self._begun = self.state()

    def set_error(self, key: str, message: str, *, go: bool = False) -> bool:
        """Say at the line of a key what is wrong; whether there is such a line.

        go: take the user there; else nothing is said about a line that she is typing in.
        """
        places: tuple[Callable[[str, str], QWidget | None], ...] = (
            self._at_line, self.sharing.set_error, self.printing.set_error, self._at_condition, self._at_more,
        )  # fmt: skip
        for say in places:
            found = say(key, "")
            if found is not None:
                if go or not at_work(self.conditions.first_values(found) or found):
                    say(key, message)
                if go:
                    self._go_to(found)
                return True
        return False

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for answer in self._answers.values():
            answer.set_error("")
        for part in (self.sharing, self.printing, self.conditions, self.more):
            part.clear_errors()

    def _at_line(self, key: str, message: str) -> QWidget | None:
        answer = self._answers.get(key)
        if answer is not None:
            answer.set_error(message)
        return answer

    def _at_condition(self, key: str, message: str) -> QWidget | None:
        return self.conditions.field_of(key) if self.conditions.set_error(key, message) else None

    def _at_more(self, key: str, message: str) -> QWidget | None:
        found = self.more.set_error(key, message)
        if found is not None and message:
            self.open_more()
        return found

    def _go_to(self, widget: QWidget) -> None:
        found = self.conditions.first_values(widget) or widget
        (found.editor if isinstance(found, Answer | Input) else found).setFocus()
        self.shown_at.emit(found)

    # how it follows

    def _show(self, indicator: Indicator) -> None:
        kind, way = kind_of(indicator.kind), indicator_ways.way_of(indicator)
        self._label.setText(indicator.label)
        self._kind.set_options(_ledgers(), kind.name)
        self._way.set_options(
            tuple((one, indicator_ways.words(one, kind)) for one in indicator_ways.ways(kind)), way
        )
        self._offer_fields(indicator.fields)
        self._pick.set_key(indicator.pick)
        years = dict(_YEARS) | (
            {} if indicator.years in dict(_YEARS) else {indicator.years: f"近{indicator.years}年"}
        )
        self._years.set_options(
            tuple((str(number), said) for number, said in years.items()), str(indicator.years)
        )
        self.conditions.show_rows(kind, indicator_where.rows(kind, indicator.where))
        self.sharing.show_indicator(indicator, way)
        self.printing.show_indicator(indicator, way, self._fields.chosen(), typed=bool(indicator.label))
        self.more.show_indicator(indicator, kind, way, id_fixed=not self._new)
        self._name_offered()
        self._fit()

    def _turn_kind(self) -> None:
        """Another ledger: what can be asked of it; its conditions are others."""
        kind = kind_of(self._kind.key())
        self._way.set_options(
            tuple((one, indicator_ways.words(one, kind)) for one in indicator_ways.ways(kind))
        )
        self.conditions.show_rows(kind, ())
        self._turn_way()

    def _turn_way(self) -> None:
        self._offer_fields([field.name for field in self._fields.chosen()])
        self._turn_fields()

    def _turn_fields(self) -> None:
        self.printing.fit(Way(self._way.key()), self._fields.chosen(), self._item_unit())
        self._fit()
        self._edited()

    def _conditions_changed(self) -> None:
        self.printing.fit(Way(self._way.key()), self._fields.chosen(), self._item_unit())
        self._edited()

    def _offer_fields(self, chosen: object) -> None:
        kind, way = kind_of(self._kind.key()), Way(self._way.key())
        names = tuple(chosen) if isinstance(chosen, list | tuple) else ()
        if way in WITH_FIELD:
            several = way in indicator_ways.SUMMING
            self._fields.offer(indicator_ways.fields_for(kind, way), names, several=several)
        if way is Way.PICK:
            self._pick.set_options(tuple((one.name, one.label) for one in indicator_ways.summable(kind)))

    def _fit(self) -> None:
        """Only what the way needs."""
        kind, way = kind_of(self._kind.key()), Way(self._way.key())
        self._form.setRowVisible(self._answers["fields"], way in WITH_FIELD)
        self._form.setRowVisible(self._answers["pick"], way is Way.PICK)
        self._form.setRowVisible(self._answers["years"], way not in TIMELESS)
        self._form.setRowVisible(self.conditions, way is not Way.RATIO)
        self._form.setRowVisible(self.sharing, self.sharing.fit(way))
        self.more.fit(kind, way)
        self._hint()

    def _hint(self) -> None:
        self._answers["aggregate"].set_hint(indicator_ways.hint(Way(self._way.key())))

    def _item_unit(self) -> str:
        """The unit of the one supply that is asked for."""
        for row in self.conditions.so_far():
            if row.name == "item" and row.ask is Ask.IS and self._kind.key() == "supply_line":
                units = {self._desk.units.get(name, "") for name in row.values}
                return units.pop() if len(units) == 1 else ""
        return ""

    def _named(self) -> None:
        self._name_offered()
        self._edited()

    def _name_offered(self) -> None:
        if self._new:
            self.more.offer_id(fresh_id(self._label.text().strip() or NO_NAME, self._desk.taken))

    def _open_more(self) -> None:
        self.more.setVisible(self._toggle.isChecked())

    def _edited(self) -> None:
        self.clear_errors()
        self.changed.emit()


def _ledgers() -> tuple[tuple[str, str], ...]:
    """(name, words) of all ledgers in the order of the tabs, child tables under theirs."""
    ordered = sorted(ALL, key=lambda kind: TABS.index(kind.tab))
    return tuple(
        (kind.name, f"{_INNER}其中：{kind.label}" if kind.parent else f"{kind.tab} · {kind.label}")
        for kind in ordered
    )
