"""Words for the checks of goods and townships: whose a movement is, what it moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal

from mingxi_desktop.domain.fields import DECIMAL_SCALE
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, ITEM, ORG
from mingxi_desktop.domain.show import plain
from mingxi_desktop.ledger.checks import saying, telling
from mingxi_desktop.ledger.checks.check import Scope

_NAMED = 3


class Townships:
    """Which township a movement concerns; remembered for one search."""

    def __init__(self, scope: Scope) -> None:
        self._references = scope.store.references
        county = self._references.find(AREA, COUNTY_AREA)
        self._county = county.id if county else 0
        self._known: dict[str, int] = {"": 0}

    def of(self, area: int, receiver: str) -> int:
        """The township that receives or gives out: of the receiver, else of the record; 0 for none."""
        found = self._named(receiver)
        return found or (area if area != self._county else 0)

    def of_area(self, area: int) -> int:
        """The township of a record; 0 for the county."""
        return area if area != self._county else 0

    def of_reporter(self, reporter: int) -> int:
        """The township whose office reported; 0 for any other office."""
        return self._named(f"{ORG}:{reporter}") if reporter else 0

    def name(self, township: int) -> str:
        """The township's name; 县直 for none."""
        entry = self._references.get(f"{AREA}:{township}")
        return entry.name if entry else COUNTY_AREA

    def _named(self, ref: str) -> int:
        if ref not in self._known:
            entry = self._references.get(ref)
            if entry is not None and entry.list == ORG:
                entry = self._references.find(AREA, entry.name)
            found = entry.id if entry is not None and entry.list == AREA else 0
            self._known[ref] = found if found != self._county else 0
        return self._known[ref]


def goods_words(scope: Scope, goods: Mapping[int, int]) -> str:
    """棉被80床、毛毯20件; the first three sorts of many."""
    named = [amount_words(scope, item, goods[item]) for item in sorted(goods)]
    more = f"等{len(named)}样物资" if len(named) > _NAMED else ""
    return "、".join(named[:_NAMED]) + more


def amount_words(scope: Scope, item: int, quantity: int) -> str:
    """棉被80床; quantity in ten-thousandths."""
    name, unit = item_words(scope, item)
    return f"{name}{number_words(quantity)}{unit}"


def item_words(scope: Scope, item: int) -> tuple[str, str]:
    """Name and unit of a supply."""
    entry = scope.store.references.get(f"{ITEM}:{item}")
    return (entry.name, entry.unit) if entry else ("物资", "")


def number_words(quantity: int) -> str:
    """Ten-thousandths as a number without trailing zeros."""
    return plain(Decimal(quantity) / DECIMAL_SCALE)


def day_words(day: datetime.date, year: int | None = None) -> str:
    """2024年6月27日; without the year where it is the one that was named already."""
    return telling.month_day(day) if day.year == year else saying.day(day)


def added(many: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Id of a supply → its quantity in several movements together, in ten-thousandths of the unit."""
    total: dict[int, int] = {}
    for goods in many:
        for item, quantity in goods.items():
            total[item] = total.get(item, 0) + quantity
    return total
