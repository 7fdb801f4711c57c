"""整改逾期: past its day and not all rectified."""

from __future__ import annotations

from collections.abc import Iterator

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
    rows = hazards_due.overdue(scope.store, scope.year)
    if len(rows) <= FEW:
        return [_group(scope, rows)] if rows else []
    by_area: dict[int | None, list[hazards_due.Open]] = {}
    for row in rows:
        by_area.setdefault(row[2], []).append(row)
    return [_group(scope, part) for part in by_area.values()]


def _group(scope: Scope, rows: list[hazards_due.Open]) -> Group:
    """Of the first ones, which the sentence tells of, with their day."""
    rows.sort()
    found = [
        Found(id, area, f"限{day_of(due, scope.year)}" if place < FEW else "")
        for place, (due, id, area, _) in enumerate(rows[:MOST])
    ]
    return Group(found, len(rows), sum(row[3] for row in rows), rows[0][0])


CHECK = Check(
    _CODE,
    "整改逾期",
    "过了整改期限还没有全部整改的隐患。整改好了就填已整改数和完成日期；批准延期的，在过程里登记“延期”和新期限。",
    ("hazard", "hazard_step"),
    _find,
)
