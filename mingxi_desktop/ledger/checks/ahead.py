"""What the checks say of an import: before it is accepted, by storing it on trial, and right after it is stored."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.ledger.collecting import no_collecting
from mingxi_desktop.ledger.intake.arrivals import Origin, arrivals, files_in, kinds_in, years_in
from mingxi_desktop.ledger.intake.result import Choice, Doubt, Doubtful
from mingxi_desktop.ledger.storing import Arriving, NotKept

if TYPE_CHECKING:
    from mingxi_desktop.domain.records import IncomingRow
    from mingxi_desktop.ledger.checks.check import Cure
    from mingxi_desktop.ledger.concern_list import RecordLine
    from mingxi_desktop.ledger.facade import Ledger
    from mingxi_desktop.ledger.intake.result import Preview

MOST_ON_TRIAL = 5_000
"""So many rows take about as long on trial as a person waits; with more, the checks come after storing."""
_SHOWN, _LINES = 100, 100
"""So many concerns of a trial are looked at closely, and so many records of each."""
_NUMBER = re.compile(r"#(\d+)")
_STEPS, _PIECE = 3, 500


@dataclass(frozen=True, slots=True)
class Coming:
    """A concern about what an import brings.

    message: its sentence; rows that are not stored yet are named by their place in the sheet.  origins: the
    rows it is about, the most telling first.  came: its records that come with the import, each with its
    row.  lines, cures (on trial only): its first records, those of the rows before the others; and what could
    be done about it, once the rows are stored.
    """

    concern: Concern
    year: int
    message: str
    origins: tuple[Origin, ...]
    came: Mapping[Ref, Origin]
    lines: tuple[RecordLine, ...] = ()
    cures: tuple[Cure, ...] = ()

    @property
    def there(self) -> tuple[Ref, ...]:
        """Its records that do not come with the import."""
        return tuple(ref for ref in self.concern.records if ref not in self.came)

    @property
    def doubtful(self) -> bool:
        """Whether a number may be wrong if the rows come in; else something is owed only."""
        return self.concern.severity is not Severity.INFO


class Arrival:
    """An import, with what the checks said before it: what they say after it and not before is about it."""

    def __init__(self, ledger: Ledger, origins: Iterable[Origin]) -> None:
        self._origins = list(origins)
        self._today = datetime.date.today()
        self._kinds = kinds_in(self._origins)
        self._years = years_in(self._origins, self._today)
        self._before = {year: self._found(ledger, year) for year in self._years}
        self._came: dict[Ref, Origin] = {}

    @property
    def rows(self) -> list[IncomingRow]:
        """What is to be stored."""
        return [origin.incoming for origin in self._origins]

    def took_place(self, came: Mapping[Ref, int]) -> None:
        """The rows are stored.  came: record → place of its row."""
        self._came = {ref: self._origins[place] for ref, place in came.items()}

    def let_go(self) -> None:
        """Nobody will ask any more: free the rows piece by piece, all at once would make the window wait."""
        while self._origins:
            del self._origins[-_PIECE:]
        while self._came:
            self._came.popitem()

    def concerns(self, ledger: Ledger, *, trial: bool = False) -> tuple[Coming, ...]:
        """What the checks say about these rows, the worst first.  trial: whether the rows will not stay."""
        found: dict[str, Coming] = {}
        for year in self._years:
            accepted = {one.key for one in ledger.checks.accepted(year)}
            for one in self._new(ledger, year):
                if one.key not in accepted:
                    found.setdefault(one.key, self._coming(one, year, trial=trial))
        order = list(Severity)
        made = sorted(found.values(), key=lambda one: order.index(one.concern.severity))
        if trial:
            made[:_SHOWN] = [self._shown(ledger, one) for one in made[:_SHOWN]]
        return tuple(made)

    def _found(self, ledger: Ledger, year: int) -> list[Concern]:
        return ledger.checks.find(year, self._today, self._kinds)

    def _new(self, ledger: Ledger, year: int) -> Iterator[Concern]:
        """Those that name a record of the import; of the others those of which there was nothing of the sort.

        What is owed and names none of the rows is not owed because of them.
        """
        known = {one.key for one in self._before[year]}
        like = {_about(one) for one in self._before[year]}
        for one in self._found(ledger, year):
            if one.key not in known and (
                not self._came.keys().isdisjoint(one.records)
                or (one.severity is not Severity.INFO and _about(one) not in like)
            ):
                yield one

    def _coming(self, one: Concern, year: int, *, trial: bool) -> Coming:
        came = {ref: self._came[ref] for ref in one.records if ref in self._came}
        message = _placed(one, came, self._origins) if trial else one.message
        return Coming(one, year, message, tuple(dict.fromkeys(came.values())), came)

    def _shown(self, ledger: Ledger, one: Coming) -> Coming:
        """With all that can only be asked as long as the rows are in the file."""
        from mingxi_desktop.ledger.concern_list import lines_of

        refs = [*one.came, *one.there][:_LINES]
        cures = ledger.checks.cures(one.concern, one.year, self._today)
        return replace(one, lines=tuple(lines_of(ledger, refs)), cures=cures)


def look(
    ledger: Ledger, found: Preview, progress: Callable[[int, int], object] = lambda _done, _total: None
) -> tuple[Coming, ...]:
    """What the checks would say if a preview were stored; nothing of it is left, in the file or in memory.

    progress: told (steps done, steps in all); what it raises ends the trial.  UserError when the ledger
    refuses a row.
    """
    origins = arrivals(found)
    if not origins:
        return ()
    told: list[Coming] = []
    progress(0, _STEPS)
    with no_collecting():
        arrival = Arrival(ledger, origins)

        def judge(came: Mapping[Ref, int]) -> None:
            progress(2, _STEPS)
            arrival.took_place(came)
            told.extend(arrival.concerns(ledger, trial=True))

        progress(1, _STEPS)
        with suppress(NotKept):
            ledger.store(Arriving(arrival.rows, judge, keep=False), files_in(found), sentence="导入前核对")
    return tuple(told)


def leave_out(coming: Coming, origins: Iterable[Origin]) -> None:
    """Do not import some rows of a concern: from now on they are in doubt, where the user may still take them."""
    for origin in origins:
        if origin.doubtful is not None:
            origin.doubtful.choice = Choice.SKIP
            continue
        table, row = origin.table, origin.incoming
        table.rows[:] = [other for other in table.rows if other is not row]
        table.set_aside(Doubtful(Doubt.TWICE, [row.row], coming.message, incoming=row))


def _about(one: Concern) -> tuple[str, str | Sequence[Ref]]:
    """What a concern is about, whatever it says of it."""
    return one.code, one.subject or one.records


def _placed(one: Concern, came: Mapping[Ref, Origin], origins: Sequence[Origin]) -> str:
    """The sentence with the places of rows instead of numbers that their records do not have yet."""
    there = {number for kind, number in one.records if (kind, number) not in came}
    several = len({origin.table.path for origin in origins}) > 1
    places = {
        number: origin.place if several or not origin.row else f"第{origin.row}行"
        for (_, number), origin in came.items()
        if number not in there
    }
    return _NUMBER.sub(lambda found: places.get(int(found[1]), found[0]), one.message)
