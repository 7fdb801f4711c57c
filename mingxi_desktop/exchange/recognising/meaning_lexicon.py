"""What headers a ledger knows: its synonyms, pairs of numbers, compound numbers, and words with two meanings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.headings import delivered_headings, own_headings
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.exchange.recognising.layout import Role
from mingxi_desktop.exchange.recognising.meaning_facets import Words, words_of
from mingxi_desktop.exchange.recognising.meaning_text import GENERIC, family
from mingxi_desktop.exchange.recognising.targets import Target, TargetIndex, importable, targets_of

LAST = 1000
"""Rank of what is not a synonym word for word."""

MEANINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hazard": {
        "发现隐患": ("quantity_found", "description"), "发现问题": ("quantity_found", "description"),
        "排查隐患": ("quantity_found", "description"), "查出隐患": ("quantity_found", "description"),
        "发现问题隐患": ("quantity_found", "description"), "隐患类型": ("level", "category"),
        "责任单位": ("owner", ""), "整改责任单位": ("owner", ""),
        "检查情况": ("description", ""), "单位": ("place", "reporter"), "单位名称": ("place", "reporter"),
    },
    "inspection": {"单位": ("enterprises", "reporter"), "单位名称": ("enterprises", "reporter")},
    "enforcement_case": {"单位": ("party", "reporter"), "单位名称": ("party", "reporter")},
    "fund": {"合计": ("amount", ""), "总计": ("amount", "")},
}  # fmt: skip
"""Keys with two meanings: fields in the order in which they are tried.  A number needs numbers beside it."""
TELLING: Mapping[str, tuple[str, ...]] = {
    "hazard": ("description",), "inspection": ("leader", "code"), "enforcement_case": ("cause", "case_no"),
}  # fmt: skip
"""Ledger → fields that tell of one thing: where none has a column and things are counted, 单位 is who reports."""

_ALIKE: Mapping[str, frozenset[str]] = {
    unit: frozenset(words.split())
    for unit, words in {
        "人": "名 位 人次 个", "人次": "人 名 位 个", "条": "处 项 个 件 起 宗 例 点",
        "次": "场 场次 批 批次 个 件 起 宗 例",
        "家次": "家 个 户 户次 处 点 点次", "家": "个 户", "个": "家", "场": "场次 次 期 批 批次 班 班次 个",
        "支": "个 队", "处": "个 座 所 点 块 家", "起": "件 次 宗 例 个", "公顷": "亩 万亩 千公顷",
    }.items()
}  # fmt: skip
"""Unit of a field → the units under which headers count the same."""
_UNIT_KEYS = frozenset({"单位", "计量单位", "单位名", "数量单位"})


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A header that a ledger knows word for word; rank: its place among the field's headers."""

    target: Target
    rank: int
    role: Role = Role.FIELD


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All that a ledger knows of headers.

    own: keys that are in no ledger's declaration: goods.  known: what has been read already.
    """

    index: TargetIndex
    exact: Mapping[str, Entry]
    words: Words
    own: tuple[str, ...] = ()
    known: dict[tuple[str, ...], object] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """The ledger whose words these are."""
        return self.index.kind

    def cores(self, text: str) -> list[tuple[int, int]]:
        """Where headers of the ledger stand in a text, the longest first; words that say too little left out."""
        places = [place for place in _known_places(text) if text[place[0] : place[1]] in self.exact]
        for key in self.own:
            start = text.find(key)
            if start >= 0:
                places.append((start, start + len(key)))
        return sorted(places, key=lambda place: place[0] - place[1])


@lru_cache(maxsize=64)
def lexicon_of(index: TargetIndex) -> Lexicon:
    """The lexicon for an index; made once for each."""
    exact: dict[str, Entry] = {}
    for key, targets in index.by_key.items():
        role = Role.FIELD if importable(targets[0].field) else Role.COMPUTED
        exact[key] = Entry(targets[0], _rank(index.kind, targets[0], key), role)
    for key, target in _extras(index.kind).items():
        known = exact.get(key)
        if known is None or target.second is not None:
            exact[key] = Entry(target, LAST - 1)
    declared = _all_keys() | GENERIC
    own = tuple(key for key in exact if key not in declared and len(key) > 1)
    return Lexicon(index, exact, words_of(index.kind), own)


@cache
def _all_keys() -> frozenset[str]:
    """What any ledger knows word for word, but for words that say too little inside a longer text."""
    keys = {
        key for kind in kinds.ALL for key in (*targets_of(kind.name).by_key, *_extras(kind)) if len(key) > 1
    }
    return frozenset(keys - GENERIC)


@lru_cache(maxsize=16_384)
def _known_places(text: str) -> tuple[tuple[int, int], ...]:
    """Where anything that a ledger knows stands in a text."""
    keys, last = _all_keys(), len(text)
    return tuple(
        (start, end)
        for start in range(last - 1)
        for end in range(start + 2, last + 1)
        if text[start:end] in keys
    )


def _rank(kind: Kind, target: Target, key: str) -> int:
    """The place of a header among those of its field."""
    owner = kinds.kind_of(target.child) if target.child else kind
    return min(_ranks(owner.name, target.field.name).get(key, LAST - 1), LAST - 1)


@cache
def _ranks(kind: str, name: str) -> Mapping[str, int]:
    """Header of a field, as headers are compared → its place among them."""
    headers = own_headings(kinds.kind_of(kind), kinds.kind_of(kind).field(name))
    ranks: dict[str, int] = {}
    for rank, header in enumerate(headers):
        ranks.setdefault(header_key(header)[0], rank)
    return ranks


def _extras(kind: Kind) -> dict[str, Target]:
    """Headers over two numbers in one cell (deaths/injured), and outputs of publicity."""
    found: dict[str, Target] = {}
    for names, words in delivered_headings().get(kind.name, {}).items():
        first, pair, second = names.partition("/")
        if pair:
            target = Target(kind.field(first), second=kind.field(second))
            found |= {header_key(word)[0]: target for word in words}
    if kind.name == "activity":
        found |= _outputs()
    return found


def _outputs() -> dict[str, Target]:
    child = kinds.kind_of("activity_output")
    vocabulary = delivered()[child.field("item").choices]
    spelled = {**{word: word for word in vocabulary.values if word != "其他"}, **vocabulary.synonyms}
    quantity = child.field("quantity")
    return {
        header_key(key)[0]: Target(quantity, child.name, (("item", word),)) for key, word in spelled.items()
    }


@lru_cache(maxsize=4096)
def owners(key: str) -> int:
    """How many ledgers know the key."""
    return sum(1 for kind in kinds.ALL if not kind.parent and key in targets_of(kind.name).by_key)


def is_unit_key(key: str) -> bool:
    """Whether the header may name the unit of measure of goods."""
    return key in _UNIT_KEYS


def fits(item: Field, unit: str) -> bool:
    """Whether the unit in a header can be that of the field: 家 is none for a list of names, 户 none for people."""
    if not unit:
        return True
    if "/" in unit:
        return all(fits(item, part) for part in unit.split("/"))
    kind = family(unit)
    if item.type is FieldType.MONEY:
        return kind == "money"
    if item.type not in NUMERIC:
        return item.type in (FieldType.DATE, FieldType.DATETIME) and kind == "time"
    if kind in ("money", "time") or unit == "%":
        return False
    if not item.unit:
        return True
    return unit == item.unit or unit in _ALIKE.get(item.unit, ())
