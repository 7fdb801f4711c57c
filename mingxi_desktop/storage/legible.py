"""Whether every text in the file can be read: the structure may be sound, the chain whole, and a text no text.

What the history covers is read when it is proved; the lists and the settings are not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import fields
from functools import partial
from typing import Any

from mingxi_desktop.storage import cipher
from mingxi_desktop.storage.frozen import FrozenRow
from mingxi_desktop.storage.schema import LABELS
from mingxi_desktop.storage.sqlite import heed_interrupt
from mingxi_desktop.storage.store import Store


def unreadable() -> tuple[type[Exception], ...]:
    """What reading a text that is none ends with."""
    return (*cipher.faults(), ValueError)


def illegible(store: Store, *, beside_proof: bool = False) -> list[str]:
    """Chinese sentences on the tables that cannot be read to their ends; empty when all can.

    beside_proof: only of what is not read while the history, the records and their marks are proved.
    """
    schema = store.schema
    named = [(table._meta.table_name, table) for table in schema.system]
    labels = LABELS | {name: kind.label for name, kind in schema.kinds.items()}
    tables = dict([*named, *schema.table.items()])
    queries = {name: table.select for name, table in tables.items()}
    if beside_proof:
        del queries["history"]
        queries |= {name: partial(table.select, table.batch) for name, table in schema.table.items()}
    # What a frozen version keeps is held against the history byte by byte.
    kept = (getattr(schema.frozen, field.name) for field in fields(FrozenRow))
    queries["frozen"] = partial(schema.frozen.select, *kept)
    found = [
        labels.get(name, name)
        for name, query in queries.items()
        if not _read(store, (name, beside_proof), query)
    ]
    return [f"{label}里有读不出来的文字" for label in dict.fromkeys(found)]


def _read(store: Store, key: Hashable, query: Callable[[], Any]) -> bool:
    """Whether all rows of a query can be read.  One at a time: a large table is not held in memory."""
    try:
        # Straight from the cursor, in a quarter of the time.
        deque(store.schema.statements.run(("legible", key), query), maxlen=0)
    except unreadable() as fault:
        heed_interrupt(fault)
        return False
    return True
