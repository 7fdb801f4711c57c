"""A reporting grid: who owes a duty by the periods of a year, each cell 已报, 零报, 未报 or not due yet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from mingxi_desktop.domain.duties import Duty
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.periods import Often, Period
from mingxi_desktop.domain.query import Query, Range, Wanted
from mingxi_desktop.domain.references import AREA

Spot = tuple[str, int]
"""A cell: the reference of who owes it, and the place of the period among those of the grid."""


class State(StrEnum):
    """Of one cell.  OPEN: nothing came, and nothing is due (yet)."""

    REPORTED = "已报"
    ZERO = "零报"
    MISSING = "未报"
    OPEN = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """records: how many there are.  note: of a registered zero report, when and by whom."""

    state: State
    records: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportingRow:
    """Who owes it, by name and reference, and the cells of all periods."""

    name: str
    ref: str
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> int:
        """How many periods are missing."""
        return sum(cell.state is State.MISSING for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Reporting:
    """The grid of one duty in one year, as of a day.

    dues: the day by which each period is due.  event: reference of the disaster event whose grid it is, of all
    those of the year in `events` as (reference, name).  owed: whether anything is asked for at all, so that 未报 is
    shown: not before a ledger's first year, and not of a ledger that is nobody's duty.
    """

    duty: Duty
    year: int
    today: datetime.date
    periods: tuple[Period, ...]
    dues: tuple[datetime.date, ...]
    rows: tuple[ReportingRow, ...]
    event: str = ""
    events: tuple[tuple[str, str], ...] = ()
    owed: bool = False

    @property
    def label(self) -> str:
        """What is reported: 隐患, 6.9-6.18暴雨洪涝响应统计."""
        return f"{dict(self.events).get(self.event, '')}{self.duty.label}"

    @property
    def unit(self) -> str:
        """What those who owe it are called."""
        return "部门" if self.duty.of_departments else "乡镇"

    @property
    def begun(self) -> int:
        """How many periods have begun, from the first on; a later one cannot have been reported."""
        return sum(period.first <= self.today for period in self.periods)

    def missing(self, place: int) -> tuple[ReportingRow, ...]:
        """Those who are due and have not reported the period at a place."""
        return tuple(row for row in self.rows if row.cells[place].state is State.MISSING)

    def missing_places(self) -> dict[int, tuple[ReportingRow, ...]]:
        """Place of a period → who is missing, for the periods in which somebody is, in order."""
        return {place: found for place in range(len(self.periods)) if (found := self.missing(place))}

    def count(self, state: State) -> int:
        """How many cells are in a state."""
        return sum(cell.state is state for row in self.rows for cell in row.cells)

    def query(self, row: ReportingRow | None = None, place: int | None = None) -> Query:
        """The records behind a cell, a row, a column or all of them."""
        duty, where = self.duty, list[tuple[str, Wanted]]()
        kind = kind_of(duty.kind)
        if place is not None and duty.often is not Often.EVENT:
            period = self.periods[place]
            where.append((kind.date, Range(period.first, period.last)))
        if row is not None:
            where.append(("reporter" if duty.of_departments else AREA, (row.ref,)))
        elif duty.of_departments:
            where.append(("reporter", duty.who))
        if duty.campaign:
            where.append(("campaign", (duty.campaign,)))
        if self.event:
            where.append(("event", (self.event,)))
        # A week at the turn of the year has days of both, and so may have an event.
        inside = place is None or self.periods[place].first.year == self.periods[place].last.year == self.year
        return Query(duty.kind, year=self.year if inside and not self.event else None, where=tuple(where))
