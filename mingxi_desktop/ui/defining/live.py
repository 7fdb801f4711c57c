"""What the indicator gives now: the value, how it prints, last year, the rule, and the first records."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.domain.indicators import Contribution, IndicatorValue, Trace
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import label, thousands
from mingxi_desktop.ui.value_words import value_words

_COLUMNS = (
    ListColumn("日期", 84),
    ListColumn("乡镇", 64, optional=True),
    ListColumn("记录"),
    ListColumn("计入", 64, right=True),
)
_ADDS = 3
_MOST, _MOST_NAMES, _ROWS = 200, 3, 6
_WAITING, _NOTHING = "正在算……", "还没有符合的记录。条件是不是选多了？右上角的年度对不对？"


class LiveProof(QWidget):
    """Shows a `Trace`; what is still missing is said in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.set_state(self, "plain", value=True)
        self._title = label("现在算出来是", "muted")
        self._value = label("—", "figure")
        self._printed = label()
        self._last = label(role="muted")
        self._said = label(role="warning")
        self._rule_title = label("口径", "title")
        self._rule = label()
        self._count = label(role="title")
        self.table = Listing("算进去的记录", _COLUMNS)
        self.table.setMinimumHeight(_ROWS * theme.ROW_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF + 2)
        for part in (
            self._title, self._value, self._printed, self._last, self._said, self._rule_title, self._rule, self._count,
        ):  # fmt: skip
            part.setWordWrap(True)
            column.addWidget(part)
        self._rule.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.table, 1)
        self.wait()

    def wait(self) -> None:
        """Something has changed; the value is on its way."""
        self._title.setText(_WAITING)

    def show_trace(self, trace: Trace, year: int) -> None:
        """Show what came of it."""
        value = trace.value
        self._title.setText(f"{year}年现在算出来是")
        self._value.setText(value_words(value))
        self._printed.setText(f"报告里印成：{printed_words(value)}" if value.value is not None else "")
        self._printed.setVisible(value.value is not None)
        self._last.setText(_last_words(value, year))
        self._say(value.problem)
        self._rule_title.show()
        self._rule.setText(trace.rule)
        self._count.setText(f"算进去的记录 {len(trace.records):,} 条")
        self.table.set_empty_text(_NOTHING)
        self.table.set_lines([_line(record) for record in trace.records[:_MOST]], keep=False)
        self.table.setColumnHidden(_ADDS, all(record.contributes is None for record in trace.records))
        if len(trace.records) > _MOST:
            self._count.setText(f"算进去的记录 {len(trace.records):,} 条，下面是前 {_MOST} 条")

    def show_missing(self, message: str) -> None:
        """Say why nothing comes of it yet."""
        self._title.setText("还算不出来")
        self._value.setText("—")
        self._printed.hide()
        self._last.setText("")
        self._say(message)
        self._rule_title.hide()
        self._rule.setText("")
        self._count.setText("")
        self.table.set_empty_text("")
        self.table.set_lines([])

    def _say(self, message: str) -> None:
        self._said.setText(message)
        self._said.setVisible(bool(message))


def printed_words(value: IndicatorValue) -> str:
    """As it stands in the report, the names behind it: 近1700条（某某演练、某某演练）."""
    unit = value.indicator.unit
    named = (
        isinstance(value.value, str) or unit == "%" or value.indicator.wording in ("date", "days", "typhoon")
    )
    shown = value.text if named else f"{value.text}{unit}"
    if not value.names or value.indicator.wording == "typhoon":
        return shown
    names = "、".join(value.names[:_MOST_NAMES]) + ("等" if len(value.names) > _MOST_NAMES else "")
    return f"{shown}（名称：{names}）"


def _last_words(value: IndicatorValue, year: int) -> str:
    last = f"{year - 1}年"
    if not value.last_year_text:
        return f"{last}没有数据"
    unit = "" if isinstance(value.last_year, str) or "%" in value.last_year_text else value.indicator.unit
    return f"{last} {thousands(value.last_year_text)} {unit}".rstrip()


def _line(record: Contribution) -> Line:
    adds = "" if record.contributes is None else thousands(plain(record.contributes))
    tip = "\n".join(part for part in (record.title, record.remark, record.source) if part)
    return Line((record.date[:10], record.area, record.title, adds), (record.kind, record.id), tip=tip)
