"""Docstrings say what a name cannot: what a number is measured in, what a mapping maps to what.

That every public thing has one is ruff's business (rules D), but for methods of the window: Qt names many of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "mingxi_desktop"
_NUMBERS = re.compile(r"\) -> (?:float|tuple\[[^\n]*\bfloat\b[^\n]*):\n +\"\"\"(.*?)\"\"\"", re.DOTALL)
_MAPPINGS = re.compile(r"\) -> (?:dict|Mapping)\[[^\n]*:\n +\"\"\"(.*?)\"\"\"", re.DOTALL)
_UNIT = re.compile(
    r"\b(pt|mm|pixels|seconds|days|type size|zoom|0 to 1|share|contrast|how (sure|well|close|far)|size on paper|See)\b",
    re.IGNORECASE,
)
_WHAT_TO_WHAT = re.compile(r"→|\bby\b|\bfor each\b|\bper\b|\bJSON\b|document|as plain values", re.IGNORECASE)
_SHORT = re.compile(r"^ *(?:def|class) ([a-z]\w*|[A-Z]\w*)[^\n]*:\n +\"\"\"([^\"\n]*)\"\"\"", re.MULTILINE)
_BARE = re.compile(
    r"^    def ([a-z]\w*)\((?:[^()]|\([^()]*\))*\)(?: -> [^\n]+)?:\n(?! +r?\"\"\")", re.MULTILINE
)
_DOCUMENTED = re.compile(
    r"\bdef ([a-z]\w*)\((?:[^()]|\([^()]*\))*\)(?: -> [^\n]+)?:\n +r?\"\"\"", re.MULTILINE
)
_MARGIN = re.compile(r"^(class|def) (\w+)", re.MULTILINE)
_QT = {"data", "event", "flags", "index", "parent", "property", "translate"}
"""Names of Qt's that have no capital; most have one."""
_SAYS_NOTHING = {"a", "an", "and", "at", "by", "for", "from", "in", "is", "it", "its", "of", "on", "or", "that", "the",
                 "this", "to", "with"}  # fmt: skip


@cache
def code() -> dict[str, str]:
    """The program's files by their place; what pyside6-uic wrote is left out."""
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if not path.name.startswith("ui_"))
    return {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def lacking(pattern: re.Pattern[str], told: re.Pattern[str], text: str) -> Iterator[str]:
    """Public functions whose docstring has nothing of `told`."""
    for found in pattern.finditer(text):
        name = text[text.rindex("def ", 0, found.start()) + 4 : found.start()].partition("(")[0]
        if not name.startswith("_") and not told.search(found[1]):
            yield f"{name}: {found[1].strip()}"


def in_public_class(text: str, place: int) -> bool:
    """Whether what is indented there belongs to a class that others use."""
    above = _MARGIN.findall(text, 0, place)
    return bool(above) and above[-1][0] == "class" and not above[-1][1].startswith("_")


def stem(word: str) -> str:
    """A word without the endings that make no difference here."""
    return re.sub(r"(ies|es|s|ed|ing|d)$", "", word.lower())


def repeats(name: str, said: str) -> bool:
    """Whether a docstring has no word that the name has not, and no example either."""
    words = set(re.findall(r"[a-z]+", said.lower()))
    known = set(re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name))
    return said.isascii() and not {stem(one) for one in words - _SAYS_NOTHING} - {stem(one) for one in known}


def test_numbers_tell_their_unit() -> None:
    assert [(name, one) for name, text in code().items() for one in lacking(_NUMBERS, _UNIT, text)] == []


def test_mappings_tell_what_they_map_to_what() -> None:
    found = [(name, one) for name, text in code().items() for one in lacking(_MAPPINGS, _WHAT_TO_WHAT, text)]
    assert found == []


def test_no_docstring_only_repeats_the_name() -> None:
    found = [(name, *one) for name, text in code().items() for one in _SHORT.findall(text) if repeats(*one)]
    assert found == []


def test_what_is_not_documented_in_the_window_is_documented_where_it_comes_from() -> None:
    known = {name for text in code().values() for name in _DOCUMENTED.findall(text)} | _QT
    found = [
        (file, bare[1])
        for file, text in code().items()
        if file.startswith("ui/")
        for bare in _BARE.finditer(text)
        if bare[1].islower() and bare[1] not in known and in_public_class(text, bare.start())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "said", "nothing"),
    [
        ("path", "The path.", True),
        ("show_page", "Shows a page.", True),
        ("day", "2024年6月9日.", False),
        ("path", "Where the ledger file lies.", False),
    ],
)
def test_the_check_itself(name: str, said: str, *, nothing: bool) -> None:
    assert repeats(name, said) is nothing
    text = f'def {name}(self) -> float:\n    """{said}"""\n'
    assert list(lacking(_NUMBERS, _UNIT, text)) == [f"{name}: {said}"]
