"""Reading reporting grids: the records of each cell, its zero report, and whether it is due."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace

from mingxi_desktop.domain.duties import Duty
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.periods import Often, Period, periods
from mingxi_desktop.domain.query import Query, Range, Wanted
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, Entry
from mingxi_desktop.domain.workdays import Workdays
from mingxi_desktop.ledger.duties.events import Going, going_of, spans
from mingxi_desktop.ledger.duties.grids import Cell, Reporting, ReportingRow, Spot, State
from mingxi_desktop.storage import grouping, reported
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.zero_reports import ZeroTable

_YEAR = 364
"""Days between the ends of a year."""
_RECORD_DATE = "record_date"
"""The date that lies in an index with the one who reports."""
_OF_MONTHS = frozenset({Often.MONTH, Often.QUARTER, Often.HALF})
"""What is due for whole months."""
_Counts = dict[Spot, tuple[int, int]]
"""Cell → (records that say something, records that say all zeros)."""


class GridReader:
    """Makes the grids of one ledger file."""

    def __init__(self, store: Store, table: ZeroTable, workdays: Callable[[], Workdays]) -> None:
        """workdays: asked only for duties that count working days."""
        self._store = store
        self._table = table
        self._workdays = workdays

    def of_calendar(self, duty: Duty, year: int, today: datetime.date, *, owed: bool = True) -> Reporting:
        """The grid of a duty that the calendar decides.  owed: False where it is nobody's duty."""
        found = tuple(period for period in periods(duty.often, year) if duty.stands_in(period))
        counts = self._counted(duty, found)
        # Before its first year nobody is asked for anything, unless the clerk has said from when.
        owed = owed and bool(duty.first or counts or self._table.begun_by(duty.kind, year))
        return self._made(Reporting(duty, year, today, found, (), (), owed=owed), self._who(duty), counts)

    def of_events(self, duty: Duty, year: int, today: datetime.date) -> list[Reporting]:
        """The grids of a duty that disaster events decide, one for each event of the year."""
        events = spans(reported.events(self._store.schema, year), today)
        if not events:
            return []
        refs = [event.ref for event in events]
        by = "reporter" if duty.of_departments else AREA
        told = reported.told(self._store.schema, duty.kind, by, refs)
        begun = bool(told) or self._table.begun_by(duty.kind, year)
        names = tuple((event.ref, event.label) for event in events)
        grids = []
        for event in events:
            of_event = [one for one in told if one.event == event.ref]
            found = tuple(period for period in going_of(event, duty.often) if duty.stands_in(period))
            places = {period.first: place for place, period in enumerate(found)}
            counts: _Counts = {}
            for one in of_event:
                place = 0 if duty.often is Often.EVENT else places.get(one.day)
                if place is not None and found:
                    rows, zeros = counts.get((one.who, place), (0, 0))
                    counts[one.who, place] = rows + one.rows, zeros + one.zeros
            owed = begun and (bool(of_event) or duty.often is Often.EVENT or event.goes_on)
            empty = Reporting(duty, year, today, found, (), (), event.ref, names, owed)
            grids.append(self._made(empty, self._who(duty, event), counts))
        return grids

    def _counted(self, duty: Duty, found: Sequence[Period]) -> _Counts:
        """The records of each cell, from one query for each year that the periods lie in."""
        if not found:
            return {}
        by = "reporter" if duty.of_departments else AREA
        date = kind_of(duty.kind).date
        # A year has thirty times as many days, and each that somebody has reported on would be a row.
        months = duty.often in _OF_MONTHS and date == _RECORD_DATE
        counts: _Counts = {}
        first, last = found[0].first, found[-1].last
        for year in range(first.year, last.year + 1):
            low, high = max(first, datetime.date(year, 1, 1)), min(last, datetime.date(year, 12, 31))
            whole = (high - low).days >= _YEAR
            where: list[tuple[str, Wanted]] = [] if whole else [(date, Range(low, high))]
            where += [("campaign", (duty.campaign,))] if duty.campaign else []
            where += [(by, duty.who)] if duty.of_departments else []
            query = Query(duty.kind, year=year, where=tuple(where))
            groups = by, grouping.MONTH if months else date
            places = _places(found, year, months=months)
            for who, when, number in grouping.grouped(self._store.schema, query, groups, ("count",)):
                if who is not None and when in places:
                    rows, zeros = counts.get((who, places[when]), (0, 0))
                    counts[who, places[when]] = rows + number, zeros
        return counts

    def _made(self, empty: Reporting, who: Sequence[Entry], counts: _Counts) -> Reporting:
        """The grid with its rows and due days."""
        duty = empty.duty
        workdays = self._workdays() if duty.workdays else Workdays(())
        dues = tuple(duty.due(period, workdays) for period in empty.periods)
        zeros = self._table.of_kind(duty.kind, duty.campaign)
        rows = []
        for entry in who:
            cells = tuple(
                _cell(
                    counts.get((entry.ref, place), (0, 0)),
                    zeros.get((entry.ref, period.key)),
                    empty.owed and dues[place] <= empty.today,
                )
                for place, period in enumerate(empty.periods)
            )
            rows.append(ReportingRow(entry.name, entry.ref, cells))
        return replace(empty, dues=dues, rows=tuple(rows))

    def _who(self, duty: Duty, event: Going | None = None) -> list[Entry]:
        """Those who owe a duty; of a disaster event only those where it was."""
        if duty.of_departments:
            known = (self._store.references.get(ref) for ref in duty.who)
            return [entry for entry in known if entry is not None]
        areas = [entry for entry in self._store.references.all(AREA) if entry.name != COUNTY_AREA]
        chosen = [entry for entry in areas if not duty.who or entry.ref in duty.who]
        if event is None or event.area not in {entry.ref for entry in areas}:
            return chosen
        return [entry for entry in chosen if entry.ref == event.area]


def _places(found: Sequence[Period], year: int, *, months: bool) -> dict[datetime.date | int, int]:
    """Each day of a year, or month from 1 on, that lies in a period → the place of that."""
    days = (
        (place, period.first + number * datetime.timedelta(days=1))
        for place, period in enumerate(found)
        for number in range((period.last - period.first).days + 1)
    )
    return {day.month if months else day: place for place, day in days if day.year == year}


def _cell(counted: tuple[int, int], zero: str | None, due: bool) -> Cell:
    rows, zeros = counted
    if rows:
        return Cell(State.REPORTED, rows + zeros)
    if zeros:
        return Cell(State.ZERO, zeros)
    if zero is not None:
        return Cell(State.ZERO, note=zero)
    return Cell(State.MISSING if due else State.OPEN)
