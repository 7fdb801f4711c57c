"""Trap: one joint action, drill or call that each township which took part has reported as its own."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.checks import saying, telling
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope
from mingxi_desktop.ledger.checks.twice import joint_merging
from mingxi_desktop.ledger.checks.twice.joint_evidence import RULES, Naming, Rule, Side
from mingxi_desktop.storage.checks.joint_action import KINDS, Action, actions

CODE = "joint_action"
_NEXT = datetime.timedelta(days=1)
_MOST = 20
"""With more reports of one sort and day only those are compared that have something in common."""
Found = dict[tuple[int, int], str]
"""Two places in a list of reports → why they are one action."""


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each action that several places report."""
    naming = Naming(scope)
    for kind, rule in RULES.items():
        sides = [naming.side(action) for action in actions(scope.store, kind, scope.year)]
        pairs = _pairs(sides, rule)
        for places in _groups(pairs):
            reasons = [reason for pair, reason in pairs.items() if pair[0] in places]
            yield _told(scope, kind, [sides[place].action for place in sorted(places)], reasons)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """The ways to make one action of the reports of all places."""
    kind = concern.records[0][0]
    return joint_merging.cures(scope, kind, [number for _, number in concern.records])


def _pairs(sides: Sequence[Side], rule: Rule) -> Found:
    """The reports of different places for which something speaks."""
    days: dict[tuple[str, datetime.date], list[int]] = defaultdict(list)
    for place, side in enumerate(sides):
        days[side.action.type, side.action.day].append(place)
    found: Found = {}
    for (sort, day), places in days.items():
        later = days.get((sort, day + _NEXT), [])
        for one, other in _comparable(sides, places, later):
            if (one, other) not in found and sides[one].action.area != sides[other].action.area:
                reason = rule(sides[one], sides[other])
                if reason:
                    found[one, other] = reason
    return found


def _comparable(
    sides: Sequence[Side], today: Sequence[int], later: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The reports of a day two by two; where they are many, and of two days, only those that share something."""
    if len(today) <= _MOST:
        yield from combinations(today, 2)
    elif not later:
        yield from _sharing(sides, today)
    if later:
        yield from _sharing(sides, [*today, *later])


def _sharing(sides: Sequence[Side], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    alike: dict[object, list[int]] = defaultdict(list)
    for place in places:
        for shared in sides[place].shared:
            alike[shared].append(place)
    for group in alike.values():
        if len(group) <= _MOST:
            yield from combinations(group, 2)


def _groups(pairs: Found) -> list[set[int]]:
    """Places that hang together by pairs."""
    groups: dict[int, set[int]] = {}
    for one, other in pairs:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        for place in joined:
            groups[place] = joined
    return list({min(group): group for group in groups.values()}.values())


def _told(scope: Scope, kind: str, group: Sequence[Action], reasons: Sequence[str]) -> Concern:
    areas = list(dict.fromkeys(action.area for action in group))
    names = [saying.place(scope, area) for area in areas]
    days = list(dict.fromkeys(telling.month_day(action.day) for action in group))
    field = kind_of(kind).field(kind_of(kind).quantity)
    first = group[0]
    title = f"“{first.title}”" if first.title else ""
    message = (
        f"{'、'.join(days)}{'、'.join(names)}各报了{first.type}{title}，{'、'.join(dict.fromkeys(reasons))}，像是同一次；"
        f"一起做的一次只记一条，现在算了{len(group)}{field.unit}"
    )
    refs = tuple((kind, action.id) for action in group)
    subject = f"{kind}:{first.type}:{first.day}:{'/'.join(sorted(areas))}"
    return Concern(CODE, Severity.WARNING, message, refs, subject, (len(group),))


CHECK = Check(
    CODE,
    "一次行动重复上报",
    "几个乡镇一起参加的一次行动、演练、调度只记一条，参加的单位写在这一条里；各报一条会重复计数。",
    KINDS,
    find,
    cures,
)
