"""What sort of value an indicator has: an amount that can be compared and drawn, or a name or a day."""

from __future__ import annotations

from enum import StrEnum

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.kinds import kind_of


class Sort(StrEnum):
    """WHOLE: counted things.  AMOUNT: money and measures.  PERCENT: in %.  DAY, DAYS: a day, a span of days.

    TYPHOON: number and name.  TEXT: any other name.
    """

    WHOLE = "whole"
    AMOUNT = "amount"
    PERCENT = "percent"
    DAY = "day"
    DAYS = "days"
    TYPHOON = "typhoon"
    TEXT = "text"


AMOUNTS = frozenset({Sort.WHOLE, Sort.AMOUNT, Sort.PERCENT})
"""Sorts of values that can be compared, added up and drawn."""

_BY_WORDING = {"date": Sort.DAY, "days": Sort.DAYS, "typhoon": Sort.TYPHOON}
_BY_AGGREGATE = {Aggregate.DAY: Sort.DAY, Aggregate.EVENT: Sort.DAYS, Aggregate.TYPHOON: Sort.TYPHOON}
_COUNTED = frozenset({Aggregate.COUNT, Aggregate.DISTINCT, Aggregate.STATE_AREAS, Aggregate.YEARS})
_BY_FIELD = {
    FieldType.INT: Sort.WHOLE,
    FieldType.DECIMAL: Sort.AMOUNT,
    FieldType.MONEY: Sort.AMOUNT,
    FieldType.DATE: Sort.DAY,
    FieldType.DATETIME: Sort.DAY,
}


def sort_of(indicator: Indicator) -> Sort:
    """The sort of the indicator's values, by its wording, its unit and the fields it is made of."""
    if indicator.wording in _BY_WORDING:
        return _BY_WORDING[indicator.wording]
    if indicator.aggregate in _BY_AGGREGATE:
        return _BY_AGGREGATE[indicator.aggregate]
    if indicator.unit == "%" or indicator.aggregate is Aggregate.RATIO:
        return Sort.PERCENT
    if indicator.aggregate in _COUNTED:
        return Sort.WHOLE
    kind = kind_of(indicator.kind)
    names = indicator.fields or ((kind.quantity,) if kind.quantity else ())
    sorts = {_BY_FIELD.get(kind.field(name).type, Sort.TEXT) for name in names} or {Sort.WHOLE}
    if indicator.aggregate is Aggregate.PICK:
        return sorts.pop()
    return Sort.WHOLE if sorts == {Sort.WHOLE} else Sort.AMOUNT


def is_amount(indicator: Indicator) -> bool:
    """Whether its values are amounts; names and days are neither compared nor drawn."""
    return sort_of(indicator) in AMOUNTS
