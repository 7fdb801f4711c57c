"""Which entries of a list may be one and the same, by code and by spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from mingxi_desktop.domain import alike
from mingxi_desktop.domain.county import County
from mingxi_desktop.domain.names import fold_width, normal_name, tidy
from mingxi_desktop.domain.references import Entry

APART = "apart"
"""Attribute of an entry: the numbers of those that are said to be others, with | between them."""
SAME_CODE, SAME_NAME = "信用代码相同", "同名不同写法"
SAME_CORE, SAME_BUT_PLACE, ONE_APART = "只差县名、公司等字", "只差乡镇名", "只差一个字"

MOST = 500
"""Groups worth looking at; after some of them are dealt with the search can be made again."""
_MISTAKEN = str.maketrans("OISZ", "0152")
"""Letters that no credit code has, for the digits that they are typed for."""
_TOWN = re.compile(r"^(?:[镇乡]|街道)")
_SHORTEST_WITHOUT_PLACE = 4
"""中心校 of one township is not that of another: so many characters must be left without it."""

_Groups = dict[frozenset[int], str]


def groups(
    known: Sequence[Entry],
    places: Sequence[str],
    townships: Sequence[str] = (),
    *,
    county: County,
    sure: bool = False,
) -> Iterator[tuple[str, list[int]]]:
    """(reason, numbers of the entries) of those that may be one, the surest first, each group once; at most 500.

    places: names of townships and villages without 镇, 村; names that differ in them are no spellings of one.
    townships: those that may stand before a name.  county: whose name and what it lies in say nothing.
    sure: of names one character apart only long ones that begin and end alike.
    """
    by_id = {entry.id: entry for entry in known}
    found: _Groups = {}
    cores: dict[str, set[int]] = {}
    for reason, numbers in _sharing(known, cores, county.places):
        for group in _may_be_one(by_id, numbers):
            found.setdefault(group, reason)
    for one, other in _but_for_a_township(cores, townships):
        for group in _may_be_one(by_id, cores[one] | cores[other]):
            found.setdefault(group, SAME_BUT_PLACE)
    for one, other in alike.one_apart(cores, sure=sure):
        if len(found) >= MOST:
            break
        if not _elsewhere(one, other, places):
            for group in _may_be_one(by_id, cores[one] | cores[other]):
                found.setdefault(group, ONE_APART)
    yield from ((reason, sorted(group)) for group, reason in _largest(found))


def code(entry: Entry) -> str:
    """The code of an entry in its one spelling: O, I, S and Z, which no code has, as the digits they stand for."""
    return re.sub(r"[\s-]+", "", fold_width(tidy(entry.code))).upper().translate(_MISTAKEN)


def apart(entry: Entry) -> set[str]:
    """The numbers of the entries that it is said not to be."""
    return {number for number in entry.extra.get(APART, "").split("|") if number}


def _sharing(
    known: Sequence[Entry], cores: dict[str, set[int]], before: tuple[str, ...]
) -> Iterator[tuple[str, set[int]]]:
    """(reason, numbers) of entries that share a code, a name, or what is left of one.

    cores: is filled with what is left of the names of each entry.  before: names of places that say nothing.
    """
    codes: dict[str, set[int]] = {}
    names: dict[str, set[int]] = {}
    spelled: dict[str, set[int]] = {}
    for entry in known:
        if entry.code:
            codes.setdefault(code(entry), set()).add(entry.id)
        cores.setdefault(alike.core(entry.name, before), set()).add(entry.id)
        for name in (entry.name, *entry.aliases):
            names.setdefault(normal_name(name), set()).add(entry.id)
            spelled.setdefault(alike.core(name, before), set()).add(entry.id)
    for reason, keys in ((SAME_CODE, codes), (SAME_NAME, names), (SAME_CORE, spelled)):
        for numbers in keys.values():
            if len(numbers) > 1:
                yield reason, numbers


def _but_for_a_township(cores: Mapping[str, set[int]], townships: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(name, the same with a township before it), where only one township has it."""
    found: dict[str, dict[str, list[str]]] = {}
    known, lengths = frozenset(townships), {len(township) for township in townships}
    for core in cores:
        for length in lengths:
            if core[:length] in known:
                rest = _TOWN.sub("", core[length:])
                if len(rest) >= _SHORTEST_WITHOUT_PLACE:
                    found.setdefault(rest, {}).setdefault(core[:length], []).append(core)
    for rest, by_township in found.items():
        if len(by_township) == 1:
            (longer,) = by_township.values()
            yield from pairwise([rest, *longer] if rest in cores else longer)


def _largest(found: _Groups) -> Iterator[tuple[frozenset[int], str]]:
    """The groups that are not part of another one."""
    around: dict[int, list[frozenset[int]]] = {}
    for group in found:
        for number in group:
            around.setdefault(number, []).append(group)
    for group, reason in found.items():
        if not any(group < other for other in around[min(group)]):
            yield group, reason


def _may_be_one(by_id: Mapping[int, Entry], numbers: Iterable[int]) -> Iterator[frozenset[int]]:
    """The numbers, but for those that are known to be others; nothing where only one is left."""
    left = sorted(numbers)
    while len(left) > 1:
        first, *rest = (by_id[number] for number in left)
        same = [entry for entry in rest if not _differ(first, entry)]
        if same:
            yield frozenset((first.id, *(entry.id for entry in same)))
        left = [number for number in left[1:] if number not in {entry.id for entry in same}]


def _differ(one: Entry, other: Entry) -> bool:
    if str(other.id) in apart(one) or str(one.id) in apart(other):
        return True
    return bool(one.code and other.code and code(one) != code(other))


def _elsewhere(one: str, other: str, places: Sequence[str]) -> bool:
    """Whether the names name different townships or villages: 夏阳小学 and 夏坊小学 are two schools."""
    first, second = ({place for place in places if place in name} for name in (one, other))
    return bool(first - second and second - first)
