"""How many of some records have a field filled."""

from __future__ import annotations

from collections.abc import Sequence

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among


def filled(schema: Schema, kind: Kind, ids: Sequence[int], names: Sequence[str]) -> dict[str, int]:
    """Stored field → in how many of these records it is not empty; one query."""
    table = schema.table[kind.name]
    counts = [peewee.fn.COUNT(schema.column(kind.name, name)) for name in names]
    row = table.select(*counts).where(among(table.id, ids) & table.deleted_at.is_null()).tuples()[0]
    return dict(zip(names, row, strict=True))
