"""未报: a period is over and due, and somebody has sent neither records nor a zero report."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.periods import Often, listed
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.duties.grids import Reporting, ReportingRow

CODE = "unreported"
_FEW = 3
MOST = 24
"""More findings than this are told as one for each duty, of all its periods."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is missing of one duty in one month, one event or a whole year.

    head: what and when, in words.  places: of the periods, with who is missing.
    """

    grid: Reporting
    subject: str
    head: str
    places: dict[int, tuple[ReportingRow, ...]]


def _find(scope: Scope) -> Iterator[Concern]:
    grids = list(scope.ledger.zeros.grids(scope.year, scope.today))
    gaps = [gap for grid in grids for gap in _gaps(grid)]
    if len(gaps) > MOST:
        gaps = [gap for grid in grids for gap in _whole(grid)]
    yield from map(_concern, gaps)


def _gaps(grid: Reporting) -> Iterator[_Gap]:
    """One for each month of the calendar; a disaster event is one."""
    if grid.event:
        yield from _whole(grid)
        return
    months: dict[int, dict[int, tuple[ReportingRow, ...]]] = {}
    for place, rows in grid.missing_places().items():
        months.setdefault(grid.periods[place].month, {})[place] = rows
    for month, places in months.items():
        first = grid.periods[next(iter(places))]
        alone = grid.duty.often in (Often.MONTH, Often.QUARTER, Often.HALF)
        when = first.full if alone else f"{grid.year}年{month}月"
        yield _Gap(grid, f"{grid.duty.id}:{grid.year}-{month:02d}", f"{grid.label}{when}", places)


def _whole(grid: Reporting) -> Iterator[_Gap]:
    places = grid.missing_places()
    if places:
        subject = f"{grid.duty.id}:{grid.event or grid.year}"
        head = f"{grid.year}年{grid.label}" if grid.event else f"{grid.label}{grid.year}年"
        yield _Gap(grid, subject, head, places)


def _concern(gap: _Gap) -> Concern:
    grid, places = gap.grid, gap.places
    keys = tuple(f"{grid.periods[place].key} {row.ref}" for place, rows in places.items() for row in rows)
    message = f"{gap.head}未报：{_who(gap)}（{_due(grid, list(places))}应报）"
    return Concern(CODE, Severity.INFO, message, (), gap.subject, keys, f"remind:{grid.duty.id}")


def _who(gap: _Gap) -> str:
    """盖洋镇、夏阳乡; with the periods where they are not in the head: 盖洋镇6月12日至14日；沙溪乡6月18日."""
    grid, places = gap.grid, gap.places
    missing: dict[str, list[int]] = {}
    for place, rows in places.items():
        for row in rows:
            missing.setdefault(row.name, []).append(place)
    alike: dict[tuple[int, ...], list[str]] = {}
    for name, gaps in missing.items():
        alike.setdefault(tuple(gaps), []).append(name)
    told = len(places) == 1 and gap.head.endswith(grid.periods[next(iter(places))].full)
    parts = []
    for which, names in alike.items():
        all_of_them = len(names) == len(grid.rows) > _FEW
        who = f"{len(names)}个{grid.unit}都没有报" if all_of_them else "、".join(names)
        parts.append(who if told else f"{who}{listed([grid.periods[place] for place in which])}")
    return "；".join(parts)


def _due(grid: Reporting, places: Sequence[int]) -> str:
    """7月5日; with its year where that is not the grid's; from the first to the last of several."""
    first, last = grid.dues[places[0]], grid.dues[places[-1]]
    return _day(first, grid.year) if first == last else f"{_day(first, grid.year)}至{_day(last, grid.year)}"


def _day(day: datetime.date, year: int) -> str:
    return f"{day.month}月{day.day}日" if day.year == year else f"{day.year}年{day.month}月{day.day}日"


CHECK = Check(
    code=CODE,
    label="应报未报",
    about="到了应报的日子，既没有记录也没有零报告，全年的数就可能少一块。催他们报来；确实没有的，登记零报。"
    "年中才开始用的，到【报送】里点开始那一期的列头，选“以前的不用报”。",
    kinds=(),
    find=_find,
)
