"""Who points to what, and whether everything that is pointed to is there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.storage import grouping
from mingxi_desktop.storage.journal import ADD
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.select import wanted
from mingxi_desktop.storage.statements import blank
from mingxi_desktop.storage.store import Store

_MOST = 5
"""Records named for one field."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Pointer:
    """A field by which records of a kind name entries of a list or records of another kind."""

    kind: Kind
    field: Field


def stands(schema: Schema, kind: str, number: int) -> bool:
    """Whether there is a record of this id that is not in the trash."""

    def asked() -> Any:
        table = schema.table[kind]
        return table.select(table.id).where((table.id == blank()) & _alive(table))

    return schema.statements.run(("stands", kind), asked, number).fetchone() is not None


def pointers(schema: Schema, target: str) -> list[Pointer]:
    """The fields that can point to a list or kind; what makes a child row part of its record is none."""
    return [
        Pointer(kind, field)
        for kind in schema.kinds.values()
        for field in kind.fields
        if target in field.targets and not (field.name == kind.parent and kind.parent_kind == target)
    ]


def holding(schema: Schema, pointer: Pointer, refs: Sequence[str]) -> Any:
    """The condition that a record of the pointer's kind that is not in the trash points to one of these."""
    return _alive(schema.table[pointer.kind.name]) & _holding(schema, pointer, refs)


def _holding(schema: Schema, pointer: Pointer, refs: Sequence[str]) -> Any:
    """The same, in the trash or not."""
    if pointer.field.type is FieldType.REF:
        return wanted(schema, pointer.kind, pointer.field.name, tuple(refs))
    link, table = schema.link, schema.table[pointer.kind.name]
    linked = link.target.in_(list(refs)) & _by(schema, pointer)
    return table.id.in_(link.select(link.record).where(linked))


def _by(schema: Schema, pointer: Pointer) -> Any:
    """Whether a link is one of this field's.

    As something no index knows, so that links are looked up by what they point to: by kind and field SQLite
    would go through all there are.
    """
    link = schema.link
    return (link.kind.concat("") == pointer.kind.name) & (link.field.concat("") == pointer.field.name)


def holders(store: Store, pointer: Pointer, refs: Sequence[str]) -> list[int]:
    """The records that point to one of these, those in the trash included."""
    table = store.schema.table[pointer.kind.name]
    found: set[int] = set()
    for start in range(0, len(refs), _CHUNK):
        where = _holding(store.schema, pointer, refs[start : start + _CHUNK])
        found |= {row[0] for row in table.select(table.id).where(where).tuples()}
    return sorted(found)


def number_of(store: Store, pointer: Pointer, refs: Sequence[str]) -> int:
    """How many records that are not in the trash point to one of these."""
    table = store.schema.table[pointer.kind.name]
    where = holding(store.schema, pointer, refs)
    return int(table.select(peewee.fn.COUNT(table.id)).where(where).scalar())


def uses(store: Store, pointer: Pointer, refs: Sequence[str]) -> dict[str, int]:
    """What is pointed to → how many records that are not in the trash point to it; 0 is left out."""
    schema, table = store.schema, store.schema.table[pointer.kind.name]
    found: dict[str, int] = {}
    for start in range(0, len(refs), _CHUNK):
        part = list(refs[start : start + _CHUNK])
        if pointer.field.type is FieldType.REF:
            target = table._meta.fields[pointer.field.name]
            query = table.select(target, peewee.fn.COUNT(table.id)).where(target.in_(part))
        else:
            link, target = schema.link, schema.link.target
            query = table.select(target, peewee.fn.COUNT(table.id.distinct()))
            query = query.join(link, on=(link.record == table.id)).where(
                target.in_(part) & _by(schema, pointer)
            )
        found |= dict(query.where(_alive(table)).group_by(target).tuples())
    return found


def newest(store: Store, pointer: Pointer, ref: str, most: int) -> list[tuple[datetime.date, int]]:
    """(day, id) of the records that point to it and are not in the trash, the newest first."""
    schema, table = store.schema, store.schema.table[pointer.kind.name]
    day = peewee.fn.SUBSTR(grouping.day_column(schema, pointer.kind), 1, 10).coerce(False)
    where = holding(schema, pointer, (ref,))
    rows = table.select(day, table.id).where(where).order_by(day.desc(), table.id.desc()).limit(most)
    return [(datetime.date.fromisoformat(at), number) for at, number in rows.tuples()]


def last_states(store: Store, kind: str, records: range | None = None) -> Iterator[tuple[int, bytes]]:
    """(record id, hash that its last history entry left) in order of ids; without those it says are lost for good.

    records: these ids only.
    """
    key = "last states", records is None
    make = partial(_last_states, store.schema.history, of_all=records is None)
    rows = store.schema.statements.run(key, make, kind, *_ends(records))
    return ((record, bytes(state)) for record, state, _ in rows if any(state))


def _last_states(table: Any, *, of_all: bool) -> Any:
    of_kind = table.kind == blank()
    if not of_all:
        of_kind &= table.record.between(blank(), blank())
    # With MAX, SQLite gives the other columns of that very entry; the index has the records in order.
    newest = table.select(table.record, table.state, peewee.fn.MAX(table.id))
    return newest.where(of_kind).group_by(table.record).order_by(table.record)


def _ends(records: range | None) -> tuple[int, ...]:
    """The first and the last of them, as BETWEEN asks; nothing for all."""
    return () if records is None else (records.start, records.stop - 1)


def highest(store: Store, kind: str) -> int:
    """The highest number a record of a kind has, or had as the history knows; 0 for none."""
    table, history = store.schema.table[kind], store.schema.history
    there = table.select(peewee.fn.MAX(table.id)).scalar() or 0
    known = history.select(peewee.fn.MAX(history.record)).where(history.kind == kind).scalar() or 0
    return int(max(there, known))


def broken(store: Store) -> list[str]:
    """References that lead nowhere, and records counted in a wrong year, as Chinese sentences."""
    problems = []
    run = store.schema.statements.run
    for kind in store.schema.kinds.values():
        for field in kind.fields:
            if field.type is FieldType.REF and len(field.targets) == 1:
                rows = run(("lost", kind.name, field.name), partial(_leading_nowhere, store, kind, field))
                numbers = [row[0] for row in rows]
            elif field.type in (FieldType.REF, FieldType.MULTI_REF):
                numbers = _lost(store, kind, field)
            else:
                continue
            problems += [f"{kind.label} #{number} 的{field.label}指向不存在的内容" for number in numbers]
        rows = run(("wrong years", kind.name), partial(_in_a_wrong_year, store.schema, kind))
        problems += [f"{kind.label} #{row[0]} 的年度和日期对不上，在程序之外被改动过" for row in rows]
    return problems


def _leading_nowhere(store: Store, kind: Kind, field: Field) -> Any:
    table = store.schema.table[kind.name]
    column = table._meta.fields[field.name]
    lost = column.is_null(False) & column.not_in(_there(store, field.targets[0]))
    return table.select(table.id).where(lost).limit(_MOST)


def _in_a_wrong_year(schema: Schema, kind: Kind) -> Any:
    table = schema.table[kind.name]
    wrong = peewee.fn.SUBSTR(grouping.day_column(schema, kind), 1, 4).cast("INTEGER") != table.year
    return table.select(table.id).where(wrong).limit(_MOST)


def of_other_imports(store: Store, kind: Kind, records: range | None = None) -> list[str]:
    """Records that are said to be of an import that did not bring them, as Chinese sentences.

    records: these ids only.  What the history, which a salvage may have cut, no longer tells is not doubted.
    """
    make = partial(_of_other_imports, store.schema, kind, of_all=records is None)
    key = "other imports", kind.name, records is None
    rows = store.schema.statements.run(key, make, *_ends(records))
    return [f"{kind.label} #{row[0]} 的来源（哪次导入）在程序之外被改动过" for row in rows]


def _of_other_imports(schema: Schema, kind: Kind, *, of_all: bool) -> Any:
    table, history, batch = schema.table[kind.name], schema.history, schema.batch
    brought = (history.record == table.id) & (history.kind == kind.name) & (history.action == ADD)
    known = batch.id.is_null(False) | table.batch.in_(batch.select(batch.id))
    query = (
        table.select(table.id)
        .join(history, on=brought)
        .join(batch, peewee.JOIN.LEFT_OUTER, on=(batch.change_set == history.change_set))
        .where(peewee.Expression(table.batch, "IS NOT", batch.id) & known)
    )
    if not of_all:
        query = query.where(table.id.between(blank(), blank()))
    return query.order_by(table.id).limit(_MOST)


def pointing(store: Store, kind: Kind, ids: Sequence[int]) -> dict[str, int]:
    """Kind → how many of its records, not in the trash, point to one of these.

    The rows of child tables do not count: they go where their record goes.
    """
    found: dict[str, int] = {}
    for pointer in pointers(store.schema, kind.name):
        for start in range(0, len(ids), _CHUNK):
            refs = [f"{kind.name}:{number}" for number in ids[start : start + _CHUNK]]
            number = number_of(store, pointer, refs)
            if number:
                found[pointer.kind.name] = found.get(pointer.kind.name, 0) + number
    return found


def _alive(table: Any) -> Any:
    """Whether a record is not in the trash: as something no index knows, for nearly all records are not."""
    return table.deleted_at.concat("").is_null()


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
