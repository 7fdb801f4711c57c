"""演练未做: a township without a drill in a half-year that is over."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.deadlines import Deadline, Proof
from mingxi_desktop.domain.kinds.activity import DRILL
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.deadline_states import State, of_records

_CODE = "drills_owed"


def _find(scope: Scope) -> Iterator[Concern]:
    kept = scope.ledger.deadlines
    workdays, ticks = kept.workdays(), kept.ticks()
    for deadline in kept.all():
        if not is_of_drills(deadline):
            continue
        tick = ticks.get((deadline.id, scope.year))
        one = of_records(scope.ledger, deadline, scope.year, workdays, tick, scope.today)
        if one is not None and one.state is State.OVERDUE and one.missing:
            areas = [entry.name for entry in one.missing]
            yield Concern(
                _CODE,
                Severity.INFO,
                f"{scope.year}年{deadline.name}：{'、'.join(areas)}{_how_many(areas)}没有演练记录，"
                f"每个乡镇每半年至少一次（{one.day}到期）",
                (),
                f"activity:{scope.year}:{deadline.id}",
                tuple(areas),
                "new:activity",
            )


def is_of_drills(deadline: Deadline) -> bool:
    """Whether a deadline is told here: each township owes a drill."""
    drill = any(("type", DRILL) in shown.where for shown in deadline.shows)
    return deadline.active and deadline.proof is Proof.RECORDS and deadline.areas and drill


def _how_many(areas: list[str]) -> str:
    return f"{len(areas)}个乡镇" if len(areas) > 1 else ""


CHECK = Check(
    _CODE,
    "演练未做",
    "每个乡镇每半年至少组织一次应急演练；做了的补登记，县里的汇总不算乡镇的。哪一天到期，在期限表里改。",
    ("activity",),
    _find,
)
