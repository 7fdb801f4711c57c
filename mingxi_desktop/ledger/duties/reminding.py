"""催报单: what each township or department owes, and the text to be sent to them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.periods import Period, listed
from mingxi_desktop.domain.references import AREA, ORG
from mingxi_desktop.ledger.duties.grids import Reporting, State
from mingxi_desktop.ledger.facade import Ledger

CLOSING = "没有发生的，也请报零报告。"
"""How every reminder ends."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that is due and has not come.

    name, ref: who owes it.  what: 隐患.  days: since it was due.
    """

    name: str
    ref: str
    what: str
    period: Period
    due: datetime.date
    days: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """Everything owed in a year as of a day, in the order of those who owe it.  bureau: who asks for it."""

    year: int
    today: datetime.date
    bureau: str
    owed: tuple[Owed, ...]

    @property
    def who(self) -> tuple[tuple[str, str], ...]:
        """(reference, name) of those who owe anything."""
        return tuple({one.ref: one.name for one in self.owed}.items())

    def only(self, ref: str) -> tuple[Owed, ...]:
        """What one of them owes; all for ""."""
        return tuple(one for one in self.owed if ref in ("", one.ref))


def reminder(ledger: Ledger, year: int, today: datetime.date | None = None) -> Reminder:
    """Everything that has not been reported in a year and is due."""
    day = today or datetime.date.today()
    found = [one for grid in ledger.zeros.grids(year, day) for one in owed(grid)]
    people = [entry.ref for entry in (*ledger.entries(AREA), *ledger.entries(ORG, active_only=False))]
    order = {ref: place for place, ref in enumerate(people)}
    found.sort(key=lambda one: order[one.ref])  # what one owes stays in the order of the duties
    return Reminder(year, day, ledger.home.bureau, tuple(found))


def owed(grid: Reporting) -> list[Owed]:
    """What is missing in a grid, row after row."""
    return [
        Owed(
            row.name,
            row.ref,
            grid.label,
            period,
            grid.dues[place],
            (grid.today - grid.dues[place]).days,
        )
        for row in grid.rows
        for place, period in enumerate(grid.periods)
        if row.cells[place].state is State.MISSING
    ]


def text_of(grid: Reporting, bureau: str, place: int | None = None) -> str:
    """The text to send to those missing in a grid, a line for each period or for one; "" for nobody."""
    lines = [
        f"请以下{grid.unit}尽快报送{grid.periods[number].full}{grid.label}台账："
        f"{'、'.join(row.name for row in rows)}。"
        for number, rows in grid.missing_places().items()
        if place in (None, number)
    ]
    return "\n".join([*lines, CLOSING, bureau]).strip() if lines else ""


def text_to(asked: Reminder, ref: str = "") -> str:
    """The text of a reminder, a line for each of those who owe anything, or for one; "" for nobody."""
    lines = []
    for one, name in asked.who:
        if ref in ("", one):
            parts = [f"{what}（{_listed(group)}）" for what, group in _by_what(asked.only(one)).items()]
            lines.append(f"{name}：{'；'.join(parts)}。")
    if not lines:
        return ""
    head = f"截至{day_words(asked.today)}，以下台账应报未报，请尽快补报："
    return "\n".join([head, *lines, CLOSING, asked.bureau])


def _by_what(many: Iterable[Owed]) -> dict[str, list[Owed]]:
    found: dict[str, list[Owed]] = {}
    for one in many:
        found.setdefault(one.what, []).append(one)
    return found


def _listed(many: Sequence[Owed]) -> str:
    """2024年5月、6月."""
    return f"{many[0].period.year}年{listed([one.period for one in many])}"


def day_words(day: datetime.date) -> str:
    """2024年7月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
