"""What the first page shows: what needs doing today, the year's key indicators, who has reported what."""

from __future__ import annotations

import datetime
from collections.abc import Container, Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.duties import SENT
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.duties.grids import Reporting, State
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.todos import Todo, todos

KEY_INDICATORS = (
    "hazards_found",
    "hazard_rectification_rate",
    "responses_started",
    "people_evacuated",
    "quilts_dispatched",
    "drills",
    "funds_won",
)
"""The cards of the first page, unless others were chosen."""
CARDS = "overview.cards"
"""Setting: the indicators chosen for the cards, in their order, as "drills,funds_won"; "" for the usual ones."""
MOST_CARDS = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first page needs, read in one go.

    reporting: the grid of the ledger asked for.  duties: (id, what it is called) of all whose grid can be asked for,
    and of the ledgers that nobody owes.  records: whether the year has any; ever: any year has.
    bureau: who sends reminders.
    """

    year: int
    todos: tuple[Todo, ...]
    cards: tuple[IndicatorValue, ...]
    reporting: Reporting
    duties: tuple[tuple[str, str], ...]
    records: bool
    ever: bool
    bureau: str


def overview(
    ledger: Ledger,
    year: int,
    today: datetime.date | None = None,
    *,
    kind: str = "hazard",
    extra_todos: Sequence[Todo] = (),
) -> Overview:
    """The first page of a year, as of today.

    kind: id of the duty whose reporting grid is shown, or a ledger.  extra_todos: what is known outside the file.
    """
    day = today or datetime.date.today()
    due = list(ledger.zeros.grids(year, day))
    shown = next((grid for grid in reversed(due) if grid.duty.id == kind), None)
    shown = shown or ledger.zeros.grid(kind, year, day)
    records = shown.count(State.REPORTED) > 0 or any(ledger.counts(year).values())
    return Overview(
        year=year,
        todos=tuple(todos(ledger, year, day, due, extra_todos)),
        cards=tuple(_cards(ledger, year)),
        reporting=shown,
        duties=tuple(reporting_choices(ledger)),
        records=records,
        ever=records or bool(ledger.years()),
        bureau=ledger.setting("bureau"),
    )


def reporting_choices(ledger: Ledger) -> list[tuple[str, str]]:
    """(id, what it is called) of the duties, and of the ledgers that nobody owes."""
    duties = ledger.zeros.duties()
    owed = {duty.kind for duty in duties}
    return [
        *((duty.id, duty.title) for duty in duties),
        *((name, kind_of(name).label) for name in SENT if name not in owed),
    ]


def chosen_cards(kept: str, known: Container[str]) -> tuple[str, ...]:
    """The indicators that a kept choice names, the usual ones where it names none that is known."""
    names = dict.fromkeys(name for name in kept.split(",") if name in known)
    return tuple(names)[:MOST_CARDS] or KEY_INDICATORS


def _cards(ledger: Ledger, year: int) -> list[IndicatorValue]:
    chosen = chosen_cards(ledger.setting(CARDS), ledger.definitions.book.by_id)
    values = {value.indicator.id: value for value in ledger.indicators(year, only=chosen)}
    return [values[name] for name in chosen]
