"""Vocabularies: the words that choice fields offer.  They are data (resources/lists), not code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mingxi_desktop import paths, toml_files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The delivered words of one vocabulary.

    open: the clerk may add words.  synonyms: other spelling → word.  marked: named subsets of the words.
    spellings: the synonyms, and words that hold a choice in their name but mean none, with "" for them.
    """

    name: str
    label: str
    values: tuple[str, ...]
    open: bool
    synonyms: Mapping[str, str]
    spellings: Mapping[str, str]
    marked: Mapping[str, tuple[str, ...]]


@cache
def delivered() -> Mapping[str, Vocabulary]:
    """All vocabularies as delivered, by name."""
    data = toml_files.read(paths.resources() / "lists" / "vocabularies.toml")
    plain = {"label", "values", "open", "synonyms", "apart"}
    return MappingProxyType(
        {
            name: Vocabulary(
                name=name,
                label=entry["label"],
                values=tuple(entry["values"]),
                open=bool(entry.get("open", False)),
                synonyms=MappingProxyType(dict(entry.get("synonyms", {}))),
                spellings=MappingProxyType(
                    dict.fromkeys(entry.get("apart", ()), "") | entry.get("synonyms", {})
                ),
                marked=MappingProxyType({k: tuple(v) for k, v in entry.items() if k not in plain}),
            )
            for name, entry in data.items()
        }
    )


@cache
def delivered_list(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of resources/lists/NAME.csv, header texts as keys."""
    import csv

    path = paths.resources() / "lists" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType(dict(row)) for row in csv.DictReader(file))
