"""What may be said of an indicator's value: its text, whether anything stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.wording import printed
from mingxi_desktop.report.template import Aspect


def shown_text(value: IndicatorValue, aspect: Aspect, rule: str = "") -> str:
    """What the place shows; "" where there is nothing to show.  rule: another wording of the number."""
    if aspect is Aspect.NAMES:
        return "、".join(value.names)
    last = aspect is Aspect.LAST_YEAR
    number = value.last_year if last else value.exactly if value.exactly is not None else value.value
    if rule and isinstance(number, Decimal | int):
        return printed(number, value.indicator.unit, rule, "" if last else value.approx)
    if last:
        return value.last_year_text
    return "" if value.value is None else value.text


def baseless(value: IndicatorValue) -> bool:
    """Whether it is a zero that no record stands behind: nothing was entered, which is not 0."""
    return value.value == 0 and not value.records


def disagreements(shown: Iterable[IndicatorValue], values: Mapping[str, IndicatorValue]) -> Iterator[str]:
    """Indicators that must agree and do not, each pair once."""
    told: set[frozenset[str]] = set()
    for value in shown:
        other = values.get(value.indicator.agrees_with)
        pair = frozenset((value.indicator.id, value.indicator.agrees_with))
        if other is None or pair in told or value.value is None or other.value is None:
            continue
        told.add(pair)
        if value.value != other.value:
            unit = value.indicator.unit
            yield (
                f"{value.indicator.label}（{value.text}{unit}）与{other.indicator.label}"
                f"（{other.text}{unit}）应当一致，请核对"
            )
