"""A ledger's records in groups with subtotals, as a table shows and prints them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.show import show
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.storage.sections import MONTH

DEEPEST = 2
"""Groups within groups go no deeper."""
_WORDS = (FieldType.CHOICE, FieldType.BOOL, FieldType.REF, FieldType.DERIVED)


@dataclass(frozen=True, slots=True)
class Heading:
    """One group.  level: 0 for the outer groups.  keys: its values, the outer group's first.

    label: its last value in words.  start: place of its first record among all ids.
    totals: field → sum as shown text.
    """

    level: int
    keys: tuple[Any, ...]
    label: str
    start: int
    count: int
    totals: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Place after its last record."""
        return self.start + self.count


@dataclass(frozen=True, slots=True)
class Sectioned:
    """ids: of all records, group after group.  headings: in order, an outer group before its inner ones."""

    ids: array[int]
    headings: tuple[Heading, ...] = ()


def groupable(kind: Kind) -> list[tuple[str, str]]:
    """(name, label) of what the records of a kind can be grouped by."""
    found = [] if kind.state else [(MONTH, "月份")]
    found += [(item.name, item.label) for item in kind.fields if item.type in _WORDS and item.name != "goods"]
    return sorted(found, key=lambda pair: (pair[0] != "area", pair[0] != MONTH))


def summed(kind: Kind) -> list[Field]:
    """The fields that subtotals are made of."""
    return [item for item in kind.fields if item.total and item.type in NUMERIC]


def sectioned(ledger: Ledger, query: Query, by: Sequence[str]) -> Sectioned:
    """The records of a query in groups; without `by` just their ids."""
    if not by:
        return Sectioned(ledger.ids(query))
    kind = kind_of(query.kind)
    fields = summed(kind)
    ids, found = ledger.lists.sectioned(query, by, [item.name for item in fields])
    headings: list[Heading] = []
    start = 0
    for place, (keys, count, sums) in enumerate(found):
        opened = place == 0 or found[place - 1][0][0] != keys[0]
        if len(by) > 1 and opened:
            inner = [one for one in found[place:] if one[0][0] == keys[0]]
            total = sum(one[1] for one in inner)
            added = [sum(column, Decimal(0)) for column in zip(*[one[2] for one in inner], strict=True)]
            outer = (0, keys[:1], _word(ledger, query.kind, by[0], keys[0]), start, total)
            headings.append(Heading(*outer, _shown(fields, added)))
        word = _word(ledger, query.kind, by[-1], keys[-1])
        headings.append(Heading(len(by) - 1, keys, word, start, count, _shown(fields, sums)))
        start += count
    return Sectioned(ids, tuple(headings))


def grand_total(ledger: Ledger, query: Query, count: int) -> Heading:
    """The line under all groups."""
    fields = summed(kind_of(query.kind))
    rows = ledger.grouped(query, (), [item.name for item in fields]) if fields else []
    return Heading(0, (), "合计", 0, count, _shown(fields, rows[0] if rows else ()))


def _shown(fields: Sequence[Field], sums: Sequence[Any]) -> dict[str, str]:
    texts = {}
    for item, value in zip(fields, sums, strict=False):
        whole = value if item.type is FieldType.DECIMAL else int(value)
        texts[item.name] = show(item, whole, str)
    return texts


def _word(ledger: Ledger, kind: str, name: str, value: Any) -> str:
    if name == MONTH:
        return f"{value}月" if value else "（没有日期）"
    return ledger.show(kind, name, value) or "（空）"
