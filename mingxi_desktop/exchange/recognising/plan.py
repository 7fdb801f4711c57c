"""From a sheet and a layout to the rows to take in: cells by field, and why other rows are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, repeat
from operator import itemgetter
from typing import Any

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.exchange.cells import Cell, Row, Sheet, cell_text, is_empty
from mingxi_desktop.exchange.recognising.layout import Column, Layout, Role, describe, is_of_totals
from mingxi_desktop.exchange.recognising.number_rows import plain
from mingxi_desktop.exchange.recognising.plan_merged import covered, fill_down, value_at
from mingxi_desktop.exchange.recognising.plan_notices import about_columns, about_hidden
from mingxi_desktop.exchange.recognising.plan_ordinary import Block, is_ditto
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
from mingxi_desktop.patterns import pattern

_BLOCK = 1_000
"""Rows sorted together."""
_FEWEST = 2
_GROUP = 4
"""Digits from which on thousands may be set apart by a comma."""
_AGAIN = "重复的表头"
_UNFILLED = "只写了乡镇，别的都空着（没有报）"
_TOWNSHIP = pattern(r"[\u4e00-\u9fff]{1,6}[镇乡]")
_MARKS = (Role.UID, Role.NUMBER, Role.PARENT)
_COUNTY = frozenset({"全县", "全市", "全区", "县合计", "全县合计", "各乡镇", "全县各乡镇"})
__all__ = ["MergedNumber", "Notice", "Plan", "PlanRow", "Skipped", "is_blank", "make_plan"]


def make_plan(sheet: Sheet, layout: Layout, *, personal: bool = False, county: str = "") -> Plan:
    """Sort the rows below the header into data, totals and the rest; compare the totals.

    personal: whether columns of personal data are taken in.  county: its name, "" where it is not known.
    """
    plan = Plan(sheet, layout)
    sorting = _Sorting(plan, _COUNTY | ({county} - {""}))
    end = min(layout.end, len(sheet.rows))
    for start in range(layout.bottom + 1, end, _BLOCK):
        sorting.take_block(start, min(start + _BLOCK, end))
    sorting.finish()
    data = sorting.data
    headers = {column.index: column.header for column in layout.columns if column.role is not Role.NUMBER}
    found = [*mismatches(data, sorting.totals, headers), *across(data, layout)]
    plan.notices += [Notice("W_TOTAL_MISMATCH", wrong.message, wrong.row, wrong.header) for wrong in found]
    plan.notices += about_columns(sheet, layout, data, personal=personal)
    plan.notices += about_hidden(sheet, layout, data)
    return plan


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
        self._above: dict[int, tuple[Cell, int]] = {}
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
        last = max(self._fields, key=lambda column: column.index, default=None)
        words = last is not None and last.target is not None and last.target.field.type is FieldType.TEXT
        self._words_last = last.index if last is not None and words and last.index + 1 == self._width else -1
        self._spoken = bool(self._merged)
        self._rest = [
            column
            for column in plan.layout.columns
            if column.role in (Role.UNKNOWN, Role.SECOND, Role.PERSONAL)
            or (column.role is Role.COMPUTED and column.target is None)
        ]
        self._marks = {
            column.role: column for column in plan.layout.columns if column.role in _MARKS
        }.values()

    def take_block(self, start: int, stop: int) -> None:
        """Rows of the sheet from one to before another."""
        block = Block(self.plan.sheet.rows[start:stop])
        self._spoken = self._spoken or block.dittos
        whole = block.dittos or bool(self._merged or self._ours) or self._area >= 0
        odd = None if whole else block.remarkable(self.plan.layout)
        if odd is None:
            odd = list(range(block.number))
        at = 0
        for place in (*odd, block.number):
            while at < place and not self.data:  # the numbers of the columns stand above all data
                self.take(start + at)
                at += 1
            if at < place:
                self._take_run(block, start, at, place)
            if place < block.number:
                self.take(start + place)
            at = place + 1

    def _take_run(self, block: Block, start: int, first: int, last: int) -> None:
        """Rows of a block that are data and have nothing remarkable."""
        self._begin_data()
        numbers = range(start + first + 1, start + last + 1)
        rows = self.plan.sheet.rows[start + first : start + last]
        self.data.update(zip(numbers, rows, strict=True))
        picked = [block.cells(place, first, last) for place in self._places]
        values = zip(*picked, strict=True) if picked else repeat(())
        planned = list(map(PlanRow, numbers, repeat(self._fields), values))
        if self._section or self.plan.sheet.separated:
            for one, row in zip(planned, rows, strict=True):
                one.section, one.shifted = self._section, self._is_shifted(row)
        for column in (*self._rest, *self._marks):
            cells = block.cells(column.index, first, last)
            if column.role is Role.NUMBER:
                for one, cell in zip(planned, cells, strict=True):
                    one.counted = cell
                continue
            for one, cell in zip(planned, cells, strict=True):
                if cell is not None:
                    _put_beside(one, column, cell)
        self.plan.rows += planned

    def _is_shifted(self, row: Row) -> bool:
        return self.plan.sheet.separated and (len(row) > self._width or self._is_split(row))

    def _is_split(self, row: Row) -> bool:
        """Whether 1,200 became 1 and 200, so that a number came to stand in the last column, which is for words."""
        last = row[self._words_last] if 0 <= self._words_last < len(row) else None
        if last is None or not plain(last).isdecimal():
            return False
        texts = [plain(cell) for cell in row]
        return any(
            one.isdecimal() and len(one) < _GROUP and two.isdecimal() and len(two) == _GROUP - 1
            for one, two in pairwise(texts)
        )

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
        self._begin_data()
        if self._area >= 0 and self._is_county(row):
            self._counties.append(number)
        self.data[number] = row
        self.plan.rows.append(self._row(row, index))

    def _begin_data(self) -> None:
        """What is to become of the rows right above data."""
        if self._lonely:
            self._headings()
        if self._blank:
            self._flush()

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
            self._skip(number, self._why_alone(number, "表下面的文字"))
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
                self._skip(number, self._why_alone(number, "小标题行"))
            else:
                self._flush()
                row = self.plan.sheet.rows[number - 1]
                self.data[number] = row
                self.plan.rows.append(self._row(row, number - 1))
        self._lonely.clear()

    def _why_alone(self, number: int, otherwise: str) -> str:
        """What to say of a lonely text: in a table of figures a township alone is one that has not reported."""
        row = self.plan.sheet.rows[number - 1]
        cell = row[self._area] if 0 <= self._area < len(row) else None
        named = isinstance(cell, str) and _TOWNSHIP.fullmatch(plain(cell))
        return _UNFILLED if named else otherwise

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
            value = self._ditto(column, index) if is_ditto(cell) else cell
            values.append(value_at(value, (index, column.index), column, self._merged))
        return values

    def _ditto(self, column: Column, index: int) -> Cell:
        """What 同上 stands for: the cell above, as it was written."""
        self._dittos.setdefault(column, []).append(index + 1)
        above, since = self._above.get(column.index, (None, 0))
        for planned in self.plan.rows[since:]:
            row = self.plan.sheet.rows[planned.number - 1]
            cell = row[column.index] if column.index < len(row) else None
            if cell is not None and not is_ditto(cell):
                above = cell
        self._above[column.index] = above, len(self.plan.rows)
        return above

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
        if self._spoken:
            values = self._spoken_for(values, index)
        planned = PlanRow(index + 1, self._fields, values, section=self._section)
        planned.shifted = self._is_shifted(row)
        for column in (*self._rest, *self._marks):
            if column.index < width and row[column.index] is not None:
                _put_beside(planned, column, row[column.index])
        return planned


def _put_beside(planned: PlanRow, column: Column, cell: Cell) -> None:
    """What a filled cell says that is of no field."""
    if column.role is Role.UID:
        planned.uid = cell_text(cell).strip()
    elif column.role is Role.NUMBER:
        planned.counted = cell
    elif column.role is Role.PARENT:
        planned.parent = plain(cell)
    elif not is_empty(cell):
        if column.role is Role.PERSONAL:
            planned.people = [*planned.people, (column, cell)]
        else:
            planned.others = [*planned.others, (column, cell)]
