"""What was entered before: the texts of a field in the newest records, and the record before another."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage.store import Store

NEWEST = 5000
"""So many records are looked at: what was typed years ago is no help, and it stays fast."""


def texts_of(store: Store, kind: Kind, name: str) -> list[tuple[str, int]]:
    """(text, how often) of a TEXT field in the newest records, the one entered last first."""
    table = store.schema.table[kind.name]
    newest = (
        table.select(table._meta.fields[name].alias("text"), table.id)
        .where(table.deleted_at.is_null())
        .order_by(table.id.desc())
        .limit(NEWEST)
    )
    found = Counter(row[0] for row in newest.tuples().iterator() if row[0])
    return list(found.items())


def before(store: Store, kind: Kind, number: int | None) -> int | None:
    """The id of the record entered before that one (None: of the last one); None when there is none."""
    table = store.schema.table[kind.name]
    where: Any = table.deleted_at.is_null()
    if number is not None:
        where &= table.id < number
    row = table.select(table.id).where(where).order_by(table.id.desc()).limit(1).tuples().first()
    return int(row[0]) if row else None
