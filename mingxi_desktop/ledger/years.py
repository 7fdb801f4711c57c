"""历年: indicators over several years in one table, from records or from totals entered for years without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.charts.data import Rows
from mingxi_desktop.domain.comparing import Comparison, comparison
from mingxi_desktop.domain.indicators import Indicator, IndicatorNumber, IndicatorValue, Period
from mingxi_desktop.domain.openings import Opening, number
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.domain.wording import printed
from mingxi_desktop.ledger.chart_spans import span_title
from mingxi_desktop.ledger.core import Core

MOST_YEARS = 5
RECORDS, OPENING = "records", "opening"
_MARK = "*"


@dataclass(frozen=True, slots=True)
class YearValue:
    """What an indicator was in one year, or in the same span of it.

    value, text: as in `IndicatorValue`; None and "" where nothing is known.  source: RECORDS, OPENING or "".
    opening: the total entered for the year, be it that the records count for more.  records: how many it
    rests on.  change: the year before it beside it; None for names and days.
    """

    period: Period
    value: IndicatorNumber | str | None
    text: str
    source: str
    records: int = 0
    problem: str = ""
    opening: Opening | None = None
    change: Comparison | None = None

    @property
    def year(self) -> int:
        """The calendar year that the value is of."""
        return self.period.year

    @property
    def overruled(self) -> bool:
        """Whether a total was entered that does not count because there are records."""
        return self.opening is not None and self.source != OPENING


@dataclass(frozen=True, slots=True)
class IndicatorYears:
    """One indicator over the years, the oldest first."""

    indicator: Indicator
    years: tuple[YearValue, ...]

    @property
    def known(self) -> tuple[YearValue, ...]:
        """The years from the first on of which something is known; at least the last one."""
        first = next((place for place, year in enumerate(self.years) if year.source), None)
        return self.years[-1:] if first is None else self.years[first:]


@dataclass(frozen=True, slots=True)
class YearsTable:
    """Indicators over the same years."""

    period: Period
    rows: tuple[IndicatorYears, ...]


def of_years(ledger: Core, ids: Sequence[str], period: Period, count: int = MOST_YEARS) -> YearsTable:
    """These indicators in the years that end with the span's; a part of a year is compared with the same part.

    Totals that were entered are of whole years, and stand in for nothing less.  UserError for an unknown id.
    """
    book = ledger.definitions.book
    indicators = [book.get(id) for id in ids]
    spans = [period.before(ago) for ago in range(count, 0, -1)] + [period]
    openings = ledger.notes.kept.all_openings() if period.whole_year else []
    entered = {(opening.indicator, opening.year): opening for opening in openings}
    found: dict[str, list[YearValue]] = {id: [] for id in ids}
    for span in spans:
        values = {value.indicator.id: value for value in ledger.measure(span, ids)} if ids else {}
        for id, row in found.items():
            before = row[-1] if row else None
            row.append(_year_value(values[id], span, before, entered.get((id, span.year))))
    # The first one was read only to be compared with.
    rows = tuple(IndicatorYears(one, tuple(found[one.id][1:])) for one in indicators)
    return YearsTable(period, rows)


def years_table(ledger: Core, ids: Sequence[str], period: Period, count: int = MOST_YEARS) -> Rows:
    """The same as a table of texts for a report: a row for each indicator, a column for each year."""
    found = of_years(ledger, ids, period, count)
    known = max((len(row.known) for row in found.rows), default=1)
    years = [period.year - ago for ago in range(known - 1, -1, -1)]
    rows, cells = [], {}
    for place, row in enumerate(found.rows):
        # A zero without a record may be a year that was hardly kept: nothing to be printed.
        texts = [
            one.text + _MARK if one.source == OPENING else one.text if one.source else "—"
            for one in row.years[-known:]
        ]
        last = row.years[-1]
        unit = row.indicator.unit if is_amount(row.indicator) else ""
        rows.append((row.indicator.label, unit, *texts, last.change.cell() if last.change else "—"))
        if last.source == RECORDS:
            cells[place, len(years) + 1] = row.indicator.id
    entered = any(one.source == OPENING for row in found.rows for one in row.years)
    return Rows(
        _title(years, period),
        ("指标", "单位", *(f"{year}年" for year in years), "与上年相比"),
        tuple(rows),
        numbers=tuple(range(2, len(years) + 3)),
        ids=cells,
        note=f"带{_MARK}的是登记的期初数，不由台账记录算出。" if entered else "",
    )


def _title(years: Sequence[int], period: Period) -> str:
    """2023—2024年主要指标; of a part of the year 2023—2024年6月主要指标."""
    part = span_title(period).removeprefix(f"{period.year}年")
    first = f"{years[0]}—" if len(years) > 1 else ""
    return f"{first}{years[-1]}年{part}主要指标"


def _year_value(
    value: IndicatorValue, period: Period, before: YearValue | None, opening: Opening | None
) -> YearValue:
    """Records count for more than what was entered; a zero without a record counts for less."""
    indicator = value.indicator
    amount, text, source = value.value, value.text, RECORDS if value.records else ""
    if opening is not None and not value.records:
        amount, source = number(indicator, opening.value), OPENING
        text = printed(amount, indicator.unit, indicator.wording)
    last = before.value if before is not None and before.source else None
    return YearValue(
        period=period,
        value=amount,
        text=text,
        source=source,
        records=value.records,
        problem=value.problem if value.records else "",
        opening=opening,
        change=comparison(indicator, amount, last, approx=value.approx, part=not period.whole_year),
    )
