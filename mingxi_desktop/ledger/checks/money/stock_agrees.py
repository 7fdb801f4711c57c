"""What a stock sheet says was left, against the stock that follows from the movements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.money.goods import day_words, item_words, number_words
from mingxi_desktop.storage.checks.stock_agrees import Moved, balanced, moved, openings

CODE = "stock_balance"
KIND = "supply_movement"


def _find(scope: Scope) -> Iterator[Concern]:
    items = balanced(scope.store, scope.year)
    if not items:
        return
    opening = openings(scope.store, scope.year)
    for item, lines in moved(scope.store, scope.year, items).items():
        found = first_differing(opening.get(item, 0), lines)
        if found is not None:
            yield _told(scope, item, lines, *found)


def first_differing(opening: int, lines: Sequence[Moved]) -> tuple[Moved, int] | None:
    """(the first line whose 结存 is not what is left, what is left after it); None where all agree.

    Within a day the order of the movements is not known: what is left in the order of the records, with all
    that came in first, or at the end of the day, is right.
    """
    left = opening
    for _, of_day in groupby(lines, key=lambda line: line.day):
        day = list(of_day)
        end = left + sum(line.signed for line in day)
        after = _after_each(left, day)
        other = _after_each(left, sorted(day, key=lambda line: line.signed < 0))
        for line in day:
            at = id(line)
            if line.balance is not None and line.balance not in (after[at], other[at], end):
                return line, after[at]
        left = end
    return None


def _after_each(left: int, lines: Sequence[Moved]) -> dict[int, int]:
    """Line (by identity) → what is left after it."""
    found = {}
    for line in lines:
        left += line.signed
        found[id(line)] = left
    return found


def _told(scope: Scope, item: int, lines: Sequence[Moved], line: Moved, left: int) -> Concern:
    name, unit = item_words(scope, item)
    assert line.balance is not None
    first = next(one for one in lines if one.balance is not None)
    more = line.balance - left
    side = "多" if more > 0 else "少"
    hint = (
        "像是年初的结存没有登记，补一条盘点"
        if line is first and more > 0
        else "这一笔以前漏登了入库，或有一次出库记了两遍"
        if more > 0
        else "这一笔以前漏登了出库，或有一次入库记了两遍"
    )
    return Concern(
        CODE,
        Severity.ERROR,
        f"{name}{day_words(line.day)}{line.type}后，表上的结存是{number_words(line.balance)}{unit}，"
        f"按收发算出的库存是{number_words(left)}{unit}，{side}了{number_words(abs(more))}{unit}：{hint}",
        ((KIND, line.movement),),
        f"item:{item}",
        (line.balance, left),
    )


CHECK = Check(
    CODE,
    "结存和库存对不上",
    "出入库表上每一笔的结存，应当等于程序按收发算出的库存；从第一处不一样的地方查起。",
    (KIND, "supply_line"),
    _find,
)
