"""The charts' data, read off a ledger by a few grouped queries and by the indicators' own rules.

A bar adds up what the indicator beside it adds up, so that the bars of a chart give the number in the text.
"""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from mingxi_desktop.charts.data import Amount, ChartData, ChartKind, Series
from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.indicator_data import by_id
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.query import EMPTY, Query, Range
from mingxi_desktop.domain.references import AREA, ITEM
from mingxi_desktop.domain.wording import FEN_IN_WAN
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.event_names import event_label
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.storage.grouping import Until

_MONTHS = tuple(range(1, 13))
_REST, _UNNAMED = "其他", "（未填）"
_MOST_BARS = 9
"""Of ranked bars; the smallest ones are put together."""
_PUBLICITY = "宣传活动"
_Sums = dict[Any, list[Any]]


class _Recipe(NamedTuple):
    """How a chart is made; title: what it shows, the year goes before it.

    lasting: its categories are the same every year, so that last year can stand beside it.
    """

    title: str
    make: Callable[[Ledger, Period, str], ChartData]
    lasting: bool = True


def chart(ledger: Ledger, name: str, year: int, as_of: datetime.date | None = None) -> ChartData:
    """One chart of a year up to a cut-off date; every bar carries the `Query` for its records.

    UserError where there is no chart of that name.
    """
    recipe = _RECIPES.get(name)
    if recipe is None:
        known = "、".join(f"{key}（{label}）" for key, label in labels().items())
        raise UserError(f"没有名为“{name}”的图表", "", f"可用的图表：{known}")
    return recipe.make(ledger, Period.of(year, as_of), f"{year}年{recipe.title}")


def last_year(ledger: Ledger, name: str, year: int, as_of: datetime.date | None = None) -> dict[str, Amount]:
    """Category → what the chart's first row of bars had in the same span a year before; {} where it had nothing.

    What is put together as 其他 is left out: it need not be the same from year to year.
    """
    recipe = _RECIPES[name]
    if not recipe.lasting:
        return {}
    before = recipe.make(ledger, Period.of(year, as_of).last_year, recipe.title)
    if before.empty:
        return {}
    pairs = zip(before.categories, before.series[0].values, strict=True)
    return {category: value for category, value in pairs if category != _REST}


def labels() -> dict[str, str]:
    """Name → what it shows, of all charts."""
    return {name: recipe.title for name, recipe in _RECIPES.items()}


def _hazards_by_month(ledger: Ledger, period: Period, title: str) -> ChartData:
    query = _counted("hazards_found", period)
    sums = _hazard_sums(ledger, query, period, "month")
    rows = [tuple(sums[month][place] for month in _MONTHS) for place in (0, 1)]
    keys = _month_keys(query, period)
    series = (Series("排查数", rows[0], keys), Series("整改数", rows[1], keys))
    return ChartData("hazards_by_month", title, ChartKind.GROUPED, _month_names(), series, "条")


def _hazards_by_area(ledger: Ledger, period: Period, title: str) -> ChartData:
    query = _counted("hazards_found", period)
    sums = _hazard_sums(ledger, query, period, "area")
    areas = [entry for entry in ledger.entries(AREA, active_only=False) if entry.active or entry.ref in sums]
    keys = tuple(_at(query, period, "area", entry.ref) for entry in areas)
    rows = [tuple(sums[entry.ref][place] for entry in areas) for place in (0, 1)]
    series = (Series("排查数", rows[0], keys), Series("整改数", rows[1], keys))
    names = tuple(entry.name for entry in areas)
    return ChartData("hazards_by_area", title, ChartKind.GROUPED, names, series, "条")


def _hazards_by_industry(ledger: Ledger, period: Period, title: str) -> ChartData:
    query = _counted("hazards_found", period)
    sums = _added(ledger, query, period, "field", ("quantity_found",))
    return _ranked(
        "hazards_by_industry", title, "条", query, period, "field", {k: v[0] for k, v in sums.items()}
    )


def _activities_by_type(ledger: Ledger, period: Period, title: str) -> ChartData:
    query = Query("activity", year=period.year)
    sums = _added(ledger, query, period, "type", ("sessions",))
    values = {word: row[0] for word, row in sums.items() if word != _PUBLICITY}
    return _ranked("activities_by_type", title, "场次", query, period, "type", values)


def _funds_by_purpose(ledger: Ledger, period: Period, title: str) -> ChartData:
    query = _counted("funds_won", period)
    sums = _added(ledger, query, period, "purpose", ("amount",))
    values = {word: Decimal(row[0]) / FEN_IN_WAN for word, row in sums.items()}
    return _ranked("funds_by_purpose", title, "万元", query, period, "purpose", values)


def _penalties_by_month(ledger: Ledger, period: Period, title: str) -> ChartData:
    query = _counted("penalties", period)
    sums = _added(ledger, query, period, "month", ("cases",))
    values = tuple(sums[month][0] for month in _MONTHS)
    series = (Series("行政处罚", values, _month_keys(query, period)),)
    return ChartData("penalties_by_month", title, ChartKind.BAR, _month_names(), series, "次")


def _evacuees_by_event(ledger: Ledger, period: Period, title: str) -> ChartData:
    """By the rule of people_evacuated (running totals are never added), so from its trace."""
    adds = {
        item.id: item.contributes
        for item in ledger.trace("people_evacuated", period.year, period.as_of).records
    }
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for record in ledger.records("response_tally", list(adds)):
        sums[record.values["event"]] += adds[record.id] or Decimal(0)
    numbers = {ref: int(ref.rpartition(":")[2]) for ref, moved in sums.items() if moved}
    events = sorted(
        ledger.records("disaster_event", list(numbers.values())),
        key=lambda event: event.values["record_date"],
    )
    refs = [f"disaster_event:{event.id}" for event in events]
    query = Query("response_tally", year=period.year)
    keys = tuple(_at(query, period, "event", ref) for ref in refs)
    values = tuple(_whole(sums[ref]) for ref in refs)
    names = tuple(event_label(event.values) for event in events)
    return ChartData(
        "evacuees_by_event", title, ChartKind.HBAR, names, (Series("转移群众", values, keys),), "人"
    )


def _supplies_dispatched(ledger: Ledger, period: Period, title: str) -> ChartData:
    """Each item in its own unit, which is why the unit stands with the name."""
    movements = {
        f"supply_movement:{number}"
        for query in _up_to(Query("supply_movement", year=period.year, where=(("type", ("调拨",)),)), period)
        for number in ledger.ids(query)
    }
    sums: dict[str, Decimal] = defaultdict(Decimal)
    query = Query("supply_line", year=period.year)
    for item, movement, quantity in ledger.grouped(query, ("item", "movement"), ("quantity",)):
        if movement in movements:
            sums[item] += Decimal(quantity)
    items = [entry for entry in ledger.entries(ITEM, active_only=False) if sums.get(entry.ref)]
    keys = tuple(_at(query, period, "item", entry.ref) for entry in items)
    names = tuple(f"{entry.name}（{entry.unit}）" for entry in items)
    series = (Series("调拨", tuple(_whole(sums[entry.ref]) for entry in items), keys),)
    return ChartData("supplies_dispatched", title, ChartKind.HBAR, names, series)


def _counted(indicator_id: str, period: Period) -> Query:
    """The records that an indicator looks at, before the cut-off date is applied."""
    indicator = by_id()[indicator_id]
    where = tuple((name, tuple(wanted)) for name, wanted in (indicator.where or {}).items())
    return Query(indicator.kind, year=period.year, where=where)


def _up_to(query: Query, period: Period) -> list[Query]:
    """The query up to the cut-off date: by the kind's date, and by record_date where that is empty."""
    if period.as_of == datetime.date(period.year, 12, 31):
        return [query]
    date, span = kinds.kind_of(query.kind).date, Range(None, period.as_of)
    if date == "record_date":
        return [query.with_where(date, span)]
    return [query.with_where(date, span), query.with_where(date, (EMPTY,)).with_where("record_date", span)]


def _added(ledger: Ledger, query: Query, period: Period, by: str, sums: Sequence[str]) -> _Sums:
    """Group → sums up to the cut-off date; groups without records give zeros."""
    found: _Sums = defaultdict(lambda: [0] * len(sums))
    for part in _up_to(query, period):
        for group, *amounts in ledger.grouped(part, (by,), sums):
            found[group] = [old + new for old, new in zip(found[group], amounts, strict=True)]
    return found


def _hazard_sums(ledger: Ledger, query: Query, period: Period, by: str) -> _Sums:
    """Group → [found, rectified up to the cut-off date]."""
    rectified = Until("quantity_rectified", "rectified_date", period.as_of)
    return _added(ledger, query, period, by, ("quantity_found", rectified))


def _ranked(
    name: str, title: str, unit: str, query: Query, period: Period, field: str, values: Mapping[Any, Amount]
) -> ChartData:
    """Lying bars from the longest to the shortest; what is short or of many stands last, as 其他."""
    words = sorted(
        (word for word in values if values[word] and word != _REST), key=lambda word: -(values[word] or 0)
    )
    shown = [(str(word or _UNNAMED), [word]) for word in words[: _MOST_BARS - 1]]
    rest = [*words[_MOST_BARS - 1 :], *([_REST] if values.get(_REST) else [])]
    if rest:
        shown.append((_REST, rest))
    amounts = tuple(sum((values[word] or 0 for word in group), start=0) for _, group in shown)
    keys = tuple(_at(query, period, field, *group) for _, group in shown)
    names = tuple(label for label, _ in shown)
    return ChartData(name, title, ChartKind.HBAR, names, (Series(title, amounts, keys),), unit)


def _at(query: Query, period: Period, field: str, *values: object) -> Query:
    """The records behind one bar."""
    wanted = tuple(EMPTY if value is None else value for value in values)
    return _up_to(query.with_where(field, wanted), period)[0]


def _month_keys(query: Query, period: Period) -> tuple[Query, ...]:
    date = kinds.kind_of(query.kind).date
    keys = []
    for month in _MONTHS:
        last = datetime.date(period.year, month, calendar.monthrange(period.year, month)[1])
        first = last.replace(day=1)
        keys.append(query.with_where(date, Range(first, max(first, min(last, period.as_of)))))
    return tuple(keys)


def _month_names() -> tuple[str, ...]:
    return tuple(f"{month}月" for month in _MONTHS)


def _whole(number: Decimal) -> Decimal | int:
    return int(number) if number == number.to_integral_value() else number


_RECIPES: Mapping[str, _Recipe] = MappingProxyType(
    {
        "hazards_by_month": _Recipe("各月隐患排查整改情况", _hazards_by_month),
        "hazards_by_industry": _Recipe("各行业领域隐患排查情况", _hazards_by_industry),
        "evacuees_by_event": _Recipe("各次灾害过程转移群众情况", _evacuees_by_event, lasting=False),
        "activities_by_type": _Recipe("各类培训演练开展情况", _activities_by_type),
        "hazards_by_area": _Recipe("各乡镇隐患排查整改情况", _hazards_by_area),
        "supplies_dispatched": _Recipe("救灾物资调拨情况", _supplies_dispatched),
        "funds_by_purpose": _Recipe("争取各类资金情况", _funds_by_purpose),
        "penalties_by_month": _Recipe("各月行政处罚情况", _penalties_by_month),
    }
)
