"""响应没有统计: a flood response of whose event nothing was tallied, or nothing any more."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.storage.checks.responses import Response, tallied_between

_CODE = "response_without_tally"


def _find(scope: Scope) -> Iterator[Concern]:
    lacking = [one for one in scope.ledger.deadlines.responses(scope.today, scope.year) if one.untallied]
    if not lacking:
        return
    # Where nothing is tallied at all, tallies are not kept here: only of a running response they are asked for.
    kept = tallied_between(scope.store, f"{scope.first}", f"{scope.last}") > 0
    for one in lacking:
        row = one.row
        # Of one that was forgotten it is said already that it was not ended.
        if not one.stale and (kept or row.end is None):
            yield Concern(
                _CODE,
                Severity.INFO,
                f"{one.name}{_of_event(row)}{one.untallied}，下沉干部、转移群众这些数就少了这一次",
                (("response", row.id),),
                f"response:{row.id}",
                (one.untallied,),
            )


def _of_event(row: Response) -> str:
    return f"（{row.event_name}）" if row.event_name else ""


CHECK = Check(
    _CODE,
    "响应没有统计",
    "防汛响应期间乡镇要报响应统计。有表的导入，没有的向乡镇要；过程写错了的，在响应和统计里改成同一个灾害过程。",
    ("response", "response_tally", "disaster_event"),
    _find,
)
