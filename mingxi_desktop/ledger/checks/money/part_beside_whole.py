"""Parts (其中) of a sum of money that stand beside it as sums of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.show import money_words
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope
from mingxi_desktop.ledger.checks.money.money import KIND, money_said, refs_of, same_document
from mingxi_desktop.ledger.checks.twice.same_words import document
from mingxi_desktop.storage.checks.both_directions import Money, moneys

CODE = "part_beside_whole"
_MARK = "其中"
_FITTING = "fitting"


def _find(scope: Scope) -> Iterator[Concern]:
    alone = [money for money in moneys(scope.store, (scope.year,)) if not money.parent or money.lost]
    told: set[int] = set()
    for whole, parts in (*_called_so(alone), *_summing_up(alone)):
        if told.isdisjoint(part.id for part in parts):
            told.update(part.id for part in parts)
            yield _told(scope, whole, parts)


def _called_so(alone: Sequence[Money]) -> list[tuple[Money, list[Money]]]:
    """Records that say 其中, with what they are most likely a part of."""
    found: dict[int, tuple[Money, list[Money]]] = {}
    for part in alone:
        if part.note.lstrip("（( ").startswith(_MARK):
            wholes = [
                one
                for one in alone
                if one.direction == part.direction
                and _MARK not in one.note
                and (same_document(one, part) or (one.day == part.day and one.area == part.area))
            ]
            if wholes:
                whole = min(wholes, key=lambda one: _distance(one, part))
                found.setdefault(whole.id, (whole, []))[1].append(part)
    return list(found.values())


def _distance(whole: Money, part: Money) -> tuple[bool, bool, bool, int]:
    """How unlikely it is that one is part of the other; a whole is written down first."""
    other_document = not same_document(whole, part)
    return other_document, whole.id > part.id, whole.amount < part.amount, abs(whole.id - part.id)


def _summing_up(alone: Sequence[Money]) -> Iterator[tuple[Money, list[Money]]]:
    """Several sums of one 文号, or of one day, of which the largest is what the others add up to.

    Of one day: of the county's own and those of townships for one purpose, or of one place for several purposes.
    """
    together: dict[tuple[object, ...], list[Money]] = {}
    for money in alone:
        keys: list[tuple[object, ...]] = [(money.day, "area", money.area), (money.day, "for", money.purpose)]
        if money.doc_no:
            keys = [(document(money.doc_no),)]
        for key in keys:
            together.setdefault((money.direction, *key), []).append(money)
    for key, many in together.items():
        whole = max(many, key=lambda money: money.amount)
        parts = [money for money in many if money is not whole]
        # On paper of its own a sum for the same purpose in the same place is another one.
        apart = "area" in key and whole.purpose in {part.purpose for part in parts}
        if len(parts) > 1 and sum(part.amount for part in parts) == whole.amount and not apart:
            yield whole, parts


def _told(scope: Scope, whole: Money, parts: Sequence[Money]) -> Concern:
    total = sum(part.amount for part in parts)
    over = total - whole.amount
    more = f"，而且比整笔多出{money_words(over)}" if over > 0 else ""
    return Concern(
        CODE,
        Severity.WARNING,
        f"{money_said(scope, whole)}的其中{len(parts)}笔（合计{money_words(total)}）没有写上级项目，"
        f"{whole.direction}总数会多算{money_words(total)}{more}",
        refs_of(*parts, whole),
        _FITTING if over <= 0 else "",
        (whole.amount, total),
    )


def _cures(_scope: Scope, concern: Concern) -> Sequence[Cure]:
    *parts, whole = (number for _, number in concern.records)
    if concern.subject != _FITTING:
        return ()
    linked = Edit(KIND, {number: {"parent": f"{KIND}:{whole}"} for number in parts})
    return (Cure("记为其中部分", f"{len(parts)}笔资金记为整笔的其中部分，总数里不再另加", (linked,)),)


CHECK = Check(
    CODE,
    "其中部分另算了一遍",
    "一笔资金和它的其中部分各记一条时，部分要写上级项目，否则总数会重复。",
    (KIND,),
    _find,
    _cures,
)
