"""Whether what a draft says of an indicator is what the records say, with the rounding that its words allow."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.parse.numerals import chinese_int
from mingxi_desktop.domain.wording import SPAN_MARK
from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading import tokens
from mingxi_desktop.report.proofreading.numbers import Found, Shape, folded

_IN_YUAN = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
_FINE = frozenset({"%", "万元", "亿元"})
"""Units in which a number may be given with fewer decimals than the records have."""
_FIVE = Decimal(5)
_NAME = pattern(r"[“\"「‘]([^”\"」’]+)[”\"」’]")
_NUMBER = pattern(rf"(\d{{1,2}}|[{tokens.NUMERALS}]{{1,3}})号")


def fits(number: Found, value: IndicatorValue, *, last_year: bool = False) -> bool | None:
    """Whether the number says what the records say; None where they say nothing it could be held against."""
    recorded = value.last_year if last_year else value.value
    if recorded is None:
        return None
    if number.shape is Shape.TYPHOON:
        return _same_typhoon(number.amount.text, value, last_year=last_year)
    if number.shape in (Shape.DAY, Shape.DAYS):
        return _same_days(number.amount.value, recorded)
    if isinstance(recorded, str) or not isinstance(number.amount.value, Decimal):
        return None
    unit, rule = value.indicator.unit, value.indicator.wording
    if last_year and rule.startswith("floor") and not number.amount.least:
        return None  # of last year only the number rounded down is kept
    exact = recorded if last_year or value.exactly is None else value.exactly
    return says(number, Decimal(exact), unit)


def _same_typhoon(text: str, value: IndicatorValue, *, last_year: bool) -> bool | None:
    """Number and name, as far as the draft gives them."""
    printed = value.last_year_text if last_year else value.text
    ours, theirs = _typhoon(printed), _typhoon(text)
    return (
        all(mine == other for mine, other in zip(ours, theirs, strict=True) if other) if any(theirs) else None
    )


def _typhoon(text: str) -> tuple[str, str]:
    """(number, name) as far as they are written, "" for what is not."""
    name, number = _NAME.search(text), _NUMBER.search(folded(text))
    if number is None:
        return "", name[1].strip() if name else ""
    digits = number[1] if number[1].isdecimal() else str(chinese_int(number[1]))
    return str(int(digits)), name[1].strip() if name else ""


def _same_days(written: Decimal | str | None, recorded: object) -> bool | None:
    if not isinstance(written, str) or not isinstance(recorded, str):
        return None
    ours, theirs = recorded.split(SPAN_MARK), written.split(SPAN_MARK)
    if len(ours) != len(theirs):
        return False
    return all(mine == other or mine.endswith(f"-{other}") for mine, other in zip(ours, theirs, strict=True))


def says(number: Found, exact: Decimal, unit: str) -> bool:
    """Whether the number, as written, is said of the exact one: equal, or rounded as its own words allow.

    unit: of the exact number.
    """
    written, step = in_unit(number, unit)
    amount = number.amount
    if amount.least:
        step = _share_step(written, step) if unit == "%" else step
        return written <= exact < written + step
    if written == exact:
        return True
    if amount.about:
        low = written - step / 2
        near = amount.text.startswith(("近", "将近", "接近"))
        return low <= exact <= (written if near else written + step / 2)
    return _rounds_to(number, exact, written, min(step, Decimal(1)) if unit in _FINE else step, unit)


def _rounds_to(number: Found, exact: Decimal, written: Decimal, step: Decimal, unit: str) -> bool:
    """Whether the exact number rounds half up to the written one, where that may be written without 约."""
    if unit == "%" and written in (0, 100):
        return False
    bare_yuan = number.amount.unit == "元" and not number.scaled
    if not number.scaled and (unit not in _FINE or bare_yuan):
        return False
    return (exact / step).to_integral_value(ROUND_HALF_UP) * step == written


def _share_step(written: Decimal, step: Decimal) -> Decimal:
    """65%以上 is said of what lies below 70 %, as 60%以上 is."""
    return _FIVE if step == 1 and written % _FIVE == 0 else step


def in_unit(number: Found, unit: str) -> tuple[Decimal, Decimal]:
    """(value, step) of a number in the unit of an indicator: 760260元 is 76.026万元."""
    assert isinstance(number.amount.value, Decimal)
    value, step, found = number.amount.value, number.step, number.amount.unit
    if unit not in _IN_YUAN:
        return value, step
    if found not in _IN_YUAN:
        found = "元" if number.scaled else unit
    factor = Decimal(_IN_YUAN[found]) / _IN_YUAN[unit]
    return value * factor, step * factor
