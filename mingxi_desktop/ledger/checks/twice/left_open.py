"""未整改完: of a year that is over, hazards that are not put right and of which nobody said until when."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.owed.townships import FEW, MOST, Found, Group, Words, told
from mingxi_desktop.storage.checks import hazards_due
from mingxi_desktop.storage.checks.hazards_due import Open

_CODE = "left_open"


def _find(scope: Scope) -> Iterator[Concern]:
    if scope.today <= scope.last:
        return iter(())

    def say(group: Group, words: Words) -> str:
        return (
            f"{words.where}{scope.year}年发现的隐患有{group.left}处没有整改完，也没有写整改期限（{words.which}），"
            "报告不能写成全部整改；整改了的补上已整改数"
        )

    return told(scope, _CODE, _groups(hazards_due.undated(scope.store, scope.year)), say)


def _groups(rows: list[Open]) -> list[Group]:
    by_area: dict[int | None, list[Open]] = {}
    for row in rows:
        by_area.setdefault(row[2] if len(rows) > FEW else None, []).append(row)
    return [
        Group([Found(id, area) for _, id, area, _ in part[:MOST]], len(part), sum(row[3] for row in part))
        for part in by_area.values()
    ]


CHECK = Check(
    _CODE,
    "没有整改完",
    "过了年还没有整改完、又没有整改期限的隐患。整改好了就填已整改数和完成日期，没有的补写期限。",
    ("hazard",),
    _find,
)
