"""The tables that a report's template places, as its document has them."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.charts.data import Rows
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.ledger import charting
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.years import years_table
from mingxi_desktop.report.annual import TableAndNote
from mingxi_desktop.report.model import Cell, Paragraph, Run, Style, Table
from mingxi_desktop.report.template import TablePlace
from mingxi_desktop.texts import wide_len

_NARROWEST, _WIDEST = 4, 20
"""Of a column, in half-width characters."""


def report_tables(ledger: Core, places: Sequence[TablePlace], period: Period) -> dict[str, TableAndNote]:
    """The tables, and what is to be said below them, by the key of their place; none that has nothing to show."""
    found = {}
    for place in places:
        if place.indicators:
            rows = years_table(ledger, place.indicators, period)
        else:
            rows = charting.chart_table(ledger, place.name, period)
        if any(_told(text) for row in rows.rows for text in row[1:]):
            note = Paragraph((Run(rows.note),), Style.NOTE) if rows.note else None
            found[place.key] = as_table(rows), note
    return found


def as_table(rows: Rows) -> Table:
    """A table of texts as one of the document's; the numbers that are indicators lead to their records."""
    columns = range(len(rows.header))
    return Table(
        header=rows.header,
        rows=tuple(
            tuple(_cell(rows, place, column) for column in columns) for place in range(len(rows.rows))
        ),
        widths=tuple(float(_width(rows, column)) for column in columns),
        caption=rows.title,
        aligns=tuple("right" if column in rows.numbers else "left" for column in columns),
    )


def _told(text: str) -> bool:
    """Whether a cell says anything: a table of zeros and dashes is none."""
    return text not in ("", "0", "—") and not text.isalpha()


def _cell(rows: Rows, place: int, column: int) -> Cell:
    text, indicator = rows.rows[place][column], rows.ids.get((place, column), "")
    return (Run(text, indicator),) if indicator and text else text


def _width(rows: Rows, column: int) -> int:
    longest = max(wide_len(row[column]) for row in (rows.header, *rows.rows))
    return max(_NARROWEST, min(longest, _WIDEST)) + 2
