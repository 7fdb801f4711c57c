"""争取 (won) and 下拨 (paid out) of the same money, and the same money written down twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.indicator_wanted import admits
from mingxi_desktop.domain.show import money_words
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope, Trash
from mingxi_desktop.ledger.checks.money.goods import Townships
from mingxi_desktop.ledger.checks.money.money import KIND, money_said, refs_of, same_document
from mingxi_desktop.ledger.checks.twice.same_words import document
from mingxi_desktop.storage.checks.both_directions import INVESTED, PAID, WON, Money, moneys

CODE = "both_directions"
_LONG, _LATE = datetime.timedelta(days=366), datetime.timedelta(days=62)
"""Money is paid out within a year after it was won, or the grant is written down a little later."""
_SOON = datetime.timedelta(days=31)
_PASSED, _TWICE, _TAKEN, _SPENT = "passed", "twice", "taken", "spent"
"""What a concern is about, in its subject: passed on, written down twice, taken from the county, spent."""


def _find(scope: Scope) -> Iterator[Concern]:
    found = moneys(scope.store, (scope.year - 1, scope.year))
    if not any(money.day.year == scope.year for money in found):
        return
    places = Townships(scope)
    by_amount: dict[int, list[Money]] = {}
    for money in found:
        by_amount.setdefault(money.amount, []).append(money)
    linked = _linked(found)
    for many in by_amount.values():
        if len(many) > 1:
            yield from _passed_on(scope, places, many, linked)
            yield from _twice(scope, places, many)
            yield from _spent(scope, many)
    yield from _in_parts(scope, found, linked)


def _linked(found: Sequence[Money]) -> dict[int, int]:
    """Record → what was paid out of it, as far as that is linked."""
    paid: dict[int, int] = {}
    for money in found:
        if money.direction == PAID and money.parent and not money.lost:
            paid[money.parent] = paid.get(money.parent, 0) + money.amount
    return paid


def _free(money: Money) -> bool:
    return not money.parent or money.lost


def _passed_on(
    scope: Scope, places: Townships, many: Sequence[Money], linked: Mapping[int, int]
) -> Iterator[Concern]:
    """Won and paid out, one amount; each grant and each payment once."""
    used: set[int] = set()
    for paid in many:
        if paid.direction != PAID or not _free(paid) or paid.day.year != scope.year:
            continue
        grants = [
            won
            for won in many
            if won.direction == WON
            and won.id not in used
            and not linked.get(won.id)
            and _same_money(places, won, paid)
        ]
        if grants:
            won = min(grants, key=lambda one: (not same_document(one, paid), abs(one.day - paid.day)))
            used.add(won.id)
            yield _told_passed(scope, places, won, paid)


def _same_money(places: Townships, won: Money, paid: Money) -> bool:
    if not paid.day - _LONG <= won.day <= paid.day + _LATE:
        return False
    if same_document(won, paid):
        return True
    township = places.of_area(won.area)
    return won.purpose == paid.purpose and (not township or township == places.of_area(paid.area))


def _told_passed(scope: Scope, places: Townships, won: Money, paid: Money) -> Concern:
    first, second = money_said(scope, won), money_said(scope, paid, won.day.year)
    if places.of_area(won.area):
        message = (
            f"{first}就是{second}，乡镇收到县里拨的钱不是向上争取，争取总额会多算{money_words(won.amount)}"
        )
        return Concern(CODE, Severity.WARNING, message, refs_of(won, paid), _TAKEN, (won.amount,))
    message = f"{first}和{second}是同一笔钱的两个方向，下拨没有写上级项目，相加会算两遍"
    return Concern(CODE, Severity.WARNING, message, refs_of(paid, won), _PASSED, (won.amount,))


def _in_parts(scope: Scope, found: Sequence[Money], linked: Mapping[int, int]) -> Iterator[Concern]:
    """A grant paid out in several sums under its own 文号."""
    paid: dict[str, list[Money]] = {}
    for money in found:
        if money.direction == PAID and money.doc_no and _free(money) and money.day.year == scope.year:
            paid.setdefault(document(money.doc_no), []).append(money)
    for won in found:
        many = paid.get(document(won.doc_no), []) if won.direction == WON and won.doc_no else []
        if len(many) > 1 and sum(one.amount for one in many) == won.amount and not linked.get(won.id):
            yield Concern(
                CODE,
                Severity.WARNING,
                f"{money_said(scope, won)}和同一文号的{len(many)}笔下拨（合计{money_words(won.amount)}）是同一笔钱的"
                "两个方向，下拨没有写上级项目，相加会算两遍",
                refs_of(*many, won),
                _PASSED,
                (won.amount,),
            )


def _twice(scope: Scope, places: Townships, many: Sequence[Money]) -> Iterator[Concern]:
    """The same grant or payment from two hands."""
    told: set[int] = set()
    for direction in (WON, PAID):
        alike = [money for money in many if money.direction == direction and _free(money)]
        for first, second in combinations(alike, 2):
            if second.day.year != scope.year or second.id in told or not _one_sum(places, first, second):
                continue
            told.add(second.id)
            again, kept = (first, second) if _is_later_hand(places, first, second) else (second, first)
            yield Concern(
                CODE,
                Severity.WARNING,
                f"{money_said(scope, again)}和{money_said(scope, kept, again.day.year)}是同一笔钱记了两遍，"
                f"{direction}会多算{money_words(again.amount)}",
                refs_of(again, kept),
                _TWICE,
                (again.amount,),
            )


def _one_sum(places: Townships, first: Money, second: Money) -> bool:
    """Whether two records of one amount and direction are one sum, from the county and from a township.

    A repetition by one hand (same 文号 or day, same area) is told by itself.
    """
    same_area = first.area == second.area
    if first.direction == PAID and not same_area:
        return False  # many townships get as much, under one 文号
    if same_document(first, second):
        return not same_area
    if (first.doc_no and second.doc_no) or first.purpose != second.purpose:
        return False
    if abs(first.day - second.day) > _SOON:
        return False
    if not same_area:
        return not (places.of_area(first.area) and places.of_area(second.area))
    hands = {first.reporter, second.reporter}
    return (
        first.day != second.day
        and len(hands - {0}) > 1
        and any(places.of_reporter(reporter) for reporter in hands)
    )


def _is_later_hand(places: Townships, first: Money, second: Money) -> bool:
    """Whether it is the first record that a township wrote down of what the county has too."""
    return bool(
        (places.of_area(first.area) and not places.of_area(second.area))
        or (places.of_reporter(first.reporter) and not places.of_reporter(second.reporter))
    )


def _spent(scope: Scope, many: Sequence[Money]) -> Iterator[Concern]:
    """Put in what was won or paid out under the same 文号."""
    for spent in many:
        if spent.direction != INVESTED or not _free(spent) or spent.day.year != scope.year:
            continue
        source = next((one for one in many if one.direction != INVESTED and same_document(one, spent)), None)
        if source is not None:
            yield Concern(
                CODE,
                Severity.WARNING,
                f"{money_said(scope, spent)}和{money_said(scope, source, spent.day.year)}文号、金额一样，"
                f"是同一笔钱，{source.direction}和投入相加会算两遍",
                refs_of(spent, source),
                _SPENT,
                (spent.amount,),
            )


def _cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    *moved, source = (number for _, number in concern.records)
    title = scope.ledger.title(KIND, moved[0])
    gone = Cure("删除重复的 1 条", f"删除重复记的资金 {title}", (Trash(KIND, (moved[0],)),))
    if concern.subject in (_TWICE, _TAKEN):
        return (gone,)
    sentence = f"关联资金：{len(moved)}笔的上级项目写它的来源，各方向的总数不变{_dropping(scope)}"
    linked = Edit(KIND, {number: {"parent": f"{KIND}:{source}"} for number in moved})
    cure = Cure("关联为同一笔钱", sentence, (linked,))
    return (cure, gone) if concern.subject == _SPENT else (cure,)


def _dropping(scope: Scope) -> str:
    """A word on indicators that count only what has no 上级项目, and so lose what is linked now."""
    names = [
        indicator.label
        for indicator in scope.ledger.definitions.book.indicators
        if indicator.kind == KIND
        and (indicator.where or {}).get("parent") == (None,)
        and any(admits((indicator.where or {}).get("direction"), word) for word in (PAID, INVESTED))
    ]
    if not names:
        return ""
    return f"。指标“{'”“'.join(names)}”只算没有上级项目的，会少算这些，请先改它的条件"


CHECK = Check(
    CODE,
    "争取和下拨是同一笔钱",
    "争取（向上要来）和下拨（拨给乡镇）是同一笔钱的两个方向，各算各的；下拨的上级项目写它来自哪一笔争取。",
    (KIND,),
    _find,
    _cures,
)
