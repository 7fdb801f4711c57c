"""The wordings that a number may take, each with what it would print now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mingxi_desktop.domain.indicator_ways import way_of, wordings_for
from mingxi_desktop.domain.indicators import Indicator, IndicatorValue
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.report.template import Aspect
from mingxi_desktop.report.values import shown_text

_OWN = "指标自己的写法"
_WORDED = (Aspect.VALUE, Aspect.LAST_YEAR)


@dataclass(frozen=True, slots=True)
class Writing:
    """One way to word a number.  rule: "" for the indicator's own.  example: what it prints now."""

    rule: str
    name: str
    example: str


def rule_name(indicator: Indicator, rule: str) -> str:
    """What a rule does to an indicator's number, in a few words."""
    return dict(_fitting(indicator)).get(rule, rule) if rule else _OWN


def writings(value: IndicatorValue, aspect: Aspect, now: str = "") -> tuple[Writing, ...]:
    """What a value (or last year's) may be worded as: the own way first, then those that print otherwise.

    now: the rule in use, which is always among them.  Only the own way where the value is no number.
    """
    indicator = value.indicator
    found = [Writing("", _OWN, shown_text(value, aspect))]
    if now:
        found.append(Writing(now, rule_name(indicator, now), shown_text(value, aspect, now)))
    number = value.last_year if aspect is Aspect.LAST_YEAR else value.value
    if aspect not in _WORDED or not isinstance(number, Decimal | int):
        return tuple(found)
    for rule, name in _fitting(indicator):
        example = shown_text(value, aspect, rule)
        if example not in {other.example for other in found}:
            found.append(Writing(rule, name, example))
    return tuple(found)


def _fitting(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """Rule and words of what fits the sort of value."""
    kind = kind_of(indicator.kind)
    names = indicator.fields or ((kind.quantity,) if kind.quantity else ())
    return wordings_for(way_of(indicator), [kind.field(name) for name in names])
