"""Checks of the tests' own over the hazards of `small`: the window does not depend on which checks there are."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope, Trash

KIND = "hazard"


def _twins(scope: Scope) -> Iterator[Concern]:
    """Hazards 1 and 2 are said to be one, as long as both are there."""
    there = set(scope.ledger.ids(Query(KIND, year=scope.year)))
    if {1, 2} <= there:
        message = "盖洋镇和雪峰镇2024年6月的两条隐患是一条，合计会多算12条"
        yield Concern("twins", Severity.WARNING, message, ((KIND, 1), (KIND, 2)), facts=(12,))


def _cures(scope: Scope, concern: Concern) -> tuple[Cure, ...]:
    return (
        Cure("合并", "留下前一条，后一条移入回收站", (Trash(KIND, (concern.records[1][1],)),)),
        Cure("写明", "在备注里写明不是一条", (Edit(KIND, {1: {"note": "不是一条"}}),)),
    )


def _unfinished(scope: Scope) -> Iterator[Concern]:
    there = set(scope.ledger.ids(Query(KIND, year=scope.year)))
    for number in sorted({3, 4} & there):
        name = scope.ledger.title(KIND, number)
        yield Concern("unfinished", Severity.INFO, f"隐患{name}还没有改完", ((KIND, number),))


def _wrong(scope: Scope) -> Iterator[Concern]:
    if scope.ledger.count(Query("supply_movement", year=scope.year)):
        message = "2024年6月10日调拨的棉被比库存多120床，有购入没有登记"
        yield Concern("wrong", Severity.ERROR, message, (("supply_line", 1),), target="stock")


ALL = (
    Check("twins", "同一条录了两遍", "录了两遍的隐患会多算，留下一条。", (KIND,), _twins, _cures),
    Check("unfinished", "还没有改完", "改完以前不能写“全部整改”。", (KIND,), _unfinished),
    Check("wrong", "库存对不上", "发出去的不能比有的多。", ("supply_movement",), _wrong),
)
