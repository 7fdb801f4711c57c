"""What the header of a table means for one ledger: each column's field, and how well the whole fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.kinds.common import common_fields
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.exchange.recognising.layout import Column, Facets, Role
from mingxi_desktop.exchange.recognising.meaning_column import Reading, read_column
from mingxi_desktop.exchange.recognising.meaning_facets import completed
from mingxi_desktop.exchange.recognising.meaning_lexicon import LAST, Lexicon, lexicon_of, owners
from mingxi_desktop.exchange.recognising.meaning_settle import Place, column_of, settle
from mingxi_desktop.exchange.recognising.meaning_text import path_of
from mingxi_desktop.exchange.recognising.targets import WIDE, Target, TargetIndex
from mingxi_desktop.patterns import pattern

_LEAVE_OUT = frozenset({"", "-", "忽略"})
_SEPARATOR = pattern(r"[，,]")
_COMMON = frozenset(field.name for field in common_fields(approx=True))
_TITLE_SHARE = 3
_WIDE_WEIGHT, _MOST_WIDE = 0.6, 5
_UNKNOWN_COST = 0.2


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a header for one ledger.

    repeated: headers that occur more than once for one field, so that nobody can say which is meant.
    score: how well it fits the ledger; comparable with that for other ledgers.
    """

    columns: tuple[Column, ...]
    repeated: tuple[str, ...]
    score: float


def read_header(
    index: TargetIndex, parts: Mapping[int, Sequence[str]], given: Mapping[str, str] | None = None
) -> Header:
    """What every column of a header means for the index's ledger.

    parts: 0-based column → its texts from the top row to the bottom row.  given: the user's mapping, by
    header key or "#3" for a column: target name, "" to leave the column out.
    """
    lexicon = lexicon_of(index)
    places = [_place(lexicon, place, texts, given or {}) for place, texts in _below_title(parts).items()]
    if all(place.reading.is_nothing for place in places):
        return Header(tuple(column_of(place) for place in places), (), 0.0)
    columns, repeated = settle(lexicon, places)
    return Header(columns, repeated, _score(places, columns))


def _below_title(parts: Mapping[int, Sequence[str]]) -> Mapping[int, tuple[str, ...]]:
    """The texts without a title that stands over every column."""
    found = {place: tuple(texts) for place, texts in parts.items()}
    tops = {texts[0] for texts in found.values() if len(texts) > 1}
    if len(found) >= _TITLE_SHARE and len(tops) == 1 and all(len(texts) > 1 for texts in found.values()):
        return {place: texts[1:] for place, texts in found.items()}
    return found


def _place(lexicon: Lexicon, place: int, texts: tuple[str, ...], given: Mapping[str, str]) -> Place:
    header = path_of(texts).header
    if given:
        keys = (f"#{place}", header_key("".join(texts))[0], header_key(texts[-1])[0])
        named = next((given[key] for key in keys if key in given), None)
        if named is not None:
            unit = read_column(lexicon, texts).unit
            target, facets = _target_named(lexicon.index, named)
            role = Role.FIELD if target else Role.UNKNOWN
            return Place(place, header, texts, Reading(role, target, unit, facets, rank=-1), by_user=True)
    return Place(place, header, texts, read_column(lexicon, texts))


def _target_named(index: TargetIndex, name: str) -> tuple[Target | None, Facets]:
    """The target of a name as mappings give it: amount, amount@下拨, response_step.at@提升，Ⅲ."""
    if name.strip() in _LEAVE_OUT:
        return None, ()
    known = index.by_name.get(name)
    if known is not None:
        return known, ()
    plain, _, said = name.partition("@")
    words = [word for word in _SEPARATOR.split(said) if word]
    child_name, _, field_name = plain.rpartition(".")
    if child_name and child_name == WIDE.get(index.kind.name):
        child = kinds.kind_of(child_name)
        if child.has(field_name):
            return Target(child.field(field_name), child_name, _named_words(child_name, words)), ()
    known = index.by_name.get(plain)
    if known is None:
        return None, ()
    return known, completed(index.kind, tuple(sorted(_named_words(index.kind.name, words))))


def _named_words(kind_name: str, words: Sequence[str]) -> Facets:
    """Each word with the choice field whose vocabulary has it; goods are words of the field item."""
    kind = kinds.kind_of(kind_name)
    found: dict[str, str] = {}
    for word in words:
        fields = [
            item.name
            for item in kind.fields
            if item.choices and word in delivered()[item.choices].values and item.name not in found
        ]
        if fields:
            found[fields[0]] = word
        elif kind.has("item"):
            found["item"] = word
    return tuple(found.items())


def _score(places: Sequence[Place], columns: Sequence[Column]) -> float:
    """Known columns count, those word for word more, those of this ledger alone most."""
    ranks = {place.index: place for place in places}
    best: dict[str, float] = {}
    wide = facets = 0
    unknown = 0
    for column in columns:
        if column.role is Role.UNKNOWN:
            unknown += 1
        if column.role is not Role.FIELD or column.target is None:
            continue
        if column.target.sets:
            wide += 1
            continue
        facets += bool(column.facets)
        weight = _weight(column.target, ranks[column.index])
        name = column.target.plain_name
        best[name] = max(best.get(name, 0.0), weight)
    score = sum(best.values()) + _WIDE_WEIGHT * min(wide, _MOST_WIDE) + 0.3 * min(facets, _MOST_WIDE)
    return score - _UNKNOWN_COST * unknown if score else 0.0


def _weight(target: Target, place: Place) -> float:
    item = target.field
    if item.name in _COMMON and not target.child:
        return 0.4
    exact = place.reading.rank < LAST
    key = header_key(place.texts[-1])[0]
    weight = 0.5 + 1.0 / max(1, owners(key)) if exact else 0.8
    return weight + (0.5 if item.required else 0.0) if place.by_user is False else 1.5
