"""Counts, numbers with decimals, percentages."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse.numerals import NUMERAL_SIGNS, chinese_number
from mingxi_desktop.domain.parse.quantity import LIMIT, Quantity, read_quantity
from mingxi_desktop.domain.parse.result import Parsed, ParseError, join_sentences, shown, squeeze
from mingxi_desktop.domain.units import converted, fits_unit, is_unit, measure_in
from mingxi_desktop.patterns import pattern

Raw = str | int | float | Decimal | dt.date | dt.time | None
"""What a cell or a form may hand over (bool and datetime are among them by inheritance)."""

_NOUN = pattern(r"[\u3400-\u9fff()/·A-Za-z0-9²³㎡㎥%‰℃]+")
_PLAIN_DIGITS = 12
_TWO_LINES = pattern(r"\d[^\S\n]*\n\s*\d")
_NOISE = 1e-9
_HUNDRED = Decimal(100)
_PERCENT_PLACES = Decimal("0.0001")
_PERCENT_WORDS = pattern(rf"百分之([{NUMERAL_SIGNS}点]+)")
_TENTHS = pattern(r"([一二三四五六七八九1-9])成([一二三四五六七八九1-9])?")


def parse_int(raw: Raw, *, units: Collection[str] = ()) -> Parsed[int]:
    """A whole number: 1,683 · １２ · 3,028人 · 7.6万 · 400余 · 九十 · 49(镇级5、村级44).

    units: the unit words that may follow; with none given any known unit may.
    Raises ParseError, also for a number with decimals.
    """
    if type(raw) is int:
        return Parsed(_within(raw, raw))
    if type(raw) is str and raw.isascii() and raw.isdigit() and len(raw) <= _PLAIN_DIGITS:
        return Parsed(int(raw))
    if type(raw) is float and raw.is_integer():
        return Parsed(_within(int(raw), raw))
    quantity = number_in(raw, "整数")
    if quantity is None:
        return Parsed(None)
    value = quantity.value
    if isinstance(raw, float) and abs(value - round(value)) <= _NOISE * max(1, abs(raw)):
        value = Decimal(round(value))
    if value != value.to_integral_value():
        raise ParseError("E_NUMBER", f"{shown(raw)}有小数，这里应为整数")
    if quantity.unit == "%" and "%" not in units:
        raise ParseError("E_UNIT", f"{shown(raw)}是百分比，这里应为整数")
    unit, said = _known_unit(raw, quantity.unit, units)
    return Parsed(int(value), join_sentences(quantity.assumed, said), quantity.approx, unit)


def parse_decimal(
    raw: Raw, *, places: int = 4, units: Collection[str] = (), default_unit: str = ""
) -> Parsed[Decimal]:
    """A number with at most `places` decimals; written like `parse_int`'s.

    A computed cell with more decimals is rounded and says so; typed ones are refused (ParseError).
    default_unit: what a bare number is counted in (from the header).  A number in 亩 where 公顷 are
    wanted is converted and says so.
    """
    quantity = number_in(raw, "数")
    if quantity is None:
        return Parsed(None)
    change = converted(quantity.value, quantity.unit or default_unit, units)
    if change is not None:
        return _in_other_unit(quantity, quantity.unit or default_unit, change, places)
    unit, said = _known_unit(raw, quantity.unit, units)
    value, assumed = quantity.value, join_sentences(quantity.assumed, said)
    rounded = _rounded(value, places)
    if rounded != value:
        if not isinstance(raw, float):
            raise ParseError("E_NUMBER", f"{shown(raw)}的小数太多，最多{places}位")
        assumed = join_sentences(assumed, f"四舍五入到{places}位小数，按{plain(rounded)}")
    return Parsed(Decimal(plain(rounded)), assumed, quantity.approx, unit)


def _in_other_unit(
    quantity: Quantity, found: str, change: tuple[Decimal, str, str], places: int
) -> Parsed[Decimal]:
    """A converted number, rounded, with the sentence that says so."""
    value = Decimal(plain(_rounded(change[0], places)))
    said = f"{plain(quantity.value)}{found}按{plain(value)}{change[1]}（{change[2]}）"
    return Parsed(value, join_sentences(quantity.assumed, said), quantity.approx, change[1])


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def parse_percent(raw: Raw) -> Parsed[Decimal]:
    """A percentage in per cent: 99.76% gives 99.76; a bare 0.9976 gives 99.76 and says so.

    Cells with a number up to 1 are shares (Excel holds 100 % as 1), larger ones are per cent; a
    text without per cent sign that is not above 1 may be either.  Raises ParseError.
    """
    if isinstance(raw, str):
        text = squeeze(raw)
        found = _percent_words(text)
        if found is not None:
            return Parsed(found)
        if text.endswith("‰"):
            return Parsed(_percent(read_quantity(text[:-1], "百分比").value / 10))
    quantity = number_in(raw, "百分比")
    if quantity is None:
        return Parsed(None)
    value = quantity.value
    if quantity.unit == "%":
        return Parsed(_percent(value), quantity.assumed, quantity.approx)
    if quantity.unit:
        raise ParseError("E_PERCENT", f"{shown(raw)}不是百分比，应写成 99.76%")
    if isinstance(raw, str) and 0 < value <= 1:
        message = (
            f"{shown(raw)}没有百分号，可能是{plain(value)}%，也可能是{plain(value * 100)}%，请写明百分号"
        )
        raise ParseError("E_AMBIGUOUS", message)
    result = _percent(value * 100 if 0 < value <= 1 else value)
    assumed = f"没有百分号，{shown(raw)}按{plain(result)}%" if value else ""
    return Parsed(result, join_sentences(quantity.assumed, assumed), quantity.approx)


def number_in(raw: Raw, wanted: str) -> Quantity | None:
    """The quantity a cell holds whatever its type; None if it is empty.  Raises ParseError."""
    if raw is None:
        return None
    if isinstance(raw, str):
        text = on_one_line(raw, wanted)
        return read_quantity(text, wanted) if text else None
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        kind = "“是/否”" if isinstance(raw, bool) else f"日期或时间{shown(raw)}"
        raise ParseError("E_NUMBER", f"单元格里是{kind}，这里应为{wanted}")
    if not math.isfinite(raw):
        raise ParseError("E_NUMBER", f"{shown(raw)}不是数，这里应为{wanted}")
    # Excel keeps 15 significant digits; what a float has beyond them is noise of the conversion.
    value = Decimal(format(raw, ".15g")) if isinstance(raw, float) else Decimal(raw)
    if abs(value) > LIMIT:
        raise ParseError("E_NUMBER", f"{shown(raw)}太大，请检查是否多写了几位")
    return Quantity(value)


def on_one_line(raw: str, wanted: str) -> str:
    """The squeezed text of a number; ParseError if one number stands under another."""
    if len(raw.splitlines()) > 1 and _TWO_LINES.search(tidy(raw)):
        raise ParseError("E_COMPOUND", f"{shown(raw)}里上下写了两个数，这里只填一个{wanted}")
    return squeeze(raw)


def plain(value: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    text = format(value or Decimal(0), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _within(value: int, raw: Raw) -> int:
    if abs(value) > LIMIT:
        raise ParseError("E_NUMBER", f"{shown(raw)}太大，请检查是否多写了几位")
    return value


def _known_unit(raw: Raw, found: str, units: Collection[str]) -> tuple[str, str]:
    """(unit word, assumption); 家企业 counts as 家, and says so.  ParseError for another unit."""
    if not found or found in units:
        return found, ""
    unit = found if is_unit(found) else measure_in(found)
    if any(sign in NUMERAL_SIGNS and is_unit(after) for sign, after in pairwise(found)):
        raise ParseError("E_COMPOUND", f"{shown(raw)}里不止一个数，请分开填写")
    if not unit or not _NOUN.fullmatch(found):
        raise ParseError("E_UNIT", f"看不懂{shown(raw)}里的“{found}”，这里只填数和单位")
    if units and not fits_unit(unit, units):
        raise ParseError("E_UNIT", f"{shown(raw)}的单位是{unit}，这里应为{next(iter(units))}")
    return unit, "" if unit == found else f"{shown(raw)}里的“{found}”按单位“{unit}”"


def _percent(value: Decimal) -> Decimal:
    return Decimal(plain(value.quantize(_PERCENT_PLACES, ROUND_HALF_UP)))


def _percent_words(text: str) -> Decimal | None:
    """百分之九十九点七六, 九成五; None if the text is neither."""
    words = _PERCENT_WORDS.fullmatch(text)
    if words:
        try:
            return chinese_number(words[1]) if words[1] != "百" else _HUNDRED
        except ValueError:
            raise ParseError("E_PERCENT", f"{shown(text)}看不出是多少，应写成 99.76%") from None
    tenths = _TENTHS.fullmatch(text)
    if tenths is None:
        return None
    first, second = (_one(sign) if sign else 0 for sign in tenths.groups())
    return Decimal(first * 10 + second)


def _one(sign: str) -> int:
    return int(sign) if sign.isdigit() else int(chinese_number(sign))
