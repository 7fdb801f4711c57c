"""Parts (其中) of a sum of money that are more than the whole, or whose whole is in the trash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.show import money_words
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope, Trash
from mingxi_desktop.ledger.checks.money.goods import day_words
from mingxi_desktop.ledger.checks.money.money import KIND, money_said, refs_of
from mingxi_desktop.storage.checks.both_directions import Money, exceeding, moneys

CODE = "parts_exceed_whole"
_LOST = "lost"
_MOST = 200


def _find(scope: Scope) -> Iterator[Concern]:
    for found in exceeding(scope.store, scope.year):
        number = len(found.parts)
        same = found.direction == found.whole_direction
        parts = f"它的{number}笔其中部分" if same else f"从它{found.direction}的{number}笔"
        yield Concern(
            CODE,
            Severity.ERROR,
            f"{day_words(found.day)}{found.whole_direction}的资金是{money_words(found.amount)}，"
            f"{parts}相加是{money_words(found.total)}，多出{money_words(found.total - found.amount)}",
            ((KIND, found.whole), *((KIND, part) for part in found.parts[:_MOST])),
            f"{found.whole}:{found.direction}",
            (found.amount, found.total),
        )
    yield from _lost(scope)


def _lost(scope: Scope) -> Iterator[Concern]:
    """Parts whose whole is in the trash: indicators that count wholes count neither."""
    lost: dict[int, list[Money]] = {}
    for money in moneys(scope.store, (scope.year,)):
        if money.lost:
            lost.setdefault(money.parent, []).append(money)
    for whole, parts in lost.items():
        often = f"等{len(parts)}笔" if len(parts) > 1 else ""
        yield Concern(
            CODE,
            Severity.ERROR,
            f"{money_said(scope, parts[0])}{often}的上级项目在回收站里，只算整笔的指标会漏掉"
            f"{money_words(sum(part.amount for part in parts))}",
            refs_of(*parts[:_MOST]),
            f"{_LOST}:{whole}",
            tuple(part.amount for part in parts),
        )


def _cures(_scope: Scope, concern: Concern) -> Sequence[Cure]:
    if not concern.subject.startswith(_LOST):
        return ()
    numbers = tuple(number for _, number in concern.records)
    alone = Edit(KIND, {number: {"parent": None} for number in numbers})
    return (
        Cure("改为单独一笔", f"去掉{len(numbers)}笔资金的上级项目，各算各的", (alone,)),
        Cure(f"删除 {len(numbers)} 条", "上级项目已经删除，其中部分也一起删除", (Trash(KIND, numbers),)),
    )


CHECK = Check(
    CODE,
    "其中部分超过整笔",
    "一笔资金的其中部分相加不能超过整笔，从它下拨的也不能超过它；整笔删除了，部分不能没有着落。",
    (KIND,),
    _find,
    _cures,
)
