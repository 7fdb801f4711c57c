"""What an indicator's definition must obey so that it can be evaluated: fields, words, sensible aggregates.

All faults are ValueErrors with a Chinese sentence; `indicator_data` adds the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from mingxi_desktop.domain import kinds, vocabulary, wording
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.references import LABELS

CONTAINS = "~"
"""Before a wanted text: the field contains it."""

PARENT = "parent"
ENTRY_ATTRIBUTES = frozenset({"group", "unit", "code"})
"""Attributes of a list entry that a condition may name after the field: item.group."""

_ID = re.compile(r"[a-z][a-z0-9_]*")
_SUMMING = frozenset({Aggregate.SUM, Aggregate.STATE, Aggregate.TALLY})
_DAYS = frozenset({FieldType.DATE, FieldType.DATETIME})
_REFERENCES = frozenset({FieldType.REF, FieldType.MULTI_REF})


Words = Callable[[str], Collection[str]]
"""Name of a vocabulary → its words."""


def delivered_words(vocabulary_name: str) -> Collection[str]:
    """The words that come with the program."""
    return vocabulary.delivered()[vocabulary_name].values


def condition_field(kind: Kind, name: str) -> Field:
    """The field that a condition of `kind` looks at; ValueError if there is none.

    name: "type", "parent.type" (a child table's ledger), "item.group" (an attribute of the entry).
    """
    first, _, second = name.partition(".")
    if first == PARENT and second:
        if not kind.parent:
            raise ValueError(f"{kind.label}不是明细，不能用条件 {name}")
        return _field(kinds.kind_of(kind.parent_kind), second)
    field = _field(kind, first)
    if second and (second not in ENTRY_ATTRIBUTES or not set(field.targets) & set(LABELS)):
        raise ValueError(f"条件 {name} 里的“{second}”用不上")
    return field


def check_indicator(indicator: Indicator, words: Words = delivered_words) -> None:
    """Raise ValueError for the first thing that cannot be evaluated or worded."""
    if not _ID.fullmatch(indicator.id):
        raise ValueError("id 只能用小写字母、数字和下划线，字母开头")
    kind = kinds.kind_of(indicator.kind)
    wording.check_rule(indicator.wording)
    for name, wanted in (indicator.where or {}).items():
        field = condition_field(kind, name)
        for value in wanted:
            _check_wanted(field, name, value, words)
    for name in (indicator.date, indicator.until):
        if name and _field(kind, name).type not in _DAYS:
            raise ValueError(f"字段 {name} 不是日期")
    if indicator.years < 1:
        raise ValueError("years 至少是1")
    if indicator.target and not indicator.target.startswith("target."):
        raise ValueError("target 要写成 target.名字")
    if indicator.whole and not kind.has(PARENT):
        raise ValueError(f"{kind.label}没有上级，不能用 whole")
    _check_fields(indicator, kind)
    _check_aggregate(indicator, kind)


def _check_wanted(field: Field, name: str, value: object, words: Words) -> None:
    """Whether a condition's value is one that the field can have."""
    if value is None or ("." in name and not name.startswith(f"{PARENT}.")):
        return
    if type(value) is not (bool if field.type is FieldType.BOOL else str):
        raise ValueError(f"条件 {name} 的值“{value}”类型不对")
    if not isinstance(value, str):
        return
    if value.startswith(CONTAINS):
        if field.type is not FieldType.TEXT or value == CONTAINS:
            raise ValueError(f"条件 {name} 不能用“{value}”，“~”只用于文字字段")
    elif field.choices and value not in words(field.choices):
        raise ValueError(f"“{value}”不是{field.label}的选项")


def _check_fields(indicator: Indicator, kind: Kind) -> None:
    """Whether the fields exist and can be treated as the aggregate does."""
    shown = [_field(kind, name) for name in indicator.fields]
    aggregate = indicator.aggregate
    if aggregate in _SUMMING:
        if not shown and not kind.quantity:
            raise ValueError(f"{kind.label}没有数量，要写明 fields")
        if any(field.type not in NUMERIC for field in shown):
            raise ValueError("fields 里有不能相加的字段")
        if len({field.type is FieldType.MONEY for field in shown}) > 1:
            raise ValueError("金额不能和数量相加")
        if indicator.unit in ("万元", "元") and any(field.type is not FieldType.MONEY for field in shown):
            raise ValueError("单位是元或万元的，fields 要是金额")
    elif aggregate is Aggregate.DISTINCT:
        if len(shown) != 1 or shown[0].type not in _REFERENCES:
            raise ValueError("distinct 要写一个指向名单的字段")
    elif aggregate is Aggregate.PICK:
        if len(shown) != 1 or not indicator.pick or _field(kind, indicator.pick).type not in NUMERIC:
            raise ValueError("pick 要写一个 fields，并写明按哪个数选最大的")
    elif shown:
        raise ValueError(f"{aggregate} 不用 fields")


def _check_aggregate(indicator: Indicator, kind: Kind) -> None:
    """Whether the kind is one that the aggregate is made for."""
    aggregate = indicator.aggregate
    needed = {
        Aggregate.TALLY: kind.has("basis") and kind.has("event"),
        Aggregate.STATE: kind.state,
        Aggregate.STATE_AREAS: kind.state,
        Aggregate.YEARS: kind.state,
        Aggregate.EVENT: kind.has("end_date"),
        Aggregate.TYPHOON: kind.has("typhoon"),
        Aggregate.COUNT: not kind.quantity,
    }
    if not needed.get(aggregate, True):
        raise ValueError(f"{kind.label}不能用 {aggregate} 这种算法")
    if (aggregate is Aggregate.RATIO) != bool(indicator.of and indicator.per):
        raise ValueError("ratio 要写 of 和 per，别的算法不写")
    if indicator.target and indicator.unit != "%":
        raise ValueError("有 target 的单位要是 %")
    if indicator.complete and aggregate is not Aggregate.TALLY:
        raise ValueError("complete 只用于 tally")


def _field(kind: Kind, name: str) -> Field:
    if not kind.has(name):
        raise ValueError(f"{kind.label}没有“{name}”这个字段")
    return kind.field(name)
