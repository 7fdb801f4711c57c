"""Trap: notices and changes of level that count as responses of their own, and one response of several places."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks import saying, telling
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope
from mingxi_desktop.ledger.checks.floods import chain_merging
from mingxi_desktop.ledger.checks.twice.same_words import document
from mingxi_desktop.storage.checks.response_chains import Chain, chains

CODE = "response_chains"
_CHANGES, _REPEATED = "changes", "repeated"
_AT_ONCE = datetime.timedelta(hours=2)
"""A response that begins so soon after the end of one of its type is a change of its level."""
_SAME_DAY = datetime.timedelta(hours=24)
_EVER = datetime.datetime(9999, 12, 31)


def find(scope: Scope) -> Iterator[Concern]:
    """Per type and place first, then one response that several places have."""
    found = chains(scope.store, scope.year)
    by_place: dict[tuple[str, str], list[Chain]] = defaultdict(list)
    by_type: dict[str, list[Chain]] = defaultdict(list)
    for chain in found:
        by_place[chain.type, chain.area].append(chain)
        by_type[chain.type].append(chain)
    for own in by_place.values():
        for run in _runs(own):
            yield _told_changes(scope, run)
    for alike in by_type.values():
        yield from _repeated(scope, alike)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """Into the first one, or away."""
    ids = [number for _, number in concern.records]
    if concern.subject.startswith(_CHANGES):
        return chain_merging.joined(scope, ids)
    return chain_merging.removed(ids[: int(concern.facts[0])])


def _runs(own: Sequence[Chain]) -> list[list[Chain]]:
    """Responses of one type and place that follow one another as one does: of one flood, or without a pause."""
    runs: list[list[Chain]] = []
    for chain in own:
        home = next((run for run in runs if any(_goes_on(before, chain) for before in run)), None)
        if home is None:
            runs.append([chain])
        else:
            home.append(chain)
    return [run for run in runs if len(run) > 1]


def _goes_on(before: Chain, after: Chain) -> bool:
    pause = after.start - (before.end or _EVER)
    if (before.event and before.event == after.event) or _notices(before) & _notices(after):
        return True
    apart = before.event and after.event
    return pause <= _AT_ONCE or (pause <= _SAME_DAY and not apart)


def _told_changes(scope: Scope, run: Sequence[Chain]) -> Concern:
    first = run[0]
    flood = f"（{telling.event(scope, first.event)}）" if first.event else ""
    shown = telling.some([_moment(chain.start) + _levels(chain) for chain in run])
    paused = any(after.start - (before.end or after.start) > _SAME_DAY for before, after in pairwise(run))
    why = _why(run) if paused else "前一次刚停就接着下一次"
    message = (
        f"{saying.place(scope, first.area)}{first.type}{flood}登记了{len(run)}次响应（{shown}），{why}，"
        f"像是一次响应的通知或升降级；从启动到终止只算1次，现在算了{len(run)}次"
    )
    refs = tuple((chain_merging.KIND, chain.id) for chain in run)
    subject = f"{_CHANGES}:{first.type}:{first.area}:{first.start:%Y-%m-%d %H:%M}"
    return Concern(CODE, Severity.WARNING, message, refs, subject, tuple(f"{chain.start}" for chain in run))


def _why(run: Sequence[Chain]) -> str:
    one_flood = run[0].event and all(chain.event == run[0].event for chain in run)
    return "都在同一个灾害过程里" if one_flood else "写的是同一个文号"


def _repeated(scope: Scope, alike: Sequence[Chain]) -> Iterator[Concern]:
    """The county's response, entered again for townships that follow it; or one that only townships have."""
    county = telling.county(scope)
    told: set[int] = set()
    for main in (chain for chain in alike if chain.area == county):
        again = [
            chain for chain in alike if chain.area != county and chain.id not in told and _covers(main, chain)
        ]
        if again:
            told |= {chain.id for chain in again}
            yield _told_repeated(scope, main, again)
    others = [chain for chain in alike if chain.area != county and chain.id not in told]
    for main in others:
        again = [
            chain
            for chain in others
            if chain.id not in told and chain.area != main.area and _one(main, chain)
        ]
        if main.id not in told and again:
            told |= {main.id, *(chain.id for chain in again)}
            yield _told_repeated(scope, main, again)


def _covers(main: Chain, chain: Chain) -> bool:
    """Whether a township's response is the county's: begun while it ran, for one flood or within a day of a step."""
    if (main.event and chain.event and main.event != chain.event) or chain.start > (main.end or _EVER):
        return False
    if main.event and main.event == chain.event:
        return (chain.end or _EVER) > main.start
    return any(abs(chain.start - at) <= _SAME_DAY for at in (main.start, *(step.at for step in main.steps)))


def _one(main: Chain, chain: Chain) -> bool:
    """Whether two townships have one response: begun at one moment, by one notice, or within a day for one flood."""
    of_one_flood = bool(main.event) and main.event == chain.event
    return (
        chain.start == main.start
        or bool(_notices(main) & _notices(chain))
        or (of_one_flood and abs(chain.start - main.start) <= _SAME_DAY)
    )


def _notices(chain: Chain) -> set[str]:
    return {document(step.number) for step in chain.steps if step.number}


def _told_repeated(scope: Scope, main: Chain, again: Sequence[Chain]) -> Concern:
    names = telling.some([saying.place(scope, chain.area) for chain in again])
    whose, many = saying.place(scope, main.area), "各" if len(again) > 1 else ""
    message = (
        f"{whose}{_moment(main.start)}启动的{main.type}，{names}又{many}登记了一次"
        f"（{_moment(again[0].start)}起）；"
        f"同一次响应只登记一次，现在算了{len(again) + 1}次"
    )
    refs = tuple((chain_merging.KIND, chain.id) for chain in (*again, main))
    subject = f"{_REPEATED}:{main.type}:{main.id}"
    return Concern(CODE, Severity.WARNING, message, refs, subject, (len(again),))


def _levels(chain: Chain) -> str:
    """The levels it went through."""
    levels = list(dict.fromkeys(step.level for step in chain.steps))
    return f"{'→'.join(levels)}级" if levels else ""


def _moment(at: datetime.datetime) -> str:
    return f"{telling.month_day(at.date())}{at:%H:%M}"


CHECK = Check(
    CODE,
    "响应拆成几次",
    "从启动到终止是一次响应；通知、升级、降级记在响应变更里，乡镇转发的不另登记，否则启动次数会算多。",
    ("response", "response_step", "disaster_event"),
    find,
    cures,
)
