"""“零伤亡” may be said only when every township has reported 0 for every flood, and nothing says otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, Entry
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage import tally
from mingxi_desktop.storage.checks import casualties as reading
from mingxi_desktop.storage.checks.casualties import FIELDS, Event, Mention, Reported
from mingxi_desktop.storage.conditions import Conditions

CODE = "casualties_incomplete"
_WORDS = {"deaths": "死亡", "missing": "失踪", "injured": "受伤"}
_OF_NATURE = pattern(r"[洪汛涝雨雷溺]|台风|滑坡|泥石流|塌方|崩塌|因灾")
"""What the note of an accident says where a flood was behind it."""
_HURT = pattern(
    r"(?:死亡|遇难|失踪|受伤|重伤|轻伤)[人数：:为共计]{0,3}(?P<after>[1-9]\d*)"
    r"|(?P<before>[1-9]\d*)\s*[人名](?:因灾)?(?:死亡|遇难|失踪|受伤|重伤|轻伤)"
)
"""People hurt, in the words of a note."""


def find(scope: Scope) -> Iterator[Concern]:
    """Floods that not every township has reported on, and zeros that another record contradicts."""
    schema = scope.store.schema
    by_event: dict[int, dict[str, Reported]] = defaultdict(dict)
    for one in reading.reported(schema, scope.year):
        by_event[one.event][one.area] = one
    if not by_event:
        return
    townships = [entry for entry in scope.store.references.all(AREA) if entry.name != COUNTY_AREA]
    over = [event for event in reading.events(schema, scope.year) if event.last < scope.today]
    for event in over:
        told = by_event[event.id]
        # Where nobody tells of casualties at all, nobody claims that there were none either.
        if any(len(one.lacking) < len(FIELDS) for one in told.values()):
            yield from _incomplete(event, told, townships)
    yield from _contradicted(scope, over, by_event)


def _incomplete(event: Event, told: dict[str, Reported], townships: Sequence[Entry]) -> Iterator[Concern]:
    silent = [entry for entry in townships if len(_lacking(told, entry)) == len(FIELDS)]
    partly = [entry for entry in townships if 0 < len(_lacking(told, entry)) < len(FIELDS)]
    if not silent and not partly:
        return
    parts = [f"{'、'.join(entry.name for entry in silent)}没有报"] if silent else []
    parts += [
        f"{entry.name}没有报{'、'.join(_WORDS[name] for name in _lacking(told, entry))}" for entry in partly
    ]
    message = (
        f"{event.name}的死亡、失踪、受伤，{'，'.join(parts)}：报齐以前报告不能写“零伤亡”；"
        "请他们补报，没有伤亡的要写0，空着不算"
    )
    records = (
        ("disaster_event", event.id),
        *(("response_tally", told[entry.ref].record) for entry in partly),
    )
    facts = tuple(f"{entry.name}{len(_lacking(told, entry))}" for entry in (*silent, *partly))
    yield Concern(CODE, Severity.INFO, message, records, f"event:{event.id}", facts)


def _lacking(told: dict[str, Reported], entry: Entry) -> tuple[str, ...]:
    return told[entry.ref].lacking if entry.ref in told else FIELDS


def _contradicted(
    scope: Scope, events: Sequence[Event], by_event: dict[int, dict[str, Reported]]
) -> Iterator[Concern]:
    """Zeros in the end that an earlier tally, a loss report or an accident speaks against."""
    schema = scope.store.schema
    pairs = [(event.id, area) for event in events for area, one in by_event[event.id].items() if one.most]
    totals = _totals(scope) if pairs else {}
    by_id = {event.id: event for event in events}
    for event_id, area in pairs:
        if not totals.get((event_id, area)):
            hurt = reading.hurt(schema, scope.year, event_id, area)
            records = tuple(("response_tally", number) for number in hurt)
            yield _against(scope, by_id[event_id], area, f"有{len(records)}期日报报了伤亡", records)
    for mention in reading.mentions(schema, scope.year):
        for event in events:
            one = by_event[event.id].get(mention.area)
            said = _said(mention, event)
            if one is not None and not one.most and len(one.lacking) < len(FIELDS) and said:
                records = ((mention.kind, mention.id), ("response_tally", one.record))
                yield _against(scope, event, mention.area, said, records)


def _totals(scope: Scope) -> dict[tuple[int, str], int]:
    """(event, township) → people hurt by the rule of the indicator."""
    indicator = next(
        (
            one
            for one in scope.ledger.definitions.book.indicators
            if one.complete and set(one.fields) == set(FIELDS)
        ),
        None,
    )
    found: dict[tuple[int, str], int] = defaultdict(int)
    if indicator is not None:
        for row in tally.rows(Conditions(scope.store), indicator, Period.of(scope.year)):
            found[int(row.event.rpartition(":")[2]), row.area] += row.adds
    return found


def _said(mention: Mention, event: Event) -> str:
    """What a record says of people hurt in a flood; "" where it says nothing of it."""
    hurt = _HURT.search(mention.note)
    if mention.kind == "disaster_loss":
        return f"灾情损失的备注写着“{hurt.group()}”" if hurt and mention.event == event.id else ""
    if not event.first <= mention.day <= event.last or not _OF_NATURE.search(mention.note):
        return ""
    return f"同期的事故台账记着死亡{mention.deaths}人、受伤{mention.injured}人（{mention.note}）"


def _against(scope: Scope, event: Event, ref: str, said: str, records: tuple[Ref, ...]) -> Concern:
    area = scope.store.references.get(ref)
    name = area.name if area else ""
    message = (
        f"{name}对{event.name}报的伤亡最后是0，但{said}，两边矛盾：核实以前报告不能写“零伤亡”；"
        "请核实后改正其中一边"
    )
    return Concern(CODE, Severity.ERROR, message, records, f"against:{event.id}:{ref}", (said,))


CHECK = Check(
    code=CODE,
    label="零伤亡没有报齐",
    about="“零伤亡”要每个乡镇对每次过程都报了0才能写；没有报不等于0，别的台账也不能有相反的记录。",
    kinds=("response_tally", "disaster_event", "disaster_loss", "accident"),
    find=find,
)
