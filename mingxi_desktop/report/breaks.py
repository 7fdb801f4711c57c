"""Where a line may end: the rules of 禁则 and what belongs together; and text made fit to print."""

from __future__ import annotations

import itertools
import re
import unicodedata

NO_START = frozenset("，。、；：？！”’）》】」』〉〕］｝…—·％%‰℃°～,.;:?!)]}")
"""Characters that never begin a line."""
NO_END = frozenset("“‘（《〈【「『〔［｛￥¥$([{№")
"""Characters that never end a line."""
OPENING = frozenset("“‘（《〈【「『〔［｛")
CLOSING = frozenset("，。、；：”’）》】」』〉〕］｝")
"""Full-width signs whose left or right half is empty, so that they can be set narrower."""

_ASCII_WORD = re.compile(r"[!-~\u00a0]+")
_DIGIT = "[0-9０-９]"
_NUMBER = rf"{_DIGIT}+(?:[.．,]{_DIGIT}+)*"
_TOGETHER = re.compile(
    # A number or a span of numbers (2022—2024) with what it would be misread without: 99.76%, 约400余,
    # 76.026万元, 近1700, 60%以上, 第3号, 图1, 2025年, 1月.
    rf"[第约近￥¥图表]?{_NUMBER}(?:[—–～~至]{_NUMBER})*(?:余|多)?"
    r"(?:万元|亿元|万|亿|元|％|%|‰|℃|°|年度|年|月|日|时|号)?(?:余|多|以上|以下)?"
    # Dashes and dots come in pairs.
    r"|—{2,}|…{2,}"
)
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e01ef]"
)
_BLANKS = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_LONG_WORD = 12


def clean(text: str) -> str:
    """The text without tabs, line ends, control and other invisible characters.

    Between two Latin letters or digits a line end becomes a blank, elsewhere nothing.
    """
    if text.isprintable():
        return text if text.isascii() else _UNPRINTABLE.sub("", text)
    text = _BLANKS.sub(lambda found: " " if _between_words(found) else "", text)
    return _UNPRINTABLE.sub("", text)


def breaks(text: str) -> list[bool]:
    """For each place of a clean text whether a line may begin there; the first is False."""
    allowed = [_parted(before, after) for before, after in itertools.pairwise(text)]
    allowed = [False, *allowed]
    for pattern in (_ASCII_WORD, _TOGETHER):
        for found in pattern.finditer(text):
            for place in range(found.start() + 1, found.end()):
                allowed[place] = False
    return allowed[: len(text)]


def divisible(text: str) -> list[bool]:
    """Where a text may be broken that has no better place: within long Latin words, never in a number."""
    places = [False] * len(text)
    for found in _ASCII_WORD.finditer(text):
        word = found.group()
        if len(word) < _LONG_WORD or not any(char.isalpha() for char in word):
            continue
        for place in range(found.start() + 3, found.end() - 2):
            digits = text[place - 1].isdigit() and text[place].isdigit()
            places[place] = not digits and _parted(text[place - 1], text[place])
    return places


def full_width(char: str) -> bool:
    """Whether a character takes a whole cell of the grid in every Chinese font."""
    return char in _AMBIGUOUS_BUT_WIDE or unicodedata.east_asian_width(char) in "WF"


_AMBIGUOUS_BUT_WIDE = frozenset("“”‘’—…·〓×÷±℃‰①②③④⑤⑥⑦⑧⑨⑩")


def _parted(before: str, after: str) -> bool:
    """Whether 禁则 lets a line end between two characters."""
    return after not in NO_START and before not in NO_END and after not in " \u00a0"


def _between_words(found: re.Match[str]) -> bool:
    text, start, end = found.string, found.start(), found.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isascii() and after.isascii() and bool(before.strip()) and bool(after.strip())
