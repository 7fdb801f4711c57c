"""A flood that was entered twice, so that what belongs to it counts under both."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from mingxi_desktop.domain import wording
from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.ledger.checks import saying, telling
from mingxi_desktop.ledger.checks.check import Cure, Edit, Scope, Step, Trash
from mingxi_desktop.storage.checks.loss_stages import Event, Loss, events
from mingxi_desktop.storage.checks.pointing import pointing

SORT = "event"
_KIND = "disaster_event"
_DAY = datetime.timedelta(days=1)
_KINDRED = frozenset({"台风", "暴雨洪涝", "风雹", "滑坡", "泥石流", "崩塌"})
"""Types of which one storm brings several; its losses belong to one flood."""
_SAME_FIGURES = 2
"""So many figures of a place that agree under two floods are one loss."""


def find(scope: Scope, losses: Sequence[Loss]) -> Iterator[Concern]:
    """A concern for each pair of floods that are one.  losses: the reports of the year."""
    told = _figures(losses)
    for one, other in combinations(events(scope.store, scope.year), 2):
        reason = _reason(scope, one, other) or _one_loss(scope, told, one, other)
        if reason:
            yield _told(one, other, reason)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """The one with fewer records goes into the other, and everything that belongs to it along."""
    ids = [number for _, number in concern.records if _ == _KIND]
    found = {event.id: event for event in events(scope.store, scope.year)}
    if len(ids) != 2 or not all(number in found for number in ids):
        return ()
    held = {number: pointing(scope.store, _KIND, [number]) for number in ids}
    kept, gone = sorted(ids, key=lambda number: (-sum(map(len, held[number].values())), number))
    steps: list[Step] = [
        Edit(kind, {key: {field: f"{_KIND}:{kept}"} for key in numbers})
        for (kind, field), numbers in held[gone].items()
    ]
    steps.append(Trash(_KIND, (gone,)))
    one, other = found[kept], found[gone]
    first, last = min(one.first, other.first), max(filter(None, (one.last, other.last)), default=None)
    if _meet(one, other) and (first, last) != (one.first, one.last):
        steps.append(Edit(_KIND, {kept: {"record_date": first, "end_date": last}}))
    moved = sum(map(len, held[gone].values()))
    sentence = f"把灾害过程 {other.name} 并入 {one.name}：{moved} 条记录改挂到它下面"
    return (Cure("并为一个过程", sentence, tuple(steps)),)


def _reason(scope: Scope, one: Event, other: Event) -> str:
    """Why they are one flood, by what was entered of them; "" if nothing says so."""
    if normal_name(one.name) == normal_name(other.name):
        return "名称相同"
    numbers = [wording.typhoon_number(event.typhoon) for event in (one, other)]
    if one.typhoon and other.typhoon:
        same = (
            numbers[0] == numbers[1]
            if all(numbers)
            else normal_name(one.typhoon) == normal_name(other.typhoon)
        )
        return "是同一个台风" if same else ""
    county = telling.county(scope)
    wide = one.area == other.area or county in (one.area, other.area)
    if one.type == other.type and wide and _meet(one, other):
        return "灾种相同，日期重叠" if _overlap(one, other) else "灾种相同，日期相连"
    return ""


def _meet(one: Event, other: Event) -> bool:
    """Whether their days overlap or follow on one another; one without an end is of its first day."""
    return other.first <= (one.last or one.first) + _DAY and one.first <= (other.last or other.first) + _DAY


def _overlap(one: Event, other: Event) -> bool:
    return other.first <= (one.last or one.first) and one.first <= (other.last or other.first)


_Told = dict[str, dict[str, set[tuple[int | None, ...]]]]
"""Flood → place → what its reports say."""


def _figures(losses: Sequence[Loss]) -> _Told:
    told: _Told = defaultdict(lambda: defaultdict(set))
    for loss in losses:
        if any(loss.figures):
            told[loss.event][loss.area].add(loss.figures)
    return told


def _one_loss(scope: Scope, told: _Told, one: Event, other: Event) -> str:
    """Places that report the same under both floods, or anything under two that one storm brought."""
    first, second = told.get(f"{_KIND}:{one.id}", {}), told.get(f"{_KIND}:{other.id}", {})
    both = [area for area in first if area in second]
    same = [area for area in both if any(_telling(figures) for figures in first[area] & second[area])]
    if same:
        return f"里{telling.some([saying.place(scope, area) for area in same])}的灾情数一模一样"
    if both and {one.type, other.type} <= _KINDRED and _overlap(one, other):
        return f"日期重叠，{telling.some([saying.place(scope, area) for area in both])}在两个过程里都报了灾情"
    return ""


def _telling(figures: tuple[int | None, ...]) -> bool:
    return sum(1 for number in figures if number) >= _SAME_FIGURES


def _told(one: Event, other: Event, reason: str) -> Concern:
    called = [f"{event.name}（{event.type}，{_span(event)}）" for event in (one, other)]
    message = (
        f"灾害过程{called[0]}和{called[1]}{reason}，像是同一个过程登记了两遍；"
        "挂在两个过程下的灾情、转移人数会各算一遍"
    )
    facts = (str(one.first), str(one.last), str(other.first), str(other.last))
    refs = ((_KIND, one.id), (_KIND, other.id))
    return Concern("loss_stages", Severity.WARNING, message, refs, SORT, facts)


def _span(event: Event) -> str:
    first = telling.month_day(event.first)
    if event.last is None:
        return f"{first}起"
    return first if event.last == event.first else f"{first}至{telling.month_day(event.last)}"
