"""By what two records of a ledger are the same thing entered twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.ledger.checks.twice.same_words import document, words


@dataclass(frozen=True, slots=True)
class Rule:
    """What is compared of two records.

    near: fields by which the file finds pairs, in the order of an index.  same: equal, or both empty.
    texts: say the same in other writing.  numbers: equal or one is empty; other numbers under all that is equal
    are a correction.  either: equal, or one is empty; otherwise they are two things.
    telling: one of these is filled, or `either` must be equal too.  sorts: of totals, equal as well.
    """

    kind: str
    near: tuple[str, ...]
    same: tuple[str, ...]
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All fields that are looked at."""
        every = (*self.same, *self.texts, *self.numbers, *self.either, *self.documents, *self.sorts)
        dates = ("from_date", "to_date") if self.kind in STATES else ("record_date", _WHO)
        return tuple(dict.fromkeys(name for name in (*every, *dates) if name != GOODS))


STATES = frozenset({"rescue_team", "facility"})
_WHO = "reporter"
GOODS = "goods"
"""Stands for the goods of a movement and their quantities."""
_PLACE = ("record_date", "area")
_EVER = "9999"

RULES: tuple[Rule, ...] = (
    Rule(
        "hazard",
        ("place", "record_date"),
        (*_PLACE, "place", "granularity", "in_total"),
        ("description",),
        ("quantity_found",),
        telling=("description",),
        sorts=("field", "level", "campaign", "category"),
    ),
    Rule(
        "inspection",
        _PLACE,
        (*_PLACE, "type", "granularity", "enterprises"),
        ("leader",),
        ("times",),
        ("visits", "staff", "key_period"),
        telling=("enterprises", "leader"),
    ),
    Rule(
        "enforcement_case",
        ("party",),
        ("party", "decision_date", "granularity"),
        ("cause",),
        ("cases",),
        ("fine", "filed_date"),
        ("case_no",),
        ("cause",),
        ("campaign", "measure"),
    ),
    Rule(
        "response_tally",
        _PLACE,
        ("event", *_PLACE, "basis"),
        numbers=("evacuees", "cadres", "deaths", "missing", "injured"),
        telling=("event",),
    ),
    Rule(
        "meeting",
        ("record_date", "type"),
        (*_PLACE, "type", "granularity", "townships"),
        ("topic",),
        ("times",),
        ("convener", "event", "attendance"),
        telling=("topic", "townships"),
    ),
    Rule(
        "disaster_loss",
        _PLACE,
        ("event", *_PLACE, "stage"),
        numbers=("affected", "relocated", "collapsed", "loss"),
        telling=("event",),
    ),
    Rule(
        "supply_movement",
        ("record_date", "type"),
        ("record_date", "type", "area", "receiver", GOODS),
        either=("event", "beneficiaries"),
        telling=(GOODS,),
    ),
    Rule(
        "fund",
        ("record_date", "direction"),
        (*_PLACE, "direction", "purpose", "amount", "parent", "granularity"),
        documents=("doc_no",),
        telling=("amount",),
    ),
    Rule(
        "activity",
        ("record_date", "type"),
        (*_PLACE, "type", "granularity"),
        ("title",),
        ("sessions",),
        ("participants", "hazard_type", "venue"),
        telling=("title",),
        sorts=("campaign",),
    ),
    Rule("rescue_team", ("type", "area"), ("type", "area", "granularity"), ("name",), telling=("name",)),
    Rule("facility", ("type", "area"), ("type", "area", "granularity"), ("name",), telling=("name",)),
    Rule(
        "accident",
        ("record_date", "field"),
        (*_PLACE, "field", "grade", "granularity"),
        numbers=("cases", "deaths", "injured", "loss"),
        telling=(),
    ),
    Rule(
        "manual_entry",
        ("indicator", "record_date"),
        ("indicator", *_PLACE),
        numbers=("value",),
        telling=("indicator",),
    ),
    Rule("supply_line", ("movement", "item"), ("movement", "item", "quantity"), telling=("item",)),
    Rule(
        "activity_output",
        ("activity", "item"),
        ("activity", "item", "quantity", "record_date"),
        telling=("item",),
    ),
    Rule(
        "hazard_step",
        ("hazard", "action"),
        ("hazard", "action", "record_date", "person", "new_due"),
        telling=("action",),
    ),
)

Values = Mapping[str, Any]


def key(rule: Rule, values: Values) -> tuple[Any, ...]:
    """What records of the same thing have in common."""
    own = [values[name] or None for name in rule.same]
    if rule.kind == "enforcement_case" and not values["decision_date"]:
        own.append(values["record_date"])
    texts = [words(values[name]) for name in rule.texts]
    sorts = [values[name] or None for name in rule.sorts] if values.get("granularity") == AGGREGATE else []
    return (*own, *texts, *sorts)


def vague(rule: Rule, values: Values) -> bool:
    """Whether nothing tells the record from others of its day and place."""
    return not any(values[name] for name in rule.telling)


def two_things(rule: Rule, one: Values, other: Values) -> bool:
    """Whether the records say of themselves that they are not one thing."""
    strict = vague(rule, one)
    if rule.kind in STATES and not _together(one, other):
        return True
    for name in (*rule.either, *rule.documents, *((_WHO,) if strict and _WHO in one else ())):
        first, second = _form(rule, name, one), _form(rule, name, other)
        if first != second and (strict or (first is not None and second is not None)):
            return True
    return False


def same_numbers(rule: Rule, one: Values, other: Values) -> bool:
    """Whether the numbers are equal, as far as both say something."""
    strict = vague(rule, one)
    return all(
        one[name] == other[name] or (not strict and None in (one[name], other[name])) for name in rule.numbers
    )


def _together(one: Values, other: Values) -> bool:
    """Whether two states are in force at the same time."""
    until, other_until = one["to_date"] or _EVER, other["to_date"] or _EVER
    return bool(until >= other["from_date"] and other_until >= one["from_date"])


def _form(rule: Rule, name: str, values: Values) -> Any:
    value = values[name]
    if name in rule.documents:
        return document(value) or None
    return words(value) or None if isinstance(value, str) else value
