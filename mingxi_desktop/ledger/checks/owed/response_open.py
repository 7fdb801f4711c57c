"""响应未终止: open for longer than it should be, or longer than its flood."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks.check import Check, Scope

_CODE = "response_open"


def _find(scope: Scope) -> Iterator[Concern]:
    for one in scope.ledger.deadlines.responses(scope.today, scope.year):
        if one.stale:
            row = one.row
            over = f"，灾害过程“{row.event_name}”已于{row.event_end}结束" if row.event_end else ""
            yield Concern(
                _CODE,
                Severity.INFO,
                f"{one.name}已有{one.days}天还没有登记终止{over}",
                (("response", row.id),),
                f"response:{row.id}",
            )


CHECK = Check(
    _CODE,
    "响应未终止",
    "启动后很久没有终止的应急响应，多半是忘了登记终止；几天算久，在期限表里改。",
    ("response", "response_step", "disaster_event"),
    _find,
)
