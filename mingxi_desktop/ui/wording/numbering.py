"""The numbers before headings, 一、 and （一）, as sections come, go and change places."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = "〇一二三四五六七八九"
_UPPER = re.compile(r"([一二三四五六七八九十]{1,3})、")
_LOWER = re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)]")


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def renumbered(headings: Sequence[str]) -> list[tuple[int, str]]:
    """For each heading how long its number is now, and the number it should have ("" for one without)."""
    made: list[tuple[int, str]] = []
    upper = lower = 0
    for heading in headings:
        high, low = _UPPER.match(heading), _LOWER.match(heading)
        if high:
            upper, lower = upper + 1, 0
            made.append((high.end(), f"{numeral(upper)}、"))
        elif low:
            lower += 1
            made.append((low.end(), f"（{numeral(lower)}）"))
        else:
            made.append((0, ""))
    return made


def level(heading: str) -> int:
    """1 for 一、, 2 for （一）, 0 for a heading without a number."""
    return 1 if _UPPER.match(heading) else 2 if _LOWER.match(heading) else 0


def sample(heading: str) -> str:
    """A number of the same level, to be put right by `renumbered`."""
    return {1: "一、", 2: "（一）"}.get(level(heading), "")
