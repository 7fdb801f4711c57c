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
_HANGING = ("disaster_loss", "response_tally")
"""What counts once more under a second flood."""
_MOST = 200
_DAY = datetime.timedelta(days=1)
_SOON = datetime.timedelta(days=15)
"""So soon after one another two floods may be one; later the same name is used again."""
_KINDRED = frozenset({"台风", "暴雨洪涝", "风雹", "滑坡", "泥石流", "崩塌"})
"""Types of which one storm brings several; its losses belong to one flood."""
_FIRST, _FINAL = "初报", "核报"
_PAIR = 2
_SAME_FIGURES = 2
"""So many figures of a place that agree under two floods are one loss."""


def find(scope: Scope, losses: Sequence[Loss]) -> Iterator[Concern]:
    """A concern for each group of floods that are one.  losses: the reports of the year."""
    told = _figures(losses)
    known = events(scope.store, scope.year)
    same: dict[int, tuple[list[Event], str]] = {event.id: ([event], "") for event in known}
    for one, other in combinations(known, 2):
        reason = (
            _reason(scope, one, other)
            or _one_loss(scope, told, one, other)
            or _one_chain(scope, losses, one, other)
        )
        if reason and same[one.id][0] is not same[other.id][0]:
            together = [*same[one.id][0], *same[other.id][0]]
            same |= dict.fromkeys((event.id for event in together), (together, same[one.id][1] or reason))
    for number, (group, reason) in same.items():
        if len(group) > 1 and number == group[0].id:
            yield _told(scope, group, reason)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """Those with fewer records go into the one with most, and everything that belongs to them along."""
    ids = [number for kind, number in concern.records if kind == _KIND]
    found = {event.id: event for event in events(scope.store, scope.year)}
    if len(ids) < _PAIR or not all(number in found for number in ids):
        return ()
    held = {number: pointing(scope.store, _KIND, [number]) for number in ids}
    kept, *gone = sorted(ids, key=lambda number: (-sum(map(len, held[number].values())), number))
    moving: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in gone:
        for place, numbers in held[number].items():
            moving[place] += numbers
    steps: list[Step] = [
        Edit(kind, {key: {field: f"{_KIND}:{kept}"} for key in numbers})
        for (kind, field), numbers in moving.items()
    ]
    steps.append(Trash(_KIND, tuple(gone)))
    one, others = found[kept], [found[number] for number in gone]
    near = [event for event in others if _meet(one, event)]
    first = min([one.first, *(event.first for event in near)])
    last = max(filter(None, [one.last, *(event.last for event in near)]), default=None)
    if (first, last) != (one.first, one.last):
        steps.append(Edit(_KIND, {kept: {"record_date": first, "end_date": last}}))
    moved = sum(map(len, moving.values()))
    names = "、".join(dict.fromkeys(event.name for event in others))
    sentence = f"把灾害过程 {names} 并入 {one.name}：{moved} 条记录改挂到它下面"
    return (Cure("并为一个过程", sentence, tuple(steps)),)


def _reason(scope: Scope, one: Event, other: Event) -> str:
    """Why they are one flood, by what was entered of them; "" if nothing says so."""
    if normal_name(one.name) == normal_name(other.name) and _near(one, other):
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


def _near(one: Event, other: Event) -> bool:
    return other.first <= (one.last or one.first) + _SOON and one.first <= (other.last or other.first) + _SOON


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


def _one_chain(scope: Scope, losses: Sequence[Loss], one: Event, other: Event) -> str:
    """Places that began to report under the first flood, and went on under the next one."""
    if not {one.type, other.type} <= _KINDRED or not _near(one, other):
        return ""
    stages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for loss in losses:
        stages[loss.event, loss.area].add(loss.stage)
    first, second = f"{_KIND}:{one.id}", f"{_KIND}:{other.id}"
    areas = [area for event, area in stages if event == first and (second, area) in stages]
    if areas and all(
        _FINAL not in stages[first, area] and _FIRST not in stages[second, area] for area in areas
    ):
        names = telling.some([saying.place(scope, area) for area in areas])
        return f"里{names}的灾情，前一个没有{_FINAL}，后一个没有{_FIRST}"
    return ""


def _telling(figures: tuple[int | None, ...]) -> bool:
    return sum(1 for number in figures if number) >= _SAME_FIGURES


def _told(scope: Scope, group: Sequence[Event], reason: str) -> Concern:
    one, other = group[:_PAIR]
    called = [f"{event.name}（{event.type}，{_span(event)}）" for event in (one, other)]
    more = f"等{len(group)}个" if len(group) > _PAIR else ""
    message = (
        f"灾害过程{called[0]}和{called[1]}{more}{reason}，像是同一个过程登记了{'两' if not more else len(group)}遍；"
        "挂在几个过程下的灾情、转移人数会各算一遍"
    )
    facts = tuple(str(day) for event in group for day in (event.first, event.last))
    numbers = [event.id for event in group]
    hanging = [
        (kind, number)
        for (kind, _), found in pointing(scope.store, _KIND, numbers).items()
        if kind in _HANGING
        for number in found
    ]
    refs = (*((_KIND, number) for number in numbers), *hanging[:_MOST])
    return Concern("loss_stages", Severity.WARNING, message, refs, SORT, facts)


def _span(event: Event) -> str:
    first = telling.month_day(event.first)
    if event.last is None:
        return f"{first}起"
    return first if event.last == event.first else f"{first}至{telling.month_day(event.last)}"
