"""期初数: totals of years that have no records, as they were published, each with where it is taken from."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.value_sorts import Sort, is_amount, sort_of
from mingxi_desktop.domain.wording import from_fen, plain, printed, span, typhoon_number
from mingxi_desktop.errors import UserError

YEARS = range(1950, 2101)
LONGEST_SOURCE = 200
_MOST_PERCENT = 1000
"""Above it 99.76 was typed without its point."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What an indicator was in a year without records.

    value: a number in the indicator's unit as digits, an ISO day, a span of days, or a name, as `read` gives
    it.  source: where it was published.
    """

    indicator: str
    year: int
    value: str
    source: str


def read(indicator: Indicator, year: int, text: str) -> str:
    """The value as it is kept, from what a clerk types: 1,683条, 99.76%, 6月9日; UserError where it is none.

    year: of the opening, for days that name none.
    """
    text = tidy(text)
    if not text:
        raise UserError(
            "期初数还空着，没有登记", indicator.label, _EXAMPLES[sort_of(indicator)], field="value"
        )
    try:
        return _READERS[sort_of(indicator)](indicator, year, text)
    except ValueError as error:
        raise UserError(
            f"“{text}”不能作{indicator.label}的期初数",
            str(error),
            _EXAMPLES[sort_of(indicator)],
            field="value",
        ) from error


def check_year(year: int) -> int:
    """The year; UserError where no report can have been written of it."""
    if year not in YEARS:
        raise UserError(f"{year}年不能登记期初数", "", f"年份写{YEARS[0]}到{YEARS[-1]}之间。", field="year")
    return year


def check_source(text: str) -> str:
    """Where a value comes from, tidied; UserError where it is missing."""
    text = tidy(text)
    if not text:
        raise UserError(
            "来源还空着，没有登记", "", "写上这个数是从哪里来的，如 2023年年度总结第3页。", field="source"
        )
    if len(text) > LONGEST_SOURCE:
        raise UserError("来源太长，没有登记", f"{len(text)}字", f"最多{LONGEST_SOURCE}字。", field="source")
    return text


def number(indicator: Indicator, kept: str) -> Decimal | str:
    """A kept value as what it is: a number, or the text of a name or day."""
    if not is_amount(indicator):
        return kept
    try:
        return Decimal(kept)
    except ArithmeticError:  # the indicator has become another sort since
        return kept


def worded(indicator: Indicator, kept: str) -> str:
    """A kept value with its unit, as sentences show it: 1500条, 99.2%, 5月12日."""
    value = number(indicator, kept)
    if isinstance(value, str):
        return printed(value, rule=indicator.wording) if _fits(indicator, kept) else kept
    return f"{plain(value)}{indicator.unit}"


def example(indicator: Indicator) -> str:
    """How a value is written, for the hint of an input."""
    return _EXAMPLES[sort_of(indicator)]


def _fits(indicator: Indicator, kept: str) -> bool:
    """Whether the kept text still is what the indicator's wording words."""
    try:
        printed(kept, rule=indicator.wording)
    except ValueError:
        return False
    return True


def _whole(indicator: Indicator, _year: int, text: str) -> str:
    from mingxi_desktop.domain import parse

    value = parse.parse_int(text, units=(indicator.unit,)).value
    return plain(_not_negative(Decimal(value or 0)))


def _amount(indicator: Indicator, _year: int, text: str) -> str:
    from mingxi_desktop.domain import parse

    if indicator.unit in parse.MONEY_UNITS:
        fen = parse.parse_money(text, default_unit=indicator.unit).value
        return plain(_not_negative(from_fen(fen or 0, indicator.unit)))
    value = parse.parse_decimal(text, units=(indicator.unit,)).value
    return plain(_not_negative(value or Decimal(0)))


def _percent(_indicator: Indicator, _year: int, text: str) -> str:
    from mingxi_desktop.domain import parse

    value = parse.parse_percent(text).value or Decimal(0)
    if value > _MOST_PERCENT:
        raise ValueError("这个百分比太大，是不是漏了小数点")
    return plain(_not_negative(value))


def _day(_indicator: Indicator, year: int, text: str) -> str:
    from mingxi_desktop.domain import parse

    value = parse.parse_date(text, year=year).value
    return _of_year(value, year).isoformat() if value else ""


def _days(_indicator: Indicator, year: int, text: str) -> str:
    from mingxi_desktop.domain import parse

    value = parse.parse_date_range(text, year=year).value
    if value is None:
        return ""
    first, last = _of_year(value[0], year), value[1]
    return span(first, None if first == last else last)


def _typhoon(_indicator: Indicator, _year: int, text: str) -> str:
    if typhoon_number(text) is None:
        raise ValueError("没有写明是第几号台风")
    return text


def _text(_indicator: Indicator, _year: int, text: str) -> str:
    return text


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise ValueError("不能是负数")
    return value


def _of_year(day: datetime.date, year: int) -> datetime.date:
    if day.year != year:
        raise ValueError(f"{day.year}年的日期不是{year}年的")
    return day


_READERS: dict[Sort, Callable[[Indicator, int, str], str]] = {
    Sort.WHOLE: _whole,
    Sort.AMOUNT: _amount,
    Sort.PERCENT: _percent,
    Sort.DAY: _day,
    Sort.DAYS: _days,
    Sort.TYPHOON: _typhoon,
    Sort.TEXT: _text,
}
_EXAMPLES: dict[Sort, str] = {
    Sort.WHOLE: "写一个整数，如 1683。",
    Sort.AMOUNT: "写一个数字，如 76.026。",
    Sort.PERCENT: "写一个百分比，如 99.76%。",
    Sort.DAY: "写一个日期，如 5月12日。",
    Sort.DAYS: "写起止日期，如 6月9日至6月18日。",
    Sort.TYPHOON: "写编号和名称，如 3号“格美”。",
    Sort.TEXT: "照当年的报告写。",
}
