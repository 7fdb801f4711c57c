"""What may be said of an indicator's value: its text, how it changed, whether anything stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.report.template import Aspect


def shown_text(value: IndicatorValue, aspect: Aspect) -> str:
    """What the place shows; "" where there is nothing to show."""
    if aspect is Aspect.NAMES:
        return "、".join(value.names)
    if aspect is Aspect.LAST_YEAR:
        return value.last_year_text
    return "" if value.value is None else value.text


def change_clause(value: IndicatorValue) -> str:
    """This year against the last in a report's words: 同比增长12.05%; "" where there is nothing to compare."""
    before = value.last_year
    if value.change is None or not isinstance(before, Decimal | int):
        return ""
    if value.change == 0:
        return "与上年持平"
    size = abs(value.change)
    if value.indicator.unit == "%":
        return f"比上年{'提高' if value.change > 0 else '下降'}{_two_places(size)}个百分点"
    if before == 0:
        return ""
    return f"同比{'增长' if value.change > 0 else '下降'}{_two_places(size * 100 / abs(Decimal(before)))}%"


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


def _two_places(number: Decimal) -> str:
    return plain(number.quantize(Decimal("0.01"), ROUND_HALF_UP))
