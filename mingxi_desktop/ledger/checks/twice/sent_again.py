"""Sheets that were sent twice: with the same rows, with other numbers, with other days, or named as a correction."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.twice.same_words import stem, words
from mingxi_desktop.ledger.checks.twice.twin_rules import GOODS, RULES, Rule
from mingxi_desktop.ledger.checks.twice.twins_found import TYPED, Group, described_alike
from mingxi_desktop.storage.checks.origins import Origin, origins_of, records_of, shares
from mingxi_desktop.storage.checks.values import values_of

_DAY = "record_date"
_FEW = 3
"""So many records of a sheet in common with typed ones, or on other days, are more than chance."""
_AROUND = datetime.timedelta(days=31)
_REWORDED = 0.5
"""So much of two texts is the same where one is the other in other words."""


@dataclass(slots=True)
class Pair:
    """Two sheets, the earlier one first.

    ids: the records meant.  same, other: how many pairs of records are equal, and are not.  how: what is other
    in the latter.  reworded: how many more pairs say the same in other words, or of another day.
    """

    kind: Kind
    earlier: Origin
    later: Origin
    how: str = "数不同"
    same: int = 0
    other: int = 0
    reworded: int = 0
    members: set[int] = field(default_factory=set)

    @property
    def ids(self) -> list[int]:
        """The records meant, in order of their id."""
        return sorted(self.members)


_Pairs = dict[tuple[Origin, Origin], Pair]


def in_common(scope: Scope, kind: Kind, found: Sequence[Group]) -> list[Pair]:
    """Of the sheets that have records in common those that are one sheet sent twice."""
    pairs: _Pairs = {}
    for group in found:
        for one, other in combinations(group.twins, 2):
            if one.origin != other.origin:
                pair = _pair(pairs, kind, (one.origin, other.origin), (one.id, other.id))
                pair.same, pair.other = pair.same + group.same, pair.other + (not group.same)
    chosen = _chosen(scope, kind, pairs, 1)
    rule = next(rule for rule in RULES if rule.kind == kind.name)
    for pair in chosen if rule.texts else ():
        if pair.earlier != TYPED:
            _add_reworded(scope, rule, pair)
    return chosen


def _add_reworded(scope: Scope, rule: Rule, pair: Pair) -> None:
    """What a corrected sheet says of the same things in other words."""
    earlier, later = (
        [number for number in records_of(scope.store.schema, pair.kind, origin) if number not in pair.members]
        for origin in (pair.earlier, pair.later)
    )
    found = list(_reworded(scope, pair.kind, rule, earlier, later)) if earlier and later else []
    pair.reworded = len(found)
    pair.members.update(number for both in found for number in both)


def moved(scope: Scope, rule: Rule) -> list[Pair]:
    """Sheets of hazards that were sent again with other days."""
    if rule.kind != "hazard":
        return []
    kind = scope.store.schema.kinds[rule.kind]
    ids = [number for alike in described_alike(scope) for number in alike]
    origins = origins_of(scope.store.schema, kind, ids) if ids else {}
    rows: dict[tuple[Any, ...], list[tuple[int, datetime.date]]] = defaultdict(list)
    names = ("record_date", "area", "place", "description", "granularity")
    for number, values in values_of(scope.store.schema, kind, names, sorted(origins)):
        key = (values["area"], values["place"], words(values["description"]), values["granularity"])
        rows[key].append((number, datetime.date.fromisoformat(values["record_date"])))
    pairs: _Pairs = {}
    for group in rows.values():
        for (one, day), (other, again) in combinations(group, 2):
            if origins[one] != origins[other] and day != again and abs(again - day) <= _AROUND:
                pair = _pair(pairs, kind, (origins[one], origins[other]), (one, other))
                pair.other, pair.how = pair.other + 1, "日期不同、内容相同"
    return _chosen(scope, kind, pairs, _FEW)


def corrected(scope: Scope, known: Sequence[Pair]) -> Iterator[Pair]:
    """Files that say in their name that they correct an earlier one of the same townships and months."""
    told = {(pair.kind.name, pair.earlier, pair.later) for pair in known}
    by_stem: dict[tuple[str, str], list[tuple[Origin, str]]] = defaultdict(list)
    correcting: set[tuple[str, str]] = set()
    for batch in scope.ledger.batches():
        for file in batch.files if batch.state == "active" else ():
            name, corrects = stem(file.file)
            sheet = " · ".join(filter(None, (file.file, file.sheet)))
            by_stem[file.kind, name].append((Origin(batch.id, sheet), file.file))
            if corrects:
                correcting.add((file.kind, name))
    rules = {rule.kind: rule for rule in RULES}
    for name, key in sorted(correcting):
        files = sorted(by_stem[name, key])
        if name in rules and len(files) > 1:
            for pair in _in_turn(scope, rules[name], files):
                if (name, pair.earlier, pair.later) not in told:
                    yield pair


def _in_turn(scope: Scope, rule: Rule, files: Sequence[tuple[Origin, str]]) -> Iterator[Pair]:
    kind = scope.store.schema.kinds[rule.kind]
    cells: dict[Origin, set[tuple[int | None, str]]] = defaultdict(set)
    for share in shares(scope.store.schema, kind, {origin.batch for origin, _ in files}):
        if share.month.startswith(str(scope.year)):
            cells[share.origin].add((share.area, share.month))
    for (one, first), (other, second) in combinations(files, 2):
        if first != second and stem(second)[1] and not cells[one].isdisjoint(cells[other]):
            earlier, later = (records_of(scope.store.schema, kind, origin) for origin in (one, other))
            pairs = list(_reworded(scope, kind, rule, earlier, later))
            if pairs:
                members = {number for both in pairs for number in both}
                yield Pair(kind, one, other, "改写过", other=len(pairs), members=members)
            elif len(later) >= len(earlier) > 1 and cells[one] <= cells[other]:
                yield Pair(kind, one, other, members={*earlier, *later})


def _reworded(
    scope: Scope, kind: Kind, rule: Rule, earlier: Sequence[int], later: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Records of the same place that say the same in other words of one day, or word for word of another day."""
    if not rule.texts:
        return
    same = [name for name in rule.same if name not in (GOODS, _DAY)]
    old: dict[tuple[Any, ...], list[tuple[int, str, str]]] = defaultdict(list)
    names = (*same, _DAY, rule.texts[0])
    for number, values in values_of(scope.store.schema, kind, names, earlier):
        key = tuple(values[name] for name in same)
        old[key].append((number, values[_DAY], words(values[rule.texts[0]])))
    for number, values in values_of(scope.store.schema, kind, names, later):
        day, now = values[_DAY], words(values[rule.texts[0]])
        left = old.get(tuple(values[name] for name in same), [])
        for one in left:
            before, then_day, then = one
            if then == now or (then_day == day and SequenceMatcher(None, then, now).ratio() >= _REWORDED):
                left.remove(one)
                yield before, number
                break


def _pair(pairs: _Pairs, kind: Kind, origins: tuple[Origin, Origin], ids: Iterable[int]) -> Pair:
    key = min(origins), max(origins)
    pair = pairs.setdefault(key, Pair(kind, *key))
    pair.members.update(ids)
    return pair


def _chosen(scope: Scope, kind: Kind, pairs: Mapping[tuple[Origin, Origin], Pair], least: int) -> list[Pair]:
    """The pairs that have most of one sheet in common, the largest first; each record once."""
    if not pairs:
        return []
    sizes: dict[Origin, int] = defaultdict(int)
    batches = {origin.batch for key in pairs for origin in key if origin != TYPED}
    for share in shares(scope.store.schema, kind, batches):
        sizes[share.origin] += share.records
    chosen: list[Pair] = []
    known: set[int] = set()
    for pair in sorted(pairs.values(), key=lambda one: -len(one.members)):
        if _is_one_sheet(pair, sizes, least) and not pair.members <= known:
            known |= pair.members
            chosen.append(pair)
    return chosen


def _is_one_sheet(pair: Pair, sizes: Mapping[Origin, int], least: int) -> bool:
    common = pair.same + pair.other
    size = min(sizes[origin] for origin in (pair.earlier, pair.later) if origin != TYPED)
    if pair.earlier == TYPED:
        return common >= _FEW and 2 * common >= size
    return common >= least and 2 * common >= size and (common > 1 or size == 1)
