"""库存: what is left of each supply on a day, worked out from the movements; its account book at the right."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QSplitter, QVBoxLayout, QWidget

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import ITEM
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.stock_paper import row_texts
from mingxi_desktop.ledger.stock_sheet import WANTING, State, StockRow
from mingxi_desktop.ledger.supplies import Leg, export
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.account_book import AccountBook
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.copying import copy_lines
from mingxi_desktop.ui.flow import FlowLayout, flow
from mingxi_desktop.ui.inputs.date import DateInput
from mingxi_desktop.ui.shapes import button, label
from mingxi_desktop.ui.table.stock import StockTable

_AS_OF = kind_of("supply_movement").field("record_date")
_AS_OF_TIP = "算到这一天结束时的库存；这一年年初到这一天的是本年收发"
_TYPING = 400
"""Milliseconds after the last key before the day is taken."""
_DATE_WIDTH = 150
_KINDS = frozenset({"supply_movement", "supply_line"})


class StockPage(QWidget):
    """The sheet of the store as at a day. It reads what it shows each time it comes in sight."""

    status = Signal(str)
    """What the status bar says of this page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[StockRow] = []
        self._day = self._usual = _day_of(context.year)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._take_day)
        self.table = StockTable()
        self.table.leg_chosen.connect(self._show_leg)
        self.table.door_opened.connect(self._go)
        self.table.floor_typed.connect(self._set_floor)
        self.table.supply_chosen.connect(lambda _: self._show_account())
        self.book = AccountBook(context)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.table)
        splitter.addWidget(self.book)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([860, 480])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._head())
        column.addWidget(splitter, 1)
        context.changed.connect(self._changed)
        context.year_changed.connect(self._year_changed)

    def _head(self) -> FlowLayout:
        name = label("截至", "muted")
        self.day = DateInput()
        self.day.bind(_AS_OF, self._context.sources)
        for part in (self.day, self.day.editor):
            part.setAccessibleName("截至")
            part.setToolTip(_AS_OF_TIP)
        self.day.setFixedWidth(_DATE_WIDTH)
        self.day.set_text(self._day.isoformat())
        self.day.value_changed.connect(lambda _: self._typing.start())
        self.day.entered.connect(self._take_day)
        self.day.left.connect(self._take_day)
        name.setBuddy(self.day.editor)
        self._short = QCheckBox("只看要补的")
        self._short.toggled.connect(lambda _: self._fill())
        self._short.setToolTip("低于下限、出大于入的物资")
        self._summary = label(role="muted")
        copy = button("复制", self.copy, icon="copy", tip="复制整张库存表，可以贴进 Excel 或 WPS")
        return flow([name, self.day, self._short, self._summary], [copy])

    @property
    def as_of(self) -> datetime.date:
        """The day the sheet is of."""
        return self._day

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Work everything out anew; nothing while out of sight."""
        if self.isVisible():
            self._context.read(_sheet, self._day, done=self._show, owner=self)

    def say(self) -> None:
        """Say in the status bar what the page shows."""
        short = sum(row.state in WANTING for row in self._rows)
        worth = sum((row.worth for row in self._rows if row.worth is not None), Decimal(0))
        parts = [
            f"{len(self._rows)} 种物资，截至 {self._day.isoformat()}",
            f"{short} 种要补" if short else "",
            f"估值合计 {worth:,.2f} 元" if worth else "",
        ]
        self.status.emit("　".join(part for part in parts if part))

    def copy(self) -> None:
        """The sheet as text."""
        lines = [row_texts(row) for row in self._chosen_rows()]
        number = copy_lines(self.table.headers(), lines)
        self._context.said.emit(f"已复制 {number} 种物资的库存")

    def export(self) -> None:
        """Write what the page shows into a workbook or csv."""
        name = f"库存{self._day:%Y%m%d}.xlsx"
        path = ask.save_file("导出", name, "Excel 工作簿 (*.xlsx);;CSV 文本 (*.csv)", parent=self)
        if path is not None:
            rows = self._chosen_rows()
            self._context.read(_export, rows, self._day, path, done=partial(self._exported, path), owner=self)

    def print(self) -> None:
        """The sheet as it is shown, to be printed or saved."""
        from mingxi_desktop.ui.dialogs.print_stock import PrintStockDialog

        rows, short = self._chosen_rows(), self._short.isChecked()
        PrintStockDialog(self._context, rows, self._day, self, short=short).exec()

    def show_wanting(self) -> None:
        """What is wanting today, whatever year is shown."""
        self._short.setChecked(True)
        self._set_day(datetime.date.today())

    # inside

    def _set_day(self, day: datetime.date) -> None:
        self._day = day
        self.day.set_text(day.isoformat())
        self.refresh()

    def _exported(self, path: Path, number: int) -> None:
        self._context.said.emit(f"已导出 {number} 种物资的库存：{path}")

    def _changed(self, changes: Changes) -> None:
        before, self._usual = self._usual, _day_of(self._context.year)
        if self._day == before != self._usual:  # another day has begun, and nobody has chosen this one
            self._set_day(self._usual)
        elif changes.kinds & _KINDS or ITEM in changes.lists:
            self.refresh()

    def _year_changed(self, year: int) -> None:
        self._usual = _day_of(year)
        self._set_day(self._usual)

    def _take_day(self) -> None:
        """The day typed or picked, once it can be read; no day means today or the year's end."""
        self._typing.stop()
        try:
            day = parse.parse_date(self.day.text(), year=self._context.year).value
        except ValueError:
            return  # said beside the input when it is left
        day = day or _day_of(self._context.year)
        if day != self._day:
            self._day = day
            self.refresh()

    def _show(self, rows: list[StockRow]) -> None:
        self._rows = rows
        self._fill()
        self.say()

    def _chosen_rows(self) -> list[StockRow]:
        return [row for row in self._rows if not self._short.isChecked() or row.state in WANTING]

    def _fill(self) -> None:
        negative = sum(row.state is State.NEGATIVE for row in self._rows)
        short = sum(row.state is State.SHORT for row in self._rows)
        words = [f"▲ {short} 种低于下限" if short else "", f"▲ {negative} 种出大于入" if negative else ""]
        self._summary.setText("　".join(word for word in words if word) or "没有要补的物资")
        self.table.set_empty_text(
            "没有低于下限的物资。"
            if self._short.isChecked()
            else "物资名单是空的。到“工具 → 设置 → 名单 → 物资”里登记，再新增物资收发。"
        )
        self.table.set_rows(self._chosen_rows())
        self._show_account()

    def _show_account(self, leg: Leg | None = None) -> None:
        row = self.table.current_row()
        self.book.show_supply(row, self._day, leg)

    def _show_leg(self, _: str, leg: Leg) -> None:
        self._show_account(leg)

    def _go(self, item: str, leg: Leg) -> None:
        self._context.read(_movements, item, leg, self._day, done=self._context.show, owner=self)

    def _set_floor(self, item: str, text: str) -> None:
        self._context.write(_set_floor, item, text, owner=self)


def _day_of(year: int) -> datetime.date:
    """Today, or the last day of a past year."""
    today = datetime.date.today()
    return today if year >= today.year else datetime.date(year, 12, 31)


def _sheet(ledger: Ledger, as_of: datetime.date) -> list[StockRow]:
    return ledger.stock(as_of)


def _movements(ledger: Ledger, item: str, leg: Leg, as_of: datetime.date) -> Query:
    return ledger.register.supplies.movements(item, leg, as_of)


def _set_floor(ledger: Ledger, item: str, text: str) -> Changes | None:
    return ledger.register.supplies.set_floor(item, text)


def _export(ledger: Ledger, rows: list[StockRow], as_of: datetime.date, path: Path) -> int:
    return export(ledger.setting("bureau"), rows, as_of, path)
