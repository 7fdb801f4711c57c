"""校稿: a draft against a ledger's records."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from mingxi_desktop.domain.indicators import IndicatorValue, Period
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, ITEM
from mingxi_desktop.ledger.facade import DEFAULT_BUREAU, Ledger
from mingxi_desktop.report.proofreading import match
from mingxi_desktop.report.proofreading.cues import Known
from mingxi_desktop.report.proofreading.model import Checked, Draft


@dataclass(frozen=True, slots=True)
class Records:
    """What a draft is held against: the year's indicators, whose ledger it is, and its townships."""

    known: tuple[Known, ...]
    bureau: str
    places: tuple[str, ...]
    year: int
    month: int = 12


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
    return Records(
        known=tuple(Known(value, _words(value, other_names)) for value in values),
        bureau=ledger.setting("bureau", DEFAULT_BUREAU),
        places=tuple(entry.name for entry in ledger.entries(AREA) if entry.name != COUNTY_AREA),
        year=year,
        month=period.as_of.month,
    )


def against(records: Records, draft: Draft) -> tuple[Checked, ...]:
    """The draft against these records."""
    return match.proofread(
        draft,
        records.known,
        year=records.year,
        month=records.month,
        bureau=records.bureau,
        places=records.places,
    )


def _words(value: IndicatorValue, other_names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Other names of the items that an indicator counts."""
    items = (value.indicator.where or {}).get("item", ())
    return tuple(alias for item in items if isinstance(item, str) for alias in other_names.get(item, ()))
