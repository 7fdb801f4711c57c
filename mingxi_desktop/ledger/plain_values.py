"""One text or cell → one value of a field that needs no list: numbers, dates, yes and no, free text."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.show import money_words
from mingxi_desktop.domain.show import plain as shown_plain
from mingxi_desktop.domain.units import SCALED, accepted_units, converted, fits_unit
from mingxi_desktop.patterns import pattern

PLAIN = NUMERIC | {FieldType.DATE, FieldType.DATETIME, FieldType.BOOL, FieldType.TEXT}
"""The types `read_plain` reads."""

Outcome = Parsed[Any] | ParseError
"""What reading a cell gives where a bad cell is an answer and not an exception."""

SEVERAL = frozenset({FieldType.MULTI, FieldType.MULTI_REF})

_ENDS = frozenset({"due_date", "new_due", "rectified_date", "end_date", "to_date", "end_at"})
"""Dates that close something: of a stretch of days the last one is meant."""
_GRANT = 1000
_LARGE = {
    ("fund", "amount"): _GRANT,  # nobody is granted 135元; 135万元 are common
    ("disaster_loss", "loss"): _GRANT,
    ("accident", "loss"): _GRANT,
    ("hazard", "rectify_fund"): _GRANT,
    ("enforcement_case", "fine"): 50,
}
"""Amounts that are written in 万元 as often as in 元, and below how much a bare one may be either."""
_USUAL = {
    ("fund", "amount"): (_GRANT, 10**8),
    ("disaster_loss", "loss"): (_GRANT, 10**10),
    ("accident", "loss"): (0, 10**9),
    ("hazard", "rectify_fund"): (0, 10**7),
    ("enforcement_case", "fine"): (50, 10**7),
    ("supply_line", "value"): (0, 10**7),
}
"""Amounts in 元 between which those of a county lie."""
_SCALE = pattern("[万亿]")
_MONEY_WORD = pattern("[元万亿千百圆]")
_NOT_YET = pattern(
    r"(?:尚?未|没有)(?:整改|完成|销号|结案|缴款|缴纳|终止|结束)(?:完成|到位|完毕)?|(?:正在)?整改中|正在整改"
)
_EXACT = 10**15
_CUT_SHORT = pattern(r"\d(?:\.\d+)?E\+\d{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from.

    year: for dates without one.  near: of several records with a name the one closest to this day.
    sheet: a cell of a spreadsheet, in which Excel's day numbers are dates and signs for nothing (/, —,
    无) stand for 0 or empty.  unit: what its header names.  money_unit: what a bare amount means where
    the header names none; None: nobody said.
    """

    year: int | None = None
    near: datetime.date | None = None
    sheet: bool = False
    unit: str = ""
    money_unit: str | None = "元"


def read_plain(kind: Kind, field: Field, raw: Any, source: Source) -> Parsed[Any]:
    """The value of a filled text or cell, for the types in PLAIN.  Raises ParseError."""
    if field.type is FieldType.TEXT:
        return Parsed(_text(raw, source))
    if source.sheet and not field.required and parse.is_blank_mark(raw) and not _is_no(field, raw):
        return nothing(field, raw)
    if field.type in NUMERIC:
        return _number(kind, field, raw, source)
    if field.type is FieldType.BOOL:
        return parse.parse_bool(raw)
    if not field.required and isinstance(raw, str) and _NOT_YET.fullmatch(tidy(raw)):
        return Parsed(None, f"“{tidy(raw)}”不是日期，按没有填")
    end = field.name in _ENDS
    if field.type is FieldType.DATETIME:
        return parse.parse_datetime(raw, year=source.year, serials=source.sheet, end=end)
    return parse.parse_date(raw, year=source.year, serials=source.sheet, end=end, whole_year=kind.state)


def nothing(field: Field, raw: Any) -> Parsed[Any]:
    """A sign for "nothing" where nothing is allowed: 0 for a number, empty for the rest."""
    if field.type in NUMERIC:
        zero = Decimal(0) if field.type is FieldType.DECIMAL else 0
        return Parsed(zero, f"“{tidy(str(raw))}”按0")
    return Parsed(() if field.type in SEVERAL else None)


def _is_no(field: Field, raw: Any) -> bool:
    """Whether 无 is a value: it says no where yes or no is asked."""
    return field.type is FieldType.BOOL and isinstance(raw, str) and tidy(raw) in ("无", "没有")


def _text(raw: Any, source: Source) -> str:
    if source.sheet and _lost_digits(raw):
        message = f"“{raw}”超过15位，表格已把后面的数字变成0；请把单元格改成文本后重填"
        raise ParseError("E_PRECISION", message)
    return tidy(str(raw))


def _lost_digits(raw: Any) -> bool:
    """Whether a spreadsheet kept a long number as 9.135E+17."""
    if isinstance(raw, str):
        return raw.isascii() and _CUT_SHORT.fullmatch(raw.strip()) is not None
    return isinstance(raw, int | float) and abs(raw) >= _EXACT


def _number(kind: Kind, field: Field, raw: Any, source: Source) -> Parsed[Any]:
    if field.type is FieldType.MONEY:
        small = _LARGE.get((kind.name, field.name), _GRANT)
        found = parse.parse_money(raw, default_unit=_money_unit(kind, field, source), small=small)
        return _doubted(kind, field, raw, found) if source.sheet else found
    if source.unit in SCALED:
        return _scaled(kind, field, raw, source)
    units = accepted_units(field.unit)
    _check_header_unit(field, source.unit, units)
    if field.type is FieldType.INT:
        return _with_unit(parse.parse_int(raw, units=units), source.unit)
    return _with_unit(parse.parse_decimal(raw, units=units, default_unit=source.unit), source.unit)


def _doubted(kind: Kind, field: Field, raw: Any, found: Parsed[int]) -> Parsed[int]:
    """The same, with a word where the header's unit makes of a bare number what no such amount is: 罚款 5000万元."""
    least, most = _USUAL.get((kind.name, field.name), (0, 0))
    bare = not isinstance(raw, str) or _MONEY_WORD.search(raw) is None
    if not (bare and most and found.value) or least <= abs(found.value) // 100 < most:
        return found
    size = "大" if abs(found.value) // 100 >= most else "小"
    said = f"按{money_words(found.value)}记，这样的数太{size}了，请核对单位是元还是万元"
    return replace(found, assumed="；".join(filter(None, (found.assumed, said))))


def _scaled(kind: Kind, field: Field, raw: Any, source: Source) -> Parsed[Any]:
    """A number under a header such as 万人 or 千公顷; a cell with a unit of its own means that."""
    factor, base = SCALED[source.unit]
    plain = replace(source, unit=base)
    bare = parse.parse_decimal(raw)
    if bare.value is None or bare.unit or (isinstance(raw, str) and _SCALE.search(raw)):
        return _number(kind, field, raw, plain)
    value = bare.value * factor
    found = _number(kind, field, int(value) if value == int(value) else value, plain)
    said = f"表头的单位是“{source.unit}”，{shown_plain(bare.value)}按{shown_plain(value)}{base}"
    return replace(found, assumed="；".join(filter(None, (said, found.assumed))), approx=bare.approx)


def _with_unit(parsed: Parsed[Any], unit: str) -> Parsed[Any]:
    """The same with the header's unit where the cell names none."""
    if parsed.unit or not unit:
        return parsed
    return Parsed(parsed.value, parsed.assumed, parsed.approx, unit)


def _money_unit(kind: Kind, field: Field, source: Source) -> str | None:
    if source.unit in parse.MONEY_UNITS:
        return source.unit
    if source.unit:
        raise ParseError("E_UNIT", f"表头的单位是“{source.unit}”，这里应为金额（元或万元）")
    if source.money_unit is None and (kind.name, field.name) not in _LARGE:
        return "元"
    return source.money_unit


def _check_header_unit(field: Field, unit: str, units: tuple[str, ...]) -> None:
    if not unit or not units or unit == "%" or fits_unit(unit, units):
        return
    if field.type is not FieldType.DECIMAL or converted(Decimal(1), unit, units) is None:
        raise ParseError("E_UNIT", f"表头的单位是“{unit}”，这里应为“{field.unit}”，请换算后再填")
