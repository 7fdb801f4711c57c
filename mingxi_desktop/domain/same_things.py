"""When a total and another record may be of the same things, ledger by ledger: added up they would count twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

ALL_SORTS = frozenset({"其他", "综合", "其它"})
"""Words of a total that stand for all sorts."""


@dataclass(frozen=True, slots=True)
class Like:
    """What tells one thing from another in a ledger.

    same: must be equal.  apart: one word each; filled and different, they are of different things.
    lists: several words each; filled and without a common one, they are of different things.
    text: what a total is called by.
    """

    kind: str
    same: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    text: str = "note"


LIKES: tuple[Like, ...] = (
    Like("hazard", apart=("category",), lists=("campaign",), text="description"),
    Like("inspection", same=("type",), apart=("key_period",)),
    Like("enforcement_case", lists=("campaign", "measure"), text="cause"),
    Like("meeting", same=("type",), apart=("convener", "event"), text="topic"),
    Like("supply_movement", same=("type",), apart=("event",)),
    Like("fund", same=("direction",), apart=("purpose",)),
    Like("activity", same=("type",), apart=("hazard_type",), lists=("campaign",), text="title"),
    Like("rescue_team", same=("type",), text="name"),
    Like("facility", same=("type",), apart=("project",), text="name"),
    Like("accident", apart=("field", "grade")),
    Like("manual_entry", same=("indicator",), text="basis"),
)
_LIKE_OF: Mapping[str, Like] = MappingProxyType({like.kind: like for like in LIKES})


def like_of(kind: str) -> Like:
    """What tells one thing from another in a ledger; nothing where nobody has said it."""
    return _LIKE_OF.get(kind) or Like(kind)


class Things(NamedTuple):
    """What a record says of the things it is of, in the order of its ledger's `Like`; None for what is empty."""

    same: tuple[Any, ...]
    apart: tuple[Any, ...]
    lists: tuple[frozenset[str], ...]


def things_of(like: Like, values: Mapping[str, Any]) -> Things:
    """What a record with these values says."""
    return Things(
        tuple(values.get(name) for name in like.same),
        tuple(values.get(name) or None for name in like.apart),
        tuple(frozenset(map(str, values.get(name) or ())) for name in like.lists),
    )


def may_hold(total: Things, other: Things) -> bool:
    """Whether what the other record says may be in the total."""
    if total.same != other.same:
        return False
    for one, two in zip(total.apart, other.apart, strict=True):
        if one is not None and two is not None and one != two and one not in ALL_SORTS:
            return False
    return not any(
        one and two and one.isdisjoint(two) for one, two in zip(total.lists, other.lists, strict=True)
    )
