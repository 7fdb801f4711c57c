"""Which records point to some that are to be replaced by another."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.storage import links
from mingxi_desktop.storage.store import Store


def pointing(store: Store, kind: str, ids: Sequence[int]) -> dict[tuple[str, str], list[int]]:
    """(kind, field) → ids of the records, not in the trash, that point by it to one of these."""
    refs = [f"{kind}:{number}" for number in ids]
    found: dict[tuple[str, str], list[int]] = {}
    for pointer in links.pointers(store.schema, kind):
        table = store.schema.table[pointer.kind.name]
        where = links.holding(store.schema, pointer, refs)
        numbers = [row[0] for row in table.select(table.id).where(where).order_by(table.id).tuples()]
        if numbers:
            found[pointer.kind.name, pointer.field.name] = numbers
    return found
