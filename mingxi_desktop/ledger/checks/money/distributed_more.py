"""发放 of more than a township was sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.money.goods import (
    Townships,
    amount_words,
    day_words,
    item_words,
    number_words,
)
from mingxi_desktop.storage.checks.both_legs import SENT, Flow, any_given, flows

CODE = "distributed_more"
KIND = "supply_movement"
_LATE_PAPER = datetime.timedelta(days=31)
"""So long after the goods were given out the slip of the 调拨 may be written."""
_MOST = 200


@dataclass(slots=True)
class _Account:
    """What one township was sent of one supply, and what it gave out, in the order of the days."""

    sent: list[Flow] = field(default_factory=list)
    given: list[Flow] = field(default_factory=list)


def _find(scope: Scope) -> Iterator[Concern]:
    if not any_given(scope.store, scope.year):
        return
    places = Townships(scope)
    accounts: dict[tuple[int, int], _Account] = {}
    for flow in flows(scope.store, scope.last + _LATE_PAPER):
        township = places.of(flow.area, flow.receiver)
        if township:
            account = accounts.setdefault((township, flow.item), _Account())
            (account.sent if flow.type == SENT else account.given).append(flow)
    for (township, item), account in accounts.items():
        over = _over(scope, account) if account.sent else None
        if over is not None:
            yield _told(scope, places, township, item, account, over)


def _over(scope: Scope, account: _Account) -> tuple[int, int, int] | None:
    """(place of the first 发放 of the year that is not covered, given until then, sent until then)."""
    given = sent = known = 0
    for place, flow in enumerate(account.given):
        given += flow.quantity
        while known < len(account.sent) and account.sent[known].day <= flow.day + _LATE_PAPER:
            sent += account.sent[known].quantity
            known += 1
        if given > sent and flow.day.year == scope.year:
            return place, given, sent
    return None


def _told(
    scope: Scope, places: Townships, township: int, item: int, account: _Account, over: tuple[int, int, int]
) -> Concern:
    place, given, sent = over
    last = account.given[place]
    unit = item_words(scope, item)[1]
    earlier = _movements(account.given[:place][::-1])
    slips = _movements([flow for flow in account.sent if flow.day <= last.day + _LATE_PAPER][::-1])
    records = [*last.movements, *earlier, *slips][:_MOST]
    return Concern(
        CODE,
        Severity.WARNING,
        f"{places.name(township)}到{day_words(last.day)}共发放{amount_words(scope, item, given)}，"
        f"县里只调拨给它{number_words(sent)}{unit}，多发了{number_words(given - sent)}{unit}，"
        "可能有一次发放记了两遍，或调拨单没有登记",
        tuple((KIND, number) for number in dict.fromkeys(records)),
        f"{township}:{item}",
        (given, sent),
    )


def _movements(many: Sequence[Flow]) -> list[int]:
    return [number for flow in many for number in flow.movements]


CHECK = Check(
    CODE,
    "发放多于调拨",
    "乡镇发给群众的不会多于县里调拨给它的；多出来的可能是发放记了两遍，也可能是调拨单没有登记。",
    (KIND, "supply_line"),
    _find,
)
