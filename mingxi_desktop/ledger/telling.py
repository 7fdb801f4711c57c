"""The history of a record as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.records import HistoryEntry, Record
from mingxi_desktop.domain.show import Naming, show
from mingxi_desktop.storage.journal import ADD, DELETE, RESTORE, Journal
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.shapes import loaded, stored

_BOOKKEEPING = ("granularity", "approx", "source_ref", "reporter")
"""Where a row came from is no part of what it says."""
_TOLD_WHY = ("撤", "重", "恢复")
"""Changes that follow from another one: beside what became of the fields, their sentence says why."""


def history_of(kind: Kind, record: Record, journal: Journal, rows: Rows) -> list[HistoryEntry]:
    """Who did what when, oldest first.  What an addition held is worked out from the changes since."""
    entries = journal.of_record(kind.name, record.id)
    first = _first_values(kind, record, entries)
    told = []
    for entry in entries:
        changes = entry["changes"]
        if entry["action"] == ADD:
            changes = {name: (None, value) for name, value in first.items() if value is not None}
        values = {
            name: (loaded(kind.field(name), before), loaded(kind.field(name), after))
            for name, (before, after) in changes.items()
            if kind.has(name)
        }
        shown = {
            name: (_text(kind, name, before, rows), _text(kind, name, after, rows))
            for name, (before, after) in values.items()
        }
        parts = [_part(kind.field(name), values[name], shown[name]) for name in shown]
        if entry["action"] == ADD:
            held = {name: after for name, (_, after) in values.items()}
            parts = [row_text(kind, held, rows.titles.name)] if kind.parent else []
        told.append(
            HistoryEntry(
                seq=entry["id"],
                at=entry["at"],
                by=entry["by"],
                action=entry["action"],
                kind=kind.name,
                record=record.id,
                changes=shown,
                sentence=_sentence(entry, parts, row=bool(kind.parent)),
                values=values,
            )
        )
    return told


def row_text(kind: Kind, values: Mapping[str, Any], naming: Naming) -> str:
    """What a row of a child table holds: 物资 棉被，数量 120."""
    said = [
        f"{field.label} {text}{field.unit}"
        for field in kind.fields
        if field.editable
        and field.name not in (kind.parent, *_BOOKKEEPING)
        and (text := show(field, values.get(field.name), naming))
    ]
    return "，".join(said)


def _first_values(kind: Kind, record: Record, entries: list[dict[str, Any]]) -> dict[str, Any]:
    values = {
        field.name: stored(field, record.values.get(field.name))
        for field in kind.fields
        if field.type not in (FieldType.DERIVED, FieldType.FILES)
    }
    for entry in reversed(entries):
        for name, (before, _) in entry["changes"].items():
            values[name] = before
    return values


def _text(kind: Kind, name: str, value: Any, rows: Rows) -> str:
    text = show(kind.field(name), value, rows.titles.name)
    return text.replace("\n", "、") if kind.field(name).type is FieldType.FILES else text


def _part(field: Field, values: tuple[Any, Any], shown: tuple[str, str]) -> str:
    """What became of one field, in words."""
    if field.type is not FieldType.FILES:
        return f"{field.label}由“{shown[0] or '空'}”改为“{shown[1] or '空'}”"
    before, after = values[0] or (), values[1] or ()
    added = "、".join(name for name in after if name not in before)
    gone = "、".join(name for name in before if name not in after)
    told = (f"添加“{added}”" if added else "", f"移除“{gone}”" if gone else "")
    return field.label + "，".join(filter(None, told))


def _sentence(entry: dict[str, Any], parts: list[str], *, row: bool) -> str:
    who = f"{entry['at']} {entry['by']}"
    if entry["action"] == ADD:
        return f"{who} 新增{' ' if parts else ''}{'，'.join(parts)}（{entry['sentence']}）"
    if entry["action"] == DELETE:
        return f"{who} {'删除这一行' if row else '移入回收站'}（{entry['sentence']}）"
    if entry["action"] == RESTORE:
        return f"{who} {'恢复这一行' if row else '从回收站恢复'}（{entry['sentence']}）"
    if not parts:  # a repair that found its contents as they were
        return f"{who} {entry['sentence']}"
    return (
        f"{who} {'，'.join(parts)}（{entry['sentence']}）"
        if entry["sentence"].startswith(_TOLD_WHY)
        else (f"{who} {'，'.join(parts)}")
    )
