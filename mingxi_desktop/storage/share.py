"""Whether so many of a table's records are wanted that it is read from front to back, and not by way of an index."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import blank

_SHARE = 6
"""Of so many records in the table at least one has to be chosen, for the others to be passed over in less time than
those chosen are looked up by way of an index and sorted."""


def are_many(
    schema: Schema, kind: Kind, which: Hashable, conditions: Callable[[], Sequence[Any]], *values: Any
) -> bool:
    """Whether that share of the records that are not in the trash is chosen.

    which: says which conditions they are.  conditions: gives them, with their blanks.  values: fill these.
    """
    table, statements = schema.table[kind.name], schema.statements

    def counted() -> Any:
        chosen = [table.deleted_at.is_null(), *conditions()]
        some = table.select(peewee.SQL("1")).where(*chosen).limit(blank()).alias("some")
        return peewee.Select((some,), (peewee.fn.COUNT(peewee.SQL("*")),))

    newest = table.select(peewee.fn.MAX(table.id))
    last: int = statements.run(("share, last", kind.name), lambda: newest).fetchone()[0] or 0
    enough = -(-last // _SHARE)
    number: int = statements.run(("share", kind.name, which), counted, *values, enough).fetchone()[0]
    return number >= enough
