"""Which indicator a number of the draft stands for, where the program took it for another or for none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.report.proofreading.model import Checked
from mingxi_desktop.report.proofreading.telling import written
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import button, label
from mingxi_desktop.ui.value_words import value_words

_COLUMNS = (ListColumn("指标"), ListColumn("台账", 130, right=True))


class ChooseDialog(Frame):
    """Accepted: `indicator` is the id of the one chosen."""

    def __init__(self, context: Context, checked: Checked, parent: QWidget | None = None) -> None:
        super().__init__("这是哪个指标", 560, 520, parent)
        self.indicator = ""
        self._values: tuple[tuple[IndicatorValue, str], ...] = ()
        head = label(f"草稿里的“{written(checked.amount)}”是：", "title")
        said = label(checked.sentence.strip(), "muted")
        for part in (head, said):
            part.setWordWrap(True)
            self.column.addWidget(part)
        self.search = SearchLine("搜索指标", "搜索指标：文字、拼音或首字母")
        self.search.textChanged.connect(lambda _: self._fill())
        self.list = Listing("指标", _COLUMNS)
        self.list.set_empty_text("正在读取……")
        self.list.opened.connect(self._take)
        self.search.went_on.connect(self.list.setFocus)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        take = button("就是它", lambda: self._take(self.list.current()), primary=True)
        take.setEnabled(False)
        self.list.current_changed.connect(lambda key: take.setEnabled(key is not None))
        self.close_with(None, button("取消", self.reject), take, default=take)
        self.search.setFocus()
        self._wanted = checked.indicator
        context.read(_values, context.year, done=self._show, owner=self)

    def _show(self, values: Sequence[IndicatorValue]) -> None:
        self._values = tuple(
            (value, texts.search_text((value.indicator.label, value.indicator.id))) for value in values
        )
        self._fill()
        keys = [line.key for line in self.list.lines.lines]
        if self._wanted in keys:
            self.list.selectRow(keys.index(self._wanted))

    def _fill(self) -> None:
        query = self.search.text()
        self.list.set_lines(
            [
                Line((value.indicator.label, value_words(value)), value.indicator.id)
                for value, search in self._values
                if texts.matches(query, search)
            ]
        )
        self.list.set_empty_text("没有这样的指标。新的指标在【指标】里定义。")

    def _take(self, indicator: str | None) -> None:
        if indicator:
            self.indicator = indicator
            self.accept()


def _values(ledger: Ledger, year: int) -> list[IndicatorValue]:
    return ledger.indicators(year)
