"""The conditions of an indicator as rows of a form: field, what is asked of it, values; and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.indicator_rules import CONTAINS, PARENT, condition_field
from mingxi_desktop.domain.indicator_wanted import RANGED, Between, Other
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.references import ITEM, LABELS

GROUP = "group"
"""Attribute of a supply that a condition may ask for: 类别."""
YES, NO = "是", "否"
_BOOKKEEPING = frozenset({"reporter", "granularity", "approx", "source_ref", "note", "code"})
"""Fields that are seldom asked for: they come last."""


class Ask(StrEnum):
    """What a condition asks of its field."""

    IS = "是"
    IS_NOT = "不是"
    HOLDS = "含"
    LACKS = "不含"
    BETWEEN = "从…到"
    EMPTY = "没有填"
    FILLED = "填了"


NOT_ASKING = frozenset({Ask.EMPTY, Ask.FILLED})
"""Ways that need no values."""
NEGATIVE = frozenset({Ask.IS_NOT, Ask.LACKS, Ask.FILLED})
"""Ways that must hold whatever else is asked of their field."""


@dataclass(frozen=True, slots=True)
class Row:
    """One condition.  name: as in `Indicator.where`.  values: any of which will do; () for NOT_ASKING.

    Of BETWEEN they are the two ends as in `indicator_wanted.Between`.  NEGATIVE ones ask for none of their values.
    Rows of one field are alternatives but for the NEGATIVE ones; these and rows of several fields must all hold.
    """

    name: str
    ask: Ask
    values: tuple[str, ...] = ()


def choices(kind: Kind) -> tuple[tuple[str, str], ...]:
    """(name, words) of what conditions can look at: the ledger's own fields, then its parent's."""
    found = [(name, label) for field in kind.fields for name, label in _of_field(field, "", "")]
    if kind.parent:
        parent = kind_of(kind.parent_kind)
        own = {field.label for field in kind.fields}
        found += [
            (name, label)
            for field in parent.fields
            if field.label not in own
            for name, label in _of_field(field, f"{PARENT}.", f"{parent.label}的")
        ]
    return tuple(sorted(found, key=lambda choice: choice[0].rpartition(".")[2] in _BOOKKEEPING))


def _of_field(field: Field, before: str, said: str) -> list[tuple[str, str]]:
    if not field.stored or not asks(field):
        return []
    found = [(f"{before}{field.name}", f"{said}{field.label}")]
    if not before and field.type is FieldType.REF and field.targets[:1] == (ITEM,):
        found.append((f"{field.name}.{GROUP}", f"{field.label}类别"))
    return found


def asks(field: Field) -> tuple[Ask, ...]:
    """What can be asked of a field, the usual first; () for nothing."""
    empty = () if field.required or field.inherited else (Ask.EMPTY, Ask.FILLED)
    if field.type is FieldType.BOOL:
        return (Ask.IS, *empty)
    if field.type is FieldType.CHOICE:
        return (Ask.IS, Ask.IS_NOT, *empty)
    if field.type is FieldType.MULTI:
        return (Ask.HOLDS, Ask.LACKS, *empty)
    if field.type is FieldType.TEXT:
        return (Ask.HOLDS, Ask.LACKS, Ask.IS, Ask.IS_NOT, *empty)
    if field.type in RANGED:
        return (Ask.BETWEEN, *empty)
    if field.type is FieldType.REF and field.targets[0] in LABELS:
        return (Ask.IS, Ask.IS_NOT, *empty)
    return empty


def asks_of(kind: Kind, name: str) -> tuple[Ask, ...]:
    """What can be asked by a condition of that name."""
    return (Ask.IS, Ask.IS_NOT) if name.endswith(f".{GROUP}") else asks(condition_field(kind, name))


def rows(kind: Kind, where: Mapping[str, tuple[object, ...]] | None) -> tuple[Row, ...]:
    """The conditions of a definition, one row each as the editor shows them: field, way of asking, words."""
    found: list[Row] = []
    for name, wanted in (where or {}).items():
        several = condition_field(kind, name).type is FieldType.MULTI
        some = [one for one in wanted if not isinstance(one, Other)]
        found += _rows_of(name, some, (Ask.HOLDS if several else Ask.IS, Ask.HOLDS, Ask.EMPTY))
        others = [one.value for one in wanted if isinstance(one, Other)]
        found += _rows_of(name, others, (Ask.LACKS if several else Ask.IS_NOT, Ask.LACKS, Ask.FILLED))
    return tuple(found)


def _rows_of(name: str, wanted: Sequence[object], asks: tuple[Ask, Ask, Ask]) -> Iterator[Row]:
    """The values of a condition by what they ask: whole words, parts of a text, ranges, whether it is filled."""
    words = [_word(value) for value in wanted if value is not None and not isinstance(value, Between)]
    whole = tuple(word for word in words if not word.startswith(CONTAINS))
    inside = tuple(word.removeprefix(CONTAINS) for word in words if word.startswith(CONTAINS))
    if whole:
        yield Row(name, asks[0], whole)
    if inside:
        yield Row(name, asks[1], inside)
    yield from (Row(name, Ask.BETWEEN, (one.low, one.high)) for one in wanted if isinstance(one, Between))
    if None in wanted:
        yield Row(name, asks[2])


def where_of(kind: Kind, given: Sequence[Row]) -> Mapping[str, tuple[object, ...]] | None:
    """Field → wanted values, the conditions of a definition from its rows; None for no condition."""
    found: dict[str, tuple[object, ...]] = {}
    for row in given:
        values = _values(condition_field(kind, row.name), row)
        found[row.name] = tuple(dict.fromkeys((*found.get(row.name, ()), *values)))
    return MappingProxyType(found) if found else None


def _values(field: Field, row: Row) -> tuple[object, ...]:
    if row.ask is Ask.BETWEEN:
        return (Between(*row.values),)
    if field.type is FieldType.BOOL and row.ask not in NOT_ASKING:
        return tuple(value == YES for value in row.values)
    words: tuple[str | None, ...] = (None,) if row.ask in NOT_ASKING else row.values
    if field.type is FieldType.TEXT and row.ask in (Ask.HOLDS, Ask.LACKS):
        words = tuple(f"{CONTAINS}{value}" for value in row.values)
    return tuple(Other(word) for word in words) if row.ask in NEGATIVE else words


def _word(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)
