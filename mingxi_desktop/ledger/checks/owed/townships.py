"""Hazards to be told of together: all of them in one sentence while they are few, else a sentence for each township."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.storage.checks import hazards_due

FEW = 12
"""So many hazards are told of in one sentence."""
MOST = 1_000
"""Records of one finding that are named; the sentence has the number of all of them."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One hazard that a check has found.  area: number of its entry.  said: what about it."""

    id: int
    area: int | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Hazards of one sentence.  found: those that are named, the worst first.  number: how many there are.

    left: what they add up to.  oldest: YYYY-MM-DD, where days are told; "" else.
    """

    found: Sequence[Found]
    number: int
    left: int = 0
    oldest: str = ""

    @property
    def areas(self) -> set[int | None]:
        """Where they are."""
        return {one.area for one in self.found}

    def days(self, today: datetime.date) -> int:
        """Days since the oldest day."""
        return (today - datetime.date.fromisoformat(self.oldest)).days


@dataclass(frozen=True, slots=True)
class Words:
    """What a sentence about a group begins and ends with.

    where: the township, "" for several.  which: the first of them: 2024-0007（盖洋镇，限6月30日）、…等9条.
    """

    where: str
    which: str


def told(
    scope: Scope,
    code: str,
    groups: Sequence[Group],
    say: Callable[[Group, Words], str],
    severity: Severity = Severity.INFO,
    about: str = "",
) -> Iterator[Concern]:
    """The concerns about groups of hazards; the one with the most of them comes first.

    say: makes the sentence.  about: tells several sorts of one check apart.
    """
    named = [one.id for group in groups for one in group.found[:_NAMED]]
    codes = hazards_due.codes(scope.store, named)
    alone = len(groups) == 1
    for group in sorted(groups, key=lambda one: -one.number):
        where = _name(scope, group.found[0].area) if len(group.areas) == 1 else ""
        words = Words(where, _which(scope, group, codes, with_area=not where))
        area = "" if alone else f"{group.found[0].area}"
        yield Concern(
            code,
            severity,
            say(group, words),
            tuple(("hazard", one.id) for one in group.found[:MOST]),
            ":".join(part for part in ("hazard", str(scope.year), area, about) if part),
            (group.number, group.left, *(one.said for one in group.found[:MOST])),
        )


def together(found: Sequence[Found], since: Mapping[int, str] | None = None) -> list[Group]:
    """All of them while they are few, else by township.  since: hazard → the day since when."""
    if not found:
        return []
    by_area: dict[int | None, list[Found]] = {}
    for one in found:
        by_area.setdefault(one.area, []).append(one)
    parts = [list(found)] if len(found) <= FEW else list(by_area.values())
    known = since or {}
    return [
        Group(part, len(part), oldest=min((known[one.id] for one in part if one.id in known), default=""))
        for part in parts
    ]


def day_of(day: str, year: int) -> str:
    """2024-06-30 → 6月30日; of another year than the one told of 2025年1月6日."""
    own, month, number = (int(part) for part in day.split("-"))
    return f"{month}月{number}日" if own == year else f"{own}年{month}月{number}日"


def _name(scope: Scope, area: int | None) -> str:
    entry = scope.store.references.get(f"area:{area}")
    return entry.name if entry is not None else "没有写乡镇的"


def _which(scope: Scope, group: Group, codes: Mapping[int, str], *, with_area: bool) -> str:
    parts = []
    for one in group.found[:_NAMED]:
        about = [*([_name(scope, one.area)] if with_area else []), *([one.said] if one.said else [])]
        parts.append(f"{codes[one.id]}（{'，'.join(about)}）" if about else codes[one.id])
    return "、".join(parts) + (f"等{group.number}条" if group.number > _NAMED else "")
