"""五落实不全: a major hazard that is still open without responsible person, measures, money, day or plan."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.domain.kinds.hazard import FIVE_POINTS
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.owed.townships import Found, Group, Words, together, told
from mingxi_desktop.storage.checks import hazards_due

_CODE = "major_incomplete"


def _find(scope: Scope) -> Iterator[Concern]:
    rows = hazards_due.incomplete(scope.store, [scope.year])
    said = {lacks: f"缺{'、'.join(lacks)}" for lacks in {row[2] for row in rows}}  # of thousands, a few
    found = [Found(id, area, said[lacks]) for id, area, lacks in rows]

    def say(group: Group, words: Words) -> str:
        return f"{words.where}{scope.year}年有{group.number}条没有销号的重大隐患“{FIVE_POINTS.name}”不全：{words.which}"

    return told(scope, _CODE, together(found), say)


CHECK = Check(
    _CODE,
    "五落实不全",
    "重大隐患要责任、措施、资金、时限、预案五样都落实；打开隐患补填。",
    ("hazard",),
    _find,
)
