"""Rules of one record, made from a few words so that a declaration can be read aloud.

Each function returns a `Rule`: values in, a `Finding` or None out.  Rules never look at other records;
what needs them (unique codes, chains, stages) is checked where the ledger file is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import Finding, Rule, Values

_LOOKED_AT: dict[Rule, dict[str, None]] = {}
"""The fields that a rule is known to look at; `broken` adds to them."""


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime.datetime) else value


def not_before(later: str, earlier: str, message: str, severity: str = "error") -> Rule:
    """`later` must not lie before `earlier` (days; empty values pass)."""

    def rule(values: Values) -> Finding | None:
        first, second = values.get(earlier), values.get(later)
        if first is not None and second is not None and _day(second) < _day(first):
            return Finding(later, message, severity, "E_ORDER")
        return None

    return rule


def at_most(smaller: str, larger: str, message: str, severity: str = "error") -> Rule:
    """The number `smaller` must not exceed the number `larger`."""

    def rule(values: Values) -> Finding | None:
        small, large = values.get(smaller), values.get(larger)
        if small is not None and large is not None and small > large:
            return Finding(smaller, message, severity, "E_PART")
        return None

    return rule


def needed_when(
    fields: Sequence[str], when: Callable[[Values], bool], message: str, severity: str = "error"
) -> Rule:
    """Each of `fields` must be filled when `when` holds."""

    def rule(values: Values) -> Finding | None:
        if when(values):
            for field in fields:
                if values.get(field) in (None, "", ()):
                    return Finding(field, message, severity, "E_NEEDED")
        return None

    return rule


def only_when(field: str, when: Callable[[Values], bool], message: str) -> Rule:
    """`field` must stay empty unless `when` holds."""

    def rule(values: Values) -> Finding | None:
        if values.get(field) not in (None, "", ()) and not when(values):
            return Finding(field, message, "error", "E_MISPLACED")
        return None

    return rule


def within_days(later: str, earlier: str, days: int, message: str) -> Rule:
    """Warn when `later` lies more than `days` after `earlier`."""

    def rule(values: Values) -> Finding | None:
        first, second = values.get(earlier), values.get(later)
        if first and second and (_day(second) - _day(first)).days > days:
            return Finding(later, message, "warning", "W_LATE")
        return None

    return rule


def is_value(field: str, *expected: Any) -> Callable[[Values], bool]:
    """A condition: the field holds one of the expected values."""

    def when(values: Values) -> bool:
        return values.get(field) in expected

    return when


def one_for_itemised(field: str, unit: str) -> Rule:
    """An itemised row stands for one thing: another quantity is pointed out, not refused."""

    def rule(values: Values) -> Finding | None:
        value = values.get(field)
        if values.get("granularity") == "逐条" and value is not None and value > 1:
            return Finding(
                field, f"“逐条”通常一行1{unit}；一行记多{unit}的请选“汇总”", "warning", "W_ITEMISED"
            )
        return None

    return rule


def broken(rule: Rule, records: Abreast) -> Iterator[tuple[int, Finding]]:
    """Which of the records break a rule: (place of the record, what is wrong).

    The rule is asked once for records that say the same in all that it looks at.
    """
    if records.number == 1:
        one = rule(records.row(0))
        return iter([] if one is None else [(0, one)])
    names = _LOOKED_AT.setdefault(rule, {})
    while True:
        columns = [records.column(name) for name in names]
        places = dict(zip(_keys(columns, records.number), range(records.number), strict=True))
        told = {key: rule(_Watched(records, place, names)) for key, place in places.items()}
        if len(names) == len(columns):
            break
    if not any(told.values()):
        return iter(())
    answers = enumerate(map(told.__getitem__, _keys(columns, records.number)))
    return ((place, one) for place, one in answers if one is not None)


def _keys(columns: Sequence[Sequence[Any]], number: int) -> Iterable[Any]:
    """What each of so many records says in the columns together."""
    if not columns:
        return repeat((), number)
    return columns[0] if len(columns) == 1 else zip(*columns, strict=True)


class _Watched(Mapping[str, Any]):
    """The values of one record, which note what is asked for."""

    def __init__(self, records: Abreast, place: int, asked: dict[str, None]) -> None:
        self._columns = records.columns
        self._place = place
        self._asked = asked

    def get(self, name: str, default: Any = None) -> Any:
        self._asked[name] = None
        column = self._columns.get(name)
        return default if column is None else column[self._place]

    def __getitem__(self, name: str) -> Any:
        self._asked[name] = None
        return self._columns[name][self._place]

    def __iter__(self) -> Iterator[str]:
        self._asked.update(dict.fromkeys(self._columns))
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)
