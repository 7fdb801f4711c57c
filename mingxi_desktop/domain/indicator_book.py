"""All indicators of one ledger: those that come with the program and the clerk's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from mingxi_desktop.domain.indicator_data import definitions, together
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.errors import UserError


@dataclass(frozen=True)
class IndicatorBook:
    """The indicators in the order of the report.

    own: ids of those that the clerk made; changed: of delivered ones in the clerk's wording.
    """

    indicators: tuple[Indicator, ...]
    own: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    by_id: Mapping[str, Indicator] = field(init=False)

    def __post_init__(self) -> None:
        found = MappingProxyType({indicator.id: indicator for indicator in self.indicators})
        object.__setattr__(self, "by_id", found)

    def get(self, id: str) -> Indicator:
        """The indicator of that id; UserError if there is none."""
        found = self.by_id.get(id)
        if found is None:
            raise UserError(f"没有叫“{id}”的指标", "", "用 indicators 查看全部指标。")
        return found

    def needed(self, ids: Sequence[str]) -> list[Indicator]:
        """These, and what the ratios among them are made of, in order."""
        wanted = {part for id in ids for part in (id, self.get(id).of, self.get(id).per)}
        return [indicator for indicator in self.indicators if indicator.id in wanted]

    def users(self, id: str) -> list[Indicator]:
        """The indicators that point to this one."""
        return [item for item in self.indicators if id in (item.of, item.per, item.agrees_with)]


@cache
def delivered_book() -> IndicatorBook:
    """The indicators that come with the program."""
    return IndicatorBook(definitions())


def book_with(own: Sequence[Indicator]) -> IndicatorBook:
    """The delivered indicators with the clerk's: one of a delivered id stands in its place, others follow.

    UserError where they do not fit together.
    """
    mine = {indicator.id: indicator for indicator in own}
    delivered = definitions()
    all_of_them = [mine.pop(indicator.id, indicator) for indicator in delivered]
    fresh = frozenset(mine)
    together([*all_of_them, *mine.values()])
    changed = frozenset(item.id for item, old in zip(all_of_them, delivered, strict=True) if item is not old)
    return IndicatorBook((*all_of_them, *mine.values()), fresh, changed)
