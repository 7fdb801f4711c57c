"""节假日: when the bureau is closed and which weekends are worked, year by year, typed or read from the notice."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from mingxi_desktop.domain.parse.holiday_notice import read_notice
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.workdays import YearOff, delivered_years
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.holidays_table import OFF, ON, HolidaysTable
from mingxi_desktop.ui.shapes import button, label, row
from mingxi_desktop.ui.year_choice import YearChoice

_INTRO = (
    "工作日按这张表算。国务院每年11月前后发下一年的通知：点“粘贴通知…”把原文贴进去，就自动填好，核对后保存。"
)
_YEAR_WIDTH = 196
_NOT_YET = "（还没有登记）"
_AHEAD = 2
"""So many years to come are offered."""


class HolidaysDialog(Frame):
    """One year at a time; stored when it is asked for."""

    def __init__(self, context: Context, parent: QWidget | None = None, year: int | None = None) -> None:
        super().__init__("节假日", 780, 680, parent)
        self._context = context
        self._years: dict[int, YearOff] = {}
        self.year = YearChoice(year or datetime.date.today().year)
        self.year.setMinimumWidth(_YEAR_WIDTH)
        self.source = QLineEdit()
        self.source.setAccessibleName("依据")
        self.source.setPlaceholderText("如 国办发明电〔2026〕7号")
        intro = label(_INTRO, "muted")
        intro.setWordWrap(True)
        column = self.scrolled()
        column.addWidget(intro)
        about = row(label("年度"), self.year, theme.GAP, label("依据"), self.source)
        about.setStretchFactor(self.source, 1)
        column.addLayout(about)
        self.table = HolidaysTable()
        self.table.setMinimumHeight(6 * theme.ROW_HEIGHT)
        self.table.set_source(lambda: self.source.text().strip())
        column.addWidget(self.table, 1)
        self._remove = button("删除行", self.remove, icon="trash")
        self._deliver = button("恢复原样", self.deliver, icon="undo", tip="恢复为随程序带的这一年")
        buttons: list[QWidget] = [
            button("粘贴通知…", self.paste, icon="document"),
            button("加一段放假", lambda: self.table.add_line(OFF), icon="add"),
            button("加一天上班", lambda: self.table.add_line(ON), icon="add"),
            self._remove,
            self._deliver,
        ]
        column.addLayout(flow(buttons, []))
        self._fault = label(role="error")
        self._fault.setWordWrap(True)
        column.addWidget(self._fault)
        self._save = button("保存", self.save, primary=True)
        self.close_with(None, button("关闭", self.reject), self._save, default=self._save)
        self.year.wanted.connect(lambda year: self._leave(lambda: self._go_to(year)))
        self.table.edited.connect(self._turn)
        self.table.itemSelectionChanged.connect(self._turn)
        self.source.textChanged.connect(lambda _: self._turn())
        self._turn()
        self._read()
        self.table.setFocus()

    # what is shown

    def _read(self) -> None:
        self._context.read(_look, done=self._show, owner=self)

    def _show(self, years: dict[int, YearOff]) -> None:
        self._years = years
        this = datetime.date.today().year
        offered = sorted({*years, *range(this, this + _AHEAD + 1), self.year.shown})
        self.year.offer((year, f"{year} 年" + ("" if year in years else _NOT_YET)) for year in offered)
        self._show_year(self._kept)

    def _show_year(self, year: YearOff) -> None:
        self.source.setText(year.source)
        self.table.show_year(year)

    @property
    def _kept(self) -> YearOff:
        return self._years.get(self.year.shown) or YearOff(self.year.shown, (), ())

    def _typed(self) -> YearOff | None:
        """What stands there; None where it cannot be read."""
        try:
            return self.table.year()
        except ValueError:
            return None

    @property
    def changed(self) -> bool:
        """Whether something is there that is not stored."""
        typed = self._typed()
        return typed is None or _sorted(typed) != _sorted(self._kept)

    def _turn(self) -> None:
        fault = ""
        try:
            typed = self.table.year()
            fault = typed.fault() if typed.off or typed.on else ""
        except ValueError as error:
            fault = str(error)
        self._fault.setText(f"▲ {fault}" if fault else "")
        self._save.setEnabled(self.changed and not fault)
        number = len(self.table.chosen())
        self._remove.setText(f"删除 {number} 行" if number else "删除行")
        self._remove.setEnabled(number > 0)
        delivered = delivered_years().get(self.year.shown)
        self._deliver.setEnabled(delivered is not None and delivered != self._kept)

    # what can be done

    def paste(self) -> None:
        """Read the notice; its year is shown, to be looked over and stored."""
        dialog = NoticeDialog(self.year.shown, self)
        if dialog.exec() and dialog.found is not None:
            found = dialog.found
            self._leave(lambda: self._take(found))

    def _take(self, found: YearOff) -> None:
        if self.year.findData(found.year) < 0:
            self.year.addItem(f"{found.year} 年{_NOT_YET}", found.year)
        self.year.show_year(found.year)
        self._show_year(found)

    def remove(self) -> None:
        """Take the selected lines away."""
        self.table.remove_lines(self.table.chosen())

    def deliver(self) -> None:
        """The year as it was delivered."""
        self._context.write(_deliver, self.year.shown, owner=self, done=lambda _: self._read())

    def save(self) -> None:
        """Store the year."""
        self._store(self._read)

    def _store(self, then: Callable[[], None]) -> None:
        typed = self._typed()
        if typed is not None and self._save.isEnabled():
            self._save.setEnabled(False)
            self._context.write(_keep, typed, owner=self, done=lambda _: then(), failed=self._refused)

    def reject(self) -> None:
        """Closed only when nothing that was typed would be lost unasked."""
        self._leave(super().reject)

    def _go_to(self, year: int) -> None:
        self.year.shown = year
        self._read()

    def _leave(self, then: Callable[[], None]) -> None:
        if not self.changed:
            then()
            return
        answer = ask.save_changes(f"{self.year.shown}年的节假日", parent=self)
        if answer is ask.Answer.SAVE:
            self._store(then)
        elif answer is ask.Answer.DISCARD:
            self._show_year(self._kept)
            then()

    def _refused(self, error: UserError) -> None:
        self._turn()
        self._fault.setText(f"▲ {error.in_one_line()}")


class NoticeDialog(Frame):
    """The notice, pasted.  found: what was read from it, once it is accepted."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__("粘贴国务院的通知", 620, 440, parent)
        self._year = year
        self.found: YearOff | None = None
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("通知的原文")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(
            "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n二、春节：……"
        )
        self._told = label(role="muted")
        self._told.setWordWrap(True)
        self.column.addWidget(label("把《国务院办公厅关于……年部分节假日安排的通知》的原文贴在这里："))
        self.column.addWidget(self.text, 1)
        self.column.addWidget(self._told)
        self._go = button("填入", self.take, primary=True)
        self.close_with(None, button("取消", self.reject), self._go, default=self._go)
        self.text.textChanged.connect(self._look)
        self._look()
        self.text.setFocus()

    def take(self) -> None:
        """Hand over what was read."""
        if self.found is not None:
            self.accept()

    def _look(self) -> None:
        text = self.text.toPlainText()
        try:
            self.found = read_notice(text, self._year)
            fault = "没有认出节假日，请连同“一、元旦：……”一起粘贴" if text.strip() else ""
        except ValueError:
            self.found, fault = None, "里面有不存在的日期，请核对原文"
        one = self.found
        self._told.setText(
            f"认出 {one.year} 年 {len(one.off)} 段放假、{len(one.on)} 天上班（{one.source}）"
            if one
            else fault
        )
        self._go.setEnabled(one is not None)


def _sorted(year: YearOff) -> tuple[object, ...]:
    return year.year, sorted(year.off, key=lambda one: one.first), sorted(year.on), year.source


def _look(ledger: Ledger) -> dict[int, YearOff]:
    return ledger.deadlines.years()


def _keep(ledger: Ledger, year: YearOff) -> Changes:
    return ledger.deadlines.keep_year(year)


def _deliver(ledger: Ledger, year: int) -> Changes:
    return ledger.deadlines.deliver_year(year)
