"""From a sheet and a layout to the rows to take in: cells by field, and why other rows are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from mingxi_desktop.exchange.cells import Cell, Row, Sheet, cell_text, is_empty
from mingxi_desktop.exchange.recognising.layout import Column, Layout, Role, describe, is_of_totals
from mingxi_desktop.exchange.recognising.number_rows import plain
from mingxi_desktop.exchange.recognising.plan_merged import covered, fill_down, value_at
from mingxi_desktop.exchange.recognising.plan_notices import about_columns, about_hidden
from mingxi_desktop.exchange.recognising.plan_row import (
    MergedNumber,
    Notice,
    Plan,
    PlanRow,
    Skipped,
    is_blank,
)
from mingxi_desktop.exchange.recognising.rows import (
    filled_cells,
    lonely_text,
    reason_to_skip,
    total_word,
    word_columns,
)
from mingxi_desktop.exchange.recognising.totals import across, mismatches

_DITTO = frozenset({"同上", "同前", "〃", "″", "”", "''", '"', "同 上"})
_FEWEST = 2
_AGAIN = "重复的表头"
_COUNTY = frozenset({"全县", "全市", "全区", "县合计", "全县合计", "各乡镇", "全县各乡镇"})
__all__ = ["MergedNumber", "Notice", "Plan", "PlanRow", "Skipped", "is_blank", "make_plan"]


def make_plan(sheet: Sheet, layout: Layout, *, personal: bool = False, county: str = "") -> Plan:
    """Sort the rows below the header into data, totals and the rest; compare the totals.

    personal: whether columns of personal data are taken in.  county: its name, "" where it is not known.
    """
    plan = Plan(sheet, layout)
    sorting = _Sorting(plan, _COUNTY | ({county} - {""}))
    for index in range(layout.bottom + 1, min(layout.end, len(sheet.rows))):
        sorting.take(index)
    sorting.finish()
    data = sorting.data
    headers = {column.index: column.header for column in layout.columns if column.role is not Role.NUMBER}
    found = [*mismatches(data, sorting.totals, headers), *across(data, layout)]
    plan.notices += [Notice("W_TOTAL_MISMATCH", wrong.message, wrong.row, wrong.header) for wrong in found]
    plan.notices += about_columns(sheet, layout, data, personal=personal)
    plan.notices += about_hidden(sheet, layout, data)
    return plan


def _dittos(sheet: Sheet) -> frozenset[Cell]:
    """The cells of a sheet that say 同上, as they are written."""
    cells = set(chain.from_iterable(sheet.rows))
    return frozenset(cell for cell in cells if type(cell) is str and cell.strip() in _DITTO)


class _Sorting:
    """Goes down the rows of a table."""

    def __init__(self, plan: Plan, whole: frozenset[str]) -> None:
        self.plan = plan
        self._whole = whole
        self.totals: dict[int, tuple[str, Row]] = {}
        self.data: dict[int, Row] = {}
        self._blank: list[int] = []
        self._section = ""
        self._lonely: list[tuple[int, str]] = []
        self._below: list[str] = []
        area = plan.layout.column_of("area")
        self._area = area.index if area is not None and is_of_totals(plan.layout) else -1
        self._counties: list[int] = []
        self._words = word_columns(plan.layout.columns)
        self._width = max((column.index for column in plan.layout.columns), default=0) + 1
        self._above: dict[int, Cell] = {}
        self._dittos: dict[Column, list[int]] = {}
        self._merged = covered(plan.sheet, plan.layout)
        self._ours = [column.index for column in plan.layout.columns if column.role is Role.UID]
        self._fields = tuple(
            column for column in plan.layout.columns if column.role is Role.FIELD and column.target
        )
        self._places = [column.index for column in self._fields]
        self._last = max(self._places, default=-1)
        self._pick: Callable[[Row], Sequence[Cell]] = (
            itemgetter(*self._places)
            if len(self._places) > 1
            else lambda row: [row[at] for at in self._places]
        )
        self._signs = _dittos(plan.sheet)
        self._rest = [
            column
            for column in plan.layout.columns
            if column.role in (Role.UNKNOWN, Role.SECOND, Role.PERSONAL)
            or (column.role is Role.COMPUTED and column.target is None)
        ]
        self._marks = [
            column for column in plan.layout.columns if column.role in (Role.UID, Role.NUMBER, Role.PARENT)
        ]

    def take(self, index: int) -> None:
        row, number = self.plan.sheet.rows[index], index + 1
        ours = bool(self._ours) and any(place < len(row) and not is_empty(row[place]) for place in self._ours)
        word = "" if ours else total_word(row, self._words)
        if word:
            self.totals[number] = (word, row)
            self._skip(number, f"合计行（{word}）")
            return
        filled = filled_cells(row)
        reason = "" if ours else reason_to_skip(row, self.plan.layout, first=not self.data, filled=filled)
        if reason == "空行":
            self._blank.append(number)
            return
        if reason:
            if reason == _AGAIN:
                self._titles_again()
            self._skip(number, reason)
            if reason in ("落款行", "说明行"):
                self._below += map(cell_text, filled)
            return
        text = "" if ours or len(filled) > 1 else lonely_text(row)
        if text:
            self._lonely.append((number, text))
            return
        if self._lonely:
            self._headings()
        if self._blank:
            self._flush()
        if self._area >= 0 and self._is_county(row):
            self._counties.append(number)
        self.data[number] = row
        self.plan.rows.append(self._row(row, index))

    def _is_county(self, row: Row) -> bool:
        """Whether a row of figures is for the whole county where the others are for its townships."""
        cell = row[self._area] if 0 <= self._area < len(row) else None
        return isinstance(cell, str) and plain(cell) in self._whole

    def _leave_county_out(self) -> None:
        """Beside two townships or more the county's row is their total."""
        if not self._counties or len(self.data) - len(self._counties) < _FEWEST:
            return
        for number in self._counties:
            row = self.data.pop(number)
            self.totals[number] = (plain(row[self._area]), row)
            self._skip(number, f"合计行（{plain(row[self._area])}）")
        self.plan.rows = [row for row in self.plan.rows if row.number not in self._counties]

    def finish(self) -> None:
        """What stands alone below the last row of data is no data."""
        self._leave_county_out()
        for number, text in self._lonely:
            self._skip(number, "表下面的文字")
            self._below.append(text)
        self.plan.below = tuple(self._below)
        self.plan.skipped.sort(key=lambda item: item.row)
        for column, numbers in self._dittos.items():
            text = f"列{describe(column)}有{len(numbers)}处“同上”（从第{numbers[0]}行起），按上一行记"
            self.plan.notices.append(Notice("W_DITTO", text, 0, column.header))
        fill_down(self.plan)

    def _titles_again(self) -> None:
        """Lines above a header that is repeated are the titles of the next printed page."""
        for number, _ in self._lonely:
            self._skip(number, "重复的标题")
        self._lonely.clear()

    def _headings(self) -> None:
        """Lonely texts above data: the last one is the heading of the rows that follow, if it looks like one."""
        for number, text in self._lonely:
            if self._is_heading(number):
                self._section = text
                self._skip(number, "小标题行")
            else:
                self._flush()
                row = self.plan.sheet.rows[number - 1]
                self.data[number] = row
                self.plan.rows.append(self._row(row, number - 1))
        self._lonely.clear()

    def _is_heading(self, number: int) -> bool:
        """Whether a lonely text is a heading: merged across columns, or short and where no text field is."""
        row = self.plan.sheet.rows[number - 1]
        place = next(index for index, cell in enumerate(row) if not is_empty(cell))
        across_columns = any(
            area.top <= number - 1 <= area.bottom and area.left <= place and area.right > area.left
            for area in self.plan.sheet.merged
        )
        column = next((item for item in self._fields if item.index == place), None)
        return across_columns or column is None or bool(column.target and column.target.name == "area")

    def _spoken_for(self, cells: Sequence[Any], index: int) -> list[Cell | MergedNumber]:
        """The cells of the mapped columns, with what others say for them: the one above, or a merged one."""
        values = []
        for column, cell in zip(self._fields, cells, strict=True):
            value = cell
            if type(cell) is str and cell in self._signs:
                value = self._ditto(column, index)
            elif cell is not None:
                self._above[column.index] = cell
            values.append(value_at(value, (index, column.index), column, self._merged))
        return values

    def _ditto(self, column: Column, index: int) -> Cell:
        """What 同上 stands for: the cell above, as it was written."""
        self._dittos.setdefault(column, []).append(index + 1)
        return self._above.get(column.index)

    def _skip(self, number: int, reason: str) -> None:
        self._flush()
        self.plan.skipped.append(Skipped(number, reason))

    def _flush(self) -> None:
        self.plan.skipped.extend(Skipped(line, "空行") for line in self._blank)
        self._blank.clear()

    def _row(self, row: Row, index: int) -> PlanRow:
        width = len(row)
        values: Sequence[Cell | MergedNumber]
        if width > self._last:
            values = self._pick(row)
        else:
            values = [row[place] if place < width else None for place in self._places]
        if self._signs or self._merged:
            values = self._spoken_for(values, index)
        planned = PlanRow(index + 1, self._fields, values, section=self._section)
        planned.shifted = self.plan.sheet.separated and width > self._width
        rest = [
            (column, row[column.index])
            for column in self._rest
            if column.index < width and not is_empty(row[column.index])
        ]
        if rest:
            planned.people = [(column, cell) for column, cell in rest if column.role is Role.PERSONAL]
            planned.others = [(column, cell) for column, cell in rest if column.role is not Role.PERSONAL]
        for column in self._marks:
            cell = row[column.index] if column.index < width else None
            if column.role is Role.UID:
                planned.uid = cell_text(cell).strip()
            elif column.role is Role.NUMBER:
                planned.running = plain(cell)
            else:
                planned.parent = plain(cell)
        return planned
