"""Numbers of people in free text: found, masked (138****5678), and put back where a masked copy comes home."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mingxi_desktop.domain.names import fold_width, valid_uscc
from mingxi_desktop.patterns import pattern

ID_NUMBER, MOBILE, LANDLINE, CARD = "身份证号", "手机号码", "固定电话", "银行卡号"

_FEWEST = 11
_MANY_DIGITS = pattern(r"\d(?:[^\d\n:：]{0,3}\d){10}")
"""Without as many digits in a row no text can hold a number of a person: most texts, and all moments
(2024-11-27 14:52), are done with here, without the patterns below, which take long to make.
"""
_MASKED = pattern(r"\*{3}")
_SEPARATOR = r"[ \t\u00a0\u2002-\u200d\ufeff()\-‐‑‒–—―－]{0,3}"
_RUN = pattern(rf"\d(?:{_SEPARATOR}\d){{10,}}[Xx]?")
_TOKEN = pattern(r"\d+[Xx]?")
_LETTER_BEFORE = pattern(
    r"(?<![A-Za-z])(?!(?:tel|phone|mobile|mob|wx|vx)$)[0-9A-Za-z]*[A-Za-z]$", re.IGNORECASE
)
_OTHER_BEFORE = pattern(r"(?:第|字|[〕\]】]|编号|文号|案号|单号|注册号|执照号?|代码|\d\.|[¥￥])[:：]?\s*$")
_OTHER_AFTER = pattern(r"[0-9A-Za-z]|\.\d|\s*(?:万|亿|元|%)")
_SAYS_ID = pattern(r"身份证?.{0,6}$")

_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_AREA_DIGITS = 6
_MOBILE = pattern(r"(?:(?:00)?86|0)?1[3-9]\d{9}")
_MOBILE_SHAPES = ((11,), (3, 4, 4), (3, 8), (7, 4))
_LANDLINE = pattern(r"(?:(?:010|02\d)[2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6,7})")
_CARD = pattern(r"(?:4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12}|(?:6[0289]|9[0458])\d{14,17})")
_MOST_TOKENS, _MOST_DIGITS = 6, 19


class Found(NamedTuple):
    """A personal number in a text: what it is, and where it stands."""

    kind: str
    start: int
    end: int


def personal_in(text: str) -> tuple[Found, ...]:
    """The ID, telephone and bank card numbers in a text, however they are written."""
    folded = fold_width(text)
    found: list[Found] = []
    for run in _RUN.finditer(folded):
        tokens = [(token.group(), run.start() + token.start()) for token in _TOKEN.finditer(run.group())]
        found += _in_run(folded, tokens)
    return tuple(found)


def withhold(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its personal numbers masked, and what was masked: 138****5678."""
    kinds: dict[str, None] = {}
    while found := personal_in(text):
        for one in reversed(found):
            kinds[one.kind] = None
            text = text[: one.start] + _mask(one.kind, text[one.start : one.end]) + text[one.end :]
    return text, tuple(kinds)


def masked(text: str) -> str:
    """The text with its personal numbers masked."""
    return withhold(text)[0] if len(text) >= _FEWEST and _MANY_DIGITS.search(text) else text


def holds_personal(text: str) -> bool:
    """Whether there is a personal number in a text."""
    return len(text) >= _FEWEST and _MANY_DIGITS.search(text) is not None and bool(personal_in(text))


def is_masked(text: str) -> bool:
    """Whether something in a text has been masked."""
    return _MASKED.search(text) is not None


def agrees(text: str, there: str) -> bool:
    """Whether a text is another one with some of its numbers masked."""
    if not is_masked(text):
        return text == there
    shape = "".join(r"[\dXx*]" if sign == "*" else re.escape(sign) for sign in text)
    return re.fullmatch(shape, there) is not None


def put_back(text: str, before: str) -> str:
    """A text in which the masked numbers stand again as they do in `before`; others stay masked."""
    if not is_masked(text):
        return text
    for one in personal_in(before):
        number = before[one.start : one.end]
        text = text.replace(_mask(one.kind, number), number, 1)
    return text


def _mask(kind: str, text: str) -> str:
    """The number with its middle hidden; what is left tells whose it is only to those who know."""
    places = [place for place, sign in enumerate(text) if sign.isdigit() or sign in "XxＸｘ"]
    code = 3 if fold_width(text).startswith(("010", "02")) else 4
    first, last = {
        ID_NUMBER: (6, len(places) - 4),
        MOBILE: (len(places) - 8, len(places) - 4),
        LANDLINE: (code, len(places) - 3),
        CARD: (4, len(places) - 4),
    }[kind]
    hidden = set(places[first:last])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(text))


def _in_run(text: str, tokens: Sequence[tuple[str, int]]) -> Iterator[Found]:
    """Numbers made of neighbouring groups of digits, the longest first."""
    place = 0
    while place < len(tokens):
        taken = 1
        for count in range(min(_MOST_TOKENS, len(tokens) - place), 0, -1):
            parts = [token for token, _ in tokens[place : place + count]]
            start, end = tokens[place][1], tokens[place + count - 1][1] + len(parts[-1])
            kind = _kind(parts, text[:start]) if sum(map(len, parts)) <= _MOST_DIGITS else ""
            if kind and _stands_alone(text, start, end):
                yield Found(kind, start, end)
                taken = count
                break
        place += taken


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the digits are no part of a code, of a document's number or of an amount."""
    before = text[max(start - 12, 0) : start]
    if _LETTER_BEFORE.search(before) or _OTHER_BEFORE.search(before):
        return False
    return _OTHER_AFTER.match(text, end) is None


def _kind(parts: Sequence[str], before: str) -> str:
    signs = "".join(parts).upper()
    if "X" in signs[:-1]:
        return ""
    if _is_id(signs, len(parts[0]), said=_SAYS_ID.search(before[-12:]) is not None):
        return ID_NUMBER
    if _MOBILE.fullmatch(signs) and _mobile_shape(parts):
        return MOBILE
    if _LANDLINE.fullmatch(signs) and (
        len(parts) == 1 or (parts[0] == signs[: len(parts[0])] and len(parts[0]) in (3, 4))
    ):
        return LANDLINE
    if _CARD.fullmatch(signs) and _luhn(signs) and _card_shape(parts) and not valid_uscc(signs):
        return CARD
    return ""


def _mobile_shape(parts: Sequence[str]) -> bool:
    lengths = [len(part) for part in parts]
    if parts[0] in ("86", "0086", "0"):
        lengths = lengths[1:]
    else:
        lengths[0] -= sum(lengths) - 11
    dated = lengths == [3, 8] and _day(parts[-1][:4], parts[-1][4:6], parts[-1][6:])
    return tuple(lengths) in _MOBILE_SHAPES and not dated


def _card_shape(parts: Sequence[str]) -> bool:
    lengths = [len(part) for part in parts]
    return len(lengths) == 1 or lengths[0] == 6 or (set(lengths[:-1]) == {4} and lengths[-1] <= 4)


def _is_id(signs: str, first: int, *, said: bool) -> bool:
    """An 18-digit ID number with its check character, or a 15-digit one of before 1999.

    said: the text calls it one, and then a mistyped check character does not matter.  first: digits of its first
    group; that of a number without a check character is its area of six, or all of it is one. Two counts before two
    dates, 1 1 2024-07-10 2024-07-05, are none.
    """
    if signs[:2] not in _PROVINCES:
        return False
    if len(signs) == 15 and signs.isdigit():
        return (
            first >= _AREA_DIGITS
            and signs[6:8] >= "20"
            and _day("19" + signs[6:8], signs[8:10], signs[10:12])
        )
    if len(signs) != 18 or not _day(signs[6:10], signs[10:12], signs[12:14]):
        return False
    total = sum(int(sign) * weight for sign, weight in zip(signs[:17], _ID_WEIGHTS, strict=True))
    return said or signs[17] == _ID_CHECKS[total % 11]


def _day(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= datetime.date(int(year), int(month), int(day)).year <= 2099
    except ValueError:
        return False


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
