"""How one deadline stands on a day by the records and by what was ticked: done, to be done soon, overdue."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from mingxi_desktop.domain.deadlines import Deadline, Proof, Shown
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, Entry
from mingxi_desktop.domain.workdays import Workdays
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.deadlines import Done

_FEWEST = 3
"""So many townships that have such records in the year show that they are kept by township."""


class State(StrEnum):
    """Of one deadline for one year.  LATER: not to be told yet."""

    OVERDUE = "逾期"
    SOON = "快到期"
    DONE = "已办"
    LATER = "未到"


@dataclass(frozen=True, slots=True)
class Fixed:
    """One deadline for one year.  day: when it is due.  missing: the townships that owe it.

    hint: what the records hint at, "" for nothing.  hinting: the records it rests on.
    """

    deadline: Deadline
    year: int
    day: datetime.date
    state: State
    done: Done | None = None
    missing: tuple[Entry, ...] = ()
    hint: str = ""
    hinting: Query | None = None

    @property
    def title(self) -> str:
        """冬春救助（2026年）."""
        return f"{self.deadline.name}（{self.year}年）"


def of_records(
    ledger: Core, deadline: Deadline, year: int, workdays: Workdays, tick: Done | None, today: datetime.date
) -> Fixed | None:
    """One deadline for one year, signed reports aside; None where the ledger does not keep what would show it."""
    day = deadline.due(year, workdays)
    if tick is not None:
        return Fixed(deadline, year, day, State.DONE, tick)
    open_state = open_on(deadline, day, today)
    if deadline.proof is Proof.TICK:
        hint, query = _hint(ledger, deadline, year)
        return Fixed(deadline, year, day, open_state, hint=hint, hinting=query)
    if deadline.areas:
        missing = owing(ledger, deadline, year)
        if missing is None:
            return None
        done = None if missing else Done(day, "每个乡镇都有记录")
        return Fixed(deadline, year, day, State.DONE if done else open_state, done, missing)
    number = sum(ledger.count(query) for query in _queries(deadline, year))
    done = Done(day, f"有{number}条记录") if number else None
    return Fixed(deadline, year, day, State.DONE if done else open_state, done)


def open_on(deadline: Deadline, day: datetime.date, today: datetime.date) -> State:
    """How a deadline that is due on a day and not done stands."""
    left = (day - today).days
    return State.OVERDUE if left < 0 else State.SOON if left <= deadline.lead else State.LATER


def owing(ledger: Core, deadline: Deadline, year: int) -> tuple[Entry, ...] | None:
    """The townships without a record of their own in the span; None where the ledger is not kept by township.

    It is kept where several townships have such records in the year, and its first record of all is not
    later than the span.
    """
    townships = [entry for entry in ledger.entries(AREA) if entry.name != COUNTY_AREA]
    own = {entry.ref for entry in townships}
    of_year: set[str] = set()
    in_span: set[str] = set()
    first, last = deadline.span(year)
    for shown in deadline.shows:
        wide = _query(shown, datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        of_year |= _areas(ledger, wide)
        in_span |= _areas(ledger, _query(shown, first, last))
    if len(of_year & own) < min(_FEWEST, len(own)) or not _begun(ledger, deadline, last):
        return None
    return tuple(entry for entry in townships if entry.ref not in in_span)


def _begun(ledger: Core, deadline: Deadline, last: datetime.date) -> bool:
    """Whether the ledger has a record of the span or of a day before it."""
    return any(
        ledger.count(Query(kind, where=((kind_of(kind).date, Range(high=last)),)))
        for kind in dict.fromkeys(shown.kind for shown in deadline.shows)
    )


def _areas(ledger: Core, query: Query) -> set[str]:
    return {area for area, _ in ledger.grouped(query, ("area",), ("count",)) if area}


def _hint(ledger: Core, deadline: Deadline, year: int) -> tuple[str, Query | None]:
    """What the records say of a deadline that is ticked by hand."""
    for query in _queries(deadline, year):
        number = ledger.count(query)
        if number:
            return f"台账里已有{number}条{kind_of(query.kind).label}记录，办好了就点“已办”", query
    return "", None


def _queries(deadline: Deadline, year: int) -> list[Query]:
    first, last = deadline.span(year)
    return [_query(shown, first, last) for shown in deadline.shows]


def _query(shown: Shown, first: datetime.date, last: datetime.date) -> Query:
    where = tuple((name, (word,)) for name, word in shown.where)
    # Of one year the records are found along an index.
    year = first.year if first.year == last.year else None
    day = (kind_of(shown.kind).date, Range(first, last))
    return Query(shown.kind, year=year, search=shown.words, where=(day, *where))
