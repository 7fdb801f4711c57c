"""期初数 of a year, all indicators in one table: entered from an old report in one go, seen, changed, removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from mingxi_desktop.domain.indicators import IndicatorValue, Period
from mingxi_desktop.domain.openings import Opening
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.leading import lead_on
from mingxi_desktop.ui.openings_table import OpeningRow, OpeningsTable
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import button, label, row, toggle
from mingxi_desktop.ui.year_choice import YearChoice

_BACK = 10
"""So many years back can be chosen."""
_PURPOSE = (
    "没有台账记录的年份，照当年公布的报告登记，同比和历年对比就用这些数。"
    "一个格一个格地填，回车到下一行；清空就是删除；有记录的以记录为准。"
)


class OpeningsDialog(Frame):
    """The totals entered for a year. Nothing is stored before 保存."""

    def __init__(self, context: Context, year: int | None = None, parent: QWidget | None = None) -> None:
        """year: the one before the context's where none is given."""
        super().__init__("期初数", 900, 620, parent)
        self._context = context
        self._storing = False
        self.year = YearChoice(year or context.year - 1)
        self.search = SearchLine("搜索指标", "搜索：文字、拼音或首字母")
        self.search.setMinimumWidth(220)
        self._only = toggle("只看已登记的", "segment", self._filter)
        self.source = QLineEdit()
        self.source.setPlaceholderText("新填的数都记这个来源，如 2023年年度总结")
        self.source.setAccessibleName("来源")
        self.source.setMinimumWidth(300)
        self.table = OpeningsTable()
        self.table.setMinimumHeight(180)
        told = label(_PURPOSE, "muted")
        told.setWordWrap(True)
        parts = self.scrolled()
        parts.addWidget(told)
        source = QWidget()  # the label goes with its field to the next line
        source.setLayout(row(label("来源"), self.source))
        parts.addLayout(flow([label("年度"), self.year, self._only, self.search], [source]))
        parts.addWidget(self.table, 1)
        self._message = label(role="error")
        self._message.setWordWrap(True)
        self._message.hide()
        self.column.addWidget(self._message)
        self._remove = button(
            "删除期初数", self._empty, icon="trash", tip="清空选中的期初数，保存后生效（Del）"
        )
        self._save = button("保存", self.save, primary=True)
        self.close_with(self._remove, None, button("关闭", self.reject), self._save, default=self._save)
        lead_on(self.source, self.table)
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.went_on.connect(self.table.setFocus)
        self.source.textChanged.connect(self._take_source)
        self.table.edited.connect(self._mark)
        self.table.itemSelectionChanged.connect(self._mark)
        self.year.wanted.connect(lambda year: self._leave(lambda: self._go_to(year)))
        self._mark()
        self._read()
        self.source.setFocus()

    def save(self) -> None:
        """Store what was typed, all in one step."""
        if self.table.changes():
            self._store(self._read)

    def _store(self, then: Callable[[], None]) -> None:
        """Store what was typed and go on; where something is wrong with it, say so and stay."""
        faults = self.table.faults()
        if faults:
            place, fault = next(iter(faults.items()))
            self._say(fault)
            self.table.go_to(place)
        elif not self._storing:
            self._storing = True
            self._mark()
            self._context.write(
                _set, self.year.shown, self.table.changes(), owner=self,
                done=lambda _: self._stored(then), failed=self._failed,
            )  # fmt: skip

    def _stored(self, then: Callable[[], None]) -> None:
        self._storing = False
        then()

    def reject(self) -> None:
        """Closed only when nothing that was typed would be lost unasked."""
        self._leave(super().reject)

    def _read(self) -> None:
        self._context.read(_look, self.year.shown, done=self._show, owner=self)

    def _show(self, seen: tuple[list[OpeningRow], list[int]]) -> None:
        rows, years = seen
        offered = sorted(
            {*years, *range(self._context.year - _BACK, self._context.year + 1), self.year.shown}
        )
        self.year.offer(
            (year, f"{year}年" + ("（有登记）" if year in years else "")) for year in reversed(offered)
        )
        self.table.show_rows(self.year.shown, rows)
        self._filter()

    def _go_to(self, year: int) -> None:
        self.year.shown = year
        self._read()

    def _leave(self, then: Callable[[], None]) -> None:
        """Go on once nothing is unsaved, or the clerk said what is to become of it."""
        number = len(self.table.changes())
        if not number:
            then()
            return
        answer = ask.save_changes(f"{self.year.shown}年的期初数（{number}处）", parent=self)
        if answer is ask.Answer.SAVE:
            self._store(then)
        elif answer is ask.Answer.DISCARD:
            then()

    def _take_source(self, text: str) -> None:
        self.table.source = text.strip()

    def _empty(self) -> None:
        self.table.empty(self.table.entered_in_selection())

    def _filter(self) -> None:
        self.table.show_only(self.search.text().strip(), entered=self._only.isChecked())

    def _failed(self, error: UserError) -> None:
        self._storing = False
        self._mark()
        self._say(error.in_one_line())

    def _say(self, fault: str) -> None:
        self._message.setText(fault)
        self._message.setVisible(bool(fault))

    def _mark(self) -> None:
        number, faults = len(self.table.changes()), self.table.faults()
        self._say(next(iter(faults.values()), ""))
        self._save.setEnabled(number > 0 and not self._storing)
        self._save.setText(f"保存 {number} 处" if number else "保存")
        chosen = len(self.table.entered_in_selection())
        self._remove.setEnabled(chosen > 0)
        self._remove.setText(f"删除 {chosen} 个期初数" if chosen else "删除期初数")


def _look(ledger: Ledger, year: int) -> tuple[list[OpeningRow], list[int]]:
    """The indicators of a year with what was entered, and the years of which anything was."""
    openings = ledger.notes.openings()
    kept = {opening.indicator: opening for opening in openings if opening.year == year}
    rows = [_row(value, kept.pop(value.indicator.id, None)) for value in ledger.measure(Period.of(year))]
    rows += [
        OpeningRow(id, ledger.notes.opening_label(opening), None, "", 0, opening)
        for id, opening in kept.items()
    ]
    return rows, sorted({opening.year for opening in openings})


def _row(value: IndicatorValue, opening: Opening | None) -> OpeningRow:
    indicator = value.indicator
    return OpeningRow(indicator.id, indicator.label, indicator, value.text, value.records, opening)


def _set(ledger: Ledger, year: int, entries: dict[str, tuple[str, str]]) -> Changes:
    return ledger.notes.set_openings(year, entries)
