"""Charts of any one indicator, the clerk's own included: over the years, by month, by township.

Their names begin with the sort: years:hazards_found, months:drills, areas:funds_won.  Months and townships come
from the trace of the number, so that the bars add up to it and each opens the records it is made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from mingxi_desktop.charts.data import ChartData, ChartKind, Series
from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.indicators import Aggregate, Contribution, Indicator, Period
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.chart_spans import span_title, steps_of
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.years import OPENING, of_years

PARTED = ":"
YEARS, MONTHS, AREAS = "years", "months", "areas"
SORTS: Mapping[str, str] = MappingProxyType({YEARS: "历年对比", MONTHS: "各月", AREAS: "各乡镇"})
"""Sort of chart → what it shows."""

OPENING_NAME = "期初登记"
_ELSE = "其他"
_ADDED = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.TALLY})


@dataclass(frozen=True, slots=True)
class Proof:
    """What a bar of the years opens: the proof of the number of one of them."""

    indicator: str
    period: Period


def sorts_for(indicator: Indicator) -> tuple[str, ...]:
    """The sorts of chart that an indicator has; none for names and days, which cannot be drawn."""
    if not is_amount(indicator):
        return ()
    if indicator.aggregate in (Aggregate.STATE, Aggregate.LATEST) and not indicator.target:
        return (YEARS, AREAS)
    if indicator.aggregate in _ADDED and indicator.years == 1 and not indicator.target:
        return (YEARS, MONTHS, AREAS)
    return (YEARS,)


def names(book: IndicatorBook) -> tuple[str, ...]:
    """The names of all such charts."""
    return tuple(
        f"{sort}{PARTED}{indicator.id}" for indicator in book.indicators for sort in sorts_for(indicator)
    )


def chart(ledger: Core, name: str, period: Period) -> ChartData:
    """One of them; UserError where the indicator has none of that sort."""
    sort, _, id = name.partition(PARTED)
    if sort not in SORTS:
        known = "、".join(f"{key}{PARTED}{id}（{label}）" for key, label in SORTS.items())
        raise UserError(f"没有名为“{name}”的图表", "", f"一个指标可用的图表：{known}")
    indicator = ledger.definitions.book.get(id)
    possible = sorts_for(indicator)
    if sort not in possible:
        hint = "、".join(f"{one}{PARTED}{id}（{SORTS[one]}）" for one in possible)
        raise UserError(
            f"“{indicator.label}”画不成{SORTS[sort]}的图",
            "" if possible else "它的值是名称或日期，不是数量",
            f"可用的图表：{hint}" if possible else "请换一个指标。",
        )
    return _MAKERS[sort](ledger, indicator, period, name)


def _years(ledger: Core, indicator: Indicator, period: Period, name: str) -> ChartData:
    known = of_years(ledger, (indicator.id,), period).rows[0].known
    values = [None if isinstance(year.value, str) or not year.source else year.value for year in known]
    entered = tuple(place for place, year in enumerate(known) if year.source == OPENING)
    series = Series(
        indicator.label,
        tuple(values),
        keys=tuple(Proof(indicator.id, year.period) for year in known),
        texts=tuple(year.text if year.source else "—" for year in known),
        apart=entered,
        apart_name=OPENING_NAME,
    )
    first = known[0].year
    years = f"{first}—{period.year}年" if first != period.year else f"{first}年"
    part = span_title(period).removeprefix(f"{period.year}年")
    title = f"{years}{'每年' if part and first != period.year else ''}{part}{indicator.label}"
    categories = tuple(f"{year.year}年" for year in known)
    unit = indicator.unit
    return ChartData(name, title, ChartKind.BAR, categories, (series,), unit, "年度", adds=False)


def _months(ledger: Core, indicator: Indicator, period: Period, name: str) -> ChartData:
    steps = steps_of(period)

    def step_of(record: Contribution) -> str:
        day = record.date[:10]
        found = (one.name for one in steps.all if one.first.isoformat() <= day <= one.last.isoformat())
        return next(found, _ELSE)

    title = f"{span_title(period)}各{steps.name}{indicator.label}"
    order = [step.name for step in steps.all]
    spans: tuple[Period, ...] = ()
    if indicator.aggregate is Aggregate.TALLY and not period.event:
        spans = tuple(Period(period.year, min(one.last, period.as_of), one.first) for one in steps.all)
    return _parted(ledger, indicator, period, _Parts(name, title, steps.name, order, step_of, spans))


def _areas(ledger: Core, indicator: Indicator, period: Period, name: str) -> ChartData:
    order = [entry.name for entry in ledger.entries(AREA)]
    title = f"{span_title(period)}各乡镇{indicator.label}"
    return _parted(
        ledger, indicator, period, _Parts(name, title, "乡镇", order, lambda record: record.area or _ELSE)
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """How the records behind a number are parted.  order: the categories that are always shown."""

    name: str
    title: str
    axis: str
    order: list[str]
    part_of: Callable[[Contribution], str]
    spans: tuple[Period, ...] = ()
    """Measured one by one where the whole would put a running total on its last day."""


def _parted(ledger: Core, indicator: Indicator, period: Period, into: _Parts) -> ChartData:
    """The number by parts that add up to it."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    behind: dict[str, list[int]] = defaultdict(list)
    for span in into.spans or (period,):
        for record in ledger.prove(indicator.id, span).records:
            part = into.part_of(record)
            sums[part] += record.contributes or 0
            behind[part].append(record.id)
    categories = (*into.order, *(part for part in sums if part not in into.order))
    series = Series(
        indicator.label,
        # A part without records is not 0: nobody has reported.
        tuple(_whole(sums[part]) if behind[part] else None for part in categories),
        keys=tuple(
            Query(indicator.kind, ids=tuple(behind[part])) if behind[part] else None for part in categories
        ),
        indicator=indicator.id,
    )
    return ChartData(into.name, into.title, ChartKind.BAR, categories, (series,), indicator.unit, into.axis)


def _whole(number: Decimal) -> Decimal | int:
    return int(number) if number == number.to_integral_value() else number


_MAKERS: Mapping[str, Callable[[Core, Indicator, Period, str], ChartData]] = MappingProxyType(
    {YEARS: _years, MONTHS: _months, AREAS: _areas}
)
