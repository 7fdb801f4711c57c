"""Finds what lies beside the totals of a ledger: single records of the same place, townships' records of the county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import COUNTY
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.same_things import Like
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.twice import alike_totals as alike
from mingxi_desktop.ledger.checks.twice.alike_totals import Place, Row
from mingxi_desktop.ledger.checks.twice.total_words import TotalWords, months, of_whole_county
from mingxi_desktop.storage.checks.mixed_granularity import Cell, cells

_FEWEST = 2
"""So many townships make a sum that the county's total is compared with."""


@dataclass(slots=True)
class Beside:
    """What is counted together: totals and the records beside them.  county: those are of all townships."""

    place: Place
    months: range
    county: bool = False
    totals: list[Row] = field(default_factory=list)
    records: dict[int, Row] = field(default_factory=dict)


class Search:
    """Looks around the totals of one ledger.  ids: the totals."""

    def __init__(self, scope: Scope, kind: Kind, like: Like, ids: Sequence[int], words: TotalWords) -> None:
        self._scope, self._kind, self._like, self._words = scope, kind, like, words
        self._totals = alike.rows(scope, kind, like, ids)
        self._home = home(scope, kind)
        self._spans = {row.id: span_of(row) for row in self._totals}
        self._cells = self._read()

    def found(self) -> list[Beside]:
        """Totals with single records of their place and time beside them, then those of the whole county."""
        mixed = self._with_single()
        known = {row.id for group in mixed for row in group.totals}
        of_county = [row for row in self._totals if row.place == self._home and row.id not in known]
        return [*mixed, *self._with_townships(of_county)]

    def _read(self) -> list[Cell]:
        places = {row.place for row in self._totals}
        wanted = {month for span in self._spans.values() for month in span}
        flags = {row.flag for row in self._totals if row.flag is not None} or {False, True}
        chosen = None if self._home in places else list(places)
        return cells(self._scope.store.schema, self._kind, self._scope.year, wanted, chosen, flags)

    def _with_single(self) -> list[Beside]:
        at = {(cell.place, cell.month, cell.flag): cell.ids for cell in self._cells}
        own = {row.id for row in self._totals}
        near = {
            row.id: [
                number
                for month in self._spans[row.id]
                for number in at.get((row.place, month, row.flag), ())
                if number not in own
            ]
            for row in self._totals
        }
        ids = sorted({number for numbers in near.values() for number in numbers})
        single = {
            one.id: one for one in alike.rows(self._scope, self._kind, self._like, ids) if not one.aggregate
        }
        found: dict[tuple[object, ...], Beside] = {}
        for row in self._totals:
            of_county = row.place == self._home
            records = [
                single[number]
                for number in near[row.id]
                if number in single and alike.same_thing(self._like, row, single[number], county=of_county)
            ]
            if records:
                span = self._spans[row.id]
                group = found.setdefault((row.place, span, row.flag, row.same), Beside(row.place, span))
                group.totals.append(row)
                group.records.update((one.id, one) for one in records)
        return list(found.values())

    def _with_townships(self, totals: Sequence[Row]) -> Iterator[Beside]:
        """Totals of the county that are what all townships' records come to, or say that they are."""
        for row in totals:
            near = [
                cell
                for cell in self._cells
                if cell.place not in (None, self._home)
                and cell.month in self._spans[row.id]
                and cell.flag == row.flag
            ]
            says = of_whole_county(row.text) or self._words.says(row.text)
            if not (says or row.sorted_out or sum(cell.quantity for cell in near) == row.quantity):
                continue
            ids = [number for cell in near for number in cell.ids]
            others = [
                one
                for one in alike.rows(self._scope, self._kind, self._like, ids)
                if alike.same_thing(self._like, row, one)
            ]
            sums: dict[Place, int] = defaultdict(int)
            for one in others:
                sums[one.place] += one.quantity
            if len(sums) >= _FEWEST and (says or sum(sums.values()) == row.quantity):
                records = {one.id: one for one in others}
                yield Beside(row.place, self._spans[row.id], True, [row], records)


def home(scope: Scope, kind: Kind) -> Place:
    """The county itself as a place of this ledger."""
    county = scope.store.references.find(AREA, COUNTY)
    if county is None:
        return None
    return county.ref if kind.has("receiver") else county.id


def span_of(row: Row) -> range:
    """The months that a total is of; one month without a number in ledgers of states."""
    return months(row.text, row.month) if row.month else range(1)
