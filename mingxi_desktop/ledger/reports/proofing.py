"""校稿: a draft against a ledger's records."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from mingxi_desktop.domain.indicator_book import delivered_book
from mingxi_desktop.domain.indicators import IndicatorValue, Period
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, ITEM
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.reports import narrating
from mingxi_desktop.ledger.reports.order import ANNUAL, Order
from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading import match
from mingxi_desktop.report.proofreading.cues import Known
from mingxi_desktop.report.proofreading.model import Checked, Draft
from mingxi_desktop.report.template import Template

_HEAD = 120
_LEGAL = "法治"
_OTHERS = pattern(r"工作总结|小结|月报|半年|防汛|防范应对|专报|简报")


@dataclass(frozen=True, slots=True)
class Records:
    """What a draft is held against: the year's indicators, whose ledger it is, its townships and what it lies in.

    elsewhere: indicators that summaries, briefs and flood reports show, and the yearly report perhaps not.
    """

    known: tuple[Known, ...]
    bureau: str
    places: tuple[str, ...]
    year: int
    month: int = 12
    above: tuple[str, ...] = ()
    elsewhere: frozenset[str] = frozenset()


def proofread(
    ledger: Ledger, draft: Draft, year: int, as_of: datetime.date | None = None
) -> tuple[Checked, ...]:
    """Every number of a draft, in order, against the ledger's records of a year up to the cut-off date."""
    return against(known(ledger, year, as_of), draft)


def known(ledger: Ledger, year: int, as_of: datetime.date | None = None) -> Records:
    """What the ledger has to say, to be asked of several drafts."""
    other_names = {entry.name: entry.aliases for entry in ledger.entries(ITEM, active_only=False)}
    period = Period.of(year, as_of)
    values = ledger.measure(period)
    beside = delivered_book().by_id.keys() - _placed(ledger, year)
    return Records(
        known=tuple(
            Known(value, _words(value, other_names), value.indicator.id in beside) for value in values
        ),
        bureau=ledger.home.bureau,
        places=tuple(entry.name for entry in ledger.entries(AREA) if entry.name != COUNTY_AREA),
        above=ledger.home.county.above,
        year=year,
        month=period.as_of.month,
        elsewhere=frozenset().union(
            *(_in(narrating.delivered_template(name)) for name in narrating.TEMPLATES if name != ANNUAL)
        ),
    )


def _placed(ledger: Ledger, year: int) -> set[str]:
    """The indicators that the yearly report shows, as the clerk worded it."""
    try:
        template = narrating.own_template(ledger, Order(year))
    except UserError:  # a fault in the wording is told where it is edited
        template = narrating.delivered_template()
    return _in(template)


def _in(template: Template) -> set[str]:
    return {place.name for section in template.sections for place in section.places()}


def _known_to(records: Records, draft: Draft) -> tuple[Known, ...]:
    """The indicators as such a draft shows them: a summary or a brief shows more than the report on legal work."""
    head = draft.text[:_HEAD]
    if _LEGAL in head or not _OTHERS.search(head):
        return records.known
    shown = records.elsewhere
    return tuple(
        replace(item, beside=item.beside and item.value.indicator.id not in shown) for item in records.known
    )


def against(records: Records, draft: Draft) -> tuple[Checked, ...]:
    """The draft against these records."""
    return match.proofread(
        draft,
        _known_to(records, draft),
        year=records.year,
        month=records.month,
        bureau=records.bureau,
        places=records.places,
        above=records.above,
    )


def _words(value: IndicatorValue, other_names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Other names of the items that an indicator counts."""
    items = (value.indicator.where or {}).get("item", ())
    return tuple(alias for item in items if isinstance(item, str) for alias in other_names.get(item, ()))
