"""The numbers of a draft, found with their unit, their 余 or 以上, and told from figures that count nothing.

Ordinals, years, document numbers and names (“五个一百”, 三年行动, 24小时) are left out; what is left may still
stand for no indicator, which only the words around it can say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from mingxi_desktop.domain.names import fold_width
from mingxi_desktop.domain.parse.numerals import (
    chinese_digits,
    chinese_int,
    chinese_number,
    is_digit_by_digit,
)
from mingxi_desktop.domain.wording import SPAN_MARK
from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading import tokens
from mingxi_desktop.report.proofreading.model import Amount


class Shape(Enum):
    """What kind of thing is written; NONE: what can be held against nothing (3至5人, 不到8%)."""

    COUNT = auto()
    DAY = auto()
    DAYS = auto()
    TYPHOON = auto()
    ZERO = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """A number where it stands.

    stop: end of its unit word, in the draft.  step: worth of its last digit that counts (100 for 400余, 0.01
    for 76.03).  scaled: written with 万 or 亿 (2.7万), so that it may be rounded.  short: a day like 5·12.
    small: a Chinese numeral up to ten or the like, which is a turn of speech more often than a figure.
    """

    amount: Amount
    shape: Shape
    stop: int
    step: Decimal = Decimal(1)
    scaled: bool = False
    short: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """Digits with what belongs to them. end: where the unit begins."""

    value: Decimal
    step: Decimal
    end: int
    scaled: bool = False
    least: bool = False
    money: str = ""


_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_MONEY_SCALES = frozenset({"万", "亿", "百万", "千万"})
_LEAST = frozenset({"超过", "超", "逾", "突破", "上", "及以上", "以上", "有余"})
_ROUND = frozenset({"百", "千", "万"})
_NEVER_BEFORE = frozenset("第数几好若统惟唯之专划单同逐另某任首这那进下")
_BUILT = frozenset({"座", "所"})
_STOPS = frozenset("，。；、：）)”\n,;")
_SMALL, _LONGEST = 10, 18
_WIDE_THOUSANDS = pattern(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_SHAPES = {"day": Shape.DAY, "short": Shape.DAY, "days": Shape.DAYS}


def find(text: str) -> list[Found]:
    """The numbers of a text in order; places are those of the text itself."""
    plain = folded(text)
    found: list[Found] = []
    read = 0
    for match in tokens.TOKEN.finditer(plain):
        # 2万余 is read whole; what the pattern finds inside it next is no number of its own.
        made = _read(plain, text, match) if match.start() >= read else None
        if made is not None:
            found.append(made)
            read = max(made.amount.end, made.stop)
    return found


def folded(text: str) -> str:
    """The text with full-width digits, letters, . and % as plain ones, every sign in its place."""
    text = _WIDE_THOUSANDS.sub(",", text)
    return "".join(_folded(sign) if sign > "\uff00" else sign for sign in text)


def _folded(sign: str) -> str:
    plain = fold_width(sign)
    return plain if len(plain) == 1 and (plain.isalnum() or plain in ".%+-") else sign


def _read(plain: str, text: str, match: re.Match[str]) -> Found | None:
    kind, start, end = match.lastgroup or "", match.start(), match.end()
    if kind in ("number", "chinese", "percent"):
        return _number(plain, text, match)
    said = text[start:end]
    if kind in _SHAPES:
        value = days_value(match[0])
        if value is None:
            return None
        return Found(Amount(start, end, said, value), _SHAPES[kind], end, short=kind == "short")
    if kind == "typhoon":
        return Found(Amount(start, end, said, None), Shape.TYPHOON, end)
    if kind == "zero":
        return Found(Amount(start, end, said, Decimal(0), "人"), Shape.ZERO, end)
    if kind == "range":
        unit, stop = _unit(plain, end)
        return Found(Amount(start, end, said, None, unit), Shape.NONE, stop)
    return None


def days_value(text: str) -> str | None:
    """5月12日 as 05-12 (with its year 2024-05-12), 6.9-6.18 as 06-09..06-18; a 5月32日 stays 05-32.

    None for what cannot be read.
    """
    first, *rest = [part for part in tokens.DASH.split(text) if part]
    start = _day(first, "")
    if start is None or not rest:
        return start
    end = _day(rest[-1], start[-5:-3])
    return None if end is None else f"{start}{SPAN_MARK}{end}"


def _day(text: str, month: str) -> str | None:
    found = tokens.DAY_PARTS.fullmatch(text)
    if found is None or not (found[2] or month):
        return None
    try:
        in_month, day = _small(found[2]) if found[2] else int(month), _small(found[3])
    except ValueError:
        return None
    year = ""
    if found[1]:
        year = (found[1] if found[1].isdecimal() else chinese_digits(found[1])) + "-"
    return f"{year}{in_month:02}-{day:02}"


def _small(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_int(text)


def _number(plain: str, text: str, match: re.Match[str]) -> Found | None:
    """A count, an amount or a percentage with everything that belongs to it."""
    kind = match.lastgroup
    written = (
        _arabic(plain, match)
        if kind == "number"
        else _percent(match)
        if kind == "percent"
        else _chinese(plain, match)
    )
    if written is None:
        return None
    start = match.start()
    before = tokens.BEFORE.search(plain, max(0, start - 4), start)
    word = before[1] if before else ""
    end, unit, stop = written.end, written.money, written.end
    if kind == "percent" or plain.startswith(("%", "‰"), end):
        unit = "%" if kind == "percent" else plain[end]
        end = stop = end + (kind != "percent")
    elif unit:
        money = tokens.MONEY.search(plain, end)
        stop = money.end() if money else end
    else:
        unit, stop = _unit(plain, end)
    after = tokens.AFTER.match(plain, stop)
    if after and stop == end:
        end = stop = after.end()
    least = written.least or word in _LEAST or bool(after and after[0] in _LEAST)
    about = (bool(word) and word not in _LEAST) or bool(after and after[0] not in _LEAST)
    if kind == "chinese" and not _is_said(plain, match, unit, stop, rough=bool(least or about)):
        return None
    vague = tokens.LESS.search(plain, max(0, start - 6), start) or tokens.LIMIT.match(plain, stop)
    first = before.start() if before else start
    amount = Amount(first, end, text[first:end], written.value, unit, least, about)
    return Found(
        amount,
        Shape.NONE if vague else Shape.COUNT,
        stop,
        written.step,
        written.scaled,
        small=kind == "chinese" and written.value <= _SMALL,
    )


def _arabic(plain: str, match: re.Match[str]) -> _Written | None:
    digits = match[0].replace(",", "")
    if len(digits) > _LONGEST:
        return None
    value, step = Decimal(digits), last_place(digits)
    tail = tokens.SCALE.match(plain, match.end())
    more, scale, more_after = tail.groups(default="") if tail else ("", "", "")
    if more_after == "几":
        return None
    end = tail.end() if tail and any(tail.groups()) else match.end()
    money = tokens.MONEY.match(plain, end)
    if money and scale in _MONEY_SCALES:
        inner = match.end() + len(more)
        return _Written(
            value, step, inner if not more_after else end, False, bool(more or more_after), f"{scale}元"
        )
    if money:
        times = _SCALES.get(scale, 1)
        return _Written(value * times, step * times, end, bool(scale), bool(more or more_after), "元")
    times = _SCALES.get(scale, 1)
    return _Written(value * times, step * times, end, bool(scale), bool(more or more_after))


def _chinese(plain: str, match: re.Match[str]) -> _Written | None:
    """The numeral; a lone 百 or 千 needs 余 after it or 上, 近 before it, which `_is_said` sees to."""
    said = match[0]
    try:
        value = Decimal(_SCALES[said]) if said in _ROUND else chinese_number(said)
    except ValueError:
        return None
    if len(said) > 1 and is_digit_by_digit(said):
        return None
    more = tokens.MORE.match(plain, match.end())
    end = more.end() if more else match.end()
    times = 1
    if more and plain.startswith(("万", "亿"), end):
        times = _SCALES[plain[end]]
        end += 1
    money = "元" if tokens.MONEY.match(plain, end) else ""
    value *= times
    return _Written(value, last_place(format(value, "f")), end, False, bool(more), money)


def _percent(match: re.Match[str]) -> _Written | None:
    said = match[0].removeprefix("百分之")
    try:
        if said == "百":
            value = Decimal(100)
        elif said == match[0]:
            tenths, _, rest = said.partition("成")
            value = Decimal(_small(tenths) * 10 + (5 if rest == "半" else _small(rest) if rest else 0))
        else:
            value = chinese_number(said)
    except ValueError:
        return None
    return _Written(value, last_place(format(value, "f")), match.end())


def _is_said(plain: str, match: re.Match[str], unit: str, stop: int, *, rough: bool) -> bool:
    """Whether a Chinese numeral is a number here and no part of a word (统一, 百姓, 万一, 进一步)."""
    said, before = match[0], plain[match.start() - 1 : match.start()]
    spoken = (rough and before == "下") or (before == "同" and said != "一")
    if before in _NEVER_BEFORE and not spoken:
        return unit == "年" and plain.endswith("连续第", 0, match.start())
    if said in _ROUND:
        return rough and bool(unit)
    if unit == "级":  # 县、乡两级
        return False
    if not unit:
        return len(said) > 1 and (stop >= len(plain) or plain[stop] in _STOPS)
    if said == "一" and unit not in _BUILT:
        return unit != "年" and before not in _STOPS | {""} and (stop >= len(plain) or plain[stop] in _STOPS)
    return True


def _unit(plain: str, end: int) -> tuple[str, int]:
    """(unit word, where it ends); a count of times or sets in brackets belongs to it: 人（次）, 台（套）."""
    found = tokens.UNIT.match(plain, end)
    if found is None:
        return "", end
    word = found[1].replace("·", "").removeprefix("个百") if found[1] != "个百分点" else "百分点"
    joined = f"{word}{found[2]}" if found[2] in ("次", "套") else word
    return joined, found.end()


def last_place(digits: str) -> Decimal:
    """Worth of the last digit that counts: 0.01 for 76.03, 100 for 400, 1 for 1683."""
    whole, _, decimals = digits.partition(".")
    if decimals:
        return Decimal(1).scaleb(-len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(1).scaleb(zeros if whole.rstrip("0") else 0)
