"""Which entries of a list may be one and the same, by code and by spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mingxi_desktop.domain import alike
from mingxi_desktop.domain.names import fold_width, normal_name, tidy
from mingxi_desktop.domain.references import Entry

APART = "apart"
"""Attribute of an entry: the numbers of those that are said to be others, with | between them."""
SAME_CODE, SAME_NAME = "信用代码相同", "同名不同写法"
SAME_CORE, ONE_APART = "只差县名、公司等字", "只差一个字"

MOST = 500
"""Groups worth looking at; after some of them are dealt with the search can be made again."""

_Groups = dict[frozenset[int], str]


def groups(known: Sequence[Entry], places: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """(reason, numbers of the entries) of those that may be one, the surest first, each group once; at most 500.

    places: names of townships and villages; names that differ in them are no spellings of one.
    """
    by_id = {entry.id: entry for entry in known}
    found: _Groups = {}
    for reason, numbers in _sharing(known):
        for group in _may_be_one(by_id, numbers):
            found.setdefault(group, reason)
    cores: dict[str, set[int]] = {}
    for entry in known:
        cores.setdefault(alike.core(entry.name), set()).add(entry.id)
    for one, other in alike.one_apart(cores):
        if len(found) >= MOST:
            break
        if not _elsewhere(one, other, places):
            for group in _may_be_one(by_id, cores[one] | cores[other]):
                found.setdefault(group, ONE_APART)
    around: dict[int, list[frozenset[int]]] = {}
    for group in found:
        for number in group:
            around.setdefault(number, []).append(group)
    for group, reason in found.items():
        if not any(group < other for other in around[min(group)]):
            yield reason, sorted(group)


def code(entry: Entry) -> str:
    """The code of an entry in its one spelling."""
    return fold_width(tidy(entry.code)).upper()


def apart(entry: Entry) -> set[str]:
    """The numbers of the entries that it is said not to be."""
    return {number for number in entry.extra.get(APART, "").split("|") if number}


def _sharing(known: Sequence[Entry]) -> Iterator[tuple[str, set[int]]]:
    """(reason, numbers) of entries that share a code, a name, or what is left of one."""
    shared: dict[str, dict[str, set[int]]] = {SAME_CODE: {}, SAME_NAME: {}, SAME_CORE: {}}
    for entry in known:
        if entry.code:
            shared[SAME_CODE].setdefault(code(entry), set()).add(entry.id)
        for name in (entry.name, *entry.aliases):
            shared[SAME_NAME].setdefault(normal_name(name), set()).add(entry.id)
            shared[SAME_CORE].setdefault(alike.core(name), set()).add(entry.id)
    for reason, keys in shared.items():
        for numbers in keys.values():
            if len(numbers) > 1:
                yield reason, numbers


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
