"""A store from which more went out than was in it."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.money.goods import amount_words, day_words, item_words, number_words
from mingxi_desktop.storage.checks.stock_agrees import moved, negative, openings

CODE = "stock_negative"
KIND = "supply_movement"
STOCK = "stock"


def _find(scope: Scope) -> Iterator[Concern]:
    """Of a supply that never came in, no stock is kept: nothing is said of it."""
    opening = openings(scope.store, scope.year)
    below = negative(scope.store, scope.year, opening) if opening else {}
    lines = moved(scope.store, scope.year, list(below)) if below else {}
    for item, (day, left) in below.items():
        name, unit = item_words(scope, item)
        out = [line for line in lines.get(item, ()) if line.day == day and line.signed < 0]
        out.sort(key=lambda line: (line.signed, -line.movement))
        amount = f"{number_words(left)}{unit}"
        if opening[item] < 0 or not out:
            why = f"{name}{scope.year}年年初的库存就是{amount}，以前的年度里出库多于入库"
        else:
            gone = "、".join(
                f"{kind}{amount_words(scope, item, -sum(one.signed for one in out if one.type == kind))}"
                for kind in dict.fromkeys(line.type for line in out)
            )
            why = f"{day_words(day)}{gone}以后，{name}算出的库存是{amount}"
        yield Concern(
            CODE,
            Severity.ERROR,
            f"{why}，不可能少于零：漏登了入库，或有一次出库记了两遍",
            tuple((KIND, line.movement) for line in out),
            f"item:{item}",
            (day.isoformat(), left),
            "" if out else STOCK,
        )


CHECK = Check(
    CODE,
    "库存少于零",
    "库存由收发算出，任何一天都不会少于零；少于零说明漏登了入库，或有一次出库记了两遍。",
    (KIND, "supply_line"),
    _find,
)
