"""应复查: rectification was reported, and nobody has looked at it since."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.owed.townships import Found, Group, Words, day_of, together, told

_CODE = "recheck_due"


def _find(scope: Scope) -> Iterator[Concern]:
    days, rows = scope.ledger.deadlines.rechecks(scope.today, scope.year)
    found = [Found(row.id, row.area, f"{day_of(row.fed, scope.year)}反馈") for row in rows]

    def say(group: Group, words: Words) -> str:
        return (
            f"{words.where}{scope.year}年发现的隐患有{group.number}条报了整改反馈、过了{days}天还没有复查，"
            f"最久的已等{group.days(scope.today)}天，整改到没到位还没有人核实：{words.which}"
        )

    return told(scope, _CODE, together(found, {row.id: row.fed for row in rows}), say)


CHECK = Check(
    _CODE,
    "应复查",
    "报了“整改反馈”的隐患要有人去复查。复查了就在过程里登记“复查合格”或“复查不合格”；几天内要复查，在期限表里改。",
    ("hazard", "hazard_step"),
    _find,
)
