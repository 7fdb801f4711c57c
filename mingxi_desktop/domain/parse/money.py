"""Amounts of money, exact, in integer 分."""

from __future__ import annotations

import re
from decimal import Decimal

from mingxi_desktop.domain.parse.numbers import Raw, number_in, on_one_line
from mingxi_desktop.domain.parse.quantity import LIMIT, Quantity, read_quantity
from mingxi_desktop.domain.parse.result import Parsed, ParseError, join_sentences, shown
from mingxi_desktop.patterns import pattern

_WANTED = "金额"
_FACTORS = {
    "元": 1,
    "百元": 10**2,
    "千元": 10**3,
    "万元": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
}
_CURRENCY = pattern(r"^(?:人民币|RMB|CNY)?:?[¥￥]?|(?:人民币|RMB|CNY)$", re.IGNORECASE)
_FOREIGN = pattern(r"美元|美金|港币|港元|欧元|日元|英镑|[$€£]|USD|HKD|EUR", re.IGNORECASE)
_WHOLE = pattern(r"(?<=[元圆角块])[整正]$")
_COINS = pattern(r"(.+?)[元圆块](?:零)?(?:([^元角分零]+)角)?零?(?:([^元角分零]+)分)?")
_YUAN = frozenset({"元", "圆", "块", "块钱"})
_FEN = 100
_PLAIN = pattern(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?元?")

MONEY_UNITS = tuple(_FACTORS)
"""The units of money that a header may name."""
NO_UNIT = "没有写单位，按元"
"""What is assumed of a bare amount of which nobody said what it is counted in."""


def parse_money(raw: Raw, *, default_unit: str | None = "元", small: int = 1000) -> Parsed[int]:
    """An amount in 分: 76.026万元 · 5千元 · 10,000.00 · ￥30 · 60余万 · 叁万元整 · 3元5角.

    default_unit: what a bare number means (from the header): 元, 千元, 万元, 亿元 ….  None: nobody
    said; then a bare number below `small` has two meanings, a larger one is 元, which `assumed` says.
    Raises ParseError for other currencies, for more than two decimals of a 元, for what has two
    meanings.
    """
    quick = _plain_yuan(raw) if default_unit == "元" else None
    if quick is not None:
        return Parsed(quick)
    if isinstance(raw, str):
        text = on_one_line(raw, _WANTED)
        if not text:
            return Parsed(None)
        quantity = _amount(text)
    else:
        found = number_in(raw, _WANTED)
        if found is None:
            return Parsed(None)
        quantity = found
    if quantity.unit and quantity.unit not in _YUAN:
        raise ParseError("E_UNIT", f"{shown(raw)}的单位是“{quantity.unit}”，这里应为金额（元或万元）")
    if default_unit is None:
        yuan, assumed = quantity.value, _without_unit(raw, quantity, small)
    else:
        yuan, assumed = _in_yuan(raw, quantity, default_unit)
    fen = yuan * _FEN
    if fen != fen.to_integral_value():
        raise ParseError("E_MONEY", f"{shown(raw)}精确到分以下，金额最多到分（元后两位小数）")
    return Parsed(int(fen), join_sentences(quantity.assumed, assumed), quantity.approx)


def _plain_yuan(raw: Raw) -> int | None:
    """The fast way for 12500 and 12500.5元, in 分; None for anything else."""
    if type(raw) is float and raw.is_integer() and abs(raw) <= LIMIT:
        return int(raw) * _FEN
    found = _PLAIN.fullmatch(raw) if isinstance(raw, str) else None
    return int(found[1]) * _FEN + int((found[2] or "").ljust(2, "0")) if found else None


def _amount(text: str) -> Quantity:
    """The quantity of an amount in words or digits, its currency signs taken off."""
    if _FOREIGN.search(text):
        raise ParseError("E_MONEY", f"{shown(text)}不是人民币，请折成元再填")
    bare = _WHOLE.sub("", _CURRENCY.sub("", text))
    coins = _COINS.fullmatch(bare)
    if coins is None or not (coins[2] or coins[3]):
        return read_quantity(bare, _WANTED)
    yuan = read_quantity(coins[1] + "元", _WANTED)
    jiao, fen = (_coin(text, coin) for coin in coins.groups()[1:])
    sign = -1 if yuan.value < 0 else 1
    return Quantity(yuan.value + sign * (jiao / 10 + fen / 100), yuan.scale, "元", yuan.approx)


def _coin(text: str, coin: str | None) -> Decimal:
    """Number of 角 or 分, 0 to 9."""
    if not coin:
        return Decimal(0)
    value = read_quantity(coin, _WANTED).value
    if not 0 <= value <= 9 or value != int(value):
        raise ParseError("E_MONEY", f"{shown(text)}的角、分应是0到9")
    return value


def _without_unit(raw: Raw, quantity: Quantity, small: int) -> str:
    """What is assumed of an amount where nobody said the unit; ParseError if it may be 元 or 万元."""
    if quantity.unit or quantity.scale or not quantity.value:
        return ""
    if abs(quantity.value) >= small:
        return NO_UNIT
    message = f"{shown(raw)}没有写单位，可能是元也可能是万元；请在表头写明单位或导入时选定"
    raise ParseError("E_AMBIGUOUS", message)


def _in_yuan(raw: Raw, quantity: Quantity, default_unit: str) -> tuple[Decimal, str]:
    """(amount in 元, assumption) with the header's unit applied to a bare number only."""
    factor = _FACTORS[default_unit]
    if factor == 1:
        return quantity.value, ""
    if quantity.unit:
        said = f"{shown(raw)}写明了单位，没有按表头的{default_unit}" if not quantity.scale else ""
        return quantity.value, said
    if not quantity.scale:
        return quantity.value * factor, ""
    if quantity.scale in ("万", "亿"):
        return (
            quantity.value,
            f"{shown(raw)}已带“{quantity.scale}”，按{quantity.scale}元，没有再乘表头的{default_unit}",
        )
    message = f"表头单位是{default_unit}，{shown(raw)}可能是两种金额，请写明单位，例如 0.5万元"
    raise ParseError("E_AMBIGUOUS", message)
