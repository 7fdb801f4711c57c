"""From name=value and JSON objects to the values of a record, read as the form reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingxi_desktop.app.shown import FEN
from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Field, FieldType, Finding, Kind
from mingxi_desktop.domain.records import Child
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.ledger import Ledger

MANY = frozenset({FieldType.MULTI, FieldType.MULTI_REF})
_AGAIN = "改正后再试；这条记录没有保存。"


class JsonNumber(str):
    """A number of a JSON object, digits untouched."""

    __slots__ = ()


@dataclass(slots=True)
class Typed:
    """What was typed, read.  notes: Chinese sentences on what was assumed."""

    values: dict[str, Any] = field(default_factory=dict)
    children: dict[str, list[Child]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def field_named(kind: Kind, name: str) -> Field:
    """A field by its identifier or Chinese label; UserError naming all of them."""
    for item in kind.fields:
        if name in (item.name, item.label):
            return item
    known = "、".join(f"{item.name}（{item.label}）" for item in kind.fields if item.editable)
    raise UserError(f"{kind.label}没有叫“{name}”的字段", "", f"可用的字段：{known}", field=name)


def read(ledger: Ledger, kind: Kind, given: Mapping[str, Any], *, adding: bool) -> Typed:
    """The values that were given for a record.

    given: field (identifier, label, or identifier + "_fen") → text, number, bool, None or, for fields of
    several values, a list.  When adding, a child kind's name may give a list of its rows.
    UserError (with `field`) for unknown fields and for what cannot be read.
    """
    typed = Typed()
    single: dict[str, Any] = {}
    several: dict[str, list[Any]] = {}
    fen: dict[str, int] = {}
    for name, raw in given.items():
        if adding and _is_child(kind, name):
            typed.children[name] = _rows(ledger, kinds.kind_of(name), raw, typed.notes)
            continue
        item = _settable(kind, name, typed.notes, adding=adding)
        if item is None:
            continue
        if name.endswith(FEN) and name != item.name:
            fen[item.name] = _fen(item, raw)
        elif isinstance(raw, list):
            several[item.name] = _listed(item, raw)
        else:
            if item.name in single:
                raise UserError(f"{item.label}写了两次", f"字段：{item.name}", _AGAIN, field=item.name)
            single[item.name] = _one(item, raw)
    values, findings = ledger.parse(kind.name, single)
    for name, items in several.items():
        values[name] = ()
        for one in items:
            part, found = ledger.parse(kind.name, {name: one})
            values[name] = tuple(dict.fromkeys((*values[name], *(part.get(name) or ()))))
            findings += found
    _refuse(kind, findings)
    typed.notes += [f"{kind.field(item.field).label}：{item.message}" for item in findings]
    typed.notes += _doubtful(ledger, kind, single, values)
    for name, amount in fen.items():
        if values.get(name) not in (None, amount):
            message = f"{kind.field(name).label}的元和分两个数不一样"
            raise UserError(message, f"字段：{name}、{name}{FEN}", f"只写一个就行。{_AGAIN}", field=name)
        values[name] = amount
    typed.values = values
    return typed


def pairs(kind: Kind, written: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """name=value arguments as name → values; a field of several values may be named several times."""
    found: dict[str, Any] = {}
    for name, text in written:
        if name not in found:
            found[name] = text
            continue
        item = field_named(kind, name)
        if item.type not in MANY:
            raise UserError(f"{item.label}写了两次", f"字段：{item.name}", _AGAIN, field=item.name)
        before = found[name]
        found[name] = [*(before if isinstance(before, list) else [before]), text]
    return found


def once(option: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Name → what an option says of it; UserError where one is named twice, and said differently."""
    found: dict[str, str] = {}
    for name, said in pairs:
        if found.setdefault(name, said) != said:
            raise UserError(f"“{name}”写了两次，不一样", f"选项：{option}", "只写一次，再试。")
    return found


def _is_child(kind: Kind, name: str) -> bool:
    return any(child.name == name for child in kinds.children_of(kind.name))


def _rows(ledger: Ledger, child: Kind, raw: Any, notes: list[str]) -> list[Child]:
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise UserError(f"{child.label}要写成几行的列表", f"字段：{child.name}", _AGAIN, field=child.name)
    rows = [read(ledger, child, row, adding=True) for row in raw]
    notes += [note for row in rows for note in row.notes]
    return [Child(row.values) for row in rows]


def _settable(kind: Kind, name: str, notes: list[str], *, adding: bool) -> Field | None:
    """The field to set; None for one that a new child takes from its parent."""
    base = name.removesuffix(FEN)
    amount = kind.field(base) if kind.has(base) and not kind.has(name) else None
    item = amount if amount is not None and amount.type is FieldType.MONEY else field_named(kind, name)
    if item.type is FieldType.DERIVED:
        raise UserError(
            f"{item.label}由程序算出，不能填写", f"字段：{item.name}", "去掉这一项再试。", field=item.name
        )
    if item.type is FieldType.FILES:
        raise UserError(
            f"还没有从命令行添加{item.label}的功能", f"字段：{item.name}", "去掉这一项再试。", field=item.name
        )
    if item.inherited:
        parent = kinds.kind_of(kind.parent_kind).label
        if not adding:
            raise UserError(
                f"{item.label}随{parent}，不能单独改",
                f"字段：{item.name}",
                f"请改{parent}。",
                field=item.name,
            )
        notes.append(f"{item.label}随{parent}，没有另记")
        return None
    return item


def _one(item: Field, raw: Any) -> Any:
    """A single value as text, the way a person would type it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, JsonNumber):
        if item.type is FieldType.REF and all(target in kinds.names() for target in item.targets):
            return f"#{raw}"  # a number in JSON is an id, as add gave it back
        return str(raw)
    if isinstance(raw, str):
        return raw
    raise UserError(f"{item.label}要写成一个值", f"字段：{item.name}", _AGAIN, field=item.name)


def _listed(item: Field, raw: list[Any]) -> list[Any]:
    if item.type not in MANY:
        raise UserError(f"{item.label}只能有一个值", f"字段：{item.name}", _AGAIN, field=item.name)
    return [_one(item, one) for one in raw]


def _fen(item: Field, raw: Any) -> int:
    if isinstance(raw, str) and re.fullmatch(r"-?[0-9]{1,16}", raw):
        return int(raw)
    name = f"{item.name}{FEN}"
    raise UserError(f"{item.label}的分要写整数", f"字段：{name}", _AGAIN, field=name)


def _refuse(kind: Kind, findings: Iterable[Finding]) -> None:
    errors = [item for item in findings if item.severity == "error"]
    if errors:
        first = errors[0]
        more = "；".join(f"{kind.field(item.field).label}：{item.message}" for item in errors[1:])
        detail = f"{kind.label}“{kind.field(first.field).label}”（{first.field}）"
        raise UserError(
            first.message, f"{detail}。另外：{more}" if more else detail, _AGAIN, field=first.field
        )


def _doubtful(ledger: Ledger, kind: Kind, texts: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """Where bare digits were read as another record's code although they are also a record's id."""
    notes = []
    for name, text in texts.items():
        listed, _, number = str(values.get(name) or "").rpartition(":")
        bare = str(text).strip()
        if listed in kinds.names() and bare.isascii() and bare.isdigit() and int(bare) != int(number):
            title = ledger.title(listed, int(number))
            notes.append(
                f"{kind.field(name).label}“{bare}”按编号认作 {title}（#{number}）；按记录号请写 #{bare}"
            )
    return notes
