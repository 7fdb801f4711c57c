"""Many ids out of the file at once, for lists of any length."""

from __future__ import annotations

import json
from array import array
from typing import Any

import peewee

_PIECE = 500_000
"""Characters of a list of numbers that are read at a time, so that the window's memory stays small."""


def gathered(database: peewee.SqliteDatabase, query: Any) -> array[int]:
    """The ids that a query for nothing else selects, in its order."""
    chosen = query.alias("chosen")
    return numbers(peewee.Select([chosen], [listed(chosen.c.id)]).bind(database).scalar())


def listed(column: Any) -> Any:
    """All numbers of a column in one text, for `numbers`.

    A million come over in a third of the time they take row by row, and the interpreter's lock is free meanwhile.
    """
    return peewee.fn.JSON_GROUP_ARRAY(column).coerce(False)


def numbers(text: str) -> array[int]:
    """The numbers that such a text holds, in its order."""
    found = array("q")
    start, end = 1, len(text) - 1
    while start < end:
        cut = text.find(",", min(start + _PIECE, end))
        cut = end if cut < 0 else cut
        found.fromlist(json.loads(f"[{text[start:cut]}]"))
        start = cut + 1
    return found
