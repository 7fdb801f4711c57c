"""Whether everything that is pointed to is there."""

from __future__ import annotations

import peewee

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.storage.store import Store


def last_states(store: Store, kind: str) -> dict[int, bytes]:
    """Record id → hash that its last history entry left."""
    table = store.schema.history
    newest = table.select(peewee.fn.MAX(table.id)).where(table.kind == kind).group_by(table.record)
    rows = table.select(table.record, table.state).where(table.id.in_(newest)).tuples()
    return {record: bytes(state) for record, state in rows.iterator()}


def broken(store: Store) -> list[str]:
    """References that lead nowhere, as Chinese sentences."""
    problems = []
    schema = store.schema
    for kind in schema.kinds.values():
        table = schema.table[kind.name]
        for field in kind.fields:
            if field.type is not FieldType.REF or len(field.targets) != 1:
                continue
            target = field.targets[0]
            column = table._meta.fields[field.name]
            if target in schema.kinds:
                there = schema.table[target].select(schema.table[target].id)
            else:
                there = schema.reference.select(schema.reference.id).where(schema.reference.list == target)
            lost = (
                table.select(table.id).where(column.is_null(False) & column.not_in(there)).limit(5).tuples()
            )
            problems += [f"{kind.label} #{row[0]} 的{field.label}指向不存在的内容" for row in lost]
    return problems
