"""Some values of many records, in the form of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among, parted


def values_of(
    schema: Schema, kind: Kind, names: Sequence[str], ids: Sequence[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """(id, value by name) of the records of these ids that are not in the trash, in order of their id.

    names: stored and MULTI_REF fields, "batch"; the latter come as a set of references.
    """
    for part in parted(ids):
        yield from _values_of(schema, kind, names, part)


def _values_of(
    schema: Schema, kind: Kind, names: Sequence[str], ids: Sequence[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    table = schema.table[kind.name]
    several = [name for name in names if kind.has(name) and kind.field(name).type is FieldType.MULTI_REF]
    linked = {name: _linked(schema, kind, name, ids) for name in several}
    stored = [name for name in names if name not in linked]
    columns = [table._meta.fields[name] for name in stored]
    # As something no index knows: by an index of the trash SQLite would walk through all that are not in it.
    where = table.deleted_at.concat("").is_null() & among(table.id, ids)
    rows = schema.database.execute(table.select(table.id, *columns).where(where).order_by(table.id))
    for number, *forms in rows:
        found = dict(zip(stored, forms, strict=True))
        for name, targets in linked.items():
            found[name] = targets.get(number, frozenset())
        yield number, found


def _linked(schema: Schema, kind: Kind, name: str, ids: Sequence[int]) -> dict[int, frozenset[str]]:
    link = schema.link
    where = (link.kind == kind.name) & (link.field == name) & among(link.record, ids)
    found: dict[int, frozenset[str]] = {}
    for record, target in schema.database.execute(link.select(link.record, link.target).where(where)):
        found[record] = found.get(record, frozenset()) | {target}
    return found
