"""整改逾期: past its day and not all rectified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.owed.townships import FEW, MOST, Found, Group, Words, day_of, told
from mingxi_desktop.storage.checks import hazards_due

_CODE = "overdue"


def _find(scope: Scope) -> Iterator[Concern]:
    def say(group: Group, words: Words) -> str:
        more = f"（未整改{group.left}处）" if group.left != group.number else ""
        return (
            f"{words.where}{scope.year}年发现的隐患有{group.number}条过了期限还没有整改完{more}，"
            f"最久的已逾期{group.days(scope.today)}天，整改率因此不到100%：{words.which}"
        )

    return told(scope, _CODE, _groups(scope), say)


def _groups(scope: Scope) -> list[Group]:
    by_area: dict[int | None, _Late] = defaultdict(_Late)
    for row in hazards_due.overdue(scope.store, scope.year):
        by_area[row[2]].add(row)
    parts = list(by_area.values())
    if sum(part.number for part in parts) > FEW:
        return [part.group(scope) for part in parts]
    few = _Late()
    for row in (row for part in parts for row in part.rows):
        few.add(row)
    return [few.group(scope)] if few.number else []


@dataclass(slots=True)
class _Late:
    """Overdue hazards told of together.  rows: the oldest of them and some more, in no order."""

    number: int = 0
    left: int = 0
    rows: list[hazards_due.Open] = field(default_factory=list)

    def add(self, row: hazards_due.Open) -> None:
        """One more of them; of hundreds of thousands only those that are named are kept."""
        self.number += 1
        self.left += row[3]
        self.rows.append(row)
        if len(self.rows) > 2 * MOST:
            self.rows = sorted(self.rows)[:MOST]

    def group(self, scope: Scope) -> Group:
        """The first ones, which the sentence tells of, with their day."""
        named = sorted(self.rows)[:MOST]
        found = [
            Found(id, area, f"限{day_of(due, scope.year)}" if place < FEW else "")
            for place, (due, id, area, _) in enumerate(named)
        ]
        return Group(found, self.number, self.left, named[0][0])


CHECK = Check(
    _CODE,
    "整改逾期",
    "过了整改期限还没有全部整改的隐患。整改好了就填已整改数和完成日期；批准延期的，在过程里登记“延期”和新期限。",
    ("hazard", "hazard_step"),
    _find,
)
