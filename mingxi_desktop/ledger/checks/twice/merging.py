"""Several records made one: the fullest stays and gets what only the others have; they go to the trash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.kinds import children_of
from mingxi_desktop.domain.records import Child, Record
from mingxi_desktop.ledger.checks.check import Children, Cure, Edit, Scope, Step, Trash
from mingxi_desktop.storage import links

_PROGRESS = "quantity_rectified"
_UNTOLD = frozenset({"code", "source_ref", "granularity", "record_date", "year"})
"""What the record that stays does not take from the others."""


def one_kept(
    scope: Scope, kind: Kind, ids: Sequence[int], *, kept: int = 0, label: str = "", sentence: str = ""
) -> Cure:
    """One of the records stays.  kept: which; else the one that says most, the oldest of several."""
    records = scope.ledger.records(kind.name, sorted(ids))
    stays = next((one for one in records if one.id == kept), None) or max(
        records, key=lambda one: (_filled(kind, one), -one.id)
    )
    gone = [one for one in records if one.id != stays.id]
    lost = tuple(one.id for one in gone)
    steps: list[Step] = [Trash(kind.name, lost)]
    values = _only_others_have(kind, stays, gone)
    if values:
        steps.append(Edit(kind.name, {stays.id: values}))
    steps += _rows(scope, kind, stays, gone)
    steps += _pointers(scope, kind, stays, lost)
    number = f"{len(lost)} 条"
    return Cure(
        label or f"保留一条（{number}移入回收站）",
        sentence or f"{kind.label}重复登记，保留 #{stays.id}，{number}移入回收站",
        tuple(steps),
    )


def _filled(kind: Kind, record: Record) -> int:
    return sum(bool(record.shown.get(field.name)) for field in kind.fields)


def _only_others_have(kind: Kind, stays: Record, gone: Sequence[Record]) -> dict[str, Any]:
    """What is empty in the one that stays, from the first of the others that has it; of progress the furthest."""
    found: dict[str, Any] = {}
    for field in kind.fields:
        if not field.editable or field.type is FieldType.FILES or field.name in _UNTOLD:
            continue
        if stays.values.get(field.name) in (None, "", ()):
            value = next((one.values[field.name] for one in gone if one.values.get(field.name)), None)
            if value not in (None, "", ()):
                found[field.name] = value
    if kind.has(_PROGRESS):
        furthest = max(record.values[_PROGRESS] or 0 for record in (stays, *gone))
        limit = stays.values[kind.quantity] or 0
        if furthest > (stays.values[_PROGRESS] or 0):
            found[_PROGRESS] = min(furthest, limit)
    return found


def _rows(scope: Scope, kind: Kind, stays: Record, gone: Sequence[Record]) -> list[Step]:
    """The rows of the child tables that only the others have."""
    wanted: dict[str, list[Child]] = {}
    own = scope.ledger.children(kind.name, stays.id)
    others = [scope.ledger.children(kind.name, one.id) for one in gone]
    for child in children_of(kind.name):
        there = own.get(child.name, [])
        known = {_told(child, row.values) for row in there}
        new: list[Child] = []
        for rows in others:
            for row in rows.get(child.name, []):
                told = _told(child, row.values)
                if told not in known:
                    known.add(told)
                    new.append(Child(_own(child, row.values)))
        if new and (not there or kind.name == "hazard"):
            wanted[child.name] = [Child(_own(child, row.values), row.id) for row in there] + new
    return [Children(kind.name, stays.id, wanted)] if wanted else []


def _told(kind: Kind, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(name) for name in kind.key if name != kind.parent)


def _own(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a row of a child table has of itself."""
    return {
        field.name: values.get(field.name)
        for field in kind.fields
        if field.editable and field.name != kind.parent and field.type is not FieldType.FILES
    }


def _pointers(scope: Scope, kind: Kind, stays: Record, lost: Sequence[int]) -> list[Step]:
    """What points to the others points to the one that stays."""
    steps: list[Step] = []
    refs = [f"{kind.name}:{number}" for number in lost]
    stays_ref = f"{kind.name}:{stays.id}"
    for pointer in links.pointers(scope.store.schema, kind.name):
        if pointer.field.type is FieldType.REF:
            holding = links.holders(scope.store, pointer, refs)
            alive = [one.id for one in scope.ledger.records(pointer.kind.name, holding) if not one.deleted_at]
            if alive:
                to = {pointer.field.name: stays_ref}
                steps.append(Edit(pointer.kind.name, dict.fromkeys(alive, to)))
    return steps
