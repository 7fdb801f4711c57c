"""What an indicator's definition must obey so that it can be evaluated: fields, words, sensible aggregates.

All faults are `RuleError`s with a Chinese sentence and the key at fault; `indicator_data` adds the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from mingxi_desktop.domain import kinds, vocabulary, wording
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.indicator_wanted import DAYS, Between, Other, limits
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.references import ITEM, LABELS

CONTAINS = "~"
"""Before a wanted text: the field contains it."""

PARENT = "parent"
ENTRY_ATTRIBUTES = frozenset({"group", "unit", "code"})
"""Attributes of a supply's entry that a condition may name after the field: item.group."""
PICKED = frozenset({FieldType.TEXT, FieldType.CHOICE, FieldType.INT, FieldType.DATE})
"""Types of a field that can be shown of one record."""

_ID = re.compile(r"[a-z][a-z0-9_]*")
_ENUMERABLE = frozenset({FieldType.CHOICE, FieldType.MULTI, FieldType.TEXT, FieldType.BOOL, FieldType.REF})
"""Types whose values a condition may name; of the others it can only ask whether they are empty."""
_SUMMING = frozenset({Aggregate.SUM, Aggregate.STATE, Aggregate.TALLY, Aggregate.LATEST})
_REFERENCES = frozenset({FieldType.REF, FieldType.MULTI_REF})
_MONEY_UNITS = ("万元", "元")
_MOST_YEARS = 50


Words = Callable[[str], Collection[str]]
"""Name of a vocabulary → its words."""


class RuleError(ValueError):
    """What is wrong with a definition: a Chinese sentence.  key: of the definition; "where.type" of a condition."""

    def __init__(self, sentence: str, key: str) -> None:
        super().__init__(sentence)
        self.key = key


def delivered_words(vocabulary_name: str) -> Collection[str]:
    """The words of a vocabulary that come with the program, without the clerk's own. KeyError if it is unknown."""
    return vocabulary.delivered()[vocabulary_name].values


def condition_field(kind: Kind, name: str) -> Field:
    """The field that a condition of `kind` looks at; RuleError if there is none.

    name: "type", "parent.type" (a child table's ledger), "item.group" (an attribute of the supply's entry).
    """
    first, _, second = name.partition(".")
    key = f"where.{name}"
    if first == PARENT and second:
        if not kind.parent:
            raise RuleError(f"{kind.label}不是明细，不能用条件 {name}", key)
        return _stored(kinds.kind_of(kind.parent_kind), second, key)
    field = _stored(kind, first, key)
    of_item = field.type is FieldType.REF and field.targets[:1] == (ITEM,)
    if second and (second not in ENTRY_ATTRIBUTES or not of_item):
        raise RuleError(f"条件 {name} 里的“{second}”用不上", key)
    return field


def check_indicator(indicator: Indicator, words: Words | None = delivered_words) -> None:
    """Raise RuleError for the first thing that cannot be evaluated or worded.

    words: None where the words of conditions need not be those that are offered now.
    """
    if not _ID.fullmatch(indicator.id):
        raise RuleError("编号（id）只能用小写字母、数字和下划线，字母开头", "id")
    kind = kinds.kind_of(indicator.kind)
    try:
        wording.check_rule(indicator.wording)
    except ValueError as error:
        raise RuleError(str(error), "wording") from error
    _check_conditions(indicator, kind, words)
    for key, name in (("date", indicator.date), ("until", indicator.until)):
        if name and _stored(kind, name, key).type not in DAYS:
            raise RuleError(f"“{kind.field(name).label}”（{name}）不是日期", key)
    if not 1 <= indicator.years <= _MOST_YEARS:
        raise RuleError("年限（years）是1到50年", "years")
    _check_settings(indicator, kind)
    _check_fields(indicator, kind)
    _check_aggregate(indicator, kind)


def nameable(kind: Kind) -> bool:
    """Whether its records have a name of their own that can be listed."""
    title = kind.field(kind.title[0])
    return title.type is FieldType.TEXT and title.required


def _check_conditions(indicator: Indicator, kind: Kind, words: Words | None) -> None:
    if indicator.aggregate is Aggregate.RATIO and indicator.where:
        raise RuleError("占比（ratio）的条件写在甲和乙两个指标里", "where")
    for name, wanted in (indicator.where or {}).items():
        field = condition_field(kind, name)
        for value in wanted:
            try:
                _check_asked(field, name, value, words)
            except ValueError as error:
                raise RuleError(str(error), f"where.{name}") from error


def _check_asked(field: Field, name: str, asked: object, words: Words | None) -> None:
    """Whether a field can be asked for a value, for any but this one, or for a range; ValueError if not."""
    if isinstance(asked, Between):
        limits(field, asked)
    elif not isinstance(asked, Other):
        _check_wanted(field, name, asked, words)
    elif field.type is FieldType.BOOL and asked.value is not None:
        raise ValueError(f"“{field.label}”只有是和否，直接选“是”或“否”")
    else:
        _check_wanted(field, name, asked.value, words)


def _check_wanted(field: Field, name: str, value: object, words: Words | None) -> None:
    """Whether a condition's value is one that the field can have; ValueError if not."""
    if "." in name and not name.startswith(f"{PARENT}."):
        if not isinstance(value, str):
            raise ValueError(f"条件 {name} 的值“{value}”类型不对")
        return
    if value is None:
        return
    if type(value) is not (bool if field.type is FieldType.BOOL else str):
        raise ValueError(f"条件 {name} 的值“{value}”类型不对")
    if not isinstance(value, str):
        return
    lists = field.type is not FieldType.REF or (field.targets and field.targets[0] in LABELS)
    if field.type not in _ENUMERABLE or not lists:
        raise ValueError(f"条件 {name} 只能问“{field.label}”填没填")
    if value.startswith(CONTAINS):
        if field.type is not FieldType.TEXT or value == CONTAINS:
            raise ValueError(f"条件 {name} 不能用“{value}”，“~”只用于文字字段")
    elif field.choices and words is not None and value not in words(field.choices):
        raise ValueError(f"“{value}”不是{field.label}的选项")


def _check_settings(indicator: Indicator, kind: Kind) -> None:
    """Whether what goes beside the aggregate fits ledger and aggregate."""
    aggregate = indicator.aggregate
    if indicator.target and not indicator.target.startswith("target."):
        raise RuleError("应建数（target）要写成 target.名字", "target")
    if indicator.target and indicator.unit != "%":
        raise RuleError("占应建数的百分比，单位要是 %", "unit")
    if aggregate is Aggregate.RATIO and indicator.unit != "%":
        raise RuleError("占比（ratio）的单位要是 %", "unit")
    if indicator.whole and not kind.has(PARENT):
        raise RuleError(f"{kind.label}没有上级，不能用 whole", "whole")
    if indicator.complete and aggregate is not Aggregate.TALLY:
        raise RuleError("“报齐才算”（complete）只用于防汛统计的累计（tally）", "complete")
    if indicator.names and not nameable(kind):
        raise RuleError(f"{kind.label}的记录没有名称，列不出来", "names")


def _check_fields(indicator: Indicator, kind: Kind) -> None:
    """Whether the fields exist and can be treated as the aggregate does."""
    shown = [_field(kind, name, "fields") for name in indicator.fields]
    aggregate = indicator.aggregate
    if aggregate in _SUMMING:
        _check_summed(indicator, kind, shown)
    elif aggregate is Aggregate.DISTINCT:
        if len(shown) != 1 or shown[0].type not in _REFERENCES:
            raise RuleError("去掉重复后计数（distinct）要写一个指向名单的字段", "fields")
    elif aggregate is Aggregate.PICK:
        if len(shown) != 1 or not shown[0].stored or shown[0].type not in PICKED:
            raise RuleError("取一条记录的（pick）要写一个字段，是文字、选项、整数或日期", "fields")
        if not indicator.pick or _field(kind, indicator.pick, "pick").type not in NUMERIC:
            raise RuleError("取一条记录的（pick）要写明按哪个数选最大的", "pick")
    elif shown:
        raise RuleError(f"{aggregate} 不用写字段（fields）", "fields")


def _check_summed(indicator: Indicator, kind: Kind, shown: list[Field]) -> None:
    if not shown and not kind.quantity:
        raise RuleError(f"{kind.label}没有数量，要写明把哪个字段（fields）相加", "fields")
    if any(field.type not in NUMERIC for field in shown):
        raise RuleError("字段（fields）里有不能相加的字段", "fields")
    if len({field.type is FieldType.MONEY for field in shown}) > 1:
        raise RuleError("金额不能和数量相加", "fields")
    of_money = any(field.type is FieldType.MONEY for field in shown or [kind.field(kind.quantity)])
    if (indicator.unit in _MONEY_UNITS) != of_money and not indicator.target:
        said = "金额的单位要是元或万元" if of_money else "单位是元或万元的，字段（fields）要是金额"
        raise RuleError(said, "unit")


def _check_aggregate(indicator: Indicator, kind: Kind) -> None:
    """Whether the kind is one that the aggregate is made for."""
    aggregate = indicator.aggregate
    running = kind.has("basis") and kind.has("event")
    staged = kind.has("stage") and kind.has("event")
    needed = {
        Aggregate.TALLY: running,
        Aggregate.LATEST: staged,
        Aggregate.STATE: kind.state,
        Aggregate.STATE_AREAS: kind.state,
        Aggregate.YEARS: kind.state,
        Aggregate.EVENT: kind.has("end_date"),
        Aggregate.TYPHOON: kind.has("typhoon"),
        Aggregate.COUNT: not kind.quantity,
        # Running totals and loss reports added up would count everybody again with each report.
        Aggregate.SUM: not running and not staged,
    }
    if not needed.get(aggregate, True):
        raise RuleError(f"{kind.label}不能用 {aggregate} 这种算法", "aggregate")
    if aggregate is not Aggregate.RATIO and (indicator.of or indicator.per):
        raise RuleError("甲（of）和乙（per）只用于占比（ratio）", "of")
    if aggregate is Aggregate.RATIO and not (indicator.of and indicator.per):
        raise RuleError("占比（ratio）要写甲（of）和乙（per）", "per" if indicator.of else "of")


def _stored(kind: Kind, name: str, key: str) -> Field:
    """The field, which must be one that a condition can look at."""
    field = _field(kind, name, key)
    if not field.stored:
        raise RuleError(f"“{field.label}”（{name}）不是直接填写的，不能用来作条件", key)
    return field


def _field(kind: Kind, name: str, key: str) -> Field:
    if not kind.has(name):
        raise RuleError(f"{kind.label}没有“{name}”这个字段", key)
    return kind.field(name)
