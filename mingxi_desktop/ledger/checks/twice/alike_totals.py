"""When a total and another record may be of the same thing, ledger by ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.same_things import LIKES, Like, Things, may_hold
from mingxi_desktop.storage.checks import mixed_granularity as reading
from mingxi_desktop.storage.checks.goods import goods_of
from mingxi_desktop.storage.checks.values import values_of

if TYPE_CHECKING:
    from mingxi_desktop.ledger.checks.check import Scope

Place = int | str | None
"""The id of an area, or "list:id" of who receives."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as far as it matters here.

    month: 1–12, 0 in ledgers of states.  quantity: the
    integer in the file.  flag: `in_total`.  part: whether it is said to be a part of another one.
    """

    id: int
    place: Place
    day: str
    month: int
    quantity: int
    aggregate: bool
    flag: bool | None
    same: tuple[Any, ...]
    apart: tuple[Any, ...]
    lists: tuple[frozenset[str], ...]
    reporter: str | None
    text: str
    goods: frozenset[int]
    part: bool

    @property
    def things(self) -> Things:
        """What it says of its things."""
        return Things(self.same, self.apart, self.lists)

    @property
    def sorted_out(self) -> bool:
        """Whether words say that it is of a part of the things only."""
        return any(self.apart) or any(self.lists)


def rows(scope: Scope, kind: Kind, like: Like, ids: Sequence[int]) -> list[Row]:
    """The records of these ids with what is compared, in the order of the ids."""
    if not ids:
        return []
    own = dict.fromkeys(("area", "granularity", "reporter", "record_date", kind.date, like.text))
    more = dict.fromkeys((*like.same, *like.apart, *like.lists))
    asked = [name for name in ("receiver", "in_total", "parent", kind.quantity) if name and kind.has(name)]
    names = list(dict.fromkeys((*own, *more, *asked)))
    goods = goods_of(scope.store.schema, ids) if kind.name == "supply_movement" else {}
    found = values_of(scope.store.schema, kind, names, ids)
    return [_row(kind, like, number, values, frozenset(goods.get(number, ()))) for number, values in found]


def _row(kind: Kind, like: Like, number: int, values: Mapping[str, Any], goods: frozenset[int]) -> Row:
    day = str(values[kind.date] or values["record_date"] or "")[:10]
    flag = values.get("in_total")
    receiver = values.get("receiver")
    return Row(
        id=number,
        place=receiver or (f"{AREA}:{values['area']}" if kind.has("receiver") else values["area"]),
        day=day,
        month=0 if kind.state or not day else int(day[5:7]),
        quantity=values.get(kind.quantity) or 0,
        aggregate=values["granularity"] == AGGREGATE,
        flag=None if flag is None else bool(flag),
        same=tuple(values[name] for name in like.same),
        apart=tuple(values[name] or None for name in like.apart),
        lists=tuple(frozenset((values[name] or "").strip("|").split("|")) - {""} for name in like.lists),
        reporter=values["reporter"],
        text=values[like.text] or "",
        goods=goods,
        part=bool(values.get("parent")),
    )


def totals(scope: Scope, kind: Kind) -> Sequence[int]:
    """The ids of the aggregate records of a ledger in the year."""

    def read() -> Mapping[str, Sequence[int]]:
        schema = scope.store.schema
        return {like.kind: reading.totals(schema, schema.kinds[like.kind], scope.year) for like in LIKES}

    return scope.ledger.remembered.get(("aggregates", scope.year), read)[kind.name]


def same_thing(like: Like, total: Row, other: Row, *, county: bool = False) -> bool:
    """Whether what the other record says may be in the total.

    county: both are the county's own, where each department reports for itself.
    """
    if other.part or total.part or not may_hold(total.things, other.things):
        return False
    if like.kind == "supply_movement" and total.goods and other.goods and total.goods.isdisjoint(other.goods):
        return False
    if not county:
        return True
    if total.reporter is not None and other.reporter is not None and total.reporter != other.reporter:
        return False
    return like.kind not in _NAMED or total.text == other.text


_NAMED = frozenset({"rescue_team", "facility"})
"""Ledgers in which a county total names whose teams they are: 县林业局护林应急队."""
