"""How the fixed deadlines stand on a day: done, to be done soon, overdue; and what is missing of them."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.deadlines import Deadline, Proof
from mingxi_desktop.domain.workdays import Workdays
from mingxi_desktop.ledger.deadline_states import Fixed, State, of_records, open_on
from mingxi_desktop.ledger.deadlines import Done
from mingxi_desktop.ledger.facade import Ledger

LONGEST = 365
"""Days after a deadline from which on nobody is told of it any more: then the next is due."""
_REMEMBERED = 60
"""Days after a deadline for which it is still shown as done."""


def standing(ledger: Ledger, today: datetime.date) -> list[Fixed]:
    """The deadlines to be told on a day, by their day; of years whose records are in the ledger."""
    kept = ledger.deadlines
    workdays, ticks = kept.workdays(), kept.ticks()
    years = [year for year in sorted(ledger.years()) if today.year - 2 <= year <= today.year]
    found = []
    for deadline in (one for one in kept.all() if one.active):
        for year in years:
            day = deadline.due(year, workdays)
            if today - datetime.timedelta(LONGEST) < day <= today + datetime.timedelta(deadline.lead):
                one = of_year(ledger, deadline, year, workdays, ticks.get((deadline.id, year)), today)
                if one is not None and (one.state is not State.DONE or (today - day).days <= _REMEMBERED):
                    found.append(one)
    return sorted(found, key=lambda one: (one.day, one.deadline.id))


def of_year(
    ledger: Ledger,
    deadline: Deadline,
    year: int,
    workdays: Workdays,
    tick: Done | None,
    today: datetime.date,
) -> Fixed | None:
    """One deadline for one year; None where the ledger does not keep what would show it."""
    if tick is not None or deadline.proof is not Proof.REPORT:
        return of_records(ledger, deadline, year, workdays, tick, today)
    day, version = deadline.due(year, workdays), ledger.frozen.in_force(year)
    if version is None:
        return Fixed(deadline, year, day, open_on(deadline, day, today))
    at = datetime.date.fromisoformat(version.row.at[:10])
    return Fixed(deadline, year, day, State.DONE, Done(at, f"{version.row.by} 定稿"))
