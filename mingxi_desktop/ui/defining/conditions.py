"""The conditions of an indicator as rows: field, what is asked, values; rows of one field are alternatives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mingxi_desktop.domain import indicator_where
from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.indicator_rules import condition_field
from mingxi_desktop.domain.indicator_where import GROUP, NEGATIVE, NO, NOT_ASKING, YES, Ask, Row
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.defining.answer import Choice, at_work
from mingxi_desktop.ui.defining.ends import EndsInput
from mingxi_desktop.ui.defining.picks import TextsInput, values_input
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.sources import Sources
from mingxi_desktop.ui.inputs.suggest import SuggestInput
from mingxi_desktop.ui.shapes import button, label

_JOINT, _FIELD_WIDTH, _ASK_WIDTH, _NARROWEST_VALUES = 18, 150, 90, 130
_MOST = 12


class ConditionRow(QWidget):
    """A field, a way of asking and the values asked for, in one line with a button that takes it away."""

    changed = Signal()
    reshaped = Signal()
    """Another input: the order of Tab is to be made anew."""
    left = Signal()
    """The values have been left: what is wrong with them may be said."""

    def __init__(
        self, kind: Kind, sources: Sources, groups: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind, self._sources, self._groups = kind, sources, groups
        self.joint = label(role="muted")
        self.joint.setFixedWidth(_JOINT)
        self.field = Choice("条件：看哪一项")
        self.field.set_options(indicator_where.choices(kind))
        self.field.setMinimumWidth(_FIELD_WIDTH)
        self.ask = Choice("条件：怎样")
        self.ask.setFixedWidth(_ASK_WIDTH)
        self._holder = QHBoxLayout()
        self.values: Input | Choice | EndsInput | None = None
        self.remove = button("去掉", lambda: None, link=True, tip="去掉这个条件")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.HALF)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self.joint, 0, top)
        line.addWidget(self.field, 0, top)
        line.addWidget(self.ask, 0, top)
        line.addLayout(self._holder, 1)
        line.addWidget(self.remove, 0, top)
        self.joint.setFixedHeight(theme.INPUT_HEIGHT)
        self.field.currentIndexChanged.connect(lambda _: self._turn())
        self.ask.currentIndexChanged.connect(lambda _: self._ask_otherwise())
        self._turn()

    def show_row(self, row: Row) -> None:
        """Show field, way of asking and values of a condition in place of what stood here."""
        self.field.set_key(row.name)
        self._turn()
        self.ask.set_key(row.ask)
        self._shape()
        if isinstance(self.values, Choice):
            self.values.set_key(row.values[0] if row.values else YES)
        elif isinstance(self.values, EndsInput):
            self.values.show_ends(row.values)
        elif self.values is not None:
            between = "；" if isinstance(self.values, TextsInput) else "、"
            self.values.set_text(between.join(row.values))

    def row(self) -> Row:
        """The condition; UserError where its values are missing."""
        name, ask = self.field.key(), Ask(self.ask.key())
        if ask in NOT_ASKING:
            return Row(name, ask)
        try:
            words = self._words()
        except ParseError as error:
            raise UserError(str(error), field=self.key) from error
        if not any(words):
            raise UserError(f"条件“{self.field.currentText()}”还没有填", field=self.key)
        return Row(name, ask, tuple(words))

    @property
    def key(self) -> str:
        """What faults about it are called."""
        return f"where.{self.field.key()}"

    def set_error(self, message: str) -> None:
        """Say what is wrong with the values, unless they are being typed."""
        if isinstance(self.values, Input | EndsInput) and not (message and at_work(self.values)):
            self.values.set_error(message)

    def widgets(self) -> list[QWidget]:
        """What Tab comes to, in order."""
        if isinstance(self.values, EndsInput):
            values: list[QWidget] = self.values.editors()
        elif self.values is None:
            values = []
        else:
            values = [self.values.editor if isinstance(self.values, Input) else self.values]
        return [self.field, self.ask, *values, self.remove]

    def _words(self) -> Sequence[str]:
        if isinstance(self.values, EndsInput):
            return self.values.ends()
        if isinstance(self.values, Choice):
            return [self.values.key()]
        if isinstance(self.values, SuggestInput):
            return self.values.words()
        return []

    def _turn(self) -> None:
        """Another field: what can be asked of it."""
        self.ask.set_options(
            tuple((ask, ask) for ask in indicator_where.asks_of(self._kind, self.field.key()))
        )
        self._shape()

    def _ask_otherwise(self) -> None:
        """Something else of the same field: 是 and 不是 want the same words."""
        before = self.values.text() if isinstance(self.values, SuggestInput) else ""
        self._shape()
        if isinstance(self.values, SuggestInput) and before:
            self.values.set_text(before)
            self.changed.emit()

    def _shape(self) -> None:
        """The input that fits the field and what is asked."""
        if self.values is not None:
            self._holder.removeWidget(self.values)
            self.values.hide()
            self.values.deleteLater()
        self.values = self._made()
        if self.values is not None:
            self._holder.addWidget(self.values)
        self.reshaped.emit()
        self.changed.emit()

    def _made(self) -> Input | Choice | EndsInput | None:
        field = condition_field(self._kind, self.field.key())
        if self.ask.key() in NOT_ASKING:
            return None
        if self.ask.key() == Ask.BETWEEN:
            ends = EndsInput(field, self)
            ends.value_changed.connect(self.changed)
            ends.left.connect(self.left)
            ends.entered.connect(self.remove.setFocus)
            return ends
        if field.type is FieldType.BOOL:
            answer = Choice(field.label, self)
            answer.set_options(((YES, YES), (NO, NO)))
            answer.currentIndexChanged.connect(lambda _: self.changed.emit())
            return answer
        groups = self._groups if self.field.key().endswith(f".{GROUP}") else None
        made = values_input(field, self._sources, groups, self)
        made.setMinimumWidth(_NARROWEST_VALUES)
        negative = self.ask.key() in NEGATIVE
        chosen = "可以选几个，是其中一个就不算" if negative else "可以选几个，有一个符合就算"
        made.setToolTip("几段文字用“；”隔开" if isinstance(made, TextsInput) else chosen)
        made.value_changed.connect(lambda _: self.changed.emit())
        made.left.connect(self.left)
        made.entered.connect(self.remove.setFocus)
        return made


class Conditions(QWidget):
    """All conditions; none means every record of the ledger."""

    changed = Signal()
    reshaped = Signal()
    left = Signal()

    def __init__(self, sources: Sources, groups: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources, self._groups = sources, groups
        self._kind: Kind | None = None
        self._rows: list[ConditionRow] = []
        self._none = label("没有条件：这个台账里的记录都算", "muted")
        self._none.setWordWrap(True)
        self.add = button("加一个条件", self.add_row, icon="add", tip="只算符合条件的记录")
        style.set_state(self, "plain", value=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.HALF)
        self._column.addWidget(self._none)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, kind: Kind, rows: Sequence[Row]) -> None:
        """Show conditions on the fields of a ledger in place of those there were."""
        self._kind = kind
        for row in self._rows:
            self._drop(row)
        self._rows = []
        for one in rows:
            self._new().show_row(one)
        self._mark()

    def add_row(self) -> None:
        """One more condition, to be filled in."""
        made = self._new()
        self._mark()
        made.field.setFocus()

    def rows(self) -> tuple[Row, ...]:
        """The conditions; UserError for the first whose values are missing."""
        return tuple(row.row() for row in self._rows)

    def so_far(self) -> tuple[Row, ...]:
        """The conditions that are complete."""
        found = []
        for row in self._rows:
            try:
                found.append(row.row())
            except UserError:
                continue
        return tuple(found)

    def set_error(self, key: str, message: str) -> bool:
        """Say what is wrong at the condition of that key; whether there is one."""
        found = [row for row in self._rows if row.key == key]
        for row in found[:1]:
            row.set_error(message)
        return bool(found)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for row in self._rows:
            row.set_error("")

    def widgets(self) -> list[QWidget]:
        """What Tab comes to, in order."""
        return [*(one for row in self._rows for one in row.widgets()), self.add]

    def field_of(self, key: str) -> QWidget | None:
        """The line whose condition has this key ("where.type"); None where there is none."""
        return next((row for row in self._rows if row.key == key), None)

    def first_values(self, widget: QWidget) -> QWidget | None:
        """Where to type the values of a condition that is one of these."""
        values = widget.values if isinstance(widget, ConditionRow) else None
        return values.first if isinstance(values, EndsInput) else values

    def _new(self) -> ConditionRow:
        assert self._kind is not None
        made = ConditionRow(self._kind, self._sources, self._groups, self)
        made.changed.connect(self._changed)
        made.reshaped.connect(self.reshaped)
        made.left.connect(self.left)
        made.remove.clicked.connect(lambda *_: self._remove(made))
        self._rows.append(made)
        self._column.insertWidget(self._column.count() - 1, made)
        return made

    def _remove(self, row: ConditionRow) -> None:
        self._rows.remove(row)
        self._drop(row)
        self._changed()
        self._mark()
        self.add.setFocus()

    def _drop(self, row: ConditionRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _changed(self) -> None:
        self._join()
        self.changed.emit()

    def _mark(self) -> None:
        self._none.setVisible(not self._rows)
        self.add.setEnabled(len(self._rows) < _MOST)
        self._join()
        self.reshaped.emit()
        self.changed.emit()

    def _join(self) -> None:
        """Say how each row goes with those before it."""
        seen: set[str] = set()
        for place, row in enumerate(self._rows):
            key = row.field.key()
            alternative = row.ask.key() not in NEGATIVE
            row.joint.setText("或" if alternative and key in seen else "且" if place else "")
            if alternative:
                seen.add(key)
