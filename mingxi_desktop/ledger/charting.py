"""The charts' data, read off a ledger by a few grouped queries and by the indicators' own rules.

A bar adds up what the indicator beside it adds up, so that the bars of a chart give the number in the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from mingxi_desktop.charts.data import Amount, ChartData, ChartKind, Rows, Series, rows_of
from mingxi_desktop.domain.indicator_book import IndicatorBook, delivered_book
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.query import EMPTY, Query
from mingxi_desktop.domain.references import AREA, ITEM
from mingxi_desktop.domain.wording import FEN_IN_WAN
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.chart_spans import EVENT, door, parts, span_title, step_parts, steps_of
from mingxi_desktop.ledger.chart_titles import TITLES
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.event_names import event_label
from mingxi_desktop.storage.grouping import MONTH, Until

_REST, _UNNAMED = "其他", "（未填）"
_MOST_BARS, _ALL = 9, 1_000_000
"""Of ranked bars; the smallest ones are put together."""
_PUBLICITY = "宣传活动"
_NOBODY = (0,)
"""Ids of no record: none at all would ask for all."""
_Sums = dict[Any, list[Any]]


class _Recipe(NamedTuple):
    """How a chart is made.

    lasting: its categories are the same every year, so that last year can stand beside it.  ranked: only so
    many of them are shown, the rest together; `make` takes how many as `most`.
    """

    make: Callable[..., ChartData]
    lasting: bool = True
    ranked: bool = False


def chart(ledger: Core, name: str, period: Period) -> ChartData:
    """One chart of a span; every bar carries the `Query` for its records, or the `Proof` of its number.

    name: one of `TITLES`, or an indicator with the sort of chart before it: years:hazards_found,
    months:drills, areas:funds_won.  UserError where there is no chart of that name.
    """
    recipe = _RECIPES.get(name)
    if recipe is None:
        from mingxi_desktop.ledger import indicator_charts  # the first page shows none of them

        if indicator_charts.PARTED in name:
            return indicator_charts.chart(ledger, name, period)
        known = "、".join(f"{key}（{label}）" for key, label in TITLES.items())
        more = "、".join(f"{sort}:指标（{label}）" for sort, label in indicator_charts.SORTS.items())
        raise UserError(f"没有名为“{name}”的图表", "", f"可用的图表：{known}；每个指标还有{more}")
    title = f"{span_title(period)}{_title(name, period)}"
    return ledger.remembered.get(("chart", name, period), lambda: recipe.make(ledger, period, title))


def chart_table(ledger: Core, name: str, period: Period) -> Rows:
    """The figures of a chart: a row for each category, a column for each row of bars, the total last.

    A total that is an indicator's value, as that is printed, says so.
    """
    rows = rows_of(chart(ledger, name, period))
    wanted = tuple(rows.ids.values())
    texts = {value.indicator.id: value.text for value in ledger.measure(period, wanted)} if wanted else {}
    ids = {(row, column): id for (row, column), id in rows.ids.items() if rows.rows[row][column] == texts[id]}
    return replace(rows, ids=ids)


def last_year(ledger: Core, name: str, period: Period, shown: ChartData) -> dict[str, Amount]:
    """Category → what the chart's first row of bars had in the same span a year before; {} where it had nothing.

    shown: `chart` of this span.  The categories are this year's: where it puts the rest together as 其他, that is
    everything that has no bar of its own this year, however long its bar was the year before. What only that year
    had comes last.
    """
    recipe = _RECIPES.get(name)
    if recipe is None or not recipe.lasting or period.event:
        return {}
    every = {"most": _ALL} if recipe.ranked else {}
    before = recipe.make(ledger, period.last_year, TITLES[name], **every)
    if before.empty:
        return {}
    found = dict(zip(before.categories, before.series[0].values, strict=True))
    bars = shown.categories
    if recipe.ranked and _REST in bars:
        rest = [found.pop(category) for category in list(found) if category == _REST or category not in bars]
        found |= {_REST: sum((value or 0 for value in rest), start=0)} if rest else {}
    return found


def names(book: IndicatorBook) -> tuple[str, ...]:
    """The names of all charts that there are with these indicators."""
    from mingxi_desktop.ledger import indicator_charts

    return (*TITLES, *indicator_charts.names(book))


def _hazards_by_month(ledger: Core, period: Period, title: str) -> ChartData:
    query = _counted(ledger, "hazards_found", period)
    rows = _by_step(ledger, query, period, ("quantity_found", _rectified(period)))
    series = (
        Series("排查数", rows.values[0], rows.keys, indicator="hazards_found"),
        Series("整改数", rows.values[1], rows.keys, indicator="hazards_rectified"),
    )
    return ChartData("hazards_by_month", title, ChartKind.GROUPED, rows.names, series, "条", rows.axis)


def _hazards_by_area(ledger: Core, period: Period, title: str) -> ChartData:
    query = _counted(ledger, "hazards_found", period)
    sums = _added(ledger, query, period, "area", ("quantity_found", _rectified(period)))
    areas = [entry for entry in ledger.entries(AREA, active_only=False) if entry.active or entry.ref in sums]
    keys = tuple(_at(ledger, query, period, "area", entry.ref) for entry in areas)
    rows = [tuple(sums[entry.ref][place] for entry in areas) for place in (0, 1)]
    series = (
        Series("排查数", rows[0], keys, indicator="hazards_found"),
        Series("整改数", rows[1], keys, indicator="hazards_rectified"),
    )
    names = tuple(entry.name for entry in areas)
    return ChartData("hazards_by_area", title, ChartKind.GROUPED, names, series, "条", "乡镇")


def _hazards_by_industry(ledger: Core, period: Period, title: str, most: int = _MOST_BARS) -> ChartData:
    query = _counted(ledger, "hazards_found", period)
    sums = _added(ledger, query, period, "field", ("quantity_found",))
    shown = _ranked(ledger, "排查数", query, period, "field", {k: v[0] for k, v in sums.items()}, most)
    series = (replace(shown.series, indicator="hazards_found"),)
    return ChartData("hazards_by_industry", title, ChartKind.HBAR, shown.names, series, "条", "行业领域")


def _activities_by_type(ledger: Core, period: Period, title: str, most: int = _MOST_BARS) -> ChartData:
    query = Query("activity", year=period.year)
    sums = _added(ledger, query, period, "type", ("sessions",))
    values = {word: row[0] for word, row in sums.items() if word != _PUBLICITY}
    shown = _ranked(ledger, "场次", query, period, "type", values, most)
    return ChartData(
        "activities_by_type", title, ChartKind.HBAR, shown.names, (shown.series,), "场次", "类别"
    )


def _funds_by_purpose(ledger: Core, period: Period, title: str, most: int = _MOST_BARS) -> ChartData:
    query = _counted(ledger, "funds_won", period)
    sums = _added(ledger, query, period, "purpose", ("amount",))
    values = {word: Decimal(row[0]) / FEN_IN_WAN for word, row in sums.items()}
    shown = _ranked(ledger, "金额", query, period, "purpose", values, most)
    series = (replace(shown.series, indicator="funds_won"),)
    return ChartData("funds_by_purpose", title, ChartKind.HBAR, shown.names, series, "万元", "用途")


def _penalties_by_month(ledger: Core, period: Period, title: str) -> ChartData:
    rows = _by_step(ledger, _counted(ledger, "penalties", period), period, ("cases",))
    series = (Series("行政处罚", rows.values[0], rows.keys, indicator="penalties"),)
    return ChartData("penalties_by_month", title, ChartKind.BAR, rows.names, series, "次", rows.axis)


def _evacuees_by_event(ledger: Core, period: Period, title: str) -> ChartData:
    """By the rule of people_evacuated (running totals are never added), so from its trace."""
    adds = {item.id: item.contributes for item in ledger.prove("people_evacuated", period).records}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for record in ledger.records("response_tally", list(adds)):
        sums[record.values["event"]] += adds[record.id] or Decimal(0)
    numbers = {ref: int(ref.rpartition(":")[2]) for ref, moved in sums.items() if moved}
    events = sorted(
        ledger.records(EVENT, list(numbers.values())), key=lambda event: event.values["record_date"]
    )
    refs = [f"{EVENT}:{event.id}" for event in events]
    query = Query("response_tally", year=period.year)
    keys = tuple(_at(ledger, query, period, "event", ref) for ref in refs)
    values = tuple(_whole(sums[ref]) for ref in refs)
    names = tuple(event_label(event.values) for event in events)
    series = (Series("转移群众", values, keys, indicator="people_evacuated"),)
    return ChartData("evacuees_by_event", title, ChartKind.HBAR, names, series, "人", "灾害过程")


def _supplies_dispatched(ledger: Core, period: Period, title: str) -> ChartData:
    """Each item in its own unit, which is why the unit stands with the name and nothing is added up."""
    dispatched = Query("supply_movement", year=period.year, where=(("type", ("调拨",)),))
    movements = {
        f"supply_movement:{number}" for part in parts(dispatched, period) for number in ledger.ids(part)
    }
    sums: dict[str, Decimal] = defaultdict(Decimal)
    lines: dict[str, list[int]] = defaultdict(list)
    query = Query("supply_line", year=None if period.event else period.year)
    for item, movement, line, quantity in ledger.grouped(query, ("item", "movement", "id"), ("quantity",)):
        if movement in movements:
            sums[item] += Decimal(quantity)
            lines[item].append(line)
    items = [entry for entry in ledger.entries(ITEM, active_only=False) if sums.get(entry.ref)]
    keys = tuple(Query("supply_line", ids=tuple(lines[entry.ref])) for entry in items)
    names = tuple(f"{entry.name}（{entry.unit}）" for entry in items)
    series = (Series("调拨数量", tuple(_whole(sums[entry.ref]) for entry in items), keys),)
    return ChartData("supplies_dispatched", title, ChartKind.HBAR, names, series, axis="物资", adds=False)


def _counted(ledger: Core, indicator_id: str, period: Period) -> Query:
    """The records that an indicator looks at, before the span is applied."""
    indicator = ledger.definitions.book.get(indicator_id)
    if indicator.where != delivered_book().get(indicator_id).where:
        # The clerk's conditions may be more than a query can ask.
        ids = tuple(record.id for record in ledger.prove(indicator_id, period).records)
        return Query(indicator.kind, year=period.year, ids=ids or _NOBODY)
    where = tuple((name, tuple(wanted)) for name, wanted in (indicator.where or {}).items())
    return Query(indicator.kind, year=period.year, where=where)


def _added(ledger: Core, query: Query, period: Period, by: str, sums: Sequence[str]) -> _Sums:
    """Group → sums within the span; groups without records give zeros."""
    return _summed(ledger, parts(query, period), (by,), sums)


def _summed(ledger: Core, queries: Sequence[Query], by: Sequence[str], sums: Sequence[str]) -> _Sums:
    found: _Sums = defaultdict(lambda: [0] * len(sums))
    for query in queries:
        for row in ledger.grouped(query, by, sums):
            group, amounts = row[0] if by else None, row[len(by) :]
            found[group] = [old + new for old, new in zip(found[group], amounts, strict=True)]
    return found


def _rectified(period: Period) -> Until:
    """What was rectified up to the cut-off date."""
    return Until("quantity_rectified", "rectified_date", period.cut_off)


class _ByStep(NamedTuple):
    """A chart over time.  values: for each sum the amounts of the steps.  axis: what the steps are."""

    names: tuple[str, ...]
    values: tuple[tuple[Amount, ...], ...]
    keys: tuple[Query, ...]
    axis: str


def _by_step(ledger: Core, query: Query, period: Period, sums: Sequence[str]) -> _ByStep:
    """Sums step by step: months from one grouped query, shorter steps one by one."""
    steps = steps_of(period)
    apart = [step_parts(query, period, step) for step in steps.all]
    if steps.months:
        by_month = _added(ledger, query, period, MONTH, sums)
        found = [by_month[step.month] for step in steps.all]
    else:
        found = [_summed(ledger, queries, (), sums)[None] for queries in apart]
    return _ByStep(
        tuple(step.name for step in steps.all),
        tuple(tuple(row[place] for row in found) for place in range(len(sums))),
        tuple(door(ledger, queries) for queries in apart),
        steps.name,
    )


class _Ranked(NamedTuple):
    """Lying bars: their names and the one row of them."""

    names: tuple[str, ...]
    series: Series


def _ranked(
    ledger: Core, name: str, query: Query, period: Period, field: str, values: Mapping[Any, Amount], most: int
) -> _Ranked:
    """From the longest to the shortest; what is short or of many stands last, as 其他.  most: bars."""
    words = sorted(
        (word for word in values if values[word] and word != _REST), key=lambda word: -(values[word] or 0)
    )
    shown = [(str(word or _UNNAMED), [word]) for word in words[: most - 1]]
    rest = [*words[most - 1 :], *([_REST] if values.get(_REST) else [])]
    if rest:
        shown.append((_REST, rest))
    amounts = tuple(sum((values[word] or 0 for word in group), start=0) for _, group in shown)
    keys = tuple(_at(ledger, query, period, field, *group) for _, group in shown)
    return _Ranked(tuple(label for label, _ in shown), Series(name, amounts, keys))


def _at(ledger: Core, query: Query, period: Period, field: str, *values: object) -> Query:
    """The records behind one bar."""
    wanted = tuple(EMPTY if value is None else value for value in values)
    return door(ledger, parts(query.with_where(field, wanted), period))


def _title(name: str, period: Period) -> str:
    """各月 becomes 各旬 or 各日 where the steps are these."""
    return TITLES[name].replace("各月", f"各{steps_of(period).name}")


def _whole(number: Decimal) -> Decimal | int:
    return int(number) if number == number.to_integral_value() else number


_RECIPES: Mapping[str, _Recipe] = MappingProxyType(
    {
        "hazards_by_month": _Recipe(_hazards_by_month),
        "hazards_by_industry": _Recipe(_hazards_by_industry, ranked=True),
        "evacuees_by_event": _Recipe(_evacuees_by_event, lasting=False),
        "activities_by_type": _Recipe(_activities_by_type, ranked=True),
        "hazards_by_area": _Recipe(_hazards_by_area),
        "supplies_dispatched": _Recipe(_supplies_dispatched),
        "funds_by_purpose": _Recipe(_funds_by_purpose, ranked=True),
        "penalties_by_month": _Recipe(_penalties_by_month),
    }
)
