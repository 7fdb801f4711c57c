"""Indicators worded, compared with last year and proved by their records; stock; candidates of fields."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain import wording
from mingxi_desktop.domain.indicators import Aggregate, Indicator, IndicatorValue, Period, Trace
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.storage.evaluate import Key, evaluate
from mingxi_desktop.storage.notes import Notes
from mingxi_desktop.storage.raw import Raw
from mingxi_desktop.storage.remembered import Remembered
from mingxi_desktop.storage.store import Store

if TYPE_CHECKING:
    from mingxi_desktop.domain.fields import Field
    from mingxi_desktop.domain.indicator_book import IndicatorBook
    from mingxi_desktop.ledger.stock_sheet import StockRow
    from mingxi_desktop.ledger.tracing import Tracer
    from mingxi_desktop.storage.rows import Rows

_EXACT = Decimal("0.000001")
_NONE = Raw(None, 0)


class Measurer:
    """Reads numbers off one ledger file."""

    def __init__(
        self,
        store: Store,
        rows: Rows,
        notes: Notes,
        book: Callable[[], IndicatorBook],
        remembered: Remembered,
    ) -> None:
        """book: gives the indicators of the ledger."""
        self._store = store
        self._rows = rows
        self._notes = notes
        self._book = book
        self._remembered = remembered

    def indicators(self, period: Period, only: Sequence[str] = ()) -> list[IndicatorValue]:
        """Every indicator of the span, last year beside it, in the order of the report.

        only: these, and what ratios among them are made of, which is much faster.
        """
        book = self._book()
        return list(self._worded(book.needed(only) if only else book.indicators, period))

    def traces(self, ids: Sequence[str], period: Period) -> list[Trace]:
        """The rules and the records of some indicators, in this order."""
        book = self._book()
        tracer = self._tracer(period, book)
        return [self._traced(book.get(id), period, book, tracer) for id in ids]

    def prove(self, indicator: Indicator, period: Period, book: IndicatorBook) -> Trace:
        """The rule and the records of an indicator of a book, be it one that is not kept yet."""
        return self._traced(indicator, period, book, self._tracer(period, book))

    def _tracer(self, period: Period, book: IndicatorBook) -> Tracer:
        from mingxi_desktop.ledger.tracing import Tracer

        return Tracer(self._store, self._rows, period, book)

    def _traced(self, indicator: Indicator, period: Period, book: IndicatorBook, tracer: Tracer) -> Trace:
        from mingxi_desktop.domain.rule_words import rule_sentence

        worded = self._worded(book.needed([indicator.id]), period)
        value = next(item for item in worded if item.indicator.id == indicator.id)
        return Trace(value, rule_sentence(indicator, period, book), tracer.contributions(indicator))

    def stock(self, as_of: datetime.date | None) -> list[StockRow]:
        """How each supply stands on a day."""
        from mingxi_desktop.ledger.stock_sheet import sheet

        return sheet(self._store, as_of or datetime.date.today())

    def candidates(self, field: Field, text: str, limit: int) -> list[tuple[str, str]]:
        """(reference, name) whose name, aliases, pinyin or initials hold the text."""
        from mingxi_desktop import texts
        from mingxi_desktop.domain.query import Query
        from mingxi_desktop.storage import select

        needles = texts.needles(text)
        found: list[tuple[str, str]] = []
        for target in field.targets:
            if target in self._store.schema.kinds:
                query = Query(target, search=text)
                numbers = select.ids(self._store.schema, query)[: limit - len(found)]
                refs = [f"{target}:{number}" for number in numbers]
                found += [(ref, self._rows.titles.name(ref)) for ref in refs]
            else:
                references = self._store.references
                alike = [
                    entry
                    for entry in references.all(target)
                    if all(needle in references.search_text(entry) for needle in needles)
                ]
                alike.sort(key=lambda entry: not entry.name.startswith(text.strip()))
                found += [(entry.ref, entry.name) for entry in alike]
            if len(found) >= limit:
                break
        return found[:limit]

    def _worded(self, indicators: Sequence[Indicator], period: Period) -> tuple[IndicatorValue, ...]:
        all_of_them = self._remembered.known(_key(self._book().indicators, period))
        if all_of_them is not None:
            by_id = {id(value.indicator): value for value in all_of_them}
            if all(id(indicator) in by_id for indicator in indicators):
                return tuple(by_id[id(indicator)] for indicator in indicators)
        return self._remembered.get(_key(indicators, period), lambda: self._measured(indicators, period))

    def _measured(self, indicators: Sequence[Indicator], period: Period) -> tuple[IndicatorValue, ...]:
        # One flood has no counterpart a year before.
        before = period.last_year
        spans = (period,) if period.event else (period, before)
        raws = evaluate(self._store, indicators, spans)
        for indicator in indicators:
            for span in spans:
                if indicator.aggregate is Aggregate.RATIO:
                    raws[indicator.id, span] = _ratio(indicator, raws, span)
                elif indicator.target:
                    raws[indicator.id, span] = self._share(indicator, raws[indicator.id, span])
        # They are totals of whole years, nothing to hold a part of a year against.
        openings = self._notes.openings(before.year) if period.whole_year else {}
        return tuple(
            _value(indicator, raws[indicator.id, period], raws.get((indicator.id, before), _NONE), openings)
            for indicator in indicators
        )

    def _share(self, indicator: Indicator, raw: Raw) -> Raw:
        """A number of teams as a share of the target in %; more than the target is 100 %."""
        text = self._store.setting(indicator.target, str(indicator.default_target))
        target = int(text) if text.isdigit() else 0
        if target == 0:
            target = len([entry for entry in self._store.references.all("area") if entry.name != COUNTY_AREA])
        if raw.value is None or isinstance(raw.value, str) or not target:
            return raw
        share = min(Decimal(raw.value) * 100 / target, Decimal(100))
        return Raw(share, raw.records, raw.approx, raw.names, raw.problem)


def _key(indicators: Sequence[Indicator], period: Period) -> Hashable:
    """Under which values are remembered: they hold the indicators, so that no other can come to have its id."""
    return "worded", period, tuple(id(indicator) for indicator in indicators)


def _ratio(indicator: Indicator, raws: Mapping[Key, Raw], period: Period) -> Raw:
    top, bottom = raws[indicator.of, period], raws[indicator.per, period]
    if isinstance(top.value, str) or isinstance(bottom.value, str) or not bottom.value or top.value is None:
        return Raw(None, 0)
    return Raw(Decimal(top.value) * 100 / Decimal(bottom.value), top.records)


def _value(
    indicator: Indicator, raw: Raw, before: Raw, openings: Mapping[str, tuple[str, str]]
) -> IndicatorValue:
    value, exactly = _reported(indicator, raw.value)
    last, _ = _reported(indicator, before.value if before.records else None)
    source = "records" if before.records else ""
    last_text = _text(indicator, before) if before.records else ""
    if not before.records and indicator.id in openings:
        from mingxi_desktop.domain.openings import number

        last, source = number(indicator, openings[indicator.id][0]), "opening"
        last_text = _text(indicator, Raw(last, 1))
    change = None
    # The number of a typhoon is a name: a difference would mean nothing.
    comparable = indicator.aggregate is not Aggregate.TYPHOON
    if comparable and isinstance(value, (int, Decimal)) and isinstance(last, (int, Decimal)):
        change = Decimal(value) - Decimal(last)
    return IndicatorValue(
        indicator=indicator,
        value=value,
        text=_text(indicator, raw),
        records=raw.records,
        names=raw.names,
        approx=raw.approx,
        last_year=last,
        last_year_text=last_text,
        last_year_source=source,
        change=change,
        exactly=exactly,
        problem=raw.problem or ("" if raw.value is not None else "没有记录"),
    )


def _reported(indicator: Indicator, value: Any) -> tuple[Any, Decimal | None]:
    """(the value by the indicator's own rounding, the unrounded one where that differs)."""
    if not isinstance(value, (int, Decimal)):
        return value, None
    number = wording.rounded(value, indicator.wording)
    exact = Decimal(value).quantize(_EXACT, ROUND_HALF_UP)
    return _tidy(number), exact if exact != Decimal(number) else None


def _tidy(number: Decimal | int) -> Decimal | int:
    whole = Decimal(number).to_integral_value()
    return int(whole) if whole == number else Decimal(wording.plain(number))


def _text(indicator: Indicator, raw: Raw) -> str:
    if raw.value is None:
        return ""
    value: Any = raw.names[0] if indicator.wording == "typhoon" and raw.names else raw.value
    return wording.printed(value, indicator.unit, indicator.wording, raw.approx)
