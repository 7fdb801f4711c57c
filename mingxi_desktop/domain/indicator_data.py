"""The indicators as data: read from resources/indicators/*.toml and checked against the declarations.

A definition that names an unknown ledger, field or word is refused with its place, so that a report
never prints a number by a rule that means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as dataclass_fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mingxi_desktop import paths, toml_files
from mingxi_desktop.domain import kinds, vocabulary
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.indicator_rules import (
    RuleError,
    Words,
    check_indicator,
    condition_field,
    delivered_words,
)
from mingxi_desktop.domain.indicator_wanted import Between, Other
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.errors import UserError

EMPTY_MARK = "@empty"
"""In a definition: the field must be empty (None in `Indicator.where`)."""

_WORD_SETS = "@"
_NOT, _FROM, _TO = "not", "from", "to"
"""Keys of what a condition asks beside values: {not = "立案"}, {from = "05-01", to = "09-30"}."""
_HINT = "请改正这一处后再试；各键的意思见指标定义文件开头。"
_KEYS = MappingProxyType({field.name: str(field.type) for field in dataclass_fields(Indicator)})
_AGGREGATES = MappingProxyType({str(aggregate): aggregate for aggregate in Aggregate})
_TYPES: Mapping[str, type] = MappingProxyType({"str": str, "int": int, "bool": bool})


class DefinitionError(UserError):
    """A definition at fault.  sentence: what is wrong, without the place.  indicator: its id, "" where unknown.

    field: the key of the definition, "where.type" for a condition, "" where none can be named.
    """

    def __init__(self, place: str, sentence: str, *, key: str = "", indicator: str = "") -> None:
        super().__init__("指标定义有错", f"{place}：{sentence}", _HINT, field=key)
        self.sentence = sentence
        self.indicator = indicator


@cache
def definitions() -> tuple[Indicator, ...]:
    """The delivered indicators, in the order of the report; UserError as `read_folder` has it."""
    return read_folder(paths.resources() / "indicators")


def read_folder(folder: Path) -> tuple[Indicator, ...]:
    """The indicators of a folder's TOML files, file by file in their order.  UserError names the place of a fault."""
    return together([one for path in sorted(folder.glob("*.toml")) for one in _read(path)])


@cache
def by_id() -> Mapping[str, Indicator]:
    """Id → delivered indicator; own ones are in `IndicatorBook.by_id`."""
    return MappingProxyType({indicator.id: indicator for indicator in definitions()})


def _read(path: Path) -> list[Indicator]:
    place = path.name
    try:
        data = toml_files.read(path)
    except ValueError as error:  # no TOML
        raise UserError("指标定义读不懂", f"{place}：{error}", _HINT) from error
    tables = data.pop("indicator", [])
    if data or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise DefinitionError(place, "只能有 [[indicator]] 这样的段")
    return [from_table(table, f"{place}，第{number}个指标") for number, table in enumerate(tables, 1)]


def from_table(table: Mapping[str, Any], place: str, words: Words | None = delivered_words) -> Indicator:
    """One table of keys and values as an indicator, checked in itself; DefinitionError with `place`.

    words: name of a vocabulary → its words; None where any word will do.
    """
    id = str(table.get("id", ""))
    try:
        indicator = _typed(table)
        check_indicator(indicator, words)
    except RuleError as error:
        raise DefinitionError(
            f"{place}（{id or '没有 id'}）", str(error), key=error.key, indicator=id
        ) from error
    return indicator


def to_table(indicator: Indicator) -> dict[str, Any]:
    """By key the indicator as `from_table` reads it: what differs from the defaults, in plain values."""
    table: dict[str, Any] = {}
    for declared in dataclass_fields(Indicator):
        value = getattr(indicator, declared.name)
        if value == declared.default:
            continue
        if declared.name == "where":
            value = {name: [_plain(one) for one in wanted] for name, wanted in value.items()}
        elif isinstance(value, tuple):
            value = list(value)
        table[declared.name] = value
    return table


def _plain(wanted: object) -> object:
    if isinstance(wanted, Other):
        return {_NOT: _plain(wanted.value)}
    if isinstance(wanted, Between):
        return {key: end for key, end in ((_FROM, wanted.low), (_TO, wanted.high)) if end}
    return EMPTY_MARK if wanted is None else wanted


def _typed(table: Mapping[str, Any]) -> Indicator:
    """The table in the types of `Indicator`; RuleError for unknown keys and wrong types."""
    settings: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise RuleError(f"没有“{key}”这个键", key)
        settings[key] = _setting(key, value, _KEYS[key])
    missing = [key for key in ("id", "label", "kind", "aggregate", "unit") if not settings.get(key)]
    if missing:
        raise RuleError(f"缺少 {'、'.join(missing)}", missing[0])
    if settings["kind"] not in kinds.names():
        raise RuleError(f"没有“{settings['kind']}”这个台账", "kind")
    if "where" in settings:
        kind = kinds.kind_of(settings["kind"])
        settings["where"] = MappingProxyType(
            {name: _wanted(kind, name, values) for name, values in settings["where"].items()}
        )
    return Indicator(**settings)


def _setting(key: str, value: Any, declared: str) -> Any:
    """One value of a definition in the type that `Indicator` declares for it."""
    if declared == "Aggregate":
        if not isinstance(value, str) or value not in _AGGREGATES:
            raise RuleError(f"没有“{value}”这种算法，可用 {'、'.join(Aggregate)}", key)
        return _AGGREGATES[value]
    if key == "where":
        if not isinstance(value, dict):
            raise RuleError("where 要写成 { 字段 = [值] }", key)
        return value
    if key == "fields":
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise RuleError('fields 要写成 ["字段"]', key)
        return tuple(value)
    if type(value) is not _TYPES[declared]:
        raise RuleError(f"{key} 的值“{value}”类型不对", key)
    return value


def _wanted(kind: Kind, name: str, values: Any) -> tuple[object, ...]:
    """The wanted values of one condition, with word sets (@penalties) written out."""
    if not isinstance(values, list) or not values:
        raise RuleError(f'条件 {name} 要写成一列值，如 ["甲", "乙"]', f"where.{name}")
    field = condition_field(kind, name)
    wanted: list[object] = []
    for value in values:
        if not isinstance(value, dict):
            wanted += _values(field, value)
        elif value and all(isinstance(one, str) for one in value.values()) and value.keys() <= {_FROM, _TO}:
            wanted.append(Between(value.get(_FROM, ""), value.get(_TO, "")))
        elif value.keys() == {_NOT} and isinstance(value[_NOT], str):
            wanted += (Other(one) for one in _values(field, value[_NOT]))
        else:
            raise RuleError(f"条件 {name} 里有这个版本看不懂的写法，请升级程序", f"where.{name}")
    return tuple(wanted)


def _values(field: Field, value: Any) -> Sequence[Any]:
    """One written value as it is wanted: None for the mark of emptiness, the words of a set."""
    if value == EMPTY_MARK:
        return (None,)
    if isinstance(value, str) and value.startswith(_WORD_SETS):
        return _word_set(field, value.removeprefix(_WORD_SETS))
    return (value,)


def _word_set(field: Field, name: str) -> Sequence[str]:
    marked = vocabulary.delivered()[field.choices].marked if field.choices else {}
    if field.type not in (FieldType.CHOICE, FieldType.MULTI) or name not in marked:
        raise RuleError(f"字段 {field.name} 没有“@{name}”这一组词", f"where.{field.name}")
    return marked[name]


def together(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The indicators, checked against each other: ids differ, and those they point to exist.

    DefinitionError names the first that does not fit.
    """
    seen: dict[str, Indicator] = {}
    for indicator in indicators:
        if indicator.id in seen:
            raise DefinitionError(indicator.id, "这个 id 用了两次", key="id", indicator=indicator.id)
        seen[indicator.id] = indicator
    for indicator in indicators:
        for key, target in (
            ("of", indicator.of),
            ("per", indicator.per),
            ("agrees_with", indicator.agrees_with),
        ):
            sentence = _pointing_fault(indicator, key, target, seen) if target else ""
            if sentence:
                place = f"{indicator.label}（{indicator.id}）"
                raise DefinitionError(place, sentence, key=key, indicator=indicator.id)
    return tuple(indicators)


_POINTING = MappingProxyType(
    {"of": "甲（of）", "per": "乙（per）", "agrees_with": "必须一致的指标（agrees_with）"}
)


def _pointing_fault(indicator: Indicator, key: str, target: str, seen: Mapping[str, Indicator]) -> str:
    """What is wrong with an indicator that another one points to; "" for nothing."""
    pointed = seen.get(target)
    if pointed is None:
        return f"{_POINTING[key]}指的“{target}”不在了，或者没有这个指标"
    if target == indicator.id:
        return f"{_POINTING[key]}不能是它自己"
    if key == "agrees_with":
        return ""
    if pointed.aggregate is Aggregate.RATIO:
        return f"{_POINTING[key]}“{pointed.label}”自己也是占比"
    return "" if is_amount(pointed) else f"{_POINTING[key]}“{pointed.label}”不是数"
