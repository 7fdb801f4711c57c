"""Which names may be two spellings of one: without place names and kinds of company, or one character apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from mingxi_desktop import texts
from mingxi_desktop.domain.names import fold_width, normal_name, tidy

_BRACKETS = frozenset("([【〔（［")
_COMPANY = ("公司", "有限")
_SHORTEST_CORE = 2
_LONG = 5
"""From so many characters on a difference of one may be a typing error."""
_HEARD, _TYPED, _SEEN = 4, 6, 8
"""From so many characters on it is one in the middle: of the same sound, one too many, any other."""
_TELLING = frozenset("0123456789abcdefghijklmnopqrstuvwxyz〇零一二三四五六七八九十百千壹贰叁"
                     "甲乙丙丁戊己庚辛东西南北中上下前后左右内外大小新老旧总分男女")  # fmt: skip
"""Characters that tell one from another: 第一中学 and 第二中学."""
_MADE_OTHER = _TELLING | {"分"}
"""Characters that make another one of a name: 甲厂分公司 is not 甲厂."""


@lru_cache(maxsize=65_536)
def core(name: str, places: tuple[str, ...]) -> str:
    """What is left of a name for comparing: 明溪县甲厂有限公司 and 甲厂（明溪） both give 甲厂.

    places: what says nothing inside the county, outermost first; see `County.places`.
    """
    if not _BRACKETS.isdisjoint(name):
        name = _in_brackets(places).sub("", fold_width(tidy(name)))
    left = normal_name(name)
    for place in places:
        if left.startswith(place) and len(left) >= len(place) + _SHORTEST_CORE:
            left = left.removeprefix(place)
    for word in _COMPANY:
        if left.endswith(word) and len(left) >= len(word) + _SHORTEST_CORE:
            left = left.removesuffix(word)
    return left


@lru_cache(maxsize=8)
def _in_brackets(places: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[(\[【〔](?:{'|'.join(map(re.escape, places))})+[)\]】〕]")


def one_apart(
    cores: Mapping[str, object] | Sequence[str], *, sure: bool = False
) -> Iterator[tuple[str, str]]:
    """Pairs of long names that differ in one character which does not tell one from another.

    sure: only pairs that begin alike and are one, mistyped: another character of the same sound, or
    names too long to be alike by chance.
    """
    blotted: dict[str, list[tuple[str, str]]] = {}
    longer: list[tuple[str, str]] = []
    shortest, edge = (_HEARD, 1) if sure else (_LONG, 0)
    known = {name for name in cores if len(name) >= shortest}
    for name in sorted(known):
        lacking = not sure or len(name) > _TYPED
        for place in range(edge, len(name)):
            sign = name[place]
            before, behind = name[:place], name[place + 1 :]
            blotted.setdefault(f"{before}\0{behind}", []).append((sign, name))
            one_more = lacking and (behind or not sure) and before + behind in known
            if one_more and sign not in _MADE_OTHER and not before.endswith(sign):
                longer.append((before + behind, name))
    for many in blotted.values():
        for number, (sign, first) in enumerate(many):
            for other, second in many[number + 1 :]:
                telling = sign in _TELLING and other in _TELLING
                if not telling and (not sure or _is_mistyped(first, second, sign, other)):
                    yield first, second
    yield from longer


def _is_mistyped(first: str, second: str, sign: str, other: str) -> bool:
    """Whether names that differ in these characters are one: by the sound, or too long to be alike by chance."""
    inside = first[-1] == second[-1]
    if inside and len(first) >= _SEEN:
        return True
    return (inside or len(first) >= _LONG) and _sound(sign) == _sound(other)


@lru_cache(maxsize=8_192)
def _sound(sign: str) -> str:
    """How a character is spoken, without its tone; itself where it is no Chinese one."""
    said = texts.search_text((sign,)).split()
    return said[1] if len(said) > 1 else sign
