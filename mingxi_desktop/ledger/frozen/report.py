"""What a report would say now, beside what a frozen version says: without setting a page or drawing a chart."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from mingxi_desktop.charts.data import ChartData
from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.indicators import Indicator, Period
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.rule_words import rule_sentence
from mingxi_desktop.ledger import charting
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.frozen.numbers import Figure, FrozenNumber, Said, Shown, number_of
from mingxi_desktop.ledger.indicator_charts import Proof
from mingxi_desktop.ledger.reports.narrating import TEMPLATES, delivered_template, own_template, own_wording
from mingxi_desktop.ledger.reports.order import Covered, Order, covered
from mingxi_desktop.ledger.reports.report_tables import report_tables
from mingxi_desktop.report.annual import UNVERIFIED, Annual
from mingxi_desktop.report.model import cell_runs, indicator_runs
from mingxi_desktop.report.template import (
    Aspect,
    ChartPlace,
    Condition,
    Place,
    Span,
    TablePlace,
    Template,
    Test,
)
from mingxi_desktop.storage.frozen import FrozenRow

_SETTINGS = ("bureau", "signer", "report.sign_date", "report.sealed")
"""What the bureau says of itself in every report."""
_BETWEEN = "、"
_TABLE = "表："
"""Before the name of a table, which may be that of a chart."""


@dataclass(frozen=True, slots=True)
class Look:
    """A report as it would be now.

    kinds: name of a figure → the ledgers it is read from.
    """

    period: Period
    shown: Shown
    wording: str
    figures: Mapping[str, Figure]
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)


def look(ledger: Core, order: Order) -> Look:
    """Wording and figures of a report as they are now; UserError where the clerk's wording has faults."""
    template = own_template(ledger, order)
    found = covered(ledger, order, template.span)
    figures, kinds = _figures(ledger, template, found.period)
    return Look(found.period, _shown(template), _wording(ledger, order, found), figures, kinds)


def numbers(ledger: Core, period: Period, ids: Iterable[str], shown: Shown) -> dict[str, FrozenNumber]:
    """Id → indicator as a report prints it, for those of these ids that there are."""
    book = ledger.definitions.book
    wanted = [id for id in ids if id in book.by_id]
    values = {value.indicator.id: value for value in ledger.measure(period, wanted)} if wanted else {}
    mine = book.own | book.changed
    return {
        id: number_of(values[id], rule_sentence(book.by_id[id], period, book), shown, own=id in mine)
        for id in wanted
    }


def order_of(row: FrozenRow, said: Said) -> Order:
    """The order that a version was made to."""
    span = delivered_template(row.template).span
    which = int(row.span or 0)
    return Order(
        row.year,
        datetime.date.fromisoformat(said.ordered) if said.ordered else None,
        row.template,
        month=which if span is Span.MONTH else 0,
        event=which if span is Span.EVENT else 0,
    )


def name_of(ledger: Core, template: str, year: int, span: str) -> str:
    """What a report is called in sentences: 2024年法治政府建设年度报告, 2024年6月月报."""
    if template not in TEMPLATES:  # kept by another version of the program, or changed outside of it
        return f"{year}年{template}"
    known = delivered_template(template)
    if known.span is Span.EVENT and span.isdecimal():
        return f"{year}年{known.label}（{ledger.title('disaster_event', int(span))}）"
    return f"{year}年{f'{span}月' if known.span is Span.MONTH and span else ''}{known.label}"


def unverified(report: Annual, book: IndicatorBook) -> tuple[str, ...]:
    """What the report leaves as 〔待核〕, a sentence for each number; its other warnings are hints."""
    left = [run.indicator for run in indicator_runs(report.document) if run.text == UNVERIFIED]
    told = []
    for id in dict.fromkeys(left):
        label = book.by_id[id].label if id in book.by_id else id
        said = (
            warning for warning in report.warnings if warning.startswith(f"{label}：") or f"“{id}”" in warning
        )
        told.append(next(said, f"{label}：没有可以印的数"))
    return tuple(told)


def _shown(template: Template) -> Shown:
    names, last = set(), set()
    for condition, places in _used(template):
        names |= {place.name for place in places if place.aspect is Aspect.NAMES}
        last |= {place.name for place in places if place.aspect in (Aspect.CHANGE, Aspect.LAST_YEAR)}
        if condition is not None and condition.test in (Test.MORE, Test.LESS):
            last |= {place.name for place in condition.places}
    return Shown(frozenset(names), frozenset(last))


def _used(template: Template) -> Iterator[tuple[Condition | None, list[Place]]]:
    """Every wording of the template with its condition: its places."""
    for section in template.sections:
        yield None, [piece for piece in section.heading if isinstance(piece, Place)]
        for block in section.body:
            for sentence in block if isinstance(block, tuple) else ():
                for condition, wording in sentence.branches:
                    yield condition, [piece for piece in wording if isinstance(piece, Place)]


def _wording(ledger: Core, order: Order, found: Covered) -> str:
    facts = [ledger.setting(key) for key in _SETTINGS]
    said = [asdict(own_wording(ledger, order).now), facts, found.event, str(found.period.as_of)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _figures(
    ledger: Core, template: Template, period: Period
) -> tuple[dict[str, Figure], dict[str, frozenset[str]]]:
    """The charts and tables that the template places, and the ledgers they are read from."""
    blocks = [block for section in template.sections for block in section.body]
    by_id = ledger.definitions.book.by_id
    found: dict[str, Figure] = {}
    kinds: dict[str, frozenset[str]] = {}
    for name in dict.fromkeys(block.name for block in blocks if isinstance(block, ChartPlace)):
        data = charting.chart(ledger, name, period)
        if not data.empty:
            found[name], kinds[name] = Figure(data.title, _bars(data)), _kinds(data, by_id)
    places = {block.key: block for block in blocks if isinstance(block, TablePlace)}
    for key, (table, _) in report_tables(ledger, list(places.values()), period).items():
        texts = [["".join(run.text for run in cell_runs(cell)) for cell in row] for row in table.rows]
        name, place = f"{_TABLE}{key}", places[key]
        found[name] = Figure(table.caption, {row[0]: _BETWEEN.join(row[1:]) for row in texts})
        kinds[name] = (
            frozenset(kind_of(id, by_id) for id in place.indicators)
            if place.indicators
            else _kinds(charting.chart(ledger, place.name, period), by_id)
        )
    return found, kinds


def _kinds(data: ChartData, by_id: Mapping[str, Indicator]) -> frozenset[str]:
    """The ledgers behind a chart's bars."""
    keys = [key for series in data.series for key in series.keys]
    found = {key.kind for key in keys if isinstance(key, Query)}
    return frozenset(found | {kind_of(key.indicator, by_id) for key in keys if isinstance(key, Proof)})


def kind_of(id: str, by_id: Mapping[str, Indicator]) -> str:
    """The ledger an indicator is read from; of a ratio that of what it is a share of."""
    return by_id[id].kind or by_id[by_id[id].of].kind


def _bars(data: ChartData) -> dict[str, str]:
    """Category → its bars in words: 排查数126、整改数122."""
    named = len(data.series) > 1
    return {
        category: _BETWEEN.join(
            f"{row.name if named else ''}{row.text(place)}{data.unit}" for row in data.series
        )
        for place, category in enumerate(data.categories)
    }


def other_figures(said: Said, seen: Look) -> list[str]:
    """Names of the charts and tables that say something else now."""
    names = dict.fromkeys((*said.figures, *seen.figures))
    return [name for name in names if said.figures.get(name) != seen.figures.get(name)]
