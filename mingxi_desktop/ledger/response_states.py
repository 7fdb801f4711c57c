"""How responses stand on a day: still open for too long, or without tallies."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingxi_desktop.domain.deadlines import Limit
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.checks import responses
from mingxi_desktop.storage.checks.responses import Response, Tallied
from mingxi_desktop.storage.store import Store

_FLOODS = pattern(r"雨|台|洪|汛|强对流|水")
"""Types of response of which townships send tallies."""
_NOT_TALLIED = frozenset({"抗旱", "低温雨雪", "森林防火", "救灾救助"})
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One response.  days: for how long it is open; None once it has ended.

    stale: open for longer than it should be, or longer than its event.  untallied: why its tallies are not
    enough, in Chinese; "" where they are.
    """

    row: Response
    days: int | None
    stale: bool
    untallied: str

    @property
    def name(self) -> str:
        """2024年6月9日启动的防暴雨响应."""
        day = datetime.date.fromisoformat(self.row.start[:10])
        return f"{day.year}年{day.month}月{day.day}日启动的{self.row.type}响应"


def standing(
    store: Store, limits: Mapping[str, Limit], today: datetime.date, year: int | None = None
) -> list[Standing]:
    """The responses of a year (None: those open today) that are open or lack tallies, in order of their start."""
    rows = [row for row in responses.responses(store, year) if year is not None or row.end is None]
    tallies = responses.tallied(store, sorted({row.event for row in rows if row.event}))
    county = store.references.find("area", COUNTY_AREA)
    found = []
    for row in rows:
        days = (today - _day(row.start)).days if row.end is None else None
        over = row.end is None and row.event_end is not None and _day(row.event_end) + _DAY < today
        stale = days is not None and (days > limits["open"].days or over)
        own = _own(row, tallies, county.id if county else None)
        lacks = _lacks(store, row, own, today, limits["tally"].days) if _is_tallied(row.type) else ""
        if days is not None or lacks:
            found.append(Standing(row, days, stale, lacks))
    return found


def _is_tallied(type_: str) -> bool:
    return type_ not in _NOT_TALLIED and _FLOODS.search(type_) is not None


def _own(row: Response, tallies: Iterable[Tallied], county: int | None) -> list[Tallied]:
    """The tallies of its event: of any area for the whole county's response, else of its area or the county's."""
    of_event = [one for one in tallies if one.event == row.event]
    return [one for one in of_event if row.area in (None, county) or one.area in (row.area, county)]


def _lacks(store: Store, row: Response, own: list[Tallied], today: datetime.date, most: int) -> str:
    begun = today - _day(row.start) >= _DAY
    if not own:
        if row.event is None:
            last = row.end[:10] if row.end else today.isoformat()
            loose = responses.tallied_between(store, row.start[:10], last)
            return "" if loose or not begun else "没有写是哪次灾害过程，这些天也没有响应统计"
        return "一条响应统计也没有" if begun else ""
    last_day = max(one.last for one in own)
    if row.end is None and (today - _day(last_day)).days > most:
        return f"最近一次统计是{_day(last_day).month}月{_day(last_day).day}日，之后没有再报"
    return ""


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text[:10])
