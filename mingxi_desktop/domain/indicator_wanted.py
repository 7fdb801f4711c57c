"""What a condition may ask beside a value: any but this one, and a range; as data, in the file's form and in words.

A range of days is of certain days ("2024-05-01") or of days of every year ("05-01"), both ends of one sort;
of the latter one that ends before it begins goes on over New Year.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from mingxi_desktop.domain.fields import DECIMAL_SCALE, NUMERIC, Field, FieldType
from mingxi_desktop.domain.wording import FEN_IN_YUAN

DAYS = frozenset({FieldType.DATE, FieldType.DATETIME})
RANGED = NUMERIC | DAYS
"""Types whose fields can be asked for a range."""
LEAP = 2000
"""A year that has every day."""
_EVERY_YEAR = len("MM-DD")
_SCALE: Mapping[FieldType, int] = MappingProxyType(
    {FieldType.INT: 1, FieldType.DECIMAL: DECIMAL_SCALE, FieldType.MONEY: FEN_IN_YUAN}
)


@dataclass(frozen=True, slots=True)
class Other:
    """Any value but this one, none included; of texts "~特勤" is one without 特勤.  None: the field is filled."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Between:
    """From one end to the other, both included; "" leaves an end open.  Nothing lies between where nothing is filled.

    low, high: days as above, or numbers in the unit of the field (money in 元).
    """

    low: str = ""
    high: str = ""

    @property
    def every_year(self) -> bool:
        """Whether its days are those of every year."""
        return len(self.low or self.high) == _EVERY_YEAR


def admits(wanted: tuple[object, ...] | None, word: str) -> bool:
    """Whether a condition lets the records pass that have this word in a field of one word; None: there is none."""
    some = [one for one in wanted or () if not isinstance(one, Other)]
    others = {one.value for one in wanted or () if isinstance(one, Other)}
    return word not in others and (not some or word in some)


def limits(field: Field, between: Between) -> tuple[str | int | None, str | int | None]:
    """The ends as they compare in the file: days as text, numbers as integers.  ValueError with a Chinese sentence."""
    if field.type not in RANGED:
        raise ValueError(f"“{field.label}”不是日期也不是数，不能问从多少到多少")
    if not (between.low or between.high):
        raise ValueError(f"“{field.label}”从多少到多少，至少写一头")
    if field.type in DAYS:
        return _days(field, between)
    low, high = (_number(field, end) if end else None for end in (between.low, between.high))
    if low is not None and high is not None and low > high:
        raise ValueError(f"“{field.label}”从{between.low}到{between.high}写反了")
    return low, high


def _days(field: Field, between: Between) -> tuple[str | None, str | None]:
    ends = [end for end in (between.low, between.high) if end]
    for end in ends:
        try:
            datetime.date.fromisoformat(f"{LEAP}-{end}" if len(end) == _EVERY_YEAR else end)
        except ValueError:
            raise ValueError(f"“{field.label}”里的“{end}”不是日期") from None
    if len({len(end) for end in ends}) > 1:
        raise ValueError(f"“{field.label}”的两头，要么都写年份，要么都只写月日")
    if not between.every_year and len(ends) > 1 and between.low > between.high:
        raise ValueError(f"“{field.label}”从{between.low}到{between.high}写反了")
    return between.low or None, between.high or None


def _number(field: Field, end: str) -> int:
    try:
        number = Decimal(end) * _SCALE[field.type]
    except InvalidOperation:
        raise ValueError(f"“{field.label}”里的“{end}”不是数") from None
    if not number.is_finite() or number != number.to_integral_value():
        raise ValueError(f"“{field.label}”里的“{end}”，小数位数多了")
    return int(number)


def shown_end(field: Field, end: str) -> str:
    """An end as the editor shows it; `indicator_ends.end_of` takes it back."""
    return _said_day(end) if field.type in DAYS and len(end) == _EVERY_YEAR else end


def said(field: Field, between: Between) -> str:
    """A range in words after the name of the field: 从每年5月1日到9月30日, 不少于10000元."""
    low, high = between.low, between.high
    if field.type not in DAYS:
        unit = "元" if field.type is FieldType.MONEY else field.unit
        if low and high:
            return f"从{low}到{high}{unit}"
        return f"不少于{low}{unit}" if low else f"不多于{high}{unit}"
    every = "每年" if between.every_year else ""
    first, last = _said_day(low), _said_day(high)
    if not (low and high):
        return f"在{every}{first}或以后" if low else f"在{every}{last}或以前"
    return f"从{every}{first}到{'次年' if every and low > high else ''}{last}"


def _said_day(end: str) -> str:
    *year, month, day = (int(part) for part in end.split("-")) if end else (0, 0)
    return f"{year[0]}年{month}月{day}日" if year else f"{month}月{day}日"
