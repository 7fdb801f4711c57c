"""Which 调拨 the goods of each 发放 came from, where the record does not say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from mingxi_desktop.ledger.checks.money.goods import Townships
from mingxi_desktop.storage.checks.both_legs import Leg

_LATE_PAPER = datetime.timedelta(days=31)
"""So long after the goods were given out the slip of the 调拨 may be written."""
_SAME_PEOPLE = datetime.timedelta(days=60)

_Goods = frozenset[tuple[int, int]]


class Origins:
    """Takes from each 调拨 what its 发放 gave out, in the order of their days."""

    def __init__(self, places: Townships, sent: Sequence[Leg], given: Sequence[Leg]) -> None:
        """sent, given: in the order of their days; what is given without a link is looked for by `unlinked`."""
        self._places = places
        self._sent = sent
        self._given = given
        self._left = {leg.id: dict(leg.goods) for leg in sent}
        self._township = {leg.id: places.of(leg.area, leg.receiver) for leg in sent}
        self._alike: dict[_Goods, list[Leg]] = {}
        self._total: dict[tuple[int, int], int] = {}
        self._open: dict[tuple[int, int], list[Leg]] = {}
        self._people: dict[tuple[int, int], list[Leg]] = {}
        for leg in sent:
            self._alike.setdefault(frozenset(leg.goods.items()), []).append(leg)
        for leg in given:
            if leg.dispatch in self._left:
                _take(self._left[leg.dispatch], leg.goods)

    def unlinked(self) -> Iterator[tuple[Leg, list[Leg]]]:
        """(发放, the 调拨 it most likely came from, the likeliest first) for those that name none."""
        known = 0
        for leg in self._given:
            while known < len(self._sent) and self._sent[known].day <= leg.day:
                self._note(self._sent[known])
                known += 1
            if not leg.dispatch:
                found = self._of(leg)
                rest = dict(leg.goods)
                for one in found:
                    before, rest = rest, _take(self._left[one.id], rest)
                    if one.day <= leg.day:
                        self._count(one, {item: rest.get(item, 0) - before[item] for item in before})
                if found:
                    yield leg, found

    def _note(self, leg: Leg) -> None:
        """A 调拨 is there from now on."""
        township = self._township[leg.id]
        self._count(leg, self._left[leg.id])
        for item in leg.goods:
            self._open.setdefault((township, item), []).append(leg)
        if leg.people:
            self._people.setdefault((township, leg.people), []).append(leg)

    def _count(self, leg: Leg, goods: Mapping[int, int]) -> None:
        """More (or less) of some goods is left in the township of a 调拨."""
        for item, quantity in goods.items():
            key = self._township[leg.id], item
            self._total[key] = self._total.get(key, 0) + quantity

    def _of(self, leg: Leg) -> list[Leg]:
        township = self._places.of(leg.area, leg.receiver)
        alike = [one for one in self._alike.get(frozenset(leg.goods.items()), ()) if self._untouched(one)]
        if not township:
            # The county wrote it down without a township: only what is alike in everything tells.
            return alike if len(alike) == 1 and leg.goods and alike[0].day <= leg.day else []
        if not leg.goods:
            known = self._people.get((township, leg.people), [])
            return [one for one in known if leg.day - one.day <= _SAME_PEOPLE][-1:]
        own = [one for one in alike if self._township[one.id] == township]
        before = [one for one in own if one.day <= leg.day]
        late = [one for one in own if leg.day < one.day <= leg.day + _LATE_PAPER]
        if before:
            return before[-1:]
        enough = all(self._total.get((township, item), 0) >= quantity for item, quantity in leg.goods.items())
        found = self._with_enough(township, leg) if enough else []
        return found or late[:1] or (self._several(township, leg) if enough else [])

    def _with_enough(self, township: int, leg: Leg) -> list[Leg]:
        """The last one that has all of it left."""
        item = next(iter(leg.goods))
        return next(([one] for one in reversed(self._with(township, item)) if self._covers(one, leg)), [])

    def _several(self, township: int, leg: Leg) -> list[Leg]:
        """Those that have all of it only together, the latest first."""
        found: dict[int, Leg] = {}
        for item, quantity in leg.goods.items():
            rest = quantity
            for one in reversed(self._with(township, item)):
                there = self._left[one.id][item]
                if rest > 0 and there > 0:
                    found[one.id] = one
                    rest -= there
        return sorted(found.values(), key=lambda one: (one.day, one.id), reverse=True)

    def _with(self, township: int, item: int) -> list[Leg]:
        """Those until now that may have some of a supply left, in the order of their days."""
        there = self._open.get((township, item), [])
        while there and self._left[there[-1].id][item] <= 0:
            there.pop()
        return there

    def _covers(self, one: Leg, leg: Leg) -> bool:
        left = self._left[one.id]
        return all(left.get(item, 0) >= quantity for item, quantity in leg.goods.items())

    def _untouched(self, one: Leg) -> bool:
        """Whether nothing of it was given out yet."""
        return self._left[one.id] == one.goods


def _take(left: dict[int, int], goods: Mapping[int, int]) -> dict[int, int]:
    """Take goods from what is left; what there was not enough of."""
    rest = {}
    for item, quantity in goods.items():
        there = max(0, left.get(item, 0))
        left[item] = there - min(there, quantity)
        if quantity > there:
            rest[item] = quantity - there
    return rest
