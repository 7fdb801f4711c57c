"""Words of choice fields that a header may say of its numbers: 发现重大隐患, 演练（防汛）."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.exchange.recognising.layout import Facets
from mingxi_desktop.patterns import pattern

FACETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hazard": {
        "level": ("quantity_found", "quantity_rectified"),
        "field": ("quantity_found", "quantity_rectified"),
    },
    "inspection": {"type": ("times", "visits"), "key_period": ("times", "visits")},
    "enforcement_case": {"measure": ("cases",), "procedure": ("cases",)},
    "response_tally": {"basis": ("cadres", "evacuees", "deaths", "missing", "injured")},
    "meeting": {"type": ("times",)},
    "fund": {"direction": ("amount",), "purpose": ("amount",)},
    "activity": {
        "hazard_type": ("sessions", "participants"),
        "type": ("sessions", "participants"),
        "drill_form": ("sessions", "participants"),
    },
    "rescue_team": {"type": ("teams", "headcount")},
    "facility": {"type": ("count",)},
    "accident": {
        "field": ("cases", "deaths", "injured", "loss"),
        "grade": ("cases", "deaths", "injured", "loss"),
    },
}
"""Ledger → choice field → the numbers that a header may tell apart by its words."""

_DRILL = ("type", "应急演练")
_SHORTEST = 2
_NOUNS: Mapping[str, tuple[str, ...]] = {
    "hazard": ("隐患", "事故隐患", "问题"),
    "activity": ("演练", "应急演练", "类演练", "类"),
    "accident": ("事故", "类事故", "类", "行业"),
    "rescue_team": ("队伍", "救援队", "救援队伍", "应急救援队", "队", "应急救援队伍"),
    "fund": ("资金", "经费", "补助", "补助资金"),
    "enforcement_case": ("处罚",),
    "inspection": ("检查", "行动"),
    "meeting": ("会议", "会"),
}
"""Nouns that may follow a word: 消防演练, 道路交通事故."""


@dataclass(frozen=True, slots=True)
class Words:
    """The facet words of a ledger.

    options: word in headers → (field, word of the vocabulary) it may be.  nouns: what may follow a word.
    numbers: choice field → the numbers that its words tell apart.
    """

    options: Mapping[str, tuple[tuple[str, str], ...]]
    nouns: tuple[str, ...]
    pattern: re.Pattern[str] | None
    numbers: Mapping[str, tuple[str, ...]]

    def bare(self, key: str) -> tuple[tuple[str, str], ...]:
        """What a text can be that is nothing but a word."""
        return self.options.get(key, ())

    def inside(self, key: str, number: str) -> tuple[Facets, str]:
        """The facets that a text says of a number, and the text without them."""
        # Most hold none, and the pattern of hundreds of words is compiled when it is first asked.
        if self.pattern is None or not any(map(key.__contains__, self.options)):
            return (), key
        found: dict[str, str] = {}
        rest = key
        for match in self.pattern.finditer(key):
            usable = [pair for pair in self.options[match[0]] if number in self.numbers[pair[0]]]
            if len(usable) != 1 or usable[0][0] in found:
                continue
            found[usable[0][0]] = usable[0][1]
            noun = next((noun for noun in self.nouns if match[0].endswith(noun) and match[0] != noun), "")
            rest = rest.replace(match[0], noun, 1)
        return tuple(sorted(found.items())), rest


def words_of(kind: Kind) -> Words:
    """The words that headers of a ledger may hold of its choices, and the fields that they set."""
    numbers = FACETS.get(kind.name, {})
    options: dict[str, list[tuple[str, str]]] = {}
    for name in numbers:
        vocabulary = delivered()[kind.field(name).choices]
        spelled = {**{word: word for word in vocabulary.values}, **vocabulary.synonyms}
        for spelling, word in spelled.items():
            for text in (spelling, *(spelling + noun for noun in _NOUNS.get(kind.name, ()))):
                key = header_key(text)[0]
                known = options.setdefault(key, [])
                if len(key) >= _SHORTEST and (name, word) not in known and name not in dict(known):
                    known.append((name, word))
    kept = {key: tuple(found) for key, found in options.items() if found}
    any_word = "|".join(map(re.escape, sorted(kept, key=len, reverse=True)))
    nouns = tuple(sorted(_NOUNS.get(kind.name, ()), key=len, reverse=True))
    return Words(kept, nouns, pattern(any_word) if any_word else None, numbers)


def completed(kind: Kind, facets: Facets) -> Facets:
    """The facets with what follows from them: an accident or disaster is practised in a drill."""
    names = dict(facets)
    if kind.name == "activity" and ({"hazard_type", "drill_form"} & set(names)) and "type" not in names:
        return tuple(sorted((*facets, _DRILL)))
    return facets
