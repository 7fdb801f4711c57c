"""Indicators of the clerk's own that add up two legs of the same goods, or two directions of the same money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.indicator_wanted import admits
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.storage.checks.indicator_adds_both import any_defined, sorts

CODE = "indicator_adds_both"


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sorts of records that are not added.

    deciding: the condition that tells them apart.  link: where it has to be empty, the second one is left out
    as far as it is linked.  what: they are of, in the sentence.
    """

    deciding: str
    first: str
    second: str
    link: str
    what: str


_PAIRS: Mapping[str, _Pair] = {
    "supply_movement": _Pair("type", "调拨", "发放", "dispatch", "批物资"),
    "supply_line": _Pair("parent.type", "调拨", "发放", "parent.dispatch", "批物资"),
    "fund": _Pair("direction", "争取", "下拨", "parent", "笔钱"),
}


def _find(scope: Scope) -> Iterator[Concern]:
    if not any_defined(scope.store):
        return  # reading the delivered ones takes longer than all else, and none of them does it
    for indicator in scope.ledger.definitions.book.indicators:
        pair = _PAIRS.get(indicator.kind)
        if pair is not None and _adds_both(scope, indicator, pair):
            yield Concern(
                CODE,
                Severity.ERROR,
                f"指标“{indicator.label}”把{pair.first}和{pair.second}加在一起，同一{pair.what}会算两遍；"
                f"请在它的条件里只选“{pair.first}”或只选“{pair.second}”",
                (),
                indicator.id,
                tuple(sorted(map(str, (indicator.where or {}).get(pair.deciding, ())))),
                f"indicator:{indicator.id}",
            )


def _adds_both(scope: Scope, indicator: Indicator, pair: _Pair) -> bool:
    """Whether records of both sorts get in, and what they have is added."""
    where = indicator.where or {}
    if indicator.aggregate not in (Aggregate.SUM, Aggregate.COUNT):
        return False
    if indicator.whole or where.get(pair.link) == (None,):
        return False
    both = {pair.first, pair.second}
    wanted = where.get(pair.deciding)
    if not all(admits(wanted, word) for word in both):
        return False
    if both.intersection(wanted or ()):
        return True
    # The number of slips is no amount; and where one of the sorts was never met, nothing is wrong yet.
    if indicator.aggregate is Aggregate.COUNT:
        return False
    return both <= sorts(scope.store, indicator, pair.deciding, Period.of(scope.year))


CHECK = Check(
    CODE,
    "指标把两段加在一起",
    "调拨和发放、争取和下拨是同一批物资、同一笔钱的两段，一个指标只能用其中一段。",
    ("supply_movement", "supply_line", "fund"),
    _find,
)
