"""Whether everything that is pointed to is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.storage import grouping
from mingxi_desktop.storage.select import wanted
from mingxi_desktop.storage.store import Store

_MOST = 5
"""Records named for one field."""
_CHUNK = 500


def last_states(store: Store, kind: str) -> dict[int, bytes]:
    """Record id → hash that its last history entry left."""
    table = store.schema.history
    newest = table.select(peewee.fn.MAX(table.id)).where(table.kind == kind).group_by(table.record)
    rows = table.select(table.record, table.state).where(table.id.in_(newest)).tuples()
    return {record: bytes(state) for record, state in rows.iterator()}


def broken(store: Store) -> list[str]:
    """References that lead nowhere, and records counted in a wrong year, as Chinese sentences."""
    problems = []
    schema = store.schema
    for kind in schema.kinds.values():
        table = schema.table[kind.name]
        for field in kind.fields:
            if field.type is FieldType.REF and len(field.targets) == 1:
                column = table._meta.fields[field.name]
                lost = column.is_null(False) & column.not_in(_there(store, field.targets[0]))
                numbers = [row[0] for row in table.select(table.id).where(lost).limit(_MOST).tuples()]
            elif field.type in (FieldType.REF, FieldType.MULTI_REF):
                numbers = _lost(store, kind, field)
            else:
                continue
            problems += [f"{kind.label} #{number} 的{field.label}指向不存在的内容" for number in numbers]
        day = grouping.day_column(schema, kind)
        wrong = peewee.fn.SUBSTR(day, 1, 4).cast("INTEGER") != table.year
        rows = table.select(table.id).where(wrong).limit(_MOST).tuples()
        problems += [f"{kind.label} #{row[0]} 的年度和日期对不上，在程序之外被改动过" for row in rows]
    return problems


def pointing(store: Store, kind: Kind, ids: Sequence[int]) -> dict[str, int]:
    """Kind → how many of its records, not in the trash, point to one of these.

    The rows of child tables do not count: they go where their record goes.
    """
    found: dict[str, int] = {}
    for other in store.schema.kinds.values():
        table = store.schema.table[other.name]
        for field in other.fields:
            if kind.name not in field.targets or field.name == other.parent:
                continue
            for start in range(0, len(ids), _CHUNK):
                refs = tuple(f"{kind.name}:{number}" for number in ids[start : start + _CHUNK])
                there = table.deleted_at.is_null() & wanted(store.schema, other, field.name, refs)
                number = table.select(peewee.fn.COUNT(table.id)).where(there).scalar()
                if number:
                    found[other.name] = found.get(other.name, 0) + number
    return found


def _there(store: Store, target: str) -> Any:
    schema = store.schema
    if target in schema.kinds:
        return schema.table[target].select(schema.table[target].id)
    return schema.reference.select(schema.reference.id).where(schema.reference.list == target)


def _lost(store: Store, kind: Kind, field: Field) -> list[int]:
    """Records whose field, written as "list:id", names something that is not there."""
    schema, table = store.schema, store.schema.table[kind.name]
    if field.type is FieldType.REF:
        owner, ref = table.id, table._meta.fields[field.name]
        rows = table.select(owner, ref).where(ref.is_null(False)).tuples()
    else:
        link = schema.link
        of_field = (link.kind == kind.name) & (link.field == field.name)
        rows = link.select(link.record, link.target).where(of_field).tuples()
    known = {
        f"{target}:{row[0]}" for target in field.targets for row in _there(store, target).tuples().iterator()
    }
    return sorted({record for record, target in rows.iterator() if target not in known})[:_MOST]
