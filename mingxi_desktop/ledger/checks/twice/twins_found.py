"""Reads the records that may lie twice and puts those together that are of one thing."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.twice import twin_rules as rules
from mingxi_desktop.ledger.checks.twice.same_words import document, repeated, words
from mingxi_desktop.ledger.checks.twice.twin_rules import GOODS, STATES, Rule, Values
from mingxi_desktop.storage.checks import found_again
from mingxi_desktop.storage.checks import recorded_twice as reading
from mingxi_desktop.storage.checks.goods import goods_of
from mingxi_desktop.storage.checks.origins import Origin, origins_of
from mingxi_desktop.storage.checks.values import values_of

TYPED = Origin(0, "")
"""Where records come from that no file brought."""
_GRANULARITY = "granularity"
_LEAST, _MANY = 5, 1_000
_OFTEN = 6
"""A description used more often in a year is a phrase that any inspector uses."""
_FIGURES = frozenset({"response_tally", "disaster_loss", "manual_entry"})
"""Ledgers in which each record is a total, whatever its granularity says."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that may be there twice."""

    id: int
    values: Values
    origin: Origin

    @property
    def aggregate(self) -> bool:
        """Whether it is a total by its granularity."""
        return bool(self.values.get("granularity") == AGGREGATE)


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one thing.  same: they say the same; else their numbers differ (a correction)."""

    rule: Rule
    twins: tuple[Twin, ...]
    same: bool


def groups(scope: Scope, rule: Rule) -> Iterator[Group]:
    """The records of a ledger that lie there twice or were corrected by a second record."""
    kind = scope.store.schema.kinds[rule.kind]
    twins = _candidates(scope, kind, rule)
    by_key: dict[tuple[Any, ...], list[Twin]] = defaultdict(list)
    for twin in twins:
        by_key[rules.key(rule, twin.values)].append(twin)
    known: set[int] = set()
    for alike in by_key.values():
        for group in _sorted_out(rule, alike):
            known |= {twin.id for twin in group.twins}
            yield group
    if rule.texts:
        yield from _called_otherwise(rule, [twin for twin in twins if twin.id not in known])
    if rule.kind == "hazard":
        yield from _place_left_out(scope, kind, rule)


def described_alike(scope: Scope) -> Sequence[Sequence[int]]:
    """The hazards of the year that share their description with a few others, group by group."""
    return scope.ledger.remembered.get(
        ("described alike", scope.year),
        lambda: found_again.described_alike(scope.store.schema, scope.year, _OFTEN),
    )


def of_one_document(scope: Scope) -> Iterator[Group]:
    """Records of a year whose document numbers differ in writing only; money also in its day."""
    for name, field, also in (
        ("enforcement_case", "case_no", ()),
        ("supply_movement", "doc_no", ("type",)),
        ("fund", "doc_no", ("direction", "area", "amount", "parent")),
    ):
        kind = scope.store.schema.kinds[name]
        numbers = reading.documents(scope.store.schema, kind, field, scope.year)
        by_number: dict[str, list[int]] = defaultdict(list)
        for number, text in numbers:
            by_number[document(text)].append(number)
        ids = [number for group in by_number.values() if len(group) > 1 for number in group]
        if ids:
            yield from _of_documents(scope, kind, ids, field, also)


def _of_documents(
    scope: Scope, kind: Kind, ids: Sequence[int], field: str, also: tuple[str, ...]
) -> Iterator[Group]:
    rule = next(rule for rule in rules.RULES if rule.kind == kind.name)
    by_key: dict[tuple[Any, ...], list[Twin]] = defaultdict(list)
    for twin in _load(scope, kind, rule, ids, (field, *also)):
        by_key[(document(twin.values[field]), *(twin.values[name] for name in also))].append(twin)
    for twins in by_key.values():
        if len(twins) > 1:
            yield Group(rule, tuple(twins), same=True)


def _candidates(scope: Scope, kind: Kind, rule: Rule) -> list[Twin]:
    schema = scope.store.schema
    ids: Sequence[int] = reading.sharing(schema, kind, rule.near, scope.year)
    if rule.texts and len(ids) > _MANY:
        ids = _said_alike(scope, kind, rule, ids)
    ids = reading.sharing_of(schema, kind, [*rule.near, *_plain(rule)], ids)
    twins = _load(scope, kind, rule, ids)
    if rule.kind in STATES:
        first, last = scope.first.isoformat(), scope.last.isoformat()
        twins = [
            twin
            for twin in twins
            if twin.values["from_date"] <= last and (twin.values["to_date"] or last) >= first
        ]
    return twins


def _said_alike(scope: Scope, kind: Kind, rule: Rule, ids: Sequence[int]) -> list[int]:
    """Those of many that say the same as another one too, and all totals: before everything is read of them."""
    names = (*(name for name in rule.near if name not in rule.texts), *_plain(rule))
    others, said, found = array("q"), array("q"), list[int]()
    for number, granularity, text, *plain in reading.plainly(
        scope.store.schema, kind, (_GRANULARITY, rule.texts[0], *names), ids
    ):
        if granularity == AGGREGATE:
            found.append(number)
        else:
            others.append(number)
            said.append(hash((words(text), *plain)))
    often = repeated(said)
    return found + [number for number, one in zip(others, said, strict=True) if one in often]


def _plain(rule: Rule) -> list[str]:
    """What is equal in all that are of one thing, as far as it lies in the table itself."""
    return [name for name in rule.same if name not in (GOODS, "enterprises", "townships", *rule.near)]


def _load(scope: Scope, kind: Kind, rule: Rule, ids: Sequence[int], more: tuple[str, ...] = ()) -> list[Twin]:
    names = [name for name in dict.fromkeys((*rule.names, *more)) if name in _stored(kind)]
    origins = origins_of(scope.store.schema, kind, ids) if ids else {}
    goods = goods_of(scope.store.schema, ids) if GOODS in rule.same and ids else {}
    return [
        Twin(
            number,
            {**values, GOODS: frozenset(goods.get(number, {}).items())},
            origins.get(number, TYPED),
        )
        for number, values in values_of(scope.store.schema, kind, names, ids)
    ]


def _stored(kind: Kind) -> frozenset[str]:
    return frozenset(field.name for field in kind.fields)


def _sorted_out(rule: Rule, alike: Sequence[Twin]) -> Iterator[Group]:
    """Of records that are alike those that are one thing: clusters of equal numbers, and what corrects them."""
    clusters: list[list[Twin]] = []
    for twin in alike:
        for cluster in clusters:
            if not rules.two_things(rule, cluster[0].values, twin.values) and rules.same_numbers(
                rule, cluster[0].values, twin.values
            ):
                cluster.append(twin)
                break
        else:
            clusters.append([twin])
    for cluster in clusters:
        if len(cluster) > 1:
            yield Group(rule, tuple(cluster), same=True)
    firsts = [cluster[0] for cluster in clusters]
    if len(firsts) > 1 and not rules.vague(rule, firsts[0].values):
        corrected = tuple(
            twin
            for twin in firsts
            if any(_corrects(rule, twin, other) for other in firsts if other is not twin)
        )
        if len(corrected) > 1:
            yield Group(rule, corrected, same=False)


def _corrects(rule: Rule, one: Twin, other: Twin) -> bool:
    """Whether one record gives another number of what the other counts; two rows of one sheet are two things."""
    if rules.two_things(rule, one.values, other.values):
        return False
    if one.origin != other.origin:
        return True
    return one.origin == TYPED and (one.aggregate or rule.kind in _FIGURES or bool(one.values.get("place")))


def _called_otherwise(rule: Rule, twins: Sequence[Twin]) -> Iterator[Group]:
    """Totals of one day, place and sort with the same numbers, from different hands, whatever they are called."""
    by_key: dict[tuple[Any, ...], list[Twin]] = defaultdict(list)
    first, texts = len(rule.same), len(rule.texts)
    for twin in twins:
        numbers = tuple(twin.values[name] for name in rule.numbers)
        if twin.aggregate and numbers and (numbers[0] or 0) >= _LEAST:
            key = rules.key(rule, twin.values)
            by_key[(*key[:first], *key[first + texts :], *numbers)].append(twin)
    for alike in by_key.values():
        if len({twin.origin for twin in alike}) == len(alike) > 1:
            yield Group(rule, tuple(alike), same=True)


def _place_left_out(scope: Scope, kind: Kind, rule: Rule) -> Iterator[Group]:
    """Hazards of one day, township and description, one of which does not say at which place."""
    ids = [number for alike in described_alike(scope) for number in alike]
    by_key: dict[tuple[Any, ...], list[Twin]] = defaultdict(list)
    for twin in _load(scope, kind, rule, ids):
        by_key[rules.key(rule, {**twin.values, "place": None})].append(twin)
    for alike in by_key.values():
        if len(alike) == 2 and len({twin.values["place"] for twin in alike} - {None}) == 1:
            one, other = alike
            if one.values["place"] != other.values["place"] and rules.same_numbers(
                rule, one.values, other.values
            ):
                yield Group(rule, (one, other), same=True)
