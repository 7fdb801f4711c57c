"""All indicators of one ledger: those that come with the program and the clerk's own."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from mingxi_desktop import texts
from mingxi_desktop.domain.indicator_data import DefinitionError, definitions, together
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.errors import UserError

_USUAL, _LONGEST = "zb", 24
"""The id for a label that has no letter to be spoken; letters of an id made from a label."""


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
        """The indicators that are worked out from this one or have to agree with it."""
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


def sound_book(
    own: Sequence[Indicator], kept: Sequence[Indicator] = ()
) -> tuple[IndicatorBook, dict[str, str]]:
    """A book with those of the clerk's indicators that fit together; (book, id of one left out → why).

    kept: others of the clerk's that are sound already; `own` take their places, and only `own` are left out.
    DefinitionError where those kept do not fit together by themselves.
    """
    left, faults = list(own), dict[str, str]()
    while True:
        mine = {item.id: item for item in (*kept, *left)}
        try:
            return book_with(tuple(mine.values())) if mine else delivered_book(), faults
        except DefinitionError as error:
            if not left:
                raise
            at_fault = _to_leave_out(left, {**delivered_book().by_id, **mine}, error)
            faults |= {item.id: error.sentence for item in at_fault}
            left = [item for item in left if item not in at_fault]


def _to_leave_out(
    own: Sequence[Indicator], known: Mapping[str, Indicator], error: DefinitionError
) -> list[Indicator]:
    """The one that does not fit; where that is one to be kept, those that it points to."""
    found = [item for item in own if item.id == error.indicator]
    user = known.get(error.indicator)
    if not found and user is not None:
        found = [item for item in own if item.id in (user.of, user.per, user.agrees_with)]
    # All of them where it cannot be told: a book must come of it.
    return found or list(own)


def fresh_id(label: str, taken: Container[str]) -> str:
    """An id that is not taken, of the label's pinyin initials: 森林火灾起数 → slhzqs."""
    initials = "".join(_initial(sign) for sign in label).lstrip("0123456789")[:_LONGEST]
    base = initials or _USUAL
    number = 1
    while (found := base if number == 1 else f"{base}{number}") in taken:
        number += 1
    return found


def _initial(sign: str) -> str:
    sounds = texts.search_text((sign,)).split()
    initial = sounds[2] if len(sounds) > 2 else sounds[0] if sounds else ""
    return initial if initial.isascii() and initial.isalnum() else ""
