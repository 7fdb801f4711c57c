"""By which words an indicator is known in a draft: delivered as data in resources/proofreading.

The clerk's own indicators, for which nothing is delivered, are seen to by `guessing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Any

from mingxi_desktop import paths, toml_files
from mingxi_desktop.domain.indicators import Indicator, IndicatorValue

_WORDS = "words.toml"
_WEAK, _IN_GROUP, _NO_UNIT = 0.75, 0.95, 0.7
_DAY_UNITS = frozenset({"日期", "日期区间", "号"})

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator with its value of the year, and what else the ledger knows of its words.

    words: other names of the thing, such as the aliases of an item.  beside: the yearly report does not show it, so
    that a number is taken for it only where the words leave no doubt.
    """

    value: IndicatorValue
    words: Words = ()
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """The cues of one indicator; what each group means stands in resources/proofreading/1_safety.toml.

    what: word → how sure it makes.  siblings: ids that share its block, itself among them.
    units: unit word → how well it fits.  guess: its label without verbs and measures, where nothing is
    delivered and single words have to do.  usual: `also` goes without saying where nothing speaks against it.
    """

    known: Known
    what: Mapping[str, float]
    also: tuple[Words, ...] = ()
    near: tuple[Words, ...] = ()
    act: Words = ()
    bar: Words = ()
    against: Words = ()
    fused: Words = ()
    siblings: Words = ()
    units: Mapping[str, float] = field(default_factory=dict)
    total: bool = False
    named: Words = ()
    listed: Mapping[str, Words] = field(default_factory=dict)
    guess: str = ""
    usual: bool = False

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.known.value.indicator.id

    @property
    def indicator(self) -> Indicator:
        """The indicator that a number told with these words stands for."""
        return self.known.value.indicator

    def words(self) -> set[str]:
        """Every word that a draft is searched for."""
        groups = (*self.also, *self.near, self.act, self.bar, self.against, self.fused)
        return {*self.what, *(word for group in groups for word in group)}


@dataclass(frozen=True, slots=True)
class Row:
    """Indicators that are written one after another: the place in a list tells which is meant.

    context: one of these must be in the sentence.
    """

    ids: Words
    context: Words = ()


@dataclass(frozen=True)
class CommonWords:
    """What resources/proofreading/words.toml says, by section and key."""

    sections: Mapping[str, Mapping[str, Any]]

    def get(self, section: str, key: str) -> Words:
        """The words of `key` in a section of words.toml; KeyError where it has none."""
        return tuple(self.sections[section][key])

    def filled(self, section: str, key: str, year: int) -> Words:
        """A list of words with the report's years put in."""
        years = {"year": year, "last": year - 1, "next": year + 1}
        return tuple(word.format_map(years) for word in self.get(section, key))


@dataclass(frozen=True, slots=True)
class _Delivered:
    blocks: Mapping[str, Mapping[str, Any]]
    rows: tuple[Row, ...]


@cache
def common() -> CommonWords:
    """Words that mean the same for every indicator."""
    return CommonWords(_toml(_WORDS))


@cache
def _delivered() -> _Delivered:
    blocks: dict[str, Mapping[str, Any]] = {}
    rows: list[Row] = []
    for path in sorted((paths.resources() / "proofreading").glob("[0-9]*.toml")):
        data = _toml(path.name)
        for block in data.get("topic", ()):
            blocks.update(dict.fromkeys(block["ids"], block))
        rows += (Row(tuple(row["ids"]), tuple(row.get("context", ()))) for row in data.get("sequence", ()))
    return _Delivered(MappingProxyType(blocks), tuple(rows))


@cache
def _fused() -> Words:
    """Verbs that say two things at once."""
    parts = (common().get("fused", key) for key in ("first", "link", "second"))
    return tuple("".join(verb) for verb in product(*parts))


def _toml(name: str) -> dict[str, Any]:
    return toml_files.read(paths.resources() / "proofreading" / name)


def rows() -> tuple[Row, ...]:
    """The sequences delivered."""
    return _delivered().rows


def delivered_topic(known: Known) -> Topic | None:
    """The cues that come with the program; None for an indicator that has none."""
    indicator = known.value.indicator
    block = _delivered().blocks.get(indicator.id)
    if block is None:
        return None
    own = block.get("own", {}).get(indicator.id, {})

    def words(key: str) -> Words:
        return (*block.get(key, ()), *own.get(key, ()))

    def groups(key: str) -> tuple[Words, ...]:
        return tuple(tuple(group) for group in words(key))

    what = dict.fromkeys(words("weak"), _WEAK) | dict.fromkeys((*words("what"), *known.words), 1.0)
    return Topic(
        known=known,
        what=what,
        also=groups("also"),
        near=groups("near"),
        act=words("act"),
        bar=words("bar"),
        against=words("against"),
        fused=_fused() if block.get("fused") else (),
        siblings=tuple(block["ids"]),
        units=fitting_units(indicator.unit, words("units")),
        total=bool(block.get("total")),
        named=words("named"),
        usual=bool(block.get("usual")),
        listed={key: tuple(said) for key, said in block.get("listed", {}).items()},
    )


def fitting_units(unit: str, more: Iterable[str] = ()) -> dict[str, float]:
    """Unit word → how well it fits an indicator counted in `unit`; "" for a number without one."""
    if unit in _DAY_UNITS:
        return {}
    group = {word for group in common().get("units", "groups") if unit in group for word in group}
    return {"": _NO_UNIT, **dict.fromkeys((*group, *more), _IN_GROUP), unit: 1.0}
