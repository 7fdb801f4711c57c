"""Chinese numerals: 九十, 壹佰贰拾, 一万二千三百零五, 二〇二四, 三点五万."""

from __future__ import annotations

from decimal import Decimal

_ZEROS = "〇○◯零"
_BY_VALUE = (_ZEROS, "一壹弌", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_DIGITS = {sign: value for value, signs in enumerate(_BY_VALUE) for sign in signs}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}
_TENS = {"廿": "二十", "卅": "三十"}
_POINT = "点"
_LONGEST = 40

NUMERAL_SIGNS = "".join((*_DIGITS, *_SMALL, *_BIG, *_TENS))
"""Every character a Chinese whole number is written with."""


def chinese_int(text: str) -> int:
    """The whole number the numerals mean.

    Raises ValueError for what is no number or has two readings: 三五 (thirty-five, or three to
    five), 一百五, 三万五.
    """
    if len(text) > _LONGEST:
        raise ValueError(text)
    for sign, tens in _TENS.items():
        text = text.replace(sign, tens)
    if text and all(sign in _DIGITS for sign in text):
        return _by_position(text)
    return _grouped(text)


def chinese_number(text: str) -> Decimal:
    """Like `chinese_int`, with decimals (三点五) and a last 万 or 亿 after them (三点五万)."""
    whole, point, rest = text.partition(_POINT)
    if not point:
        return Decimal(chinese_int(text))
    scale = _BIG.get(rest[-1:], 1)
    decimals = rest[:-1] if scale > 1 else rest
    if not decimals or any(sign not in _DIGITS for sign in decimals):
        raise ValueError(text)
    digits = "".join(str(_DIGITS[sign]) for sign in decimals)
    return Decimal(f"{chinese_int(whole)}.{digits}") * scale


def chinese_digits(text: str) -> str:
    """The digits of a number written digit by digit, as in a year: 二〇二四 gives "2024"."""
    return "".join(str(_DIGITS[sign]) for sign in text)


def is_digit_by_digit(text: str) -> bool:
    """Whether only digit signs stand there, no 十 百 千 万."""
    return bool(text) and all(sign in _DIGITS for sign in text)


def _by_position(text: str) -> int:
    # Two digits side by side mean "three or four" as often as thirty-four.
    if len(text) == 2 and not any(sign in _ZEROS for sign in text):
        raise ValueError(text)
    return int(chinese_digits(text))


def _grouped(text: str) -> int:
    for sign, scale in _BIG.items():
        left, found, right = text.partition(sign) if scale < 10**8 else text.rpartition(sign)
        if not found:
            continue
        if not left or right in _DIGITS:
            raise ValueError(text)
        rest = _grouped(right) if right else 0
        if rest >= scale:
            raise ValueError(text)
        return _grouped(left) * scale + rest
    return _section(text)


def _section(text: str) -> int:
    """A number below ten thousand."""
    total, last, digit, gap = 0, 10**4, -1, False
    for sign in text:
        value = _DIGITS.get(sign)
        if value == 0 and digit < 0:
            gap = True
        elif value and digit < 0:
            digit = value
        elif value is None and sign in _SMALL and _SMALL[sign] < last:
            last = _SMALL[sign]
            if digit < 0 and last != 10:
                raise ValueError(text)
            total += max(digit, 1) * last
            digit, gap = -1, False
        else:
            raise ValueError(text)
    if digit < 0 and (gap or not total):
        raise ValueError(text)
    if digit > 0 and 10 < last < 10**4 and not gap:
        raise ValueError(text)
    return total + max(digit, 0)
