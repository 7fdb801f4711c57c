"""How a value is worded in the report: 1683, 99.76%, 60%以上, 400余, 零, 5月12日, 6.9-6.18, 3号台风“格美”.

Rules (field `wording` of an indicator):

============  =====================================================================================
exact         the number as it is, trailing zeros dropped: 76.026
round:N       rounded half up to N decimals: 76.026 → 76.03 with round:2
percent:N     rounded half up to N decimals, with %: 99.76%, 100%
floor:N+以上    a percentage rounded down to a multiple of N, and 以上: 66.67 → 60%以上; exact ones without
yu:N          a number rounded down to a multiple of N, and 余: 426 → 400余 with yu:100
yu            exact, always with 余: 1683余
near:N        the nearest multiple of N: 1683 → 近1700, 1612 → 1600余 with near:100
about:N       the nearest multiple of N, and 约: 1683 → 约1700 with about:100
wan:N         in 万, rounded down to N decimals, and 余: 27053 → 2.7万余 with wan:1
zero          exact, but 0 is 零
date          a day: 5月12日
days          a span of days: 6.9-6.18
typhoon       number and name: 3号台风“格美”
============  =====================================================================================

A number that is a multiple of N already gets 余 or 约 only where its records are approximate; one that is
too small for N stays as it is.
"""

from __future__ import annotations

import datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from mingxi_desktop.patterns import pattern

Value = Decimal | int | str | datetime.date | None
"""What a rule words: a number, an ISO text or a day; None where there is no value."""

FEN_IN_WAN = 1_000_000
FEN_IN_YUAN = 100
ABOUT = frozenset({"约", "余", "以上"})
"""Approximations under which a number is printed with 余."""

SPAN_MARK = ".."
_WAN_IS = 10_000
_PLAIN_RULES = frozenset({"exact", "yu", "zero", "date", "days", "typhoon"})
_EXAMPLES = (
    "exact、round:1、percent:2、floor:10+以上、yu、yu:100、near:100、about:100、wan:1、"
    "zero、date、days、typhoon"
)
_ROUND = pattern(r"round:([0-4])")
_PERCENT = pattern(r"percent:([0-4])")
_FLOOR = pattern(r"floor:([1-9]\d*)\+以上")
_YU = pattern(r"yu:([1-9]\d*)")
_NEAREST = pattern(r"(near|about):([1-9]\d*)")
_WAN = pattern(r"wan:([0-3])")
_FORMS = (_ROUND, _PERCENT, _FLOOR, _YU, _NEAREST, _WAN)
_TYPHOON = pattern(r"(?:第?(?P<number>\d+)号)?(?:台风)?[“”\"「]?(?P<name>[^“”\"「」]*)[“”\"」]?")


def check_rule(rule: str) -> None:
    """Raise ValueError, with a Chinese sentence, unless `rule` is one of the rules above."""
    if rule not in _PLAIN_RULES and not any(form.fullmatch(rule) for form in _FORMS):
        raise ValueError(f"没有“{rule}”这种措辞，可用 {_EXAMPLES}")


def from_fen(fen: int, unit: str) -> Decimal:
    """An amount in 分 as an exact number of `unit` (万元 or 元): 76026000 分 are 76.026 万元."""
    return Decimal(fen) / (FEN_IN_WAN if unit == "万元" else FEN_IN_YUAN)


def rounded(value: Decimal | int, rule: str) -> Decimal | int:
    """The value as reported: rounded by round, percent and floor rules, otherwise untouched.

    yu, near and about only word: the number that the records add up to stays.
    """
    decimals, floor = _PERCENT.fullmatch(rule) or _ROUND.fullmatch(rule), _FLOOR.fullmatch(rule)
    if decimals:
        return Decimal(value).quantize(Decimal(1).scaleb(-int(decimals[1])), ROUND_HALF_UP)
    if floor:
        return _down(value, int(floor[1]))
    return value


def printed(value: Value, unit: str = "", rule: str = "exact", approx: str = "") -> str:
    """The value as the report prints it, without the unit word unless the rule brings it (%).

    value: for `date` a day, YYYY-MM-DD or MM-DD; for `days` first..last day; for `typhoon` the field's own
    text (3号“格美”); otherwise the exact number, before any rounding.  approx: strongest approximation among
    the records (“”, 准确, 约, 余, 以上).  None gives "".  Raises ValueError for an unknown rule.
    """
    if value is None:
        return ""
    if rule in ("date", "days", "typhoon") or not isinstance(value, Decimal | int):
        return _worded(value, rule)
    check_rule(rule)
    if _PERCENT.fullmatch(rule):
        return f"{plain(rounded(value, rule))}%"
    if floor := _FLOOR.fullmatch(rule):
        return _at_least(value, int(floor[1]), approx)
    if rule in _PLAIN_RULES or _ROUND.fullmatch(rule):
        return _plainly(rounded(value, rule), unit, rule)
    if yu := _YU.fullmatch(rule):
        return _and_more(value, int(yu[1]), approx)
    if wan := _WAN.fullmatch(rule):
        return _in_wan(value, int(wan[1]), approx)
    return _nearest(value, rule, approx)


def plain(value: Decimal | int) -> str:
    """A number in digits alone, no thousands separators, trailing zeros dropped: 76.0260 → 76.026."""
    text = format(Decimal(value), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def span(first: datetime.date, last: datetime.date | None) -> str:
    """The value of an event: 2024-06-09..2024-06-18; one day alone where it is not over."""
    return f"{first}{SPAN_MARK}{last}" if last is not None else first.isoformat()


def span_name(first: datetime.date, last: datetime.date | None) -> str:
    """The name of an event after its days: 6.9-6.18, or 6.9 for a single day."""
    start = f"{first.month}.{first.day}"
    return start if last is None or last == first else f"{start}-{last.month}.{last.day}"


def typhoon_number(text: str) -> int | None:
    """The number of a typhoon written as in the ledger: 3号“格美” → 3; None if it has none."""
    found = _TYPHOON.fullmatch(text.strip())
    return int(found["number"]) if found and found["number"] else None


def _worded(value: Value, rule: str) -> str:
    """Days, spans and names; any other text as it stands."""
    text = str(value)
    if rule == "date":
        month, day = text.split("-")[-2:]
        return f"{int(month)}月{int(day)}日"
    if rule == "days":
        first, _, last = text.partition(SPAN_MARK)
        end = datetime.date.fromisoformat(last) if last else None
        return span_name(datetime.date.fromisoformat(first), end)
    if rule == "typhoon":
        found = _TYPHOON.fullmatch(text.strip())
        if found and found["name"]:
            number = f"{found['number']}号" if found["number"] else ""
            return f"{number}台风“{found['name'].strip()}”"
    return text


def _at_least(value: Decimal | int, step: int, approx: str) -> str:
    """66.67 → 60%以上, 100 → 100%; less than one step stays as it is."""
    low = _down(value, step)
    if low == 0:
        return f"{plain(_two_places(Decimal(value)))}%"
    return f"{plain(low)}%{'以上' if low != value or approx in ABOUT else ''}"


def _plainly(value: Decimal | int, unit: str, rule: str) -> str:
    """The number itself, as 零 or with 余 where the rule says so."""
    if rule == "zero" and value == 0:
        return "零"
    return f"{plain(value)}{'余' if rule == 'yu' and value else ''}{unit if unit == '%' else ''}"


def _nearest(value: Decimal | int, rule: str, approx: str) -> str:
    """1683 → 近1700 or 约1700; 近 says that it is less, so 1612 is 1600余."""
    word, _, number = rule.partition(":")
    step = int(number)
    close = (Decimal(value) / step).to_integral_value(ROUND_HALF_UP) * step
    if not close:
        return f"{plain(value)}{'余' if value and approx in ABOUT else ''}"
    if word == "near" and close <= value:
        return _and_more(value, step, approx)
    rough = close != value or approx in ABOUT
    return f"{('近' if word == 'near' else '约') if rough else ''}{plain(close)}"


def _and_more(value: Decimal | int, step: int, approx: str) -> str:
    """426 → 400余; less than one step stays as it is."""
    low = _down(value, step) or value
    return f"{plain(low)}{'余' if value and (low != value or approx in ABOUT) else ''}"


def _in_wan(value: Decimal | int, decimals: int, approx: str) -> str:
    """27053 → 2.7万余, 30000 → 3万; less than one step stays as it is."""
    low = _down(value, 10 ** (4 - decimals))
    if low < _WAN_IS:
        return f"{plain(value)}{'余' if value and approx in ABOUT else ''}"
    return f"{plain(low / _WAN_IS)}万{'余' if low != value or approx in ABOUT else ''}"


def _down(value: Decimal | int, step: int) -> Decimal:
    return (Decimal(value) / step).to_integral_value(ROUND_FLOOR) * step


def _two_places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
