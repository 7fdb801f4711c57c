"""schema: the ledgers as declared."""

from __future__ import annotations

import argparse
from typing import Any

from mingxi_desktop.app.call import DONE, Call, Verb
from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.domain.vocabulary import delivered


def _field_json(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "type": field.type.value,
        "unit": field.unit,
        "required": field.required,
        "choices": list(delivered()[field.choices].values) if field.choices else [],
        "synonyms": list(field.synonyms),
        "targets": list(field.targets),
        "default": field.default,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "inherited": field.inherited,
        "help": field.help,
    }


def _kind_json(kind: Kind) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "label": kind.label,
        "tab": kind.tab,
        "parent": kind.parent_kind or None,
        "quantity": kind.quantity or None,
        "help": kind.help,
        "fields": [_field_json(field) for field in kind.fields],
    }


def _field_line(field: Field) -> str:
    parts = [field.type.value]
    if field.unit:
        parts.append(field.unit)
    if field.required:
        parts.append("必填")
    if field.inherited:
        parts.append("随上级记录")
    if field.choices:
        parts.append("/".join(delivered()[field.choices].values))
    return f"  {field.name}  {field.label}  {' · '.join(parts)}"


def _schema(call: Call) -> int:
    lines = []
    for kind in kinds.ALL:
        lines.append(f"{kind.name}  {kind.label}（{kind.tab}）")
        lines += [_field_line(field) for field in kind.fields]
    call.out.answer([_kind_json(kind) for kind in kinds.ALL], "\n".join(lines))
    return DONE


def _declare(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own; needs no ledger file."""


VERBS = (Verb("schema", "列出各台账和它们的字段", _declare, _schema),)
