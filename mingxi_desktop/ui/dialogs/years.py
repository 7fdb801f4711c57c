"""历年对比: one indicator over up to five years, as a table and a chart; what is missing is entered here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mingxi_desktop.charts.data import ChartData
from mingxi_desktop.domain.comparing import Comparison, signed
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.ledger import Ledger, charting
from mingxi_desktop.ledger.indicator_charts import PARTED, YEARS, Proof
from mingxi_desktop.ledger.years import OPENING, RECORDS, IndicatorYears, YearValue, of_years
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.chart_frame import ChartFrame
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.copying import copy_lines
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.dialogs.opening import OpeningDialog
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label, thousands

_COLUMNS = (
    ListColumn("年度", 64),
    ListColumn("数值", 96, right=True),
    ListColumn("比上年", 96, right=True),
    ListColumn("增减", 116, right=True),
    ListColumn("来源"),
)
_HINT = "双击：有记录的年份看它由哪些记录算出，没有记录的年份登记期初数"
_WHOLE_ONLY = "期初数是全年的数，只在全年的对比里登记"


class YearsDialog(Frame):
    """Shows the years that end with a span.  LEFT: the result when the user went to a record."""

    LEFT = 2

    def __init__(
        self,
        context: Context,
        indicator: str,
        prove: Callable[[Context, str, Period, QWidget], bool],
        period: Period | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """prove: shows what a year's number is made of, as `proof.prove`.  period: None for the context's year."""
        super().__init__("历年对比", 760, 620, parent)
        self._context = context
        self._proves = prove
        self._indicator = indicator
        self._period = period or Period.of(context.year)
        self._years: IndicatorYears | None = None
        self.chart = ChartFrame(context)
        self.chart.opened.connect(self._open)
        self.table = Listing("历年的数", _COLUMNS)
        self.table.setMinimumHeight(190)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _: self._mark())
        self._none = label(role="muted")
        self._none.setWordWrap(True)
        hint = label(_HINT if self._period.whole_year else _WHOLE_ONLY, "muted")
        hint.setWordWrap(True)
        self._enter = button("登记期初数…", self._enter_opening, icon="edit")
        self._remove = button("删除期初数", self._remove_opening, icon="trash")
        self._prove = button("看它的记录…", self._prove_year, icon="link")
        copy = button("复制表格", self._copy, icon="copy", tip="粘贴到 Excel 或 WPS")
        parts = self.scrolled()
        self.chart.setMinimumHeight(230)
        parts.addWidget(self._none)
        parts.addWidget(self.chart, 3)
        parts.addLayout(flow([self._enter, self._remove, self._prove], [copy]))
        parts.addWidget(self.table, 2)
        parts.addWidget(hint)
        close = button("关闭", self.reject, primary=True)
        self.close_with(button("全部期初数…", self._all_openings), None, close, default=close)
        self.table.setFocus()
        context.changed.connect(lambda _: self._read())
        self._mark()
        self._read()

    def _read(self) -> None:
        self._context.read(_look, self._indicator, self._period, done=self._show, owner=self)

    def _show(self, seen: tuple[IndicatorYears, ChartData | None]) -> None:
        self._years, data = seen
        indicator = self._years.indicator
        self.setWindowTitle(f"历年对比 · {indicator.label}")
        self.chart.setVisible(data is not None)
        self._none.setVisible(data is None)
        self._none.setText(f"{indicator.label}：名称和日期画不成图，下面是各年的值。")
        if data is not None:
            self.chart.show_data(data)
        self.table.set_lines([_line(year) for year in reversed(self._years.years)])
        self._mark()

    def _current(self) -> YearValue | None:
        number = self.table.current()
        years = self._years.years if self._years is not None else ()
        return next((year for year in years if year.year == number), None)

    def _mark(self) -> None:
        now = self._current()
        entered = now is not None and now.opening is not None
        self._enter.setEnabled(now is not None and self._period.whole_year)
        self._enter.setText("修改期初数…" if entered else "登记期初数…")
        self._remove.setEnabled(entered)
        self._prove.setEnabled(now is not None and now.records > 0)

    def _open(self, key: object) -> None:
        """A bar or a line: the proof where there are records, else what was or can be entered."""
        number = key.period.year if isinstance(key, Proof) else key
        years = self._years.years if self._years is not None else ()
        place = next((place for place, year in enumerate(reversed(years)) if year.year == number), -1)
        if place < 0:
            return
        self.table.selectRow(place)
        now = self._current()
        if now is not None and (now.source == RECORDS or not self._period.whole_year):
            self._prove_year()
        else:
            self._enter_opening()

    def _prove_year(self) -> None:
        now = self._current()
        if now is not None and self._proves(self._context, self._indicator, now.period, self):
            self.done(self.LEFT)

    def _enter_opening(self) -> None:
        now = self._current()
        if now is not None and self._years is not None and self._period.whole_year:
            OpeningDialog(self._context, self._years.indicator, now, self).exec()

    def _remove_opening(self) -> None:
        now = self._current()
        if now is None or now.opening is None or self._years is None:
            return
        what = f"{now.year}年{self._years.indicator.label}"
        text = f"来源：{now.opening.source}。可以撤消。"
        sure = ask.question(f"删除{what}的期初数？", text, yes="删除期初数", parent=self, danger=True)
        if sure:
            self._context.write(_forget, self._indicator, now.year, owner=self)

    def _all_openings(self) -> None:
        from mingxi_desktop.ui.dialogs.openings import OpeningsDialog

        now = self._current()
        year = now.year if now is not None else self._period.year - 1
        OpeningsDialog(self._context, year, self).exec()

    def _copy(self) -> None:
        copy_lines([column.header for column in _COLUMNS], [line.texts for line in self.table.lines.lines])
        self._context.said.emit("表格已复制，可以粘贴到 Excel 或 WPS")


def _line(year: YearValue) -> Line:
    shown = thousands(year.text) if year.text else "—"
    difference, share = _changes(year.change)
    roles = {} if year.source == RECORDS else {1: "muted", 4: "muted"}
    return Line((f"{year.year}年", shown, difference, share, _source(year)), year.year, roles, _tip(year))


def _changes(change: Comparison | None) -> tuple[str, str]:
    """The difference with its sign, and what it is called: +181, 增长12.05%."""
    if change is None or change.difference is None:
        return "—", "—"
    return thousands(signed(change.difference, change.unit)), change.cell()


def _source(year: YearValue) -> str:
    if year.source == OPENING and year.opening is not None:
        return f"期初登记：{year.opening.source}"
    if year.overruled:
        return f"台账记录 {year.records:,} 条，期初数没有用"
    if year.source == RECORDS:
        return f"台账记录 {year.records:,} 条"
    return "没有记录" if year.value is None else "台账里没有这样的记录"


def _tip(year: YearValue) -> str:
    """What does not fit into the line: what is wrong with the number, what was entered and does not count."""
    parts = [year.problem]
    if year.overruled and year.opening is not None:
        parts.append(f"登记的期初数：{year.opening.value}，来源：{year.opening.source}")
    return "\n".join(filter(None, parts))


def _look(ledger: Ledger, id: str, period: Period) -> tuple[IndicatorYears, ChartData | None]:
    years = of_years(ledger, (id,), period).rows[0]
    drawn = is_amount(years.indicator)
    return years, charting.chart(ledger, f"{YEARS}{PARTED}{id}", period) if drawn else None


def _forget(ledger: Ledger, id: str, year: int) -> object:
    return ledger.notes.remove_opening(id, year)
