"""Who has reported which month: 已报 by records, 零报 by word, 未报 once the month is due."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.undoing import Undoer
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage import grouping
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.zero_reports import Zero, ZeroTable

DUE_DAY = 5
"""A month is to be reported before this day of the next one; from it on it counts as 未报."""
REPORTED = ("hazard", "inspection", "activity", "supply_movement")
"""The ledgers that townships send records to, in the order of the tabs."""
MONTHLY = "reporting.monthly"
"""Setting: those of them that are due every month, as "hazard,activity"."""
MONTHLY_AT_FIRST = "hazard"
_MONTHS = range(1, 13)


class State(StrEnum):
    """Of one township in one month.  OPEN: nothing came, and nothing is due (yet)."""

    REPORTED = "已报"
    ZERO = "零报"
    MISSING = "未报"
    OPEN = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One township and month.  records: how many there are.  note: of a zero report, when and by whom."""

    state: State
    records: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportingRow:
    """One township: its cells of January to December."""

    area: str
    ref: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Reporting:
    """The grid of one ledger and year.  monthly: whether it is due every month, so that 未报 is shown.

    begun: months that have begun, from January on; a later one cannot have been reported.
    """

    kind: str
    year: int
    monthly: bool
    begun: int
    rows: tuple[ReportingRow, ...]

    @property
    def label(self) -> str:
        """The ledger's name."""
        return kind_of(self.kind).label

    def missing(self, month: int) -> tuple[ReportingRow, ...]:
        """The townships that are due and have not reported a month."""
        return tuple(row for row in self.rows if row.cells[month - 1].state is State.MISSING)

    def missing_months(self) -> dict[int, tuple[ReportingRow, ...]]:
        """Month → who is missing, for the months in which somebody is, the latest first."""
        return {month: found for month in reversed(_MONTHS) if (found := self.missing(month))}

    def count(self, state: State) -> int:
        """How many cells are in a state."""
        return sum(cell.state is state for row in self.rows for cell in row.cells)

    def query(self, row: ReportingRow, month: int) -> Query:
        """The records behind a cell."""
        first = datetime.date(self.year, month, 1)
        last = first.replace(day=calendar.monthrange(self.year, month)[1])
        where = ((kind_of(self.kind).date, Range(first, last)), (AREA, (row.ref,)))
        return Query(self.kind, year=self.year, where=where)


@guarded
class ZeroReports:
    """The reporting grid of one ledger file, and its zero reports.  undoer: hears of every change."""

    def __init__(self, store: Store, writer: Writer, undoer: Undoer | None = None) -> None:
        self._store = store
        self._writer = writer
        self._undoer = undoer
        self._table = ZeroTable(store, writer.journal)

    def monthly(self) -> tuple[str, ...]:
        """The ledgers that are due every month."""
        kept = self._store.setting(MONTHLY, MONTHLY_AT_FIRST).split(",")
        return tuple(kind for kind in REPORTED if kind in kept)

    def grid(self, kind: str, year: int, today: datetime.date | None = None) -> Reporting:
        """Who has reported what in a year, as of today; UserError for a ledger that nobody reports to."""
        day = today or datetime.date.today()
        _known(kind)
        monthly = kind in self.monthly()
        counted: dict[tuple[str, int], int] = {}
        query = Query(kind, year=year)
        for area, month, number in grouping.grouped(self._store.schema, query, ("area", "month"), ("count",)):
            if area is not None and month:
                counted[area, month] = number
        zeros = self._table.of_year(kind, year)
        # Before its first year nobody is asked for anything.
        due = _due(year, day) if monthly and (counted or self._table.begun_by(kind, year)) else 0
        rows = []
        for entry in self._townships():
            cells = []
            for month in _MONTHS:
                cell = _cell(counted.get((entry.ref, month), 0), zeros.get((entry.id, month)), month <= due)
                cells.append(cell)
            rows.append(ReportingRow(entry.name, entry.ref, tuple(cells)))
        return Reporting(kind, year, monthly, _begun(year, day), tuple(rows))

    def register(
        self, kind: str, areas: Sequence[str], year: int, month: int, today: datetime.date | None = None
    ) -> Changes:
        """Note that these townships (by reference) had nothing to report in a month.

        UserError where the month has not begun, or all of them have reported it as zero already.
        """
        _known(kind)
        if month > _begun(year, today or datetime.date.today()):
            raise UserError(
                f"{year}年{month}月还没有到，不能登记零报", "", "到了那个月，乡镇报来零报告再登记。"
            )
        chosen = [entry for entry in self._townships() if entry.ref in areas]
        zeros = [Zero(kind, entry.id, year, month) for entry in chosen]
        sentence = f"登记零报 {_called(chosen)} {year}年{month}月 {kind_of(kind).label}"
        with self._writer.change(sentence) as change_set:
            if not self._table.add(zeros, change_set):
                raise UserError("已经登记过零报", f"{_called(chosen)} {year}年{month}月", "不用再登记。")
        return self._noted(change_set, sentence)

    def cancel(self, kind: str, area: str, year: int, month: int) -> Changes:
        """Take the zero report of a township (by reference) back; UserError when there is none."""
        _known(kind)
        entry = self._store.references.get(area)
        name = entry.name if entry else area
        sentence = f"取消零报 {name} {year}年{month}月 {kind_of(kind).label}"
        with self._writer.change(sentence) as change_set:
            zero = Zero(kind, int(area.rpartition(":")[2]), year, month)
            if not self._table.remove([zero], change_set):
                raise UserError(
                    "没有登记过零报", f"{name} {year}年{month}月", "报送情况里看看是不是选错了月份。"
                )
        return self._noted(change_set, sentence)

    def _noted(self, change_set: int, sentence: str) -> Changes:
        if self._undoer is not None:
            self._undoer.note(change_set, sentence)
        return Changes(sentence)

    def _townships(self) -> list[Entry]:
        return [entry for entry in self._store.references.all(AREA) if entry.name != COUNTY_AREA]


def reminder(reporting: Reporting, bureau: str, month: int | None = None) -> str:
    """The text to send to those who have not reported, a line for each month or for one; "" for nobody."""
    lines = [
        f"请以下乡镇尽快报送{reporting.year}年{number}月{reporting.label}台账："
        f"{'、'.join(row.area for row in rows)}。"
        for number, rows in sorted(reporting.missing_months().items())
        if month in (None, number)
    ]
    return "\n".join([*lines, "没有发生的，也请报零报告。", bureau]).strip() if lines else ""


def _cell(records: int, zero: str | None, due: bool) -> Cell:
    if records:
        return Cell(State.REPORTED, records)
    if zero is not None:
        return Cell(State.ZERO, note=zero)
    return Cell(State.MISSING if due else State.OPEN)


def _due(year: int, today: datetime.date) -> int:
    """The last month of the year that is due today; 0 for none."""
    return max((month for month in _MONTHS if today >= _due_from(year, month)), default=0)


def _due_from(year: int, month: int) -> datetime.date:
    later = year * 12 + month
    return datetime.date(later // 12, later % 12 + 1, DUE_DAY)


def _begun(year: int, today: datetime.date) -> int:
    return 12 if year < today.year else today.month if year == today.year else 0


def _called(entries: Sequence[Entry]) -> str:
    names = [entry.name for entry in entries]
    return "、".join(names) if len(names) <= 3 else f"{'、'.join(names[:3])}等{len(names)}个乡镇"


def _known(kind: str) -> None:
    if kind not in REPORTED:
        labels = "、".join(kind_of(name).label for name in REPORTED)
        raise UserError(f"“{kind}”没有乡镇报送", "", f"有乡镇报送的台账：{labels}")
