"""A number proved: value, last year, the rule, and the records behind it."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from mingxi_desktop.domain.indicators import Contribution, IndicatorValue, Trace
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.wording import change_sentence, plain
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.shapes import button, label, row, thousands

_COLUMNS = ("日期", "乡镇", "记录", "计入", "来源")
_MOST_ROWS = 2_000
_MOST_IDS = 500
_RECORD = Qt.ItemDataRole.UserRole


class IndicatorProof(QWidget):
    """Shows one indicator of the context's year, or of a cut-off date."""

    opened = Signal()
    """The user went to a record: a dialog around it should close."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._trace: Trace | None = None
        self._as_of: datetime.date | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF + 2)
        self._name = label("选一个数，看它由哪些记录算出", "muted")
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
        self._table = self._make_table()
        self._hint = label("双击一行打开这条记录", "muted")
        for part in (self._name, self._value, self._last, self._problem, self._rule_title, self._rule):
            column.addWidget(part)
        column.addLayout(row(self._count, None, self._open))
        column.addWidget(self._table, 1)
        column.addWidget(self._hint)
        column.addStretch(0)
        self._name.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._show_parts(shown=False)
        context.changed.connect(self._again)
        context.year_changed.connect(self._again)

    def _make_table(self) -> QTableView:
        table = QTableView()
        self._model = QStandardItemModel(0, len(_COLUMNS), self)
        self._model.setHorizontalHeaderLabels(list(_COLUMNS))
        table.setModel(self._model)
        table.setAccessibleName("构成这个数的记录")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)
        header = table.horizontalHeader()
        for place, width in enumerate((84, 60, 96, 52)):
            table.setColumnWidth(place, width)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._model.setHeaderData(
            _COLUMNS.index("计入"), Qt.Orientation.Horizontal, right, Qt.ItemDataRole.TextAlignmentRole
        )
        table.activated.connect(lambda index: self._open_one(index.row()))
        return table

    def show_indicator(self, indicator: str, as_of: datetime.date | None = None) -> None:
        """Read an indicator's proof and show it; from then on it follows the records and the year."""
        self._as_of = as_of
        self._context.read(_trace, indicator, self._context.year, as_of, done=self._show, owner=self)

    def _again(self, _: object) -> None:
        if self._trace is not None:
            self.show_indicator(self._trace.value.indicator.id, self._as_of)

    def _show(self, trace: Trace) -> None:
        self._trace = trace
        value = trace.value
        self._name.setText(value.indicator.label)
        self._value.setText(value_words(value))
        last = value.last_year if not isinstance(value.last_year, str) else None
        now = value.value if not isinstance(value.value, str) else None
        self._last.setText(change_sentence(now, last, value.indicator.unit) if now is not None else "")
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
        self._hint.setText(
            f"只列前 {_MOST_ROWS:,} 条，其余 {hidden:,} 条请在台账中打开"
            if hidden > 0
            else "双击一行打开这条记录"
        )

    def _show_parts(self, *, shown: bool) -> None:
        for part in (
            self._value,
            self._last,
            self._rule_title,
            self._rule,
            self._count,
            self._open,
            self._table,
            self._hint,
        ):
            part.setVisible(shown)
        self._problem.setVisible(shown and bool(self._problem.text()))
        style.set_state(self._name, "role", "muted")

    def _open_one(self, place: int) -> None:
        item = self._model.item(place, 0)
        found = item.data(_RECORD) if item is not None else None
        if found:
            self._context.record_wanted.emit(*found)
            self.opened.emit()

    def _open_all(self) -> None:
        if self._trace is None or not self._trace.records:
            return
        kind = self._trace.records[0].kind
        ids = tuple(record.id for record in self._trace.records if record.kind == kind)
        if len(ids) <= _MOST_IDS:
            query = Query(kind, ids=ids)
        else:
            query = _rule_query(self._trace, kind, self._context.year)
        self._context.show(query)
        self.opened.emit()


def value_words(value: IndicatorValue) -> str:
    """1,683 条, 99.76%, 76.026 万元; a dash where there is no value."""
    if value.value is None:
        return "—"
    text = value.text
    text = thousands(text)
    if text.endswith(("%", "以上")) or isinstance(value.value, str) or "号" in text:
        return text
    return f"{text} {value.indicator.unit}"


def _rule_query(trace: Trace, kind: str, year: int) -> Query:
    """The plain conditions of the rule, where the records are too many to name one by one."""
    declared = kind_of(kind)
    plain_where = tuple(
        (name, values)
        for name, values in (trace.value.indicator.where or {}).items()
        if "." not in name and declared.field(name).type.value in ("choice", "bool", "multi")
    )
    return Query(kind, year=year, where=plain_where)


def _items(record: Contribution) -> list[QStandardItem]:
    adds = "" if record.contributes is None else plain(record.contributes)
    texts = (record.date[:10], record.area, record.title, adds, record.source or record.remark or "手工录入")
    items = [QStandardItem(text) for text in texts]
    items[3].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for item, text in zip(items, texts, strict=True):
        item.setToolTip(f"{text}\n{record.remark}" if record.remark and record.remark != text else text)
    items[0].setData((record.kind, record.id), _RECORD)
    return items


def _trace(ledger: Ledger, indicator: str, year: int, as_of: datetime.date | None) -> Trace:
    return ledger.trace(indicator, year, as_of)
