"""One word for one thing: packaging/developers/vocabulary.csv against the screen and the names in code."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mingxi_desktop"
_TEXT = (ROOT / "packaging" / "developers" / "vocabulary.csv").read_text(encoding="utf-8")
TERMS = list(csv.DictReader(_TEXT.splitlines()))

OTHERS_WORDS = (
    "domain/parse/", "domain/kinds/", "domain/county.py", "exchange/", "ledger/intake/", "ledger/area_list.py",
    "domain/same_things.py", "ledger/demo/", "ledger/examples/", "report/proofreading/",
)  # fmt: skip
"""What knows, or makes up, the words that others write."""
QUOTED = re.compile("已保护你的电脑|会请你")
"""What Windows says, and 请 with 你 in a sentence about the reader's next step in somebody else's program."""
_NAME = re.compile(r"^\s*(?:async )?(?:def|class) ([A-Za-z]\w*)", re.MULTILINE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def parted(term: Mapping[str, str], column: str) -> list[str]:
    """The words of a cell."""
    return [word for word in term[column].split("|") if word]


def instead_of(column: str, right: str) -> dict[str, str]:
    """A word that is ruled out → the vocabulary's own."""
    return {word: term[right] for term in TERMS for word in parted(term, column)}


@cache
def code() -> dict[str, str]:
    """The program's own files by their place in the package."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def screen() -> dict[str, str]:
    """The files with the texts that a clerk sees."""
    drawn = [*(ROOT / "forms").glob("*.ui"), *(ROOT / "resources" / "manual").glob("*.md")]
    own = {name: text for name, text in code().items() if not name.startswith(OTHERS_WORDS)}
    return own | {path.name: path.read_text(encoding="utf-8") for path in sorted(drawn)}


def public_names() -> set[str]:
    """Functions, methods and classes of the package."""
    return {name for text in code().values() for name in _NAME.findall(text)}


def stray_texts(files: Mapping[str, str]) -> list[str]:
    """Where Chinese words stand for which the vocabulary has another one."""
    instead = instead_of("not on screen", "chinese")
    any_of = re.compile("|".join(sorted(instead, key=len, reverse=True)))
    return [
        f"{name}:{number} {word} → {instead[word]}"
        for name, text in files.items()
        if any_of.search(text)
        for number, line in enumerate(text.splitlines(), start=1)
        for word in any_of.findall(QUOTED.sub("", line))
    ]


def stray_names(names: Iterable[str]) -> list[str]:
    """Names that say a thing with another word than the vocabulary's."""
    instead = instead_of("not in code", "english")
    return [
        f"{name}: {word} → {instead[word]}"
        for name in names
        for word in map(str.lower, _WORD.findall(name))
        if word in instead
    ]


def test_a_word_means_one_thing() -> None:
    for column in ("chinese", "not on screen", "not in code"):
        words = [word for term in TERMS for word in parted(term, column)]
        assert len(words) == len(set(words)), column
    assert not {term["chinese"] for term in TERMS} & instead_of("not on screen", "chinese").keys()


def test_every_term_is_used() -> None:
    shown, written = "".join(screen().values()), "".join(code().values())
    named = {word.lower() for word in _WORD.findall(" ".join(public_names()))}
    for term in TERMS:
        assert term["chinese"] in shown, term
        for word in parted(term, "english"):
            assert word in named or f'"{word}"' in written or f"{word}:" in written, term


def test_the_screen_has_one_word_for_a_thing() -> None:
    assert stray_texts(screen()) == []


def test_code_has_one_word_for_a_thing() -> None:
    assert stray_names(public_names()) == []


def test_the_check_itself() -> None:
    assert stray_texts({"x.py": 'a = 1\nlabel = "模版"\n'}) == ["x.py:2 模版 → 模板"]
    assert stray_texts({"x.md": "弹出“已保护你的电脑”"}) == []
    strays = ["town_of: town → area", "TownList: town → area"]
    assert stray_names(["town_of", "TownList", "township"]) == strays
