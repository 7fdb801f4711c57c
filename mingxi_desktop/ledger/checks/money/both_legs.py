"""调拨 (county → township) and 发放 (township → people) of the same goods: two legs, not two lots."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope, Trash
from mingxi_desktop.ledger.checks.money.dispatch_origins import Origins
from mingxi_desktop.ledger.checks.money.goods import Townships, added, day_words, goods_words
from mingxi_desktop.storage.checks.both_legs import GIVEN, RECEIVED, SENT, Leg, legs

CODE = "both_legs"
KIND = "supply_movement"
_AGAIN = datetime.timedelta(days=60)
"""So long after the county's slip a township may write the same goods down once more."""
_BEFORE = datetime.timedelta(days=3)
_DAYS = datetime.timedelta(days=7)
"""Within so many days the county does not send the same goods twice on slips without a number."""
_FROM, _TWICE, _CAME = "given", "sent", "received"
"""What a concern is about, before the number of the 调拨 in its subject."""


def _find(scope: Scope) -> Iterator[Concern]:
    found = legs(scope.store, (SENT, GIVEN, RECEIVED), (scope.year - 1, scope.year))
    sent, given, received = ([leg for leg in found if leg.type == kind] for kind in (SENT, GIVEN, RECEIVED))
    if not sent:
        return
    places = Townships(scope)
    yield from _unlinked(scope, places, sent, given)
    yield from _sent_twice(scope, places, sent, {leg.dispatch for leg in given})
    yield from _came_in(scope, places, sent, received)


def _unlinked(
    scope: Scope, places: Townships, sent: Sequence[Leg], given: Sequence[Leg]
) -> Iterator[Concern]:
    """What was given out of a 调拨 without saying so, together for each 调拨."""
    origins: dict[tuple[int, ...], tuple[list[Leg], list[Leg]]] = {}
    for leg, found in Origins(places, sent, given).unlinked():
        if leg.day.year == scope.year:
            key = tuple(one.id for one in found)
            origins.setdefault(key, (found, []))[1].append(leg)
    for found, out in origins.values():
        origin = found[0]
        goods = added(leg.goods for leg in out)
        what = f"的{goods_words(scope, goods)}" if goods else f"（救助{out[0].people}人）"
        when = day_words(out[0].day)
        often = f"{when}发放{what}" if len(out) == 1 else f"{when}起{len(out)}次发放{what}"
        slips = "、".join(f"{day_words(one.day, out[0].day.year)}{_numbered(one)}" for one in found[:3])
        told = f"{slips}调拨给它的{goods_words(scope, added(one.goods for one in found)) or '一批'}"
        yield Concern(
            CODE,
            Severity.WARNING,
            f"{places.name(places.of(origin.area, origin.receiver))}{often}没有写对应调拨，"
            f"和{told}是同一批物资，调拨、发放相加会算两遍",
            tuple((KIND, leg.id) for leg in (*out, *found)),
            f"{_FROM}:{origin.id}",
            tuple(quantity for _, quantity in sorted(goods.items())),
        )


def _sent_twice(scope: Scope, places: Townships, sent: Sequence[Leg], linked: set[int]) -> Iterator[Concern]:
    """The same goods sent to a township once more soon after: its 发放, written down as 调拨."""
    known: dict[tuple[int, frozenset[tuple[int, int]]], list[Leg]] = {}
    for leg in sent:
        township = places.of(leg.area, leg.receiver)
        if township and leg.goods:
            known.setdefault((township, frozenset(leg.goods.items())), []).append(leg)
    for (township, _), many in known.items():
        for first, second in _pairs(places, township, many):
            if second.day.year != scope.year or {first.id, second.id} <= linked:
                continue
            own, county = _own_first(places, township, first, second)
            goods = goods_words(scope, own.goods)
            yield Concern(
                CODE,
                Severity.WARNING,
                f"{places.name(township)}{day_words(own.day)}{_numbered(own)}的调拨和"
                f"{day_words(county.day, own.day.year)}{_numbered(county)}的调拨物资、数量一样（{goods}），"
                f"像是乡镇把发放记成了调拨，调拨数会多算{goods}",
                ((KIND, own.id), (KIND, county.id)),
                f"{_TWICE}:{county.id}",
                tuple(quantity for _, quantity in sorted(own.goods.items())),
            )


def _pairs(places: Townships, township: int, many: Sequence[Leg]) -> Iterator[tuple[Leg, Leg]]:
    """Slips of the same goods that are of one lot; each of them in one pair."""
    told: set[int] = set()
    for number, second in enumerate(many):
        for first in many[:number]:
            soon = second.day - first.day <= _AGAIN
            if soon and first.id not in told and _one_of_two(places, township, first, second):
                told |= {first.id, second.id}
                yield first, second
                break


def _one_of_two(places: Townships, township: int, first: Leg, second: Leg) -> bool:
    """Whether something beside the goods says that two slips are of one lot, told by county and township."""
    if (first.day, first.area, first.receiver) == (second.day, second.area, second.receiver):
        return False  # a repetition, which is told by itself
    if first.reporter != second.reporter and first.reporter and second.reporter:
        return township in (places.of_reporter(first.reporter), places.of_reporter(second.reporter))
    if first.doc_no and second.doc_no:
        return False  # the county's own numbering: two slips
    unnumbered = not first.doc_no and not second.doc_no
    return (
        (unnumbered and second.day - first.day <= _DAYS)
        or first.reporter != second.reporter
        or first.area != second.area
        or bool(first.doc_no) != bool(second.doc_no)
        or len(second.goods) > 1
        or (first.people > 0 and first.people == second.people)
    )


def _own_first(places: Townships, township: int, first: Leg, second: Leg) -> tuple[Leg, Leg]:
    """(what the township wrote down, what the county did)."""
    theirs = places.of_reporter(first.reporter) == township != places.of_reporter(second.reporter)
    numbered = bool(second.doc_no) and not first.doc_no
    return (first, second) if theirs or (numbered and not second.reporter) else (second, first)


def _came_in(
    scope: Scope, places: Townships, sent: Sequence[Leg], received: Sequence[Leg]
) -> Iterator[Concern]:
    """What a township wrote down as received is what the county sent: it does not raise the county's stock."""
    for leg in received:
        township = places.of_area(leg.area) or places.of_reporter(leg.reporter)
        if not township or not leg.goods or leg.day.year != scope.year:
            continue
        origin = next((one for one in reversed(sent) if _is_of(places, township, one, leg)), None)
        if origin is None:
            continue
        goods = goods_words(scope, leg.goods)
        yield Concern(
            CODE,
            Severity.WARNING,
            f"{places.name(township)}{day_words(leg.day)}{_numbered(leg)}的接收调入（{goods}）就是"
            f"{day_words(origin.day, leg.day.year)}{_numbered(origin)}县里调拨给它的物资，"
            f"记成接收调入会让县级库存多出{goods}",
            ((KIND, leg.id), (KIND, origin.id)),
            f"{_CAME}:{origin.id}",
            tuple(quantity for _, quantity in sorted(leg.goods.items())),
        )


def _is_of(places: Townships, township: int, origin: Leg, leg: Leg) -> bool:
    if places.of(origin.area, origin.receiver) != township:
        return False
    if not leg.day - _AGAIN <= origin.day <= leg.day + _BEFORE:
        return False
    return all(origin.goods.get(item, 0) >= quantity for item, quantity in leg.goods.items())


def _numbered(leg: Leg) -> str:
    return f"（{leg.doc_no}）" if leg.doc_no else ""


def _cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    what, _, number = concern.subject.partition(":")
    origin = int(number)
    ref = f"{KIND}:{origin}"
    first = concern.records[0][1]
    title = scope.ledger.title(KIND, first)
    gone = Cure("删除乡镇那 1 条", f"删除乡镇登记的 {title}，只留县里的调拨", (Trash(KIND, (first,)),))
    if what == _CAME:
        return (gone,)
    if what == _TWICE:
        changed = {"type": GIVEN, "dispatch": ref}
        return (
            Cure("改为发放并关联", "把乡镇记的调拨改为发放，对应县里的调拨", (Edit(KIND, {first: changed}),)),
            gone,
        )
    sent = {origin, *_after(concern.records, origin)}
    out = [number for _, number in concern.records if number not in sent]
    linked = Edit(KIND, {number: {"dispatch": ref} for number in out})
    return (Cure("关联为同一批", f"关联调拨和发放：{len(out)}次发放的物资来自这次调拨", (linked,)),)


def _after(records: Sequence[tuple[str, int]], origin: int) -> list[int]:
    """The 调拨 of a finding: from the likeliest on, behind what was given out."""
    numbers = [number for _, number in records]
    return numbers[numbers.index(origin) :]


CHECK = Check(
    CODE,
    "调拨和发放是同一批物资",
    "调拨（县到乡镇）和发放（乡镇到群众）是同一批物资的两段，指标只用其中一段；发放要写对应的调拨。",
    (KIND, "supply_line"),
    _find,
    _cures,
)
