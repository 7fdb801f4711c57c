"""Holidays and make-up days of one year, a line for each: typed into like a spreadsheet."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.workdays import Holiday, YearOff, weekday
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.listing import ListColumn
from mingxi_desktop.ui.typed_table import TypedTable

OFF, ON = "放假", "上班"
_COLUMNS = (
    ListColumn("放假 / 上班", 104),
    ListColumn("名称", 150),
    ListColumn("起", 130),
    ListColumn("止", 130),
    ListColumn("说明"),
)
_SORT, _NAME, _FIRST, _LAST, _TOLD = range(5)
_NAME_OF_ON = "调休上班"


class HolidaysTable(TypedTable):
    """What cannot be read is marked where it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("节假日", _COLUMNS, parent)
        self._year = 0
        self._source: Callable[[], str] = str

    def set_source(self, source: Callable[[], str]) -> None:
        """Where the notice's number is taken from when the year is read."""
        self._source = source

    def show_year(self, year: YearOff) -> None:
        """Show a year; what was typed is gone."""
        self._year = year.year
        with self.changing():
            self.setRowCount(0)
            for one in year.off:
                self._append(OFF, one.name, one.first.isoformat(), one.last.isoformat())
            for day in year.on:
                self._append(ON, _NAME_OF_ON, day.isoformat(), day.isoformat())

    def add_line(self, sort: str) -> None:
        """A new line at the end, ready to be typed into."""
        with self.changing():
            self._append(sort, "" if sort == OFF else _NAME_OF_ON, "", "")
        column = _NAME if sort == OFF else _FIRST
        self.setCurrentCell(self.rowCount() - 1, column)
        self.setFocus()
        self.edit(self.currentIndex())

    def remove_lines(self, rows: list[int]) -> None:
        """Take lines away."""
        for place in reversed(rows):
            self.removeRow(place)
        self.edited.emit()

    def year(self) -> YearOff:
        """What stands in the table; ValueError, in Chinese, for what cannot be read."""
        off, on = [], []
        for place in range(self.rowCount()):
            first = self._day(place, _FIRST)
            last = self._day(place, _LAST) if self.text(place, _LAST) else first
            if self.text(place, _SORT) == OFF:
                off.append(Holiday(self.text(place, _NAME), first, last))
            else:
                days = (last - first).days
                on += [first + datetime.timedelta(number) for number in range(days + 1)]
        return YearOff(self._year, tuple(off), tuple(on), self._source())

    def _append(self, sort: str, *texts: str) -> None:
        place = self.rowCount()
        self.insertRow(place)
        for column, text in enumerate((sort, *texts, "")):
            item = QTableWidgetItem(text)
            if column in (_SORT, _TOLD):
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                item.setForeground(theme.current().color("muted" if column == _TOLD else _color(sort)))
            self.setItem(place, column, item)
        self._tell(place)

    def typed(self, cell: QTableWidgetItem) -> None:
        """A day becomes a whole date; without a last day it is the only one."""
        if cell.column() in (_FIRST, _LAST):
            day = _read(cell.text(), self._year)
            if day is not None:
                cell.setText(day.isoformat())
            if cell.column() == _FIRST and not self.text(cell.row(), _LAST):
                self.cell(cell.row(), _LAST).setText(cell.text())
        self._tell(cell.row())

    def _tell(self, place: int) -> None:
        """Weekdays and number of days, or what cannot be read."""
        first, last = (_read(self.text(place, column), self._year) for column in (_FIRST, _LAST))
        told = ""
        if first is not None and last is not None:
            days = (last - first).days + 1
            told = weekday(first) + (f"至{weekday(last)}，共 {days} 天" if days > 1 else "")
        bad = [column for column in (_FIRST, _LAST) if _wrong(self.text(place, column), self._year)]
        self.cell(place, _TOLD).setText("▲ 不是日期" if bad else told)
        for column in (_FIRST, _LAST):
            shown = theme.current().color("error_soft" if column in bad else "card")
            self.cell(place, column).setBackground(shown)

    def _day(self, place: int, column: int) -> datetime.date:
        text = self.text(place, column)
        day = _read(text, self._year)
        if day is None:
            said = f"“{text}”不是日期" if text else "没有写日期"
            raise ValueError(f"第 {place + 1} 行的“{_COLUMNS[column].header}”{said}")
        return day


def _color(sort: str) -> str:
    return "ok" if sort == OFF else "warning"


def _read(text: str, year: int) -> datetime.date | None:
    try:
        return parse.parse_date(text, year=year).value
    except ValueError:
        return None


def _wrong(text: str, year: int) -> bool:
    return bool(text) and _read(text, year) is None
