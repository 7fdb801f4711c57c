"""A number proved: value, last year, the rule, and the records behind it; on a page, or in a dialog of its own."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.domain.comparing import compared
from mingxi_desktop.domain.indicators import Contribution, IndicatorValue, Period, Trace
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.openings import Opening
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.proof_records import ADDS, COLUMNS, TITLE, RecordsTable
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import Card, button, label, thousands_within
from mingxi_desktop.ui.value_words import value_words

_ASK = "选一个数，看它由哪些记录算出"
_MOST_ROWS = 2_000
_RECORD = Qt.ItemDataRole.UserRole


class IndicatorProof(QWidget):
    """Shows one indicator of the context's year, or of another span."""

    opened = Signal()
    """The user went to a record or a ledger: a dialog around it should close."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._trace: Trace | None = None
        self._as_of: datetime.date | None = None
        self._period: Period | None = None
        self._note = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF + 2)
        self._name = label(_ASK, "muted")
        self._name.setWordWrap(True)
        self._value = label(role="figure")
        self._last = label(role="muted")
        self._last.setWordWrap(True)
        self._problem = label(role="warning")
        self._problem.setWordWrap(True)
        self._rule_title = label("口径", "title")
        self._rule = label()
        self._rule.setWordWrap(True)
        self._rule.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._count = label(role="title")
        self._open = button("在台账中打开", self._open_all, link=True)
        self._begin = button("新增记录", self._begin_record, link=True)
        self._import = button("导入表格…", self._begin_import, link=True)
        self._years = button(
            "历年对比…", self._show_years, link=True, tip="最多五年的数、增减和图；登记期初数"
        )
        self._table = self._make_table()
        self._hint = label("双击一行打开这条记录", "muted")
        self._hint.setWordWrap(True)
        column.addWidget(self._name)
        column.addLayout(flow([self._value], [self._years]))
        for part in (self._last, self._problem, self._rule_title, self._rule):
            column.addWidget(part)
        column.addLayout(flow([self._count], [self._open, self._begin, self._import]))
        column.addWidget(self._table, 1)
        column.addWidget(self._hint)
        column.addStretch(0)
        self._name.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._show_parts(shown=False)
        context.changed.connect(self._again)
        context.year_changed.connect(self._again)

    def _make_table(self) -> RecordsTable:
        self._model = QStandardItemModel(0, len(COLUMNS), self)
        self._model.setHorizontalHeaderLabels(list(COLUMNS))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._model.setHeaderData(ADDS, Qt.Orientation.Horizontal, right, Qt.ItemDataRole.TextAlignmentRole)
        table = RecordsTable(self._model)
        table.activated.connect(lambda index: self._open_one(index.row()))
        return table

    def show_indicator(
        self,
        indicator: str,
        as_of: datetime.date | None = None,
        *,
        period: Period | None = None,
        note: str = "",
    ) -> None:
        """Read an indicator's proof and show it; from then on it follows the records, and the context's year.

        as_of: cut-off date within that year.  period: another span, which then stays.  note: where else the
        number stands, to be said below its records.
        """
        self._as_of, self._period, self._note = as_of, period, note
        self._context.read(_proof, indicator, self._span, done=self._show, owner=self)

    @property
    def table(self) -> RecordsTable:
        """The records behind the number."""
        return self._table

    def clear(self) -> None:
        """Show no indicator."""
        self._trace = None
        self._name.setText(_ASK)
        self._show_parts(shown=False)

    @property
    def _span(self) -> Period:
        return self._period or Period.of(self._context.year, self._as_of)

    def _again(self, _: object) -> None:
        if self._trace is not None:
            id = self._trace.value.indicator.id
            self._context.read(_proof, id, self._span, done=self._show, owner=self, failed=self._gone)

    def _gone(self, _error: UserError) -> None:
        """The indicator has been deleted."""
        self._trace = None
        self._name.setText("这个指标已经不在了，选别的数看")
        self._show_parts(shown=False)

    def _show_years(self) -> None:
        if self._trace is None:
            return
        from mingxi_desktop.ui.dialogs.years import YearsDialog

        dialog = YearsDialog(self._context, self._trace.value.indicator.id, prove, self._span, self)
        if dialog.exec() == YearsDialog.LEFT:
            self.opened.emit()

    def _show(self, seen: tuple[Trace, Opening | None]) -> None:
        trace, opening = seen
        self._trace = trace
        value = trace.value
        self._name.setText(value.indicator.label)
        self._value.setText(value_words(value))
        self._last.setText(last_year_words(value, self._span, opening))
        self._last.setToolTip(f"期初数的来源：{opening.source}" if opening is not None else "")
        self._problem.setText(value.problem)
        self._problem.setVisible(bool(value.problem))
        self._rule.setText(trace.rule)
        self._count.setText(f"记录 {len(trace.records):,} 条")
        self._fill(trace)
        self._show_parts(shown=True)

    def _fill(self, trace: Trace) -> None:
        self._model.removeRows(0, self._model.rowCount())
        for record in trace.records[:_MOST_ROWS]:
            self._model.appendRow(_items(record))
        hidden = len(trace.records) - _MOST_ROWS
        how = "双击一行打开这条记录" if trace.records else ""
        if hidden > 0:
            how = f"只列前 {_MOST_ROWS:,} 条，其余 {hidden:,} 条请在台账中打开"
        self._hint.setText("\n".join(part for part in (self._note, how) if part))

    def _show_parts(self, *, shown: bool) -> None:
        for part in (
            self._value,
            self._rule_title,
            self._rule,
            self._count,
            self._table,
        ):
            part.setVisible(shown)
        some = self._model.rowCount() > 0
        self._open.setVisible(shown and some)
        for way in (self._begin, self._import):
            way.setVisible(shown and not some)
        self._hint.setVisible(shown and (some or bool(self._note)))
        self._years.setVisible(shown and not self._span.event)  # one flood has no counterpart in other years
        for said in (self._last, self._problem):
            said.setVisible(shown and bool(said.text()))
        style.set_state(self._name, "role", "muted")

    def _open_one(self, place: int) -> None:
        item = self._model.item(place, 0)
        found = item.data(_RECORD) if item is not None else None
        if found:
            self._context.record_wanted.emit(*found)
            self.opened.emit()

    @property
    def _ledger_of(self) -> str:
        """The ledger whose records would count; rows of a child table are entered with their parents."""
        assert self._trace is not None
        kind = kind_of(self._trace.value.indicator.kind)
        return kind.parent_kind or kind.name

    def _begin_record(self) -> None:
        self._context.new_wanted.emit(self._ledger_of, {})
        self.opened.emit()

    def _begin_import(self) -> None:
        self._context.page_wanted.emit(f"import:{self._ledger_of}")
        self.opened.emit()

    def _open_all(self) -> None:
        if self._trace is None or not self._trace.records:
            return
        kind = self._trace.records[0].kind
        ids = tuple(record.id for record in self._trace.records if record.kind == kind)
        self._context.show(Query(kind, ids=ids))
        self.opened.emit()


class ProofCard(Card):
    """A proof on a card of a page; it scrolls."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        scroll = UprightScroll(self)
        self.column.addWidget(scroll, 1)
        self.proof = IndicatorProof(context, scroll)
        style.set_state(self.proof, "plain", value=True)
        scroll.setWidget(self.proof)


class IndicatorDialog(Frame):
    """Shows an `IndicatorProof`; going to a record closes it."""

    def __init__(
        self, context: Context, indicator: str, parent: QWidget | None = None, *, period: Period | None = None
    ) -> None:
        """period: the span of the number; the context's year where none is given."""
        which = f" · {period.year}年" if period is not None and period.year != context.year else ""
        super().__init__(f"指标溯源{which}", 680, 560, parent)
        self.proof = IndicatorProof(context)
        self.proof.opened.connect(self.accept)
        self.scrolled().addWidget(self.proof, 1)
        close = button("关闭", self.reject, primary=True)
        self.close_with(None, close, default=close)
        self.proof.show_indicator(indicator, period=period)


def prove(context: Context, indicator: str, period: Period | None, parent: QWidget) -> bool:
    """Show the proof of a number; whether the user went on from it to a record.  period: None for the year shown."""
    return bool(IndicatorDialog(context, indicator, parent, period=period).exec())


def last_year_words(value: IndicatorValue, period: Period, opening: Opening | None = None) -> str:
    """The year beside the one before in a sentence; of names and days what there was last year.

    opening: what was entered for last year, be it that it does not count because there are records.
    """
    if period.event:  # one flood has no counterpart a year before
        return ""
    found = compared(value, part=not period.whole_year)
    if found is None:
        last = f"{period.year - 1}年{'' if period.whole_year else '同期'}"
        said = f"{last}是{value.last_year_text}" if value.last_year_text else f"{last}没有数据"
    else:
        said = thousands_within(found.sentence(period.year))
    if value.last_year_source == "opening" and opening is not None:
        return f"{said}（{period.year - 1}年的数是登记的期初数，来源：{opening.source}）"
    return said


def _items(record: Contribution) -> list[QStandardItem]:
    adds, day = "" if record.contributes is None else plain(record.contributes), record.date[:10]
    texts = (day, record.area, record.title, adds, record.source or record.remark or "手工录入")
    items = [QStandardItem(text) for text in texts]
    items[TITLE].setText(record.title.removesuffix(f" {day}"))  # it stands beside it
    items[ADDS].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for item, text in zip(items, texts, strict=True):
        item.setToolTip(f"{text}\n{record.remark}" if record.remark and record.remark != text else text)
    items[0].setData((record.kind, record.id), _RECORD)
    return items


def _proof(ledger: Ledger, indicator: str, period: Period) -> tuple[Trace, Opening | None]:
    """The proof, and what was entered for the year before."""
    opening = ledger.notes.opening(indicator, period.year - 1) if period.whole_year else None
    return ledger.prove(indicator, period), opening
