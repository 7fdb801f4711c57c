"""Trap: a hazard found earlier and still open is entered once more, in the next year or in the same one."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.kinds.common import ITEMISED
from mingxi_desktop.ledger.checks import saying
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope
from mingxi_desktop.ledger.checks.twice import carried_totals, recorded_twice
from mingxi_desktop.ledger.checks.twice.merging import one_kept
from mingxi_desktop.ledger.checks.twice.same_words import words
from mingxi_desktop.ledger.checks.twice.twins_found import described_alike
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.checks import found_again as reading
from mingxi_desktop.storage.checks.values import values_of

CODE = "found_again"
_MARK = pattern(
    r"[（(\[【〔][^）)\]】〕]*(?:上年|去年|结转|遗留|未整改|跨年|续)[^）)\]】〕]*[）)\]】〕]"
    r"|^(?:上年|去年|20\d\d年)(?:度)?(?:结转|遗留|未整改)(?:的)?(?:隐患|问题)?[:：]?"
)
"""What a clerk writes beside a hazard that comes over from the year before."""
_SHORTEST = 4
"""Characters of a description that says what was found."""
_PLACES = 2
"""A description used at more places than this is a phrase that any inspector uses."""
_NAMES = (
    "record_date", "area", "place", "description", "granularity",
    "quantity_found", "quantity_rectified", "rectified_date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Hazard:
    """A hazard.  home: its place, or its area where it names none.  done: the day it was put right, "" while not."""

    id: int
    year: int
    day: str
    area: int
    place: int | None
    what: str
    text: str
    done: str
    unknown: bool

    @property
    def home(self) -> tuple[int | None, int | None]:
        """Where it was found, to compare by: (place, None), or (None, area) where no place was told."""
        return (self.place, None) if self.place is not None else (None, self.area)

    @property
    def mark(self) -> int:
        """Equal in those that were found at one place and are described alike."""
        return hash((self.home, self.what))

    def open_on(self, day: str) -> bool:
        """Whether it was known and not put right on a day."""
        return self.day < day and not self.unknown and (not self.done or self.done > day)


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each hazard that was found again while it was open, told in both years."""
    told = recorded_twice.told(scope)
    in_year = [pair for pair in _in_the_year(scope) if ("hazard", pair[0].id) not in told]
    found = [*_from_before(scope, scope.year), *in_year]
    if scope.year + 1 in scope.ledger.years():
        found += [pair for pair in _from_before(scope, scope.year + 1) if pair[0].year == scope.year]
    for first, again in found:
        yield _concern(scope, first, again)
    yield from carried_totals.find(scope)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """What was put right goes into the earlier one; the later ones go to the trash."""
    kind = scope.store.schema.kinds["hazard"]
    ids = [number for _, number in concern.records]
    if concern.subject == carried_totals.SUBJECT:
        return carried_totals.cures(scope, ids[0])
    label = f"合并到较早的一条（{len(ids) - 1} 条移入回收站）"
    sentence = f"同一处隐患合并到 #{ids[0]}，整改情况一并记入，{len(ids) - 1} 条移入回收站"
    return (one_kept(scope, kind, ids, kept=ids[0], label=label, sentence=sentence),)


def _from_before(scope: Scope, year: int) -> list[tuple[_Hazard, list[_Hazard]]]:
    """Hazards open when the year began, with those of the year that are the same."""
    schema = scope.store.schema
    before, said = array("q"), array("q")
    places, texts = set[int](), set[str]()
    # Of all that were open only a few are there again: no more than what they say is kept of the others.
    for one in _load(scope, reading.carried_over(schema, year)):
        before.append(one.id)
        said.append(one.mark)
        if one.place is not None:
            places.add(one.place)
        else:
            texts.add(one.text)
    if not before:
        return []
    known = set(said)
    later: dict[int, list[_Hazard]] = defaultdict(list)
    for one in _load(scope, reading.at_places(schema, year, places, texts)):
        if one.mark in known:
            later[one.mark].append(one)
    found = []
    wanted = [number for number, mark in zip(before, said, strict=True) if mark in later]
    for first in _load(scope, wanted):
        same = [one for one in later[first.mark] if (one.home, one.what) == (first.home, first.what)]
        again = [one for one in same if first.open_on(one.day)]
        if again:
            found.append((first, again))
    return found


def _in_the_year(scope: Scope) -> list[tuple[_Hazard, list[_Hazard]]]:
    """The same within the year, where neither was put right by itself and no common phrase is used."""
    alike = described_alike(scope)
    found = []
    by_home: dict[tuple[object, str], list[_Hazard]] = defaultdict(list)
    used: dict[str, set[object]] = defaultdict(set)
    for one in _load(scope, [number for ids in alike for number in ids]):
        by_home[one.home, one.what].append(one)
        used[one.what].add(one.home)
    for (_, what), group in by_home.items():
        first, *rest = sorted(group, key=lambda one: (one.day, one.id))
        again = [one for one in rest if first.open_on(one.day) and (not first.done or first.done == one.done)]
        if again and len(used[what]) <= _PLACES:
            found.append((first, again))
    return found


def _load(scope: Scope, ids: Sequence[int]) -> Iterator[_Hazard]:
    kind = scope.store.schema.kinds["hazard"]
    for number, values in values_of(scope.store.schema, kind, _NAMES, ids):
        what = words(_MARK.sub("", values["description"] or ""))
        if values["granularity"] != ITEMISED or len(what) < _SHORTEST:
            continue
        all_done = (values["quantity_rectified"] or 0) >= (values["quantity_found"] or 0)
        yield _Hazard(
            id=number,
            year=int(values["record_date"][:4]),
            day=values["record_date"],
            area=values["area"],
            place=values["place"],
            what=what,
            text=values["description"],
            done=values["rectified_date"] or "",
            unknown=all_done and not values["rectified_date"],
        )


def _concern(scope: Scope, first: _Hazard, again: Sequence[_Hazard]) -> Concern:
    place = scope.store.references.get(f"enterprise:{first.place}") if first.place is not None else None
    where = f"{saying.place(scope, first.area)}{place.name if place else ''}"
    state = f"{saying.day(first.done)}才整改" if first.done else "还没有整改"
    days = "、".join(saying.day(one.day) for one in again[:3])
    both = first.year != again[0].year
    effect = "两年各算一遍" if both else f"算{len(again) + 1}遍"
    message = (
        f"{where}的隐患“{saying.short(first.text)}”{saying.day(first.day)}发现（#{first.id}），{state}，"
        f"{days}又登记了一次（{saying.numbers([one.id for one in again])}），同一处隐患会{effect}"
    )
    records = tuple(("hazard", one.id) for one in (first, *again))
    return Concern(
        CODE, Severity.WARNING, message, records, "hazard", (first.done, *(one.day for one in again))
    )


CHECK = Check(
    code=CODE,
    label="隐患重复发现",
    about="上年没有整改完的隐患跨年整改，不是新发现；在原来那条上填整改情况，不要另登一条。",
    kinds=("hazard",),
    find=find,
    cures=cures,
)
