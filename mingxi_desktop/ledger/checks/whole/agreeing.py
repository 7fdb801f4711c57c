"""What must agree before a sentence may say it: found and rectified, money won and money paid out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.indicator_wanted import admits
from mingxi_desktop.domain.indicators import Indicator, IndicatorValue, Period
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.frozen.numbers import Behind, behind
from mingxi_desktop.storage.checks import agreeing as reading

CODE = "not_agreeing"
Pair = frozenset[str]
"""The ids of two indicators that must have the same value."""


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each pair that differs in the year, once the year is over.

    Before, hazards are still being put right and money is still on its way.
    """
    pairs = _pairs(scope)
    if scope.today <= scope.last or not pairs:
        return
    wanted = [id for one, other in pairs for id in (one.id, other.id)]
    values = {value.indicator.id: value for value in scope.ledger.indicators(scope.year, only=wanted)}
    for one, other in pairs:
        first, second = values[one.id], values[other.id]
        if (first.records or second.records) and _number(first) != _number(second):
            yield _concern(scope, first, second)


def pair_of(concern: Concern) -> Pair:
    """The two indicators that a concern of this check is about."""
    return frozenset(concern.subject.split("="))


def _pairs(scope: Scope) -> list[tuple[Indicator, Indicator]]:
    """Each pair once, the one that comes first in life first: found before rectified, won before paid."""
    book = scope.ledger.definitions.book
    found: dict[Pair, tuple[Indicator, Indicator]] = {}
    for one in book.indicators:
        other = book.by_id.get(one.agrees_with)
        if other is not None and other is not one:
            found.setdefault(frozenset((one.id, other.id)), _in_order(one, other))
    return list(found.values())


def _in_order(one: Indicator, other: Indicator) -> tuple[Indicator, Indicator]:
    direction = (one.where or {}).get("direction")
    later = (one.until and not other.until) or (direction is not None and admits(direction, "下拨"))
    return (other, one) if later else (one, other)


def _number(value: IndicatorValue) -> Decimal:
    """0 where nothing was entered: what has no other side does not agree with it."""
    number = value.exactly if value.exactly is not None else value.value
    return Decimal(number) if isinstance(number, int | Decimal) else Decimal(0)


def _concern(scope: Scope, first: IndicatorValue, second: IndicatorValue) -> Concern:
    one, other = first.indicator, second.indicator
    more = _number(first) - _number(second)
    numbers = (plain(_number(first)), plain(_number(second)))
    said = f"{scope.year}年{one.label}{numbers[0]}{one.unit}，{other.label}{numbers[1]}{other.unit}，"
    open_work = one.kind == "hazard" and bool(other.until) and more > 0
    # Where nothing at all was entered of the other side, it is missing rather than wrong.
    owed = open_work or (one.kind == "fund" and not (first.records and second.records))
    severity = Severity.INFO if owed else Severity.ERROR
    records = _records(scope, one, other)
    message = said + _told(one, more)
    return Concern(CODE, severity, message, records, f"{one.id}={other.id}", numbers)


def _told(one: Indicator, more: Decimal) -> str:
    """By how much they differ, what that means, and what to do."""
    amount = f"{plain(abs(more))}{one.unit}"
    if one.kind == "fund" and more > 0:
        return f"还有{amount}没有下拨：核对下拨是不是漏了登记；没有漏的，接受并写明原因"
    if one.kind == "fund":
        return f"下拨的比争取的多{amount}：核对争取是不是漏了登记、下拨是不是登记了两遍，都不是的，接受并写明原因"
    if one.kind == "hazard" and more > 0:
        return f"还有{amount}没有整改完：报告不能写成全部整改；整改了的，补上已整改数和完成日期"
    if one.kind == "hazard":
        return f"整改的比发现的多{amount}：整改数不会比发现数多，请核对这些记录"
    return f"应当一致，却{'少' if more > 0 else '多'}了{amount}：请核对这些记录，不是记错就写明原因"


def _records(scope: Scope, one: Indicator, other: Indicator) -> tuple[Ref, ...]:
    """Those that make the difference, the most telling first."""
    period = Period.of(scope.year)
    first, second = (_amounts(scope, indicator, period) for indicator in (one, other))
    if not first.keys().isdisjoint(second):
        known: dict[Decimal, Decimal] = {}  # many records differ by the same few amounts
        apart: Mapping[Ref, Decimal] = {
            key: known.setdefault(more, more)
            for key in first.keys() | second.keys()
            if (more := _of(first, key) - _of(second, key))
        }
    else:
        apart = _unmatched(first, second)
    chosen = {key: amount for key, amount in apart.items() if amount} or dict.fromkeys(
        first | second, Decimal(0)
    )
    # One that is just as much as what is missing is most likely what is missing.
    missing = abs(_total(first) - _total(second))
    place = {amount: (abs(amount) != missing, -abs(amount)) for amount in set(chosen.values())}
    return tuple(sorted(sorted(chosen), key=lambda key: place[chosen[key]]))


def _amounts(scope: Scope, indicator: Indicator, period: Period) -> Behind:
    found = reading.amounts(scope.store, indicator, period)
    return behind(scope.store, indicator, period) if found is None else {**found}


def _total(found: Behind) -> Decimal:
    return sum((amount or Decimal(0) for amount in found.values()), Decimal(0))


def _of(found: Behind, key: Ref) -> Decimal:
    return found.get(key) or Decimal(0)


def _unmatched(first: Behind, second: Behind) -> Mapping[Ref, Decimal]:
    """What is left of both sides when equal amounts are taken off against each other."""
    by_amount: dict[Decimal, list[Ref]] = defaultdict(list)
    for key in sorted(second):
        by_amount[_of(second, key)].append(key)
    left: dict[Ref, Decimal] = {}
    for key in sorted(first):
        if by_amount[_of(first, key)]:
            by_amount[_of(first, key)].pop(0)
        else:
            left[key] = _of(first, key)
    return left | {key: amount for amount, keys in by_amount.items() for key in keys}


CHECK = Check(
    code=CODE,
    label="应当一致的数",
    about="“排查整改N条”要发现数和整改数相等才能写；争取的救灾资金和下拨的要么一致，要么说明原因。",
    kinds=("hazard", "fund"),
    find=find,
)
