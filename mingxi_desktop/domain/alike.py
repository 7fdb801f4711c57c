"""Which names may be two spellings of one: without place names and kinds of company, or one character apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mingxi_desktop.domain.names import fold_width, normal_name, tidy

_PLACES = ("福建省", "福建", "三明市", "三明", "明溪县", "明溪")
"""Say nothing inside the county; outermost first."""
_PLACE_IN_BRACKETS = re.compile(rf"[(\[【〔](?:{'|'.join(_PLACES)})+[)\]】〕]")
_COMPANY = ("公司", "有限")
_SHORTEST_CORE = 2
_LONG = 5
"""From so many characters on a difference of one may be a typing error."""
_TELLING = frozenset("0123456789abcdefghijklmnopqrstuvwxyz〇零一二三四五六七八九十百千壹贰叁"
                     "甲乙丙丁戊己庚辛东西南北中上下前后左右内外大小新老旧总分男女")  # fmt: skip
"""Characters that tell one from another: 第一中学 and 第二中学."""


def core(name: str) -> str:
    """What is left of a name for comparing: 明溪县甲厂有限公司 and 甲厂（明溪） both give 甲厂."""
    left = normal_name(_PLACE_IN_BRACKETS.sub("", fold_width(tidy(name))))
    for place in _PLACES:
        if len(left) >= len(place) + _SHORTEST_CORE:
            left = left.removeprefix(place)
    for word in _COMPANY:
        if len(left) >= len(word) + _SHORTEST_CORE:
            left = left.removesuffix(word)
    return left


def one_apart(cores: Mapping[str, object] | Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of long names that differ in one character which does not tell one from another."""
    short: dict[tuple[str, int], list[str]] = defaultdict(list)
    names = sorted(name for name in set(cores) if len(name) >= _LONG)
    for name in names:
        for place in range(len(name)):
            short[name[:place] + name[place + 1 :], place].append(name)
    for alike in short.values():
        for number, first in enumerate(alike):
            for second in alike[number + 1 :]:
                if first != second and not _telling(first, second):
                    yield first, second
    known = set(names)
    for name in names:
        for place in range(len(name)):
            left = name[:place] + name[place + 1 :]
            doubled = place and name[place] == name[place - 1]
            if left in known and not doubled and name[place] not in _TELLING:
                yield left, name


def _telling(first: str, second: str) -> bool:
    return any(
        one != other and one in _TELLING and other in _TELLING
        for one, other in zip(first, second, strict=True)
    )
