"""Records as JSON: dates ISO, numbers as numbers, references by name, money in 分 beside its text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.records import HistoryEntry, Record
from mingxi_desktop.domain.show import money_words

if TYPE_CHECKING:
    from mingxi_desktop.ledger import Ledger

FEN = "_fen"
"""What the name of an amount in integer 分 ends in."""


def record_json(ledger: Ledger, kind: Kind, record: Record) -> dict[str, Any]:
    """A record by field name, with its id and uid; null for empty.  `X_fen` beside every amount X."""
    found: dict[str, Any] = {"id": record.id, "uid": record.uid}
    for field in kind.fields:
        found |= _pair(ledger, kind, field, record.values.get(field.name))
    found["batch"] = record.batch
    if record.deleted_at:
        found |= {"deleted_at": iso(record.deleted_at), "deleted_by": record.deleted_by or None}
    return found


def history_json(ledger: Ledger, kind: Kind, entry: HistoryEntry) -> dict[str, Any]:
    """A history entry by key, as JSON has it; values in the same form as in `record_json`."""
    changes: dict[str, list[Any]] = {}
    for name, (before, after) in entry.values.items():
        field = kind.field(name)
        old, new = _pair(ledger, kind, field, before), _pair(ledger, kind, field, after)
        changes |= {key: [old[key], new[key]] for key in new}
    return {
        "at": iso(entry.at),
        "by": entry.by,
        "action": entry.action,
        "sentence": entry.sentence,
        "changes": changes,
    }


def iso(at: str) -> str:
    """A moment of the history, YYYY-MM-DD HH:MM:SS, as ISO 8601."""
    return at.replace(" ", "T", 1)


def _pair(ledger: Ledger, kind: Kind, field: Field, value: Any) -> Mapping[str, Any]:
    if field.type is FieldType.MONEY:
        text = None if value is None else money_words(value)
        return {field.name: text, field.name + FEN: value}
    return {field.name: _plain(ledger, kind, field, value)}


def _plain(ledger: Ledger, kind: Kind, field: Field, value: Any) -> Any:
    if field.type is FieldType.MULTI_REF:
        return [ledger.show(kind.name, field.name, (ref,)) for ref in value or ()]
    if field.type in (FieldType.MULTI, FieldType.FILES):
        return list(value or ())
    if value is None or value == "":
        return None
    if field.type is FieldType.REF:
        return ledger.show(kind.name, field.name, value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
